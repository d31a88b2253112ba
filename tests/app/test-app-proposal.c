/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which time a form proposes: the first one that is free, by the cache and by the server's offer.
 * How it comes into a form, and goes when a person types, is tested with the running app.
 */

#include "config.h"

#include "records.h"
#include "rounds-api.h"
#include "rounds-first-free.h"
#include "rounds-test.h"

#define AT(hour, minute) (MORNING + ((hour) - 8) * ROUNDS_HOUR + (minute) * ROUNDS_MINUTE)

typedef struct
{
  RoundsStore *store;
  RoundsClock *clock;
  RoundsSync *sync;
  RoundsFirstFree *first_free;
  char *doctor;
  RoundsHospital *hospital; /* the question's; or NULL */
  gint64 found; /* ROUNDS_TIME_NONE: nothing since it was looked at */
} Fixture;

static void
found_cb (Fixture *fixture, gint64 start)
{
  fixture->found = start;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsApi) api = rounds_api_new ("http://127.0.0.1:9", NULL);
  g_autoptr (RoundsUser) user = make_user (1, "Sabine");

  fixture->store = open_store ();
  fixture->clock = rounds_clock_new_fixed (MORNING);
  fixture->sync = rounds_sync_new (api, fixture->store, user, fixture->clock);
  fixture->first_free = rounds_first_free_new (fixture->sync);
  fixture->doctor = make_id (8001);
  fixture->found = ROUNDS_TIME_NONE;
  g_signal_connect_swapped (fixture->first_free, "found", G_CALLBACK (found_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->first_free));
  g_clear_object (&fixture->sync);
  rounds_test_expect (rounds_store_close (fixture->store));
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->doctor, g_free);
  g_clear_pointer (&fixture->hospital, rounds_hospital_unref);
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

/* @start: of the morning, in half hours */
static void
book (Fixture *fixture, int start, int minutes, const char *doctor, RoundsAppointmentStatus status)
{
  RoundsAppointment *appointment = make_appointment (start, "Maria Lopez");

  appointment->doctor_id = g_strdup (doctor);
  appointment->duration_minutes = minutes;
  appointment->status = status;
  save_appointment (fixture->store, appointment);
}

/* 8:00 to 9:00 are taken, by a visit and by a meeting; 10:00 to 10:50 too; 9:00 is another doctor's
 * and 9:30 was cancelled. */
static void
fill_morning (Fixture *fixture)
{
  g_autofree char *other = make_id (8005);

  book (fixture, 0, 30, fixture->doctor, ROUNDS_APPOINTMENT_ARRIVED);
  save_meeting (fixture->store, make_meeting (1, "Weekly Review"));
  book (fixture, 2, 30, other, ROUNDS_APPOINTMENT_CONFIRMED);
  book (fixture, 3, 30, fixture->doctor, ROUNDS_APPOINTMENT_CANCELLED);
  book (fixture, 4, 50, fixture->doctor, ROUNDS_APPOINTMENT_REQUESTED);
}

static gboolean
has_found (gpointer data)
{
  return ((Fixture *)data)->found != ROUNDS_TIME_NONE;
}

static gint64
ask (Fixture *fixture, gint64 now, const char *person, int minutes)
{
  rounds_clock_set (fixture->clock, now);
  fixture->found = ROUNDS_TIME_NONE;
  rounds_first_free_forget (fixture->first_free);
  g_assert_true (rounds_first_free_ask (fixture->first_free, person, fixture->hospital, minutes));
  rounds_test_wait_until (has_found, fixture);
  return fixture->found;
}

typedef struct
{
  gint64 now;
  gboolean anybody;
  int minutes;
  gint64 start;
} Proposal;

static void
check_proposals (Fixture *fixture, const Proposal *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    g_assert_cmpint (
        ask (fixture, cases[i].now, cases[i].anybody ? NULL : fixture->doctor, cases[i].minutes),
        ==, cases[i].start);
}

static void
test_cache (Fixture *fixture, gconstpointer data)
{
  const Proposal cases[] = {
    { AT (7, 10), FALSE, 30, AT (7, 15) },
    { AT (7, 11), FALSE, 15, AT (7, 30) }, /* 7:15 is too soon */
    { AT (7, 11), FALSE, 30, AT (7, 30) }, /* and ends where 8:00 begins */
    { AT (7, 11), FALSE, 31, AT (9, 0) },
    { AT (8, 2), FALSE, 30, AT (9, 0) },
    { AT (8, 2), TRUE, 30, AT (8, 15) },
    { AT (9, 10), FALSE, 45, AT (9, 15) },
    { AT (9, 11), FALSE, 45, AT (11, 0) }, /* 10:50 is no quarter of an hour */
    { AT (23, 56), FALSE, 30, AT (24, 15) },
    { AT (7, 10), FALSE, 480, AT (11, 0) },
  };

  fill_morning (fixture);
  check_proposals (fixture, cases, G_N_ELEMENTS (cases));
}

/* What began yesterday and goes on, and a day without a gap. */
static void
test_long_visit (Fixture *fixture, gconstpointer data)
{
  book (fixture, -24, 16 * 60, fixture->doctor, ROUNDS_APPOINTMENT_ACTIVE);
  g_assert_cmpint (ask (fixture, AT (8, 0), fixture->doctor, 30), ==, AT (12, 0));
}

/* Open from Monday to Friday, 9:00 to 17:00 in Berlin: 8:00 to 16:00 by our clock. The morning is a
 * Monday's. Nobody is asked: there is no server. */
static void
test_opening_hours (Fixture *fixture, gconstpointer data)
{
  const Proposal cases[] = {
    { AT (5, 0), TRUE, 30, AT (8, 0) }, /* before the doors open */
    { AT (5, 0), FALSE, 30, AT (9, 0) }, /* and what is booked then is booked */
    { AT (15, 10), TRUE, 30, AT (15, 15) },
    { AT (15, 26), TRUE, 30, AT (24 + 8, 0) }, /* would go on after the end */
    { AT (20, 0), FALSE, 30, AT (24 + 8, 0) },
    { AT (4 * 24 + 18, 0), FALSE, 30, AT (7 * 24 + 8, 0) }, /* Friday evening */
    { AT (5 * 24 + 10, 0), TRUE, 480, AT (7 * 24 + 8, 0) }, /* Saturday, for a whole day */
    { AT (5, 0), TRUE, 481, AT (5, 15) }, /* longer than any day: as where no hours are known */
  };

  fixture->hospital = make_hospital (9000, "Charité");
  for (int weekday = G_DATE_MONDAY; weekday <= G_DATE_FRIDAY; weekday++)
    {
      RoundsOpening opening = { weekday, 9 * 60, 17 * 60 };

      g_array_append_val (fixture->hospital->openings, opening);
    }
  fill_morning (fixture);
  check_proposals (fixture, cases, G_N_ELEMENTS (cases));
}

/* A server that knows only the guide tells no hours; a hospital that never opens is no reason to
 * propose nothing. */
static void
test_no_hours (Fixture *fixture, gconstpointer data)
{
  fixture->hospital = make_hospital (9000, "Charité");
  g_assert_cmpint (ask (fixture, AT (20, 0), NULL, 30), ==, AT (20, 15));
  fixture->hospital->version = 1;
  g_assert_cmpint (ask (fixture, AT (20, 0), NULL, 30), ==, AT (20, 15));
}

static GArray *
make_offer (gint64 first, gint64 second)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  RoundsTimeRange both[]
      = { { first, first + 30 * ROUNDS_MINUTE }, { second, second + 30 * ROUNDS_MINUTE } };

  return g_array_append_vals (slots, both, G_N_ELEMENTS (both));
}

static void
test_offer (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    gint64 first, second, start;
  } cases[] = {
    { AT (9, 30), AT (11, 30), AT (9, 30) },
    { AT (8, 5), AT (11, 30), AT (11, 30) }, /* too soon */
    { AT (8, 30), AT (33, 0), AT (33, 0) }, /* during the meeting; then tomorrow's */
    { AT (8, 5), AT (8, 30), AT (9, 0) }, /* nothing better than what the cache knows */
  };

  fill_morning (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) offer = make_offer (cases[i].first, cases[i].second);
      g_autoptr (GArray) late = make_offer (AT (15, 0), AT (16, 0));

      g_assert_cmpint (ask (fixture, AT (8, 2), fixture->doctor, 30), ==, AT (9, 0));
      rounds_first_free_take_offer (fixture->first_free, offer);
      g_assert_cmpint (fixture->found, ==, cases[i].start);
      rounds_first_free_take_offer (fixture->first_free, late);
      g_assert_cmpint (fixture->found, ==, cases[i].start);
    }

  ask (fixture, AT (8, 2), fixture->doctor, 30);
  rounds_first_free_take_offer (fixture->first_free, NULL);
  g_assert_cmpint (fixture->found, ==, AT (9, 0));
}

/* The last question is asked once; of two, only the second is answered. */
static void
test_questions (Fixture *fixture, gconstpointer data)
{
  fill_morning (fixture);
  g_assert_true (rounds_first_free_ask (fixture->first_free, fixture->doctor, NULL, 30));
  g_assert_false (rounds_first_free_ask (fixture->first_free, fixture->doctor, NULL, 30));
  g_assert_true (rounds_first_free_ask (fixture->first_free, NULL, NULL, 30));
  rounds_test_drain ();
  rounds_test_wait_until (has_found, fixture);
  g_assert_cmpint (fixture->found, ==, AT (8, 15));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add ("/Rounds/App/FirstFree/cache", Fixture, NULL, set_up, test_cache, tear_down);
  g_test_add ("/Rounds/App/FirstFree/long-visit", Fixture, NULL, set_up, test_long_visit,
              tear_down);
  g_test_add ("/Rounds/App/FirstFree/opening-hours", Fixture, NULL, set_up, test_opening_hours,
              tear_down);
  g_test_add ("/Rounds/App/FirstFree/no-hours", Fixture, NULL, set_up, test_no_hours, tear_down);
  g_test_add ("/Rounds/App/FirstFree/offer", Fixture, NULL, set_up, test_offer, tear_down);
  g_test_add ("/Rounds/App/FirstFree/questions", Fixture, NULL, set_up, test_questions, tear_down);

  return g_test_run ();
}
