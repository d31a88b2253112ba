/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say when: day, time, length, and what that is on other clocks.
 * It books nothing; the zone is the hospital's or the person's own.
 */

#include "config.h"

#include "rounds-when-group.h"

#include "rounds-date-row.h"
#include "rounds-slots-row.h"
#include "rounds-wall-time.h"
#include "rounds-when-words.h"

#define DEFAULT_MINUTES 30

struct _RoundsWhenGroup
{
  AdwPreferencesGroup parent_instance;

  RoundsDateRow *date_row;
  AdwEntryRow *time_row;
  RoundsProblemRow *time_problem;
  GtkSpinButton *length_button;
  RoundsSlotsRow *slots_row;

  RoundsClock *clock;
  char *zone;
  GArray *openings; /* of RoundsOpening; NULL: not known, or nobody's doors matter */
  gboolean is_chosen; /* the person has a time in mind; FALSE: it is proposed */
  gboolean is_proposing;
};

G_DEFINE_FINAL_TYPE (RoundsWhenGroup, rounds_when_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static char *
dup_zone (RoundsWhenGroup *self)
{
  g_autoptr (GTimeZone) local = NULL;

  if (self->zone != NULL)
    return g_strdup (self->zone);

  local = g_time_zone_new_local ();
  return g_strdup (g_time_zone_get_identifier (local));
}

/* Nothing while the time cannot be read. */
static void
show_words (RoundsWhenGroup *self)
{
  g_autofree char *words = NULL;
  RoundsTimeRange range;

  if (rounds_when_group_read (self, &range, NULL))
    words = rounds_when_words (range, self->zone, self->openings, rounds_clock_now (self->clock));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), words);
}

/* The chip of the time that stands in the rows. */
static void
mark_slot (RoundsWhenGroup *self)
{
  RoundsTimeRange range;

  rounds_slots_row_mark (self->slots_row, rounds_when_group_read (self, &range, NULL)
                                              ? range.start
                                              : ROUNDS_TIME_NONE);
}

static void
edited_cb (RoundsWhenGroup *self)
{
  show_words (self);
  mark_slot (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
time_edited_cb (RoundsWhenGroup *self)
{
  if (!self->is_proposing)
    self->is_chosen = TRUE;
  edited_cb (self);
}

/* The day follows the time; both are told of as one change of each row. */
static void
set_start (RoundsWhenGroup *self, gint64 start)
{
  g_autofree char *zone = dup_zone (self);
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  rounds_wall_time_from_moment (zone, start, &date, &time);
  rounds_date_row_set_date (self->date_row, date);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
}

static void
slot_chosen_cb (RoundsWhenGroup *self, gint64 start)
{
  self->is_chosen = TRUE;
  set_start (self, start);
}

static void
rounds_when_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_WHEN_GROUP);
  g_clear_object (&ROUNDS_WHEN_GROUP (object)->clock);

  G_OBJECT_CLASS (rounds_when_group_parent_class)->dispose (object);
}

static void
rounds_when_group_finalize (GObject *object)
{
  RoundsWhenGroup *self = ROUNDS_WHEN_GROUP (object);

  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer (&self->openings, g_array_unref);

  G_OBJECT_CLASS (rounds_when_group_parent_class)->finalize (object);
}

static void
rounds_when_group_class_init (RoundsWhenGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_when_group_dispose;
  object_class->finalize = rounds_when_group_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_WHEN_GROUP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_DATE_ROW);
  g_type_ensure (ROUNDS_TYPE_PROBLEM_ROW);
  g_type_ensure (ROUNDS_TYPE_SLOTS_ROW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-when-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWhenGroup, date_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsWhenGroup, time_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsWhenGroup, time_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsWhenGroup, length_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsWhenGroup, slots_row);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, slot_chosen_cb);
}

static void
rounds_when_group_init (RoundsWhenGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_when_group_set_up:
 * @clock: what "now" is
 * @form: shows problems at the time row
 * @field: the wire's name of the time
 * @most_minutes: the longest length to choose
 */
void
rounds_when_group_set_up (RoundsWhenGroup *self, RoundsClock *clock, RoundsForm *form,
                          const char *field, int most_minutes)
{
  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));
  g_return_if_fail (ROUNDS_IS_CLOCK (clock));

  g_set_object (&self->clock, clock);
  rounds_form_add (form, field, GTK_WIDGET (self->time_row), self->time_problem);
  gtk_spin_button_set_range (self->length_button, 5, most_minutes);
  gtk_spin_button_set_value (self->length_button, DEFAULT_MINUTES);
}

/**
 * rounds_when_group_set_zone:
 * @zone: (nullable): IANA zone in which day and time are read; %NULL for the person's own
 */
void
rounds_when_group_set_zone (RoundsWhenGroup *self, const char *zone)
{
  RoundsTimeRange range;
  gboolean is_proposed;

  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  /* What the person typed is meant on the clock that is named; a proposal is a moment. */
  is_proposed = !self->is_chosen && rounds_when_group_read (self, &range, NULL);
  if (!g_set_str (&self->zone, zone))
    return;
  if (is_proposed)
    rounds_when_group_propose (self, range.start);
  show_words (self);
}

/**
 * rounds_when_group_set_openings:
 * @openings: (nullable) (element-type RoundsOpening): when doors are open on the zone's clock; a
 *   reference is kept. %NULL: nothing is said of them
 */
void
rounds_when_group_set_openings (RoundsWhenGroup *self, GArray *openings)
{
  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  if (self->openings == openings)
    return;
  g_clear_pointer (&self->openings, g_array_unref);
  self->openings = openings != NULL ? g_array_ref (openings) : NULL;
  show_words (self);
}

/**
 * rounds_when_group_fill:
 * @date: "2024-01-15"
 * @time: "10:00 AM" or "14:30"
 */
void
rounds_when_group_fill (RoundsWhenGroup *self, const char *date, const char *time, int minutes)
{
  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));
  g_return_if_fail (date != NULL && time != NULL);

  self->is_chosen = TRUE;
  rounds_date_row_set_date (self->date_row, date);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  rounds_when_group_set_minutes (self, minutes);
}

/**
 * rounds_when_group_offer:
 * @slots: (nullable) (element-type RoundsTimeRange): free times, or %NULL
 * @is_later: none of them is on the day that stands in the form
 */
void
rounds_when_group_offer (RoundsWhenGroup *self, GArray *slots, gboolean is_later)
{
  g_autofree char *zone = NULL;

  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  zone = dup_zone (self);
  rounds_slots_row_offer (self->slots_row, slots, is_later, zone, rounds_clock_now (self->clock));
}

/**
 * rounds_when_group_await_offer:
 *
 * What is offered cannot be chosen until rounds_when_group_offer() comes.
 */
void
rounds_when_group_await_offer (RoundsWhenGroup *self)
{
  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  rounds_slots_row_wait (self->slots_row);
}

/**
 * rounds_when_group_fill_in:
 *
 * Proposes the next half hour, whatever stands in the rows.
 */
void
rounds_when_group_fill_in (RoundsWhenGroup *self)
{
  const gint64 half_hour = 30 * ROUNDS_MINUTE;

  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  self->is_chosen = FALSE;
  rounds_when_group_propose (self, (rounds_clock_now (self->clock) / half_hour + 1) * half_hour);
}

/**
 * rounds_when_group_propose:
 * @start: µs UTC
 *
 * Fills in a better proposal, unless the person has chosen a time.
 */
void
rounds_when_group_propose (RoundsWhenGroup *self, gint64 start)
{
  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  if (self->is_chosen)
    return;
  self->is_proposing = TRUE;
  set_start (self, start);
  self->is_proposing = FALSE;
}

gboolean
rounds_when_group_is_chosen (RoundsWhenGroup *self)
{
  g_return_val_if_fail (ROUNDS_IS_WHEN_GROUP (self), FALSE);

  return self->is_chosen;
}

/**
 * rounds_when_group_get_day:
 * @day: (out): from midnight to midnight on the zone's clock
 *
 * Returns: %FALSE while no day stands in the row; its time may be anything
 */
gboolean
rounds_when_group_get_day (RoundsWhenGroup *self, RoundsTimeRange *day)
{
  g_autofree char *zone = NULL;
  g_autofree char *date = NULL;
  gint64 noon;

  g_return_val_if_fail (ROUNDS_IS_WHEN_GROUP (self), FALSE);
  g_return_val_if_fail (day != NULL, FALSE);

  zone = dup_zone (self);
  date = rounds_date_row_dup_date (self->date_row);
  /* Clocks are put forward at night; noon is there on every day. */
  if (!rounds_wall_time_to_moment (zone, date, "12:00", &noon, NULL))
    return FALSE;
  *day = rounds_wall_time_day_of (zone, noon);
  return TRUE;
}

char *
rounds_when_group_dup_date (RoundsWhenGroup *self)
{
  g_return_val_if_fail (ROUNDS_IS_WHEN_GROUP (self), NULL);

  return rounds_date_row_dup_date (self->date_row);
}

const char *
rounds_when_group_get_time (RoundsWhenGroup *self)
{
  g_return_val_if_fail (ROUNDS_IS_WHEN_GROUP (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->time_row));
}

int
rounds_when_group_get_minutes (RoundsWhenGroup *self)
{
  g_return_val_if_fail (ROUNDS_IS_WHEN_GROUP (self), 0);

  return gtk_spin_button_get_value_as_int (self->length_button);
}

void
rounds_when_group_set_minutes (RoundsWhenGroup *self, int minutes)
{
  g_return_if_fail (ROUNDS_IS_WHEN_GROUP (self));

  gtk_spin_button_set_value (self->length_button, minutes);
}

/**
 * rounds_when_group_read:
 * @range: (out): start and planned end, µs UTC
 *
 * Returns: %FALSE with a #ROUNDS_WALL_TIME_ERROR while no moment stands in the rows
 */
gboolean
rounds_when_group_read (RoundsWhenGroup *self, RoundsTimeRange *range, GError **error)
{
  g_autofree char *zone = NULL;
  g_autofree char *date = NULL;
  gint64 start;

  g_return_val_if_fail (ROUNDS_IS_WHEN_GROUP (self), FALSE);
  g_return_val_if_fail (range != NULL, FALSE);

  zone = dup_zone (self);
  date = rounds_date_row_dup_date (self->date_row);
  if (!rounds_wall_time_to_moment (zone, date, rounds_when_group_get_time (self), &start, error))
    return FALSE;

  *range
      = rounds_time_range_new (start, start + rounds_when_group_get_minutes (self) * ROUNDS_MINUTE);
  return TRUE;
}
