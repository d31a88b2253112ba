/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The time that a form proposes: the first one at which somebody is free.
 * It finds one in the cache at once, and a better one in what the server offers. It shows nothing.
 */

#include "config.h"

#include "rounds-first-free.h"

#include "rounds-busy-times.h"
#include "rounds-free-slots.h"
#include "rounds-future.h"

/* How far ahead the cache is looked through. */
#define AHEAD (7 * ROUNDS_DAY)
/* Nobody stays closed for longer, as far as opening hours can say it. */
#define OPEN_AHEAD (8 * ROUNDS_DAY)

struct _RoundsFirstFree
{
  GObject parent_instance;

  RoundsSync *sync;
  char *person; /* of the last question, or NULL */
  RoundsHospital *hospital; /* of the last question, or NULL */
  int minutes; /* 0: nothing was asked yet */
  GArray *busy; /* the person's, of RoundsTimeRange; NULL: not known */
  guint generation; /* of the question: the answers to others come too late */
  gboolean wants_offer;
};

G_DEFINE_FINAL_TYPE (RoundsFirstFree, rounds_first_free, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOUND,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* What a fiber works on. */
typedef struct
{
  RoundsFirstFree *owner;
  guint generation;
} Look;

static void
free_look (gpointer data)
{
  Look *look = data;

  g_object_unref (look->owner);
  g_free (look);
}

static gint64
get_earliest (RoundsFirstFree *self)
{
  return rounds_clock_now (rounds_sync_get_clock (self->sync)) + ROUNDS_FIRST_FREE_LEAD;
}

/* As the server would find it: while the doors are open, where that is known. */
static gint64
find_start (RoundsFirstFree *self, GArray *busy, gint64 earliest)
{
  g_autoptr (GArray) slots = NULL;

  if (self->hospital != NULL && rounds_hospital_knows_openings (self->hospital))
    slots = rounds_free_slots_find (&(RoundsSlotSearch){
        .zone = self->hospital->timezone,
        .openings = self->hospital->openings,
        .within = rounds_time_range_new (earliest, earliest + OPEN_AHEAD),
        .minutes = self->minutes,
        .busy = (const RoundsTimeRange *)busy->data,
        .n_busy = busy->len,
        .most = 1,
    });
  if (slots != NULL && slots->len > 0)
    return g_array_index (slots, RoundsTimeRange, 0).start;
  return rounds_busy_times_first_gap (busy, earliest, self->minutes);
}

static DexFuture *
look_fiber (gpointer data)
{
  Look *look = data;
  RoundsFirstFree *self = look->owner;
  g_autoptr (GArray) busy = NULL;
  g_autoptr (GError) error = NULL;
  gint64 earliest = get_earliest (self);

  if (self->person != NULL)
    busy = dex_await_boxed (
        rounds_busy_times_find (rounds_sync_get_store (self->sync), self->person,
                                rounds_time_range_new (earliest, earliest + AHEAD)),
        &error);
  /* A cache that cannot be read is told of elsewhere; here it knows of nothing. */
  if (busy == NULL)
    busy = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  if (look->generation != self->generation)
    return dex_future_new_false ();

  g_clear_pointer (&self->busy, g_array_unref);
  self->busy = g_array_ref (busy);
  g_signal_emit (self, signals[SIGNAL_FOUND], 0, find_start (self, busy, earliest));
  return dex_future_new_true ();
}

static void
rounds_first_free_dispose (GObject *object)
{
  RoundsFirstFree *self = ROUNDS_FIRST_FREE (object);

  self->generation++;
  g_clear_object (&self->sync);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->hospital, rounds_hospital_unref);
  g_clear_pointer (&self->busy, g_array_unref);

  G_OBJECT_CLASS (rounds_first_free_parent_class)->dispose (object);
}

static void
rounds_first_free_class_init (RoundsFirstFreeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_first_free_dispose;

  signals[SIGNAL_FOUND] = g_signal_new ("found", ROUNDS_TYPE_FIRST_FREE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
rounds_first_free_init (RoundsFirstFree *self)
{
}

/**
 * rounds_first_free_new:
 * @sync: (transfer none): the signed-in person's engine
 *
 * Returns: (transfer full): one that was asked nothing yet. Main thread.
 */
RoundsFirstFree *
rounds_first_free_new (RoundsSync *sync)
{
  RoundsFirstFree *self;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = g_object_new (ROUNDS_TYPE_FIRST_FREE, NULL);
  self->sync = g_object_ref (sync);
  return self;
}

static gboolean
is_same_hospital (RoundsHospital *a, RoundsHospital *b)
{
  return a == NULL || b == NULL ? a == b : rounds_hospital_equal (a, b);
}

gboolean
rounds_first_free_ask (RoundsFirstFree *self, const char *person, RoundsHospital *hospital,
                       int minutes)
{
  Look *look;

  g_return_val_if_fail (ROUNDS_IS_FIRST_FREE (self), FALSE);
  g_return_val_if_fail (minutes > 0, FALSE);

  if (self->minutes == minutes && g_strcmp0 (self->person, person) == 0
      && is_same_hospital (self->hospital, hospital))
    return FALSE;

  g_set_str (&self->person, person);
  g_clear_pointer (&self->hospital, rounds_hospital_unref);
  self->hospital = hospital != NULL ? rounds_hospital_ref (hospital) : NULL;
  self->minutes = minutes;
  self->wants_offer = TRUE;
  g_clear_pointer (&self->busy, g_array_unref);
  look = g_new0 (Look, 1);
  look->owner = g_object_ref (self);
  look->generation = ++self->generation;
  /* The fiber has no failure to tell. */
  dex_future_disown (rounds_spawn (look_fiber, look, free_look));
  return TRUE;
}

void
rounds_first_free_take_offer (RoundsFirstFree *self, GArray *slots)
{
  g_return_if_fail (ROUNDS_IS_FIRST_FREE (self));

  if (!self->wants_offer)
    return;
  self->wants_offer = FALSE;
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    {
      RoundsTimeRange slot = g_array_index (slots, RoundsTimeRange, i);

      /* The server forbids no appointment during a meeting; nobody is to be proposed one. */
      if (slot.start < get_earliest (self)
          || (self->busy != NULL && rounds_busy_times_overlap (self->busy, slot)))
        continue;
      g_signal_emit (self, signals[SIGNAL_FOUND], 0, slot.start);
      return;
    }
}

void
rounds_first_free_forget (RoundsFirstFree *self)
{
  g_return_if_fail (ROUNDS_IS_FIRST_FREE (self));

  self->minutes = 0;
}
