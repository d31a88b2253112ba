/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The running time of a call, from the moment of joining: "3:05".
 * It follows the monotonic clock, so that setting the system's clock does not change it.
 */

#include "config.h"

#include "rounds-call-elapsed.h"

#include <glib/gi18n.h>

struct _RoundsCallElapsed
{
  AdwBin parent_instance;

  GtkLabel *label; /* borrowed: the child */
  gint64 started; /* µs, monotonic; 0 while it stands still */
  guint tick;
};

G_DEFINE_FINAL_TYPE (RoundsCallElapsed, rounds_call_elapsed, ADW_TYPE_BIN)

static gint64
count_seconds (RoundsCallElapsed *self)
{
  return self->started != 0 ? (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC : 0;
}

static void
show_time (RoundsCallElapsed *self)
{
  gint64 seconds = count_seconds (self);
  g_autofree char *text = rounds_call_elapsed_format (seconds);
  g_autofree char *words = rounds_call_elapsed_describe (seconds);

  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static gboolean
tick_cb (gpointer user_data)
{
  show_time (ROUNDS_CALL_ELAPSED (user_data));

  return G_SOURCE_CONTINUE;
}

static void
rounds_call_elapsed_dispose (GObject *object)
{
  RoundsCallElapsed *self = ROUNDS_CALL_ELAPSED (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  self->label = NULL;

  G_OBJECT_CLASS (rounds_call_elapsed_parent_class)->dispose (object);
}

static void
rounds_call_elapsed_class_init (RoundsCallElapsedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_call_elapsed_dispose;
}

static void
rounds_call_elapsed_init (RoundsCallElapsed *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Time in the Call"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Shows itself and counts from now. */
void
rounds_call_elapsed_start (RoundsCallElapsed *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_ELAPSED (self));

  g_clear_handle_id (&self->tick, g_source_remove);
  self->started = g_get_monotonic_time ();
  self->tick = g_timeout_add_seconds (1, tick_cb, self);
  show_time (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* Hides itself. Returns: the whole seconds since the start; 0 without one. */
gint64
rounds_call_elapsed_stop (RoundsCallElapsed *self)
{
  gint64 seconds;

  g_return_val_if_fail (ROUNDS_IS_CALL_ELAPSED (self), 0);

  seconds = count_seconds (self);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->started = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  return seconds;
}

/* "0:00", "3:05", "1:02:05". (transfer full) */
char *
rounds_call_elapsed_format (gint64 seconds)
{
  gint64 hours = MAX (seconds, 0) / 3600;
  int minutes = (int)(MAX (seconds, 0) / 60 % 60);
  int rest = (int)(MAX (seconds, 0) % 60);

  if (hours > 0)
    /* Translators: hours, minutes and seconds that a call lasts */
    return g_strdup_printf (C_ ("call time", "%d:%02d:%02d"), (int)hours, minutes, rest);

  /* Translators: minutes and seconds that a call lasts */
  return g_strdup_printf (C_ ("call time", "%d:%02d"), minutes, rest);
}

/* The same in words for a sentence and a screen reader: "less than a minute", "3 minutes",
 * "1 hour 2 minutes". (transfer full) */
char *
rounds_call_elapsed_describe (gint64 seconds)
{
  int hours = (int)(MAX (seconds, 0) / 3600);
  int minutes = (int)(MAX (seconds, 0) / 60 % 60);
  g_autofree char *hours_text = NULL;
  g_autofree char *minutes_text = NULL;

  if (hours == 0 && minutes == 0)
    return g_strdup (C_ ("call time", "less than a minute"));

  minutes_text = g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), minutes);
  if (hours == 0)
    return g_steal_pointer (&minutes_text);

  hours_text = g_strdup_printf (ngettext ("%d hour", "%d hours", hours), hours);
  if (minutes == 0)
    return g_steal_pointer (&hours_text);

  /* Translators: hours, then minutes: "1 hour 2 minutes" */
  return g_strdup_printf (C_ ("call time", "%s %s"), hours_text, minutes_text);
}
