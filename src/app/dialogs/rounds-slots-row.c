/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A row of a form that offers free times as chips to choose from.
 * Which times are free is RoundsFreeTimes' to find out.
 */

#include "config.h"

#include "rounds-slots-row.h"

#include <glib/gi18n.h>

#include "rounds-clock.h"
#include "rounds-time-words.h"

struct _RoundsSlotsRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *caption;
  AdwWrapBox *box;

  gint64 marked; /* what stands in the form */
  gboolean had_focus; /* the chips, before they were out of date */
};

G_DEFINE_FINAL_TYPE (RoundsSlotsRow, rounds_slots_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gint64
get_start (GtkWidget *chip)
{
  return *(gint64 *)g_object_get_data (G_OBJECT (chip), "start");
}

/* A chip is pressed as long as its time stands in the form. */
static void
show_mark (RoundsSlotsRow *self, GtkWidget *chip)
{
  gboolean is_marked = get_start (chip) == self->marked;

  gtk_accessible_update_state (
      GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_STATE_PRESSED,
      is_marked ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  if (is_marked)
    gtk_widget_add_css_class (chip, "suggested-action");
  else
    gtk_widget_remove_css_class (chip, "suggested-action");
}

static void
chip_clicked_cb (RoundsSlotsRow *self, GtkButton *chip)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, get_start (GTK_WIDGET (chip)));
}

/* On the clock of the hospital, like the form; of another day, the day is named. */
static char *
dup_label (gint64 start, gboolean is_later, const char *zone, gint64 now)
{
  g_autofree char *clock = rounds_time_words_clock (start, zone);
  g_autofree char *day = NULL;

  if (!is_later)
    return g_steal_pointer (&clock);

  day = rounds_time_words_day (start, now);
  /* Translators: day and time of a free appointment: "Monday, 24 November, 09:30" */
  return g_strdup_printf (C_ ("free time", "%s, %s"), day, clock);
}

static void
add_chip (RoundsSlotsRow *self, RoundsTimeRange slot, gboolean is_later, const char *zone,
          gint64 now)
{
  g_autofree char *label = dup_label (slot.start, is_later, zone, now);
  GtkWidget *chip = gtk_button_new_with_label (label);
  gint64 *start = g_memdup2 (&slot.start, sizeof slot.start);

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, "numeric");
  g_object_set_data_full (G_OBJECT (chip), "start", start, g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_clicked_cb), self, G_CONNECT_SWAPPED);
  show_mark (self, chip);
  adw_wrap_box_append (self->box, chip);
}

static gboolean
has_focus (RoundsSlotsRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->box));
}

/* Whoever has chosen a chip of another day stays among the chips of that day. */
static void
return_focus (RoundsSlotsRow *self)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  if (!self->had_focus || chip == NULL)
    return;
  self->had_focus = FALSE;
  for (GtkWidget *other = chip; other != NULL; other = gtk_widget_get_next_sibling (other))
    {
      if (get_start (other) == self->marked)
        chip = other;
    }
  gtk_widget_grab_focus (chip);
}

static void
set_caption (RoundsSlotsRow *self, const char *caption)
{
  gtk_label_set_label (self->caption, caption);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  caption, -1);
}

static void
rounds_slots_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_SLOTS_ROW);

  G_OBJECT_CLASS (rounds_slots_row_parent_class)->dispose (object);
}

static void
rounds_slots_row_class_init (RoundsSlotsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_slots_row_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", ROUNDS_TYPE_SLOTS_ROW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-slots-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSlotsRow, caption);
  gtk_widget_class_bind_template_child (widget_class, RoundsSlotsRow, box);
}

static void
rounds_slots_row_init (RoundsSlotsRow *self)
{
  self->marked = ROUNDS_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_caption (self, _ ("Free times")); /* a list tells of rows that are hidden, too */
}

/**
 * rounds_slots_row_offer:
 * @slots: (nullable) (element-type RoundsTimeRange): free times; %NULL where nobody can say
 * @is_later: the day that was asked for has none, these are the first ones after it
 * @zone: IANA zone whose clock the chips show
 * @now: µs UTC
 */
void
rounds_slots_row_offer (RoundsSlotsRow *self, GArray *slots, gboolean is_later, const char *zone,
                        gint64 now)
{
  GtkWidget *chip;

  g_return_if_fail (ROUNDS_IS_SLOTS_ROW (self));
  g_return_if_fail (slots == NULL || zone != NULL);

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    adw_wrap_box_remove (self->box, chip);
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    add_chip (self, g_array_index (slots, RoundsTimeRange, i), is_later, zone, now);

  if (!is_later)
    set_caption (self, _ ("Free times"));
  else if (slots != NULL && slots->len > 0)
    set_caption (self, _ ("Nothing is free on this day; the next free times"));
  else
    set_caption (self, _ ("Nothing is free on this day, nor in the month after it"));
  gtk_widget_set_visible (GTK_WIDGET (self->box), slots != NULL && slots->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), slots != NULL);
  return_focus (self);
}

/**
 * rounds_slots_row_wait:
 *
 * Keeps what is shown, so that the form stands still, but it cannot be chosen any more.
 */
void
rounds_slots_row_wait (RoundsSlotsRow *self)
{
  g_return_if_fail (ROUNDS_IS_SLOTS_ROW (self));

  self->had_focus = has_focus (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), FALSE);
}

/**
 * rounds_slots_row_mark:
 * @start: µs UTC, or %ROUNDS_TIME_NONE
 */
void
rounds_slots_row_mark (RoundsSlotsRow *self, gint64 start)
{
  g_return_if_fail (ROUNDS_IS_SLOTS_ROW (self));

  self->marked = start;
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->box)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    show_mark (self, chip);
}
