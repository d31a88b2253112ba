/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Asks the server when a doctor is free, for a form in which doctor, day and length still change.
 * It shows nothing; RoundsSlotsRow does.
 */

#include "config.h"

#include "rounds-free-times.h"

#include "rounds-first-free.h"
#include "rounds-future.h"

/* Milliseconds in which a length is still being counted up, or a day typed. */
#define PAUSE 250
/* How far ahead the first free times are looked for; the server looks no further at once. */
#define AHEAD (30 * ROUNDS_DAY)
#define MOST_LATER 3

typedef struct
{
  char *doctor_id; /* NULL: nothing */
  RoundsTimeRange day;
  int minutes;
} Question;

struct _RoundsFreeTimes
{
  GObject parent_instance;

  RoundsSync *sync;
  Question question; /* the last one */
  guint generation; /* of it: the answers to others come too late */
  guint pause;
  gboolean has_asked;
};

G_DEFINE_FINAL_TYPE (RoundsFreeTimes, rounds_free_times, G_TYPE_OBJECT)

enum
{
  SIGNAL_ASKING,
  SIGNAL_FOUND,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* What a fiber works on. */
typedef struct
{
  RoundsFreeTimes *owner;
  guint generation;
} Asking;

static void
free_asking (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->owner);
  g_free (asking);
}

/* The server names a start for each quarter of an hour. Of those that overlap, the first stays: a
 * person looks for an hour of the day, not for a way to fill it best. None is before @earliest. */
static void
thin_out (GArray *slots, gint64 earliest)
{
  guint kept = 0;

  for (guint i = 0; i < slots->len; i++)
    {
      RoundsTimeRange slot = g_array_index (slots, RoundsTimeRange, i);

      if (slot.start >= earliest
          && (kept == 0 || slot.start >= g_array_index (slots, RoundsTimeRange, kept - 1).end))
        g_array_index (slots, RoundsTimeRange, kept++) = slot;
    }
  g_array_set_size (slots, kept);
}

static GArray *
fetch_fiber (Asking *asking, RoundsTimeRange span, GError **error)
{
  const Question *question = &asking->owner->question;

  return dex_await_boxed (
      rounds_sync_find_slots (asking->owner->sync, question->doctor_id, span, question->minutes),
      error);
}

static gboolean
is_current (Asking *asking)
{
  return asking->generation == asking->owner->generation;
}

static DexFuture *
ask_fiber (gpointer data)
{
  Asking *asking = data;
  RoundsTimeRange day = asking->owner->question.day;
  g_autoptr (GArray) slots = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_later = FALSE;

  if (!is_current (asking))
    return dex_future_new_false ();
  slots = fetch_fiber (asking, day, &error);
  if (slots != NULL && slots->len == 0 && is_current (asking))
    {
      is_later = TRUE;
      g_clear_pointer (&slots, g_array_unref);
      slots = fetch_fiber (asking, rounds_time_range_new (day.end, day.end + AHEAD), &error);
    }
  if (!is_current (asking))
    return dex_future_new_false ();

  /* Offline, or a server without this call: a time can be typed, and nothing is offered. */
  if (slots != NULL)
    thin_out (slots, rounds_clock_now (rounds_sync_get_clock (asking->owner->sync))
                         + ROUNDS_FIRST_FREE_LEAD);
  if (slots != NULL && is_later && slots->len > MOST_LATER)
    g_array_set_size (slots, MOST_LATER);
  g_signal_emit (asking->owner, signals[SIGNAL_FOUND], 0, slots, is_later);
  return dex_future_new_true ();
}

/* No failure reaches it: a fiber that cannot say anything has said so. */
static void
on_failed_cb (const GError *error, gpointer owner)
{
  g_signal_emit (owner, signals[SIGNAL_FOUND], 0, NULL, FALSE);
}

static void
on_paused (gpointer user_data)
{
  RoundsFreeTimes *self = user_data;
  Asking *asking = g_new0 (Asking, 1);

  self->pause = 0;
  self->has_asked = TRUE;
  asking->owner = g_object_ref (self);
  asking->generation = self->generation;
  rounds_future_watch (rounds_spawn (ask_fiber, asking, free_asking), G_OBJECT (self),
                       on_failed_cb);
}

static void
rounds_free_times_dispose (GObject *object)
{
  RoundsFreeTimes *self = ROUNDS_FREE_TIMES (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->question.doctor_id, g_free);

  G_OBJECT_CLASS (rounds_free_times_parent_class)->dispose (object);
}

static void
rounds_free_times_class_init (RoundsFreeTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_free_times_dispose;

  signals[SIGNAL_ASKING] = g_signal_new ("asking", ROUNDS_TYPE_FREE_TIMES, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOUND] = g_signal_new ("found", ROUNDS_TYPE_FREE_TIMES, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_BOOLEAN);
}

static void
rounds_free_times_init (RoundsFreeTimes *self)
{
}

/**
 * rounds_free_times_new:
 * @sync: (transfer none): the signed-in person's engine
 *
 * Returns: (transfer full): one that was asked nothing yet. Main thread.
 */
RoundsFreeTimes *
rounds_free_times_new (RoundsSync *sync)
{
  RoundsFreeTimes *self;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = g_object_new (ROUNDS_TYPE_FREE_TIMES, NULL);
  self->sync = g_object_ref (sync);
  return self;
}

/**
 * rounds_free_times_ask:
 * @doctor_id: (nullable): whose times; %NULL: nobody's yet, which "found" answers at once
 * @day: from midnight to midnight on the hospital's clock
 * @minutes: how long the appointment is to be
 *
 * "found" follows, for the last question only.
 */
void
rounds_free_times_ask (RoundsFreeTimes *self, const char *doctor_id, RoundsTimeRange day,
                       int minutes)
{
  Question *question;

  g_return_if_fail (ROUNDS_IS_FREE_TIMES (self));

  question = &self->question;
  if (g_strcmp0 (question->doctor_id, doctor_id) == 0 && question->day.start == day.start
      && question->minutes == minutes)
    return;

  g_set_str (&question->doctor_id, doctor_id);
  question->day = day;
  question->minutes = minutes;
  rounds_free_times_ask_again (self);
}

/**
 * rounds_free_times_ask_again:
 *
 * Asks what was asked last, for instance because a time that was free is not any more.
 */
void
rounds_free_times_ask_again (RoundsFreeTimes *self)
{
  g_return_if_fail (ROUNDS_IS_FREE_TIMES (self));

  self->generation++;
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->question.doctor_id == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FOUND], 0, NULL, FALSE);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_ASKING], 0);
  self->pause = g_timeout_add_once (self->has_asked ? PAUSE : 0, on_paused, self);
}
