/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The last line of the sidebar: how current the data is, and more about it in a popover.
 * The engine's state is only shown; Sync Now asks the window.
 */

#include "config.h"

#include "rounds-sync-indicator.h"

#include <glib/gi18n.h>

#include "rounds-sync-words.h"

struct _RoundsSyncIndicator
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkStack *icon_stack;
  GtkImage *icon;
  GtkLabel *line_label;
  GtkProgressBar *line_bar;
  GtkLabel *state_label;
  GtkProgressBar *progress_bar;
  GtkLabel *last_label;
  GtkLabel *unsent_label;
  GtkLabel *reason_label;
  GtkButton *unsent_button;
  GtkButton *sync_button;

  RoundsSync *sync;
  RoundsClock *clock;
};

G_DEFINE_FINAL_TYPE (RoundsSyncIndicator, rounds_sync_indicator, ADW_TYPE_BIN)

static void
show_line (RoundsSyncIndicator *self, const char *line)
{
  /* Translators: accessible name of the sync indicator; %s is "Up to date" or the like. */
  g_autofree char *label = g_strdup_printf (_ ("Sync: %s"), line);

  gtk_label_set_label (self->line_label, line);
  gtk_label_set_label (self->state_label, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
show_unsent (RoundsSyncIndicator *self)
{
  g_autofree char *words = NULL;
  guint n_unsent = 0;
  guint n_refused = 0;

  g_object_get (self->sync, "n-unsent", &n_unsent, "n-refused", &n_refused, NULL);
  words = g_strdup_printf (
      ngettext ("%u change is not sent yet", "%u changes are not sent yet", n_unsent), n_unsent);
  gtk_label_set_label (self->unsent_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->unsent_label), n_unsent > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->unsent_button), n_unsent + n_refused > 0);
}

/* A first fetch of many years takes a while: how far it is, in the sidebar at a glance and with
 * numbers in the popover. */
static void
show_progress (RoundsSyncIndicator *self)
{
  double fraction = 0;
  g_autofree char *words = rounds_sync_words_progress (self->sync, &fraction);

  gtk_widget_set_visible (GTK_WIDGET (self->line_bar), words != NULL && fraction >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->last_label),
                          words == NULL
                              || rounds_sync_get_last_sync (self->sync) != ROUNDS_TIME_NONE);
  if (words == NULL)
    return;

  gtk_progress_bar_set_text (self->progress_bar, words);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    {
      gtk_progress_bar_set_fraction (self->progress_bar, fraction);
      gtk_progress_bar_set_fraction (self->line_bar, fraction);
    }
}

static void
show_state (RoundsSyncIndicator *self)
{
  gint64 now = rounds_clock_now (self->clock);
  RoundsSyncState state = rounds_sync_get_state (self->sync);
  const char *reason = rounds_sync_get_reason (self->sync);
  g_autofree char *line = rounds_sync_words_line (self->sync, now);
  g_autofree char *last = rounds_sync_words_last (self->sync, now);

  show_line (self, line);
  show_progress (self);
  show_unsent (self);
  gtk_label_set_label (self->last_label, last);
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  gtk_image_set_from_icon_name (self->icon, rounds_sync_words_icon (self->sync));
  gtk_stack_set_visible_child_name (self->icon_stack, state == ROUNDS_SYNC_BUSY ? "busy" : "icon");
  gtk_widget_set_sensitive (GTK_WIDGET (self->sync_button), state != ROUNDS_SYNC_BUSY);
}

static void
on_sync_clicked_cb (RoundsSyncIndicator *self)
{
  gtk_menu_button_popdown (self->button);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
}

static void
on_unsent_clicked_cb (RoundsSyncIndicator *self)
{
  gtk_menu_button_popdown (self->button);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unsent", NULL);
}

static void
rounds_sync_indicator_dispose (GObject *object)
{
  RoundsSyncIndicator *self = ROUNDS_SYNC_INDICATOR (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->clock);
  /* Disposing of the template would take this child away behind the parent class's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SYNC_INDICATOR);

  G_OBJECT_CLASS (rounds_sync_indicator_parent_class)->dispose (object);
}

static void
rounds_sync_indicator_class_init (RoundsSyncIndicatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_sync_indicator_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/shell/rounds-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, icon_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, line_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, line_bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, state_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, last_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, unsent_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, reason_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, unsent_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncIndicator, sync_button);
  gtk_widget_class_bind_template_callback (widget_class, on_sync_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unsent_clicked_cb);
}

static void
rounds_sync_indicator_init (RoundsSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_sync_indicator_set_sync:
 * @sync: (transfer none): the account's engine
 * @clock: (transfer none): what "now" is
 *
 * Follows the state of @sync. To be called once.
 */
void
rounds_sync_indicator_set_sync (RoundsSyncIndicator *self, RoundsSync *sync, RoundsClock *clock)
{
  g_return_if_fail (ROUNDS_IS_SYNC_INDICATOR (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));
  g_return_if_fail (self->sync == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (sync, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}
