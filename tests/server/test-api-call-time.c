/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What time does to calls of which Jitsi tells: who comes long before, what is never told, what
 * goes on and on.
 */

#include "config.h"

#include "api-world.h"
#include "jitsi-calls.h"
#include "rounds-test.h"

#define DAY (24 * 60 * 60)

static ApiWorld *world;

/* Nobody told that the room was closed: what is over is over a few minutes later. */
static void
test_forgotten_end (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  call_tell_joined (call, PATIENT, 1000);
  call_tell_joined (call, DOCTOR, 1010);
  call_tell_left (call, PATIENT, 1000, 1180);
  call_tell_left (call, DOCTOR, 1010, 1190);
  call_assert_status (call, "active");
  call_sweep (call, 0);
  call_assert_status (call, "completed");
}

/* A call that goes on after its time is not over while there are signs of it, whatever they are. */
static void
test_overtime (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  call_tell_joined (call, PATIENT, 1000);
  call_tell_joined (call, DOCTOR, 1010);
  call_add_sample (call, DOCTOR, 100);
  call_sweep (call, 130);
  call_assert_status (call, "active");
  call_tell_joined_as (call, "other@meet.example.org/r", "x", 30 * 60 + 200 * 60);
  call_sweep (call, 319);
  call_assert_status (call, "active");
  call_sweep (call, 321);
  call_assert_status (call, "completed");
  call_assert_moment (call, "endedAt", 230 * 60);
  /* What really happened counts when it is told. */
  call_tell_left (call, PATIENT, 1000, 1180);
  call_tell_left (call, DOCTOR, 1010, 1190);
  call_assert_moment (call, "endedAt", 1190);

  /* Somebody forgotten in the room keeps nobody from having missed the visit. */
  g_autoptr (Call) alone = call_new_visit (world, 0);
  call_tell_joined (alone, DOCTOR, 10);
  call_sweep (alone, 119);
  call_assert_status (alone, "confirmed");
  call_sweep (alone, 121);
  call_assert_status (alone, "no-show");
}

/* What a person began is not taken for over because nobody hears of it; a day later it is. */
static void
test_overtime_of_person (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  call_decide (call, DOCTOR, "arrived");
  call_decide (call, DOCTOR, "active");
  call_tell_joined (call, PATIENT, 1000);
  call_tell_joined (call, DOCTOR, 1010);
  call_sweep (call, 600);
  call_assert_status (call, "active");
  call_sweep (call, 24 * 60);
  call_assert_status (call, "completed");

  g_autoptr (Call) meeting = call_new_meeting (world, DOCTOR, DESK);
  call_decide (meeting, DOCTOR, "active");
  call_tell_joined (meeting, DOCTOR, 10);
  call_tell_joined (meeting, DESK, 10);
  call_sweep (meeting, 600);
  call_assert_status (meeting, "active");
}

/* Who looks at the room the day before, alone or with the doctor, has neither arrived nor been
 * seen, and is missed all the same when he does not come. */
static void
test_day_before (void)
{
  g_autoptr (Call) call = call_new_visit (world, DAY / 60);

  call_tell_room (call, "created", 0);
  call_tell_joined (call, PATIENT, 0);
  call_assert_status (call, "confirmed");
  call_tell_joined (call, DOCTOR, 30);
  call_tell_left (call, PATIENT, 0, 600);
  call_tell_left (call, DOCTOR, 30, 600);
  call_tell_room (call, "destroyed", 600);
  call_assert_status (call, "confirmed");
  call_sweep (call, 20);
  call_assert_status (call, "confirmed");
  call_tell_left (call, DOCTOR, DAY + 60, DAY + 900);
  call_assert_status (call, "confirmed");
  call_sweep (call, 20);
  call_assert_status (call, "no-show");
  g_autofree char *cause = call_dup_cause (call);
  g_assert_cmpstr (cause, ==, "patient");
}

/* Who came much too early and stayed has come when the call's time begins. */
static void
test_early_comer (void)
{
  g_autoptr (Call) call = call_new_visit (world, DAY / 60);

  call_tell_joined (call, PATIENT, 60);
  call_sweep (call, -70);
  call_assert_status (call, "confirmed");
  call_sweep (call, -50);
  call_assert_status (call, "arrived");
}

static void
test_meeting_day_before (void)
{
  g_autoptr (Call) call = call_new_meeting (world, DOCTOR, DOCTOR2);
  g_autofree char *path = g_strdup_printf ("/api/meetings/%s", call_get_id (call));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autofree char *moment = g_date_time_format (tomorrow, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *body = g_strdup_printf ("{\"scheduledAt\":\"%s\"}", moment);
  g_autoptr (ServerReply) moved = api_expect (world, 200, DOCTOR, "PATCH", path, body);

  call_tell_joined (call, DOCTOR, 0);
  call_assert_status (call, "scheduled");
  call_tell_left (call, DOCTOR, 0, 300);
  call_assert_status (call, "scheduled");
  call_tell_joined (call, DOCTOR, DAY + 1000);
  call_sweep (call, DAY / 60);
  call_assert_status (call, "active");
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = call_world_new (NULL);
  g_test_add_func ("/Rounds/Server/ApiCallTime/forgotten-end", test_forgotten_end);
  g_test_add_func ("/Rounds/Server/ApiCallTime/overtime", test_overtime);
  g_test_add_func ("/Rounds/Server/ApiCallTime/overtime-of-person", test_overtime_of_person);
  g_test_add_func ("/Rounds/Server/ApiCallTime/day-before", test_day_before);
  g_test_add_func ("/Rounds/Server/ApiCallTime/early-comer", test_early_comer);
  g_test_add_func ("/Rounds/Server/ApiCallTime/meeting-day-before", test_meeting_day_before);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
