/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One appointment or meeting in a list: time, who, what about, status.
 * It opens nothing itself; lists and the window's record actions do.
 */

#include "config.h"

#include "rounds-entry-row.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-status-look.h"
#include "rounds-status-pill.h"
#include "rounds-time-words.h"

struct _RoundsEntryRow
{
  AdwBin parent_instance;

  GtkLabel *start_label;
  GtkLabel *end_label;
  GtkImage *kind_image;
  GtkBox *words_box;
  GtkLabel *title_label;
  RoundsStatusPill *line_pill; /* where there is little room, before the second line */
  GtkLabel *subtitle_label;
  GtkImage *delivery_image;
  RoundsStatusPill *pill;
  GtkMenuButton *menu_button; /* NULL until there is a menu */

  RoundsEntry *entry;
};

G_DEFINE_FINAL_TYPE (RoundsEntryRow, rounds_entry_row, ADW_TYPE_BIN)

/* A cancelled one is struck through, a finished one dimmed; both still readable. */
static void
show_over (RoundsEntryRow *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (rounds_entry_is_cancelled (self->entry))
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
    }
  gtk_label_set_attributes (self->title_label, attributes);

  if (rounds_entry_is_over (self->entry))
    gtk_widget_add_css_class (GTK_WIDGET (self), "over");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "over");
}

/* A mark beside the words while the server has not all of it; what it means is said too. */
static void
show_delivery (RoundsEntryRow *self)
{
  const char *words = rounds_entry_words_delivery (self->entry);

  gtk_image_set_from_icon_name (self->delivery_image,
                                rounds_entry_words_delivery_icon (self->entry));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->delivery_image), words);
  gtk_widget_set_visible (GTK_WIDGET (self->delivery_image), words != NULL);
}

/* Not in the template: the rows of long lists, of which GTK keeps hundreds, have no menu. */
static void
add_menu_button (RoundsEntryRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("More"));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->delivery_image))), button);
  self->menu_button = GTK_MENU_BUTTON (button);
}

static void
show_menu (RoundsEntryRow *self, const char *title, GMenuModel *menu)
{
  g_autofree char *label = NULL;

  if (self->menu_button == NULL && menu == NULL)
    return;
  if (self->menu_button == NULL)
    add_menu_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), menu != NULL);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  if (menu == NULL)
    return;

  /* Translators: accessible name of a row's menu button; %s is who or what the row is about. */
  label = g_strdup_printf (_ ("More about %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
rounds_entry_row_dispose (GObject *object)
{
  RoundsEntryRow *self = ROUNDS_ENTRY_ROW (object);

  g_clear_object (&self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_ENTRY_ROW);

  G_OBJECT_CLASS (rounds_entry_row_parent_class)->dispose (object);
}

static void
rounds_entry_row_class_init (RoundsEntryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_entry_row_dispose;

  g_type_ensure (ROUNDS_TYPE_STATUS_PILL);
  gtk_widget_class_set_css_name (widget_class, "entry-row");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/widgets/rounds-entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, start_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, end_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, kind_image);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, words_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, line_pill);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, pill);
  gtk_widget_class_bind_template_child (widget_class, RoundsEntryRow, delivery_image);
}

static void
rounds_entry_row_init (RoundsEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_width_chars (self->start_label, rounds_time_words_clock_width ());
}

/**
 * rounds_entry_row_new:
 * Returns: (transfer floating): an empty row.
 */
GtkWidget *
rounds_entry_row_new (void)
{
  return g_object_new (ROUNDS_TYPE_ENTRY_ROW, NULL);
}

/**
 * rounds_entry_row_show:
 * @menu: (nullable): the overflow menu; none is shown without
 *
 * Shows @entry as @viewer sees it.
 */
void
rounds_entry_row_show (RoundsEntryRow *self, RoundsEntry *entry, RoundsUser *viewer,
                       RoundsStore *store, GMenuModel *menu)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  RoundsTimeRange range;

  g_return_if_fail (ROUNDS_IS_ENTRY_ROW (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  g_set_object (&self->entry, entry);
  range = rounds_entry_get_range (entry);
  start = rounds_time_words_clock (range.start, NULL);
  end = rounds_time_words_clock (range.end, NULL);
  title = rounds_entry_words_title (entry, viewer, store);
  subtitle = rounds_entry_words_subtitle (entry, viewer, store);

  gtk_label_set_label (self->start_label, start);
  gtk_label_set_label (self->end_label, end);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->subtitle_label, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), *subtitle != '\0');
  gtk_image_set_from_icon_name (self->kind_image, rounds_entry_words_icon (entry));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kind_image), rounds_entry_words_kind (entry));
  rounds_status_pill_set_look (self->line_pill, rounds_status_look_of_entry (entry));
  rounds_status_pill_set_look (self->pill, rounds_status_look_of_entry (entry));
  show_over (self);
  show_delivery (self);
  show_menu (self, title, menu);
}

/**
 * rounds_entry_row_set_compact:
 * @is_compact: whether there is little room
 *
 * Puts the status into the second line instead of a column of its own.
 */
void
rounds_entry_row_set_compact (RoundsEntryRow *self, gboolean is_compact)
{
  g_return_if_fail (ROUNDS_IS_ENTRY_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->line_pill), is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), !is_compact);
  gtk_box_set_spacing (self->words_box, is_compact ? 3 : 0);
}

/**
 * rounds_entry_row_get_entry:
 * Returns: (transfer none) (nullable): what the row shows.
 */
RoundsEntry *
rounds_entry_row_get_entry (RoundsEntryRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY_ROW (self), NULL);

  return self->entry;
}
