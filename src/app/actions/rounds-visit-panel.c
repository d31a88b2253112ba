/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands beside a call: the record's facts, and the notes to write.
 * It keeps and sends nothing; RoundsNotes does.
 */

#include "config.h"

#include "rounds-visit-panel.h"

#include <glib/gi18n.h>

#include "rounds-facts-view.h"

struct _RoundsVisitPanel
{
  AdwBin parent_instance;

  RoundsFactsView *facts;
  GtkBox *notes_box;
  GtkTextView *notes_view;
  GtkLabel *kept_label;

  RoundsNotes *notes; /* NULL for somebody who writes none */
};

G_DEFINE_FINAL_TYPE (RoundsVisitPanel, rounds_visit_panel, ADW_TYPE_BIN)

static void
show_problem (RoundsVisitPanel *self)
{
  g_autofree char *problem = NULL;

  g_object_get (self->notes, "problem", &problem, NULL);
  gtk_label_set_label (self->kept_label,
                       problem != NULL ? problem : _ ("Kept on this computer as you type"));
  if (problem == NULL)
    return;

  gtk_widget_add_css_class (GTK_WIDGET (self->kept_label), "error");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), problem,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
rounds_visit_panel_dispose (GObject *object)
{
  RoundsVisitPanel *self = ROUNDS_VISIT_PANEL (object);

  g_clear_object (&self->notes);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_VISIT_PANEL);

  G_OBJECT_CLASS (rounds_visit_panel_parent_class)->dispose (object);
}

static void
rounds_visit_panel_class_init (RoundsVisitPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_visit_panel_dispose;

  g_type_ensure (ROUNDS_TYPE_FACTS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/actions/rounds-visit-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitPanel, notes_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitPanel, notes_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsVisitPanel, kept_label);
}

static void
rounds_visit_panel_init (RoundsVisitPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_visit_panel_new:
 * @notes: (nullable) (transfer none): what is written; %NULL leaves no room for it
 *
 * Returns: (transfer floating): the panel of @entry as it is now.
 */
RoundsVisitPanel *
rounds_visit_panel_new (RoundsEntry *entry, RoundsStore *store, RoundsNotes *notes)
{
  RoundsVisitPanel *self;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);
  g_return_val_if_fail (notes == NULL || ROUNDS_IS_NOTES (notes), NULL);

  self = g_object_new (ROUNDS_TYPE_VISIT_PANEL, NULL);
  if (notes != NULL)
    rounds_facts_view_hide_notes (self->facts);
  rounds_facts_view_show (self->facts, entry, store);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_box), notes != NULL);
  if (notes == NULL)
    return self;

  self->notes = g_object_ref (notes);
  gtk_text_view_set_buffer (self->notes_view, rounds_notes_get_buffer (notes));
  g_signal_connect_object (notes, "notify::problem", G_CALLBACK (show_problem), self,
                           G_CONNECT_SWAPPED);
  show_problem (self);
  return self;
}
