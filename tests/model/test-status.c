/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of both status machines: every step from every state, drawn a second time as a picture.
 * Who may take the step is tested in test-access.c.
 */

#include "rounds-status.h"

#include "rounds-init.h"

static const char *const meeting_words[] = { "scheduled", "active", "completed", "cancelled" };
/* From the row to the column; x is a step. */
static const char *const meeting_steps[] = {
  /*                sched active compl cancel */
  [ROUNDS_MEETING_SCHEDULED] = ".x.x",
  [ROUNDS_MEETING_ACTIVE] = "..xx",
  [ROUNDS_MEETING_COMPLETED] = "....",
  [ROUNDS_MEETING_CANCELLED] = "....",
};
G_STATIC_ASSERT (G_N_ELEMENTS (meeting_steps) == ROUNDS_N_MEETING_STATUSES);

static const char *const appointment_words[]
    = { "requested", "confirmed", "arrived", "active", "completed", "cancelled", "no-show" };
static const char *const appointment_steps[] = {
  /* requested, confirmed, arrived, active, completed, cancelled, no-show */
  [ROUNDS_APPOINTMENT_REQUESTED] = ".x...x.", [ROUNDS_APPOINTMENT_CONFIRMED] = "..x..xx",
  [ROUNDS_APPOINTMENT_ARRIVED] = "...x.xx",   [ROUNDS_APPOINTMENT_ACTIVE] = "....xx.",
  [ROUNDS_APPOINTMENT_COMPLETED] = ".......", [ROUNDS_APPOINTMENT_CANCELLED] = ".......",
  [ROUNDS_APPOINTMENT_NO_SHOW] = ".......",
};
G_STATIC_ASSERT (G_N_ELEMENTS (appointment_steps) == ROUNDS_N_APPOINTMENT_STATUSES);

static void
test_meeting_steps (void)
{
  for (int from = 0; from < ROUNDS_N_MEETING_STATUSES; from++)
    {
      gboolean final = TRUE;

      for (int to = 0; to < ROUNDS_N_MEETING_STATUSES; to++)
        {
          gboolean expected = meeting_steps[from][to] == 'x';

          g_test_message ("%s → %s", meeting_words[from], meeting_words[to]);
          g_assert_cmpint (rounds_meeting_status_leads_to (from, to), ==, expected);
          final = final && !expected;
        }
      g_assert_cmpint (rounds_meeting_status_is_final (from), ==, final);
    }
}

static void
test_appointment_steps (void)
{
  for (int from = 0; from < ROUNDS_N_APPOINTMENT_STATUSES; from++)
    {
      gboolean final = TRUE;

      for (int to = 0; to < ROUNDS_N_APPOINTMENT_STATUSES; to++)
        {
          gboolean expected = appointment_steps[from][to] == 'x';

          g_test_message ("%s → %s", appointment_words[from], appointment_words[to]);
          g_assert_cmpint (rounds_appointment_status_leads_to (from, to), ==, expected);
          final = final && !expected;
        }
      g_assert_cmpint (rounds_appointment_status_is_final (from), ==, final);
    }
}

static void
test_words (void)
{
  static const char *const wrong[]
      = { NULL,     "",     "Active", "ACTIVE", "active ",  "canceled", "no_show",
          "noshow", "done", "1",      "activ",  "actively", "active\n" };

  for (int i = 0; i < ROUNDS_N_MEETING_STATUSES; i++)
    {
      RoundsMeetingStatus status = (RoundsMeetingStatus)-1;

      g_assert_cmpstr (rounds_meeting_status_to_string (i), ==, meeting_words[i]);
      g_assert_true (rounds_meeting_status_from_string (meeting_words[i], &status));
      g_assert_cmpint (status, ==, i);
    }
  for (int i = 0; i < ROUNDS_N_APPOINTMENT_STATUSES; i++)
    {
      RoundsAppointmentStatus status = (RoundsAppointmentStatus)-1;

      g_assert_cmpstr (rounds_appointment_status_to_string (i), ==, appointment_words[i]);
      g_assert_true (rounds_appointment_status_from_string (appointment_words[i], &status));
      g_assert_cmpint (status, ==, i);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      RoundsMeetingStatus meeting = ROUNDS_MEETING_COMPLETED;
      RoundsAppointmentStatus appointment = ROUNDS_APPOINTMENT_NO_SHOW;

      g_assert_false (rounds_meeting_status_from_string (wrong[i], &meeting));
      g_assert_cmpint (meeting, ==, ROUNDS_MEETING_COMPLETED);
      g_assert_false (rounds_appointment_status_from_string (wrong[i], &appointment));
      g_assert_cmpint (appointment, ==, ROUNDS_APPOINTMENT_NO_SHOW);
    }
}

static void
test_no_status (void)
{
  RoundsMeetingStatus meeting = (RoundsMeetingStatus)99;
  RoundsAppointmentStatus appointment = (RoundsAppointmentStatus)-1;

  g_test_expect_message ("rounds-model", G_LOG_LEVEL_CRITICAL, "*is_meeting_status*");
  g_assert_false (rounds_meeting_status_leads_to (meeting, ROUNDS_MEETING_ACTIVE));
  g_test_assert_expected_messages ();

  g_test_expect_message ("rounds-model", G_LOG_LEVEL_CRITICAL, "*is_appointment_status*");
  g_assert_false (rounds_appointment_status_leads_to (ROUNDS_APPOINTMENT_REQUESTED, appointment));
  g_test_assert_expected_messages ();

  g_test_expect_message ("rounds-model", G_LOG_LEVEL_CRITICAL, "*is_appointment_status*");
  g_assert_true (rounds_appointment_status_is_final (appointment));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  rounds_init ("test-status");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/Status/meeting-steps", test_meeting_steps);
  g_test_add_func ("/Rounds/Model/Status/appointment-steps", test_appointment_steps);
  g_test_add_func ("/Rounds/Model/Status/words", test_words);
  g_test_add_func ("/Rounds/Model/Status/no-status", test_no_status);

  return g_test_run ();
}
