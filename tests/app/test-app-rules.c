/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a person may do next with a record, when a call may be joined, who starts it.
 * The rules of model have tests of their own.
 */

#include "config.h"

#include <gio/gio.h>

#include "records.h"
#include "rounds-join-time.h"
#include "rounds-notes.h"
#include "rounds-record-address.h"
#include "rounds-record-menu.h"
#include "rounds-steps.h"
#include "rounds-test.h"
#include "rounds-visit-rules.h"

static RoundsUser *
make_person (int number, RoundsRole role)
{
  RoundsUser *user = make_user (number, "Somebody");

  user->role = role;
  g_free (user->hospital_id);
  user->hospital_id = make_id (9000);
  return user;
}

/* Of the doctor 1 and the patient 2. */
static RoundsEntry *
make_visit (RoundsAppointmentStatus status)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment (0, "Ana");

  g_free (appointment->doctor_id);
  g_free (appointment->patient_id);
  appointment->doctor_id = make_id (1);
  appointment->patient_id = make_id (2);
  appointment->status = status;
  return rounds_entry_new_for_appointment (appointment);
}

static RoundsEntry *
make_talk (RoundsMeetingStatus status)
{
  g_autoptr (RoundsMeeting) meeting = make_meeting (0, "Review");

  g_free (meeting->created_by);
  meeting->created_by = make_id (1);
  meeting->status = status;
  return rounds_entry_new_for_meeting (meeting);
}

/* "_Confirm|Cance_l Appointment…": the labels in their order. */
static char *
join_labels (RoundsUser *viewer, RoundsEntry *entry)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  RoundsStep steps[ROUNDS_MAX_STEPS];
  guint n = rounds_steps_list (viewer, entry, steps);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (labels, (gpointer)steps[i].label);
  g_ptr_array_add (labels, NULL);
  return g_strjoinv ("|", (char **)labels->pdata);
}

static void
test_steps_of_appointment (void)
{
  static const struct
  {
    RoundsAppointmentStatus status;
    const char *doctor;
    const char *patient;
  } cases[] = {
    { ROUNDS_APPOINTMENT_REQUESTED, "_Confirm|Cance_l Appointment…", "Cance_l Appointment…" },
    { ROUNDS_APPOINTMENT_CONFIRMED, "Check _In|_Didn’t Show Up…|Cance_l Appointment…",
      "Cance_l Appointment…" },
    { ROUNDS_APPOINTMENT_ARRIVED, "_Start|_Didn’t Show Up…|Cance_l Appointment…",
      "Cance_l Appointment…" },
    { ROUNDS_APPOINTMENT_ACTIVE, "Com_plete…|Cance_l Appointment…", "" },
    { ROUNDS_APPOINTMENT_COMPLETED, "", "" },
    { ROUNDS_APPOINTMENT_CANCELLED, "", "" },
    { ROUNDS_APPOINTMENT_NO_SHOW, "", "" },
  };
  g_autoptr (RoundsUser) doctor = make_person (1, ROUNDS_ROLE_DOCTOR);
  g_autoptr (RoundsUser) patient = make_person (2, ROUNDS_ROLE_PATIENT);
  g_autoptr (RoundsUser) stranger = make_person (3, ROUNDS_ROLE_DOCTOR);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsEntry) entry = make_visit (cases[i].status);
      g_autofree char *of_doctor = join_labels (doctor, entry);
      g_autofree char *of_patient = join_labels (patient, entry);
      g_autofree char *of_stranger = join_labels (stranger, entry);

      g_assert_cmpstr (of_doctor, ==, cases[i].doctor);
      g_assert_cmpstr (of_patient, ==, cases[i].patient);
      g_assert_cmpstr (of_stranger, ==, "");
    }
}

static void
test_steps_of_meeting (void)
{
  static const char *const labels[ROUNDS_N_MEETING_STATUSES] = {
    [ROUNDS_MEETING_SCHEDULED] = "_Start|Cance_l Meeting…",
    [ROUNDS_MEETING_ACTIVE] = "Com_plete…|Cance_l Meeting…",
    [ROUNDS_MEETING_COMPLETED] = "",
    [ROUNDS_MEETING_CANCELLED] = "",
  };
  g_autoptr (RoundsUser) creator = make_person (1, ROUNDS_ROLE_DOCTOR);

  for (int status = 0; status < ROUNDS_N_MEETING_STATUSES; status++)
    {
      g_autoptr (RoundsEntry) entry = make_talk (status);
      g_autofree char *found = join_labels (creator, entry);

      g_assert_cmpstr (found, ==, labels[status]);
    }
}

static void
test_find_step (void)
{
  g_autoptr (RoundsUser) doctor = make_person (1, ROUNDS_ROLE_DOCTOR);
  g_autoptr (RoundsEntry) entry = make_visit (ROUNDS_APPOINTMENT_ACTIVE);
  RoundsStep step;

  g_assert_true (rounds_steps_find (doctor, entry, ROUNDS_APPOINTMENT_COMPLETED, &step));
  g_assert_true (step.asks_notes);
  g_assert_true (rounds_steps_find (doctor, entry, ROUNDS_APPOINTMENT_CANCELLED, &step));
  g_assert_true (step.cancels);
  g_assert_false (rounds_steps_find (doctor, entry, ROUNDS_APPOINTMENT_CONFIRMED, &step));
}

static void
test_menu (void)
{
  g_autoptr (RoundsUser) doctor = make_person (1, ROUNDS_ROLE_DOCTOR);
  g_autoptr (RoundsEntry) open = make_visit (ROUNDS_APPOINTMENT_ARRIVED);
  g_autoptr (RoundsEntry) over = make_visit (ROUNDS_APPOINTMENT_COMPLETED);
  g_autoptr (GMenuModel) menu
      = rounds_record_menu_new (doctor, open, ROUNDS_APPOINTMENT_ACTIVE, FALSE);
  g_autoptr (GMenuModel) nothing = rounds_record_menu_new (doctor, over, -1, FALSE);
  g_autoptr (GMenuModel) details = rounds_record_menu_new (doctor, over, -1, TRUE);
  g_autoptr (GMenuModel) forward = NULL;

  /* One section for going on, one for ending. */
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 2);
  forward = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (forward), ==, 2); /* editing, and the step left */
  g_assert_null (nothing);
  g_assert_cmpint (g_menu_model_get_n_items (details), ==, 1);
}

/* Who attends to an appointment may change it until it is over; its patient cancels instead. */
static void
test_may_edit (void)
{
  g_autoptr (RoundsUser) doctor = make_person (1, ROUNDS_ROLE_DOCTOR);
  g_autoptr (RoundsUser) patient = make_person (2, ROUNDS_ROLE_PATIENT);
  g_autoptr (RoundsUser) admin = make_person (3, ROUNDS_ROLE_ADMIN);
  g_autoptr (RoundsEntry) open = make_visit (ROUNDS_APPOINTMENT_CONFIRMED);
  g_autoptr (RoundsEntry) over = make_visit (ROUNDS_APPOINTMENT_COMPLETED);

  g_assert_true (rounds_steps_may_edit (doctor, open));
  g_assert_true (rounds_steps_may_edit (admin, open));
  g_assert_false (rounds_steps_may_edit (patient, open));
  g_assert_false (rounds_steps_may_edit (doctor, over));
  g_assert_false (rounds_steps_may_edit (admin, over));
}

/* Notes are written by those who attend, also when it is over; never by the patient. */
static void
test_may_write (void)
{
  g_autoptr (RoundsUser) doctor = make_person (1, ROUNDS_ROLE_DOCTOR);
  g_autoptr (RoundsUser) patient = make_person (2, ROUNDS_ROLE_PATIENT);
  g_autoptr (RoundsEntry) open = make_visit (ROUNDS_APPOINTMENT_CONFIRMED);
  g_autoptr (RoundsEntry) over = make_visit (ROUNDS_APPOINTMENT_COMPLETED);

  g_assert_true (rounds_visit_may_write (doctor, open));
  g_assert_true (rounds_visit_may_write (doctor, over));
  g_assert_false (rounds_visit_may_write (patient, open));
}

static void
test_join_window (void)
{
  static const struct
  {
    gint64 minutes; /* from the start */
    RoundsAppointmentStatus status;
    gboolean is_open;
  } cases[] = {
    { -11, ROUNDS_APPOINTMENT_CONFIRMED, FALSE },
    { -10, ROUNDS_APPOINTMENT_CONFIRMED, TRUE },
    { 0, ROUNDS_APPOINTMENT_CONFIRMED, TRUE },
    { 90, ROUNDS_APPOINTMENT_ARRIVED, TRUE },
    { 30 + 12 * 60, ROUNDS_APPOINTMENT_CONFIRMED, FALSE },
    { 30 + 12 * 60, ROUNDS_APPOINTMENT_ACTIVE, TRUE },
    { 0, ROUNDS_APPOINTMENT_CANCELLED, FALSE },
    { 0, ROUNDS_APPOINTMENT_COMPLETED, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsEntry) entry = make_visit (cases[i].status);

      g_assert_cmpint (rounds_join_is_open (entry, MORNING + cases[i].minutes * ROUNDS_MINUTE), ==,
                       cases[i].is_open);
    }
}

static void
test_join_in_person (void)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment (0, "Ana");
  g_autoptr (RoundsEntry) entry = NULL;

  appointment->type = ROUNDS_APPOINTMENT_IN_PERSON;
  entry = rounds_entry_new_for_appointment (appointment);
  g_assert_false (rounds_join_is_open (entry, MORNING));
}

static void
add_visit (GListStore *day, int number, const char *name, RoundsAppointmentStatus status)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment (number, name);
  g_autoptr (RoundsEntry) entry = NULL;

  appointment->status = status;
  entry = rounds_entry_new_for_appointment (appointment);
  g_list_store_append (day, entry);
}

static void
expect_next (GListStore *day, gint64 now, const char *name)
{
  g_autoptr (RoundsEntry) next = rounds_join_find_next (G_LIST_MODEL (day), now);

  g_assert_cmpstr (next != NULL ? rounds_entry_get_title (next) : NULL, ==, name);
}

static void
test_next (void)
{
  g_autoptr (GListStore) day = g_list_store_new (ROUNDS_TYPE_ENTRY);

  expect_next (day, MORNING, NULL);
  add_visit (day, 0, "Missed", ROUNDS_APPOINTMENT_CONFIRMED);
  add_visit (day, 1, "Cancelled", ROUNDS_APPOINTMENT_CANCELLED);
  add_visit (day, 2, "Ahead", ROUNDS_APPOINTMENT_CONFIRMED);
  add_visit (day, 3, "Later", ROUNDS_APPOINTMENT_CONFIRMED);
  expect_next (day, MORNING, "Missed");
  expect_next (day, MORNING + 31 * ROUNDS_MINUTE, "Ahead");
  expect_next (day, MORNING + ROUNDS_DAY, NULL);

  /* Whoever waits comes before who is only booked; a call that runs, before all. */
  add_visit (day, 4, "Waiting", ROUNDS_APPOINTMENT_ARRIVED);
  expect_next (day, MORNING, "Waiting");
  expect_next (day, MORNING + ROUNDS_DAY, "Waiting");
  add_visit (day, 5, "Running", ROUNDS_APPOINTMENT_ACTIVE);
  expect_next (day, MORNING, "Running");
}

static void
test_who_starts_appointment (void)
{
  static const struct
  {
    int user;
    RoundsRole role;
    RoundsAppointmentStatus status;
    guint n_others;
    int to; /* −1: nothing */
  } cases[] = {
    { 1, ROUNDS_ROLE_DOCTOR, ROUNDS_APPOINTMENT_ARRIVED, 0, ROUNDS_APPOINTMENT_ACTIVE },
    { 1, ROUNDS_ROLE_DOCTOR, ROUNDS_APPOINTMENT_CONFIRMED, 0, -1 },
    { 1, ROUNDS_ROLE_DOCTOR, ROUNDS_APPOINTMENT_CONFIRMED, 1, ROUNDS_APPOINTMENT_ARRIVED },
    { 1, ROUNDS_ROLE_DOCTOR, ROUNDS_APPOINTMENT_REQUESTED, 1, -1 },
    { 1, ROUNDS_ROLE_DOCTOR, ROUNDS_APPOINTMENT_ACTIVE, 1, -1 },
    { 1, ROUNDS_ROLE_DOCTOR, ROUNDS_APPOINTMENT_CANCELLED, 1, -1 },
    { 2, ROUNDS_ROLE_PATIENT, ROUNDS_APPOINTMENT_ARRIVED, 1, -1 },
    { 2, ROUNDS_ROLE_PATIENT, ROUNDS_APPOINTMENT_CONFIRMED, 1, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsUser) user = make_person (cases[i].user, cases[i].role);
      g_autoptr (RoundsEntry) entry = make_visit (cases[i].status);
      int to = -1;

      g_assert_cmpint (rounds_visit_next_step (user, entry, cases[i].n_others, &to), ==,
                       cases[i].to >= 0);
      if (cases[i].to >= 0)
        g_assert_cmpint (to, ==, cases[i].to);
    }
}

static void
test_who_starts_meeting (void)
{
  g_autoptr (RoundsUser) creator = make_person (1, ROUNDS_ROLE_DOCTOR);
  g_autoptr (RoundsUser) stranger = make_person (3, ROUNDS_ROLE_PATIENT);
  g_autoptr (RoundsEntry) scheduled = make_talk (ROUNDS_MEETING_SCHEDULED);
  g_autoptr (RoundsEntry) active = make_talk (ROUNDS_MEETING_ACTIVE);
  int to;

  g_assert_true (rounds_visit_next_step (creator, scheduled, 0, &to));
  g_assert_cmpint (to, ==, ROUNDS_MEETING_ACTIVE);
  g_assert_false (rounds_visit_next_step (creator, active, 0, &to));
  g_assert_false (rounds_visit_next_step (stranger, scheduled, 1, &to));
}

static void
test_way_to_the_end (void)
{
  g_autoptr (RoundsEntry) requested = make_visit (ROUNDS_APPOINTMENT_REQUESTED);
  g_autoptr (RoundsEntry) active = make_visit (ROUNDS_APPOINTMENT_ACTIVE);
  g_autoptr (RoundsEntry) missed = make_visit (ROUNDS_APPOINTMENT_NO_SHOW);
  g_autoptr (RoundsEntry) talk = make_talk (ROUNDS_MEETING_ACTIVE);

  g_assert_cmpint (rounds_visit_find_step_after (requested), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (rounds_visit_find_step_after (active), ==, ROUNDS_APPOINTMENT_COMPLETED);
  g_assert_cmpint (rounds_visit_find_step_after (missed), ==, -1);
  g_assert_cmpint (rounds_visit_find_step_after (talk), ==, ROUNDS_MEETING_COMPLETED);
}

/* Notes that were kept here meet what others have written since. */
static void
test_notes_merge (void)
{
  static const struct
  {
    const char *seen;
    const char *written;
    const char *now;
    const char *merged;
  } cases[] = {
    { "", "Mine", "", "Mine" },
    { "Old", "Old, mine", "Old", "Old, mine" },
    { "Old", "Rewritten", "Old", "Rewritten" },
    { "", "Mine", "Theirs", "Theirs\n\nMine" },
    { "Old", "Old, mine", "Old, theirs", "Old, theirs, mine" },
    { "Old", "Rewritten", "Theirs", "Theirs\n\nRewritten" },
    { "Old", "Old, mine", "", "Old, mine" },
    { "", "Theirs, mine", "Theirs", "Theirs, mine" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *merged = rounds_notes_merge (cases[i].seen, cases[i].written, cases[i].now);

      g_assert_cmpstr (merged, ==, cases[i].merged);
    }
}

#define SOME_ID "66f1a2b3c4d5e6f708192a3b"

static void
test_address (void)
{
  static const struct
  {
    const char *address;
    int kind; /* −1: it is none */
  } cases[] = {
    { "rounds:appointment/" SOME_ID, ROUNDS_ENTRY_APPOINTMENT },
    { "rounds:meeting/" SOME_ID, ROUNDS_ENTRY_MEETING },
    { "rounds://meeting/" SOME_ID, ROUNDS_ENTRY_MEETING },
    { "ROUNDS:appointment/" SOME_ID, ROUNDS_ENTRY_APPOINTMENT },
    { "", -1 },
    { "rounds:", -1 },
    { "rounds:appointment/", -1 },
    { "rounds:appointment/" SOME_ID "0", -1 },
    { "rounds:appointment/" SOME_ID "/join", -1 },
    { "rounds:appointment/" SOME_ID "?join", -1 },
    { "rounds:appointment/66F1A2B3C4D5E6F708192A3B", -1 },
    { "rounds:user/" SOME_ID, -1 },
    { "rounds:///meeting/" SOME_ID, -1 },
    { "https://rounds.example.org/meeting/" SOME_ID, -1 },
    { "roundsmeeting/" SOME_ID, -1 },
    { "/tmp/rounds:meeting/" SOME_ID, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsEntryKind kind = ROUNDS_N_ENTRY_KINDS;
      g_autofree char *id = NULL;

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (rounds_record_address_parse (cases[i].address, &kind, &id), ==,
                       cases[i].kind >= 0);
      g_assert_cmpstr (id, ==, cases[i].kind >= 0 ? SOME_ID : NULL);
      g_assert_cmpint (kind, ==, cases[i].kind >= 0 ? cases[i].kind : ROUNDS_N_ENTRY_KINDS);
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/App/Steps/appointment", test_steps_of_appointment);
  g_test_add_func ("/Rounds/App/Steps/meeting", test_steps_of_meeting);
  g_test_add_func ("/Rounds/App/Steps/find", test_find_step);
  g_test_add_func ("/Rounds/App/RecordMenu/sections", test_menu);
  g_test_add_func ("/Rounds/App/Steps/may-edit", test_may_edit);
  g_test_add_func ("/Rounds/App/JoinTime/window", test_join_window);
  g_test_add_func ("/Rounds/App/JoinTime/in-person", test_join_in_person);
  g_test_add_func ("/Rounds/App/JoinTime/next", test_next);
  g_test_add_func ("/Rounds/App/VisitRules/appointment", test_who_starts_appointment);
  g_test_add_func ("/Rounds/App/VisitRules/meeting", test_who_starts_meeting);
  g_test_add_func ("/Rounds/App/VisitRules/way-to-the-end", test_way_to_the_end);
  g_test_add_func ("/Rounds/App/VisitRules/may-write", test_may_write);
  g_test_add_func ("/Rounds/App/Notes/merge", test_notes_merge);
  g_test_add_func ("/Rounds/App/RecordAddress/parse", test_address);

  return g_test_run ();
}
