/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What follows from who was in a call when, as arithmetic: no database, no clock.
 * Times are in seconds after the call's room may open.
 */

#include "config.h"

#include "rounds-call-rules.h"
#include "rounds-test.h"

#define OPENS (G_GINT64_CONSTANT (1800000000) * ROUNDS_SECOND)
#define BEFORE (30 * 60)
#define LENGTH (30 * 60)
#define END (BEFORE + LENGTH)
#define STILL -1
#define NEVER -1
#define MOST_STAYS 12
#define N_RANDOM 3000

typedef struct
{
  RoundsCallSide side;
  int from;
  int to; /* or STILL */
} Stay;

static gint64
to_time (int second)
{
  return second < 0 ? ROUNDS_TIME_NONE : OPENS + second * ROUNDS_SECOND;
}

static int
to_second (gint64 time)
{
  return time == ROUNDS_TIME_NONE ? NEVER : (int)((time - OPENS) / ROUNDS_SECOND);
}

static RoundsCallFacts
make_facts (const Stay *stays, gsize n_stays, RoundsCallStay *out, int now)
{
  for (gsize i = 0; i < n_stays; i++)
    out[i] = (RoundsCallStay){ stays[i].side, to_time (stays[i].from), to_time (stays[i].to) };
  return (RoundsCallFacts){
    .stays = out,
    .n_stays = n_stays,
    .opens_at = OPENS,
    .ends_at = to_time (END),
    .closes_at = ROUNDS_TIME_NONE,
    .now = to_time (now),
  };
}

#define HOST ROUNDS_CALL_HOST
#define GUEST ROUNDS_CALL_GUEST
#define OTHER ROUNDS_CALL_OTHER

static const struct
{
  const char *what;
  Stay stays[4];
  gsize n_stays;
  int now;
  int came, met, ended;
} cases[] = {
  { "nobody", { { 0 } }, 0, 100, NEVER, NEVER, NEVER },
  { "alone", { { GUEST, 5, STILL } }, 1, 100, 5, NEVER, NEVER },
  { "together", { { GUEST, 5, STILL }, { HOST, 9, STILL } }, 2, 100, 5, 9, NEVER },
  { "told in the other order", { { HOST, 9, STILL }, { GUEST, 5, STILL } }, 2, 100, 5, 9, NEVER },
  { "one after the other", { { GUEST, 5, 8 }, { HOST, 9, 20 } }, 2, 100, 5, NEVER, 20 },
  { "passing in the same second", { { GUEST, 5, 9 }, { HOST, 9, 20 } }, 2, 100, 5, NEVER, 20 },
  { "this very second", { { GUEST, 5, STILL }, { HOST, 100, STILL } }, 2, 100, 5, 100, NEVER },
  { "a recorder", { { OTHER, 1, STILL }, { HOST, 9, 20 } }, 2, 100, NEVER, NEVER, 20 },
  { "a clock that is ahead", { { GUEST, 5, STILL }, { HOST, 300, STILL } }, 2, 100, 5, 100, NEVER },
  { "gone before he came", { { GUEST, 50, 40 }, { HOST, 45, 60 } }, 2, 100, 50, NEVER, 60 },
  { "the first was the longest",
    { { GUEST, 5, 90 }, { GUEST, 20, 30 }, { HOST, 40, 80 } },
    3,
    100,
    5,
    40,
    90 },
};

static void
test_moments (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsCallStay stays[G_N_ELEMENTS (cases[i].stays)];
      RoundsCallFacts facts = make_facts (cases[i].stays, cases[i].n_stays, stays, cases[i].now);
      RoundsCallMoments moments = rounds_call_rules_moments (&facts);

      g_test_message ("%s", cases[i].what);
      g_assert_cmpint (to_second (moments.guest_came), ==, cases[i].came);
      g_assert_cmpint (to_second (moments.met), ==, cases[i].met);
      g_assert_cmpint (to_second (moments.ended), ==, cases[i].ended);
    }
}

static RoundsAppointment *
make_active (void)
{
  RoundsAppointment *appointment = rounds_appointment_new ();

  appointment->type = ROUNDS_APPOINTMENT_VIRTUAL;
  appointment->status = ROUNDS_APPOINTMENT_ACTIVE;
  appointment->starts_at = to_time (BEFORE);
  appointment->duration_minutes = LENGTH / 60;
  return appointment;
}

/* Every host with every guest, as the rules are written down. */
static void
look_at_all_pairs (const Stay *stays, gsize n_stays, int now, int *met, int *together)
{
  *met = NEVER;
  *together = 0;
  for (gsize i = 0; i < n_stays; i++)
    {
      for (gsize j = 0; j < n_stays; j++)
        {
          if (stays[i].side != HOST || stays[j].side != GUEST)
            continue;
          int from = MAX (stays[i].from, stays[j].from);
          int to = MIN (stays[i].to == STILL ? now : stays[i].to,
                        stays[j].to == STILL ? now : stays[j].to);
          if (to < from || (to == from && (stays[i].to != STILL || stays[j].to != STILL)))
            continue;
          *met = *met == NEVER ? from : MIN (*met, from);
          *together = MAX (*together, to - from);
        }
    }
}

static void
make_random (Stay *stays, gsize n_stays, int now)
{
  for (gsize i = 0; i < n_stays; i++)
    {
      stays[i].side = (RoundsCallSide)g_test_rand_int_range (0, 3);
      stays[i].from = g_test_rand_int_range (0, now + 1);
      stays[i].to = g_test_rand_int_range (0, 5) == 0
                        ? STILL
                        : g_test_rand_int_range (stays[i].from, now + 1);
    }
}

static void
test_all_pairs (void)
{
  g_autoptr (RoundsAppointment) appointment = make_active ();

  for (int n = 0; n < N_RANDOM; n++)
    {
      Stay stays[MOST_STAYS];
      RoundsCallStay out[MOST_STAYS];
      int now = g_test_rand_int_range (1, n % 2 == 0 ? 20 : 400);
      gsize n_stays = (gsize)g_test_rand_int_range (0, MOST_STAYS + 1);
      int met = NEVER;
      int together = 0;
      gint64 at = 0;
      RoundsNoShowCause cause = ROUNDS_CAUSE_NONE;

      make_random (stays, n_stays, now);
      look_at_all_pairs (stays, n_stays, now, &met, &together);
      RoundsCallFacts facts = make_facts (stays, n_stays, out, now);
      facts.room_closed = TRUE;
      RoundsCallMoments moments = rounds_call_rules_moments (&facts);
      g_assert_cmpint (to_second (moments.met), ==, met);
      /* A minute together, and the room is closed: the visit is over. */
      gboolean over = rounds_call_rules_appointment (appointment, &facts, &at, &cause)
                      == ROUNDS_APPOINTMENT_COMPLETED;
      g_assert_cmpint (over, ==, moments.ended != ROUNDS_TIME_NONE && together >= 60);
    }
}

/* Both are late and ask for the link after the booked end: they are given the time to come. */
static void
test_late_beginning (void)
{
  g_autoptr (RoundsAppointment) appointment = make_active ();
  const int asked = END + 20 * 60;
  const struct
  {
    int now;
    RoundsAppointmentStatus status;
  } moments[] = {
    { asked + 30, ROUNDS_APPOINTMENT_CONFIRMED },
    { asked + 599, ROUNDS_APPOINTMENT_CONFIRMED },
    { asked + 600, ROUNDS_APPOINTMENT_NO_SHOW },
  };

  appointment->status = ROUNDS_APPOINTMENT_CONFIRMED;
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      RoundsCallFacts facts = make_facts (NULL, 0, NULL, moments[i].now);
      gint64 at = 0;
      RoundsNoShowCause cause = ROUNDS_CAUSE_NONE;

      facts.tried[HOST] = TRUE;
      facts.tried[GUEST] = TRUE;
      facts.tried_at = to_time (asked);
      g_assert_cmpint (rounds_call_rules_appointment (appointment, &facts, &at, &cause), ==,
                       moments[i].status);
    }
}

/* A connection that breaks every second leaves thousands behind. */
static void
test_thousands (void)
{
  g_autoptr (GArray) stays = g_array_new (FALSE, FALSE, sizeof (RoundsCallStay));

  for (int i = 0; i < 200000; i++)
    {
      RoundsCallStay stay = { i % 2 == 0 ? HOST : GUEST, to_time (i / 100), to_time (i / 100 + 1) };
      g_array_append_val (stays, stay);
    }
  RoundsCallFacts facts = make_facts (NULL, 0, NULL, END);
  facts.stays = (const RoundsCallStay *)(void *)stays->data;
  facts.n_stays = stays->len;
  RoundsCallMoments moments = rounds_call_rules_moments (&facts);
  g_assert_cmpint (to_second (moments.met), ==, 0);
  g_assert_cmpint (to_second (moments.ended), ==, 2000);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/CallRules/moments", test_moments);
  g_test_add_func ("/Rounds/Server/CallRules/all-pairs", test_all_pairs);
  g_test_add_func ("/Rounds/Server/CallRules/late-beginning", test_late_beginning);
  g_test_add_func ("/Rounds/Server/CallRules/thousands", test_thousands);
  return g_test_run ();
}
