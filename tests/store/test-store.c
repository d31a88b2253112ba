/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records, directory and facts in and out of a cache in memory.
 * Lists are in test-entry-list.c, files and their failures in test-store-files.c.
 */

#include "config.h"

#include "records.h"
#include "rounds-person.h"
#include "rounds-place.h"
#include "rounds-test.h"

static void
count_cb (RoundsStore *store, int *count)
{
  (*count)++;
}

static RoundsEntry *
get_entry (RoundsStore *store, RoundsEntryKind kind, int number)
{
  g_autofree char *id = make_id (number);
  g_autoptr (DexFuture) future = rounds_store_get_entry (store, kind, id);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_dup_object (value);
}

static void
test_appointments_come_back_whole (void)
{
  g_autoptr (RoundsStore) store = open_store ();

  for (int variant = 0; variant < 4; variant++)
    {
      g_autoptr (RoundsAppointment) saved = make_appointment (variant, "Zoë");
      g_autoptr (RoundsEntry) entry = NULL;

      saved->status = (RoundsAppointmentStatus)variant;
      saved->no_show_cause = (RoundsNoShowCause)variant;
      saved->type = variant % 2 ? ROUNDS_APPOINTMENT_IN_PERSON : ROUNDS_APPOINTMENT_VIRTUAL;
      saved->doctor_id = variant % 2 ? make_id (8000) : NULL;
      saved->meeting_link = g_strdup ("https://meet.example.org/x?jwt=secret");
      if (variant == 3)
        {
          g_clear_pointer (&saved->timezone, g_free);
          g_clear_pointer (&saved->reason, g_free);
          saved->starts_at = ROUNDS_TIME_NONE;
          saved->created_at = ROUNDS_TIME_NONE;
          saved->patient.age = -1;
          saved->version = 0;
        }
      rounds_test_expect (rounds_store_save_appointment (store, saved));
      entry = get_entry (store, ROUNDS_ENTRY_APPOINTMENT, variant);
      g_assert_true (rounds_appointment_equal (rounds_entry_get_appointment (entry), saved));
      g_assert_null (rounds_entry_get_appointment (entry)->meeting_link);
      g_assert_null (rounds_entry_get_meeting (entry));
    }
}

static void
test_meetings_come_back_whole (void)
{
  g_autoptr (RoundsStore) store = open_store ();

  for (int variant = 0; variant < ROUNDS_N_ROLE_CONTEXTS; variant++)
    {
      g_autoptr (RoundsMeeting) saved = make_meeting (1, "Board");
      g_autoptr (RoundsEntry) entry = NULL;

      /* The same record again and again: updates too come back whole. */
      saved->role_context = (RoundsRoleContext)variant;
      saved->status = (RoundsMeetingStatus)(variant % ROUNDS_N_MEETING_STATUSES);
      saved->jitsi_link = g_strdup ("https://meet.example.org/x?jwt=secret");
      saved->started_at = variant % 2 ? MORNING : ROUNDS_TIME_NONE;
      saved->duration = variant % 2 ? 12 : -1;
      if (variant % 2)
        g_clear_pointer (&saved->participants[1], g_free);
      rounds_test_expect (rounds_store_save_meeting (store, saved));
      entry = get_entry (store, ROUNDS_ENTRY_MEETING, 1);
      g_assert_true (rounds_meeting_equal (rounds_entry_get_meeting (entry), saved));
      g_assert_null (rounds_entry_get_meeting (entry)->jitsi_link);
      g_assert_null (rounds_entry_get_appointment (entry));
    }
}

static void
test_entries_say_what_they_are (void)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment (0, "Anna");
  g_autoptr (RoundsMeeting) meeting = make_meeting (2, "Board");
  g_autoptr (RoundsEntry) first = NULL;
  g_autoptr (RoundsEntry) second = NULL;

  appointment->type = ROUNDS_APPOINTMENT_IN_PERSON;
  appointment->status = ROUNDS_APPOINTMENT_NO_SHOW;
  meeting->status = ROUNDS_MEETING_CANCELLED;
  first = rounds_entry_new_for_appointment (appointment);
  second = rounds_entry_new_for_meeting (meeting);
  g_assert_cmpint (rounds_entry_get_kind (first), ==, ROUNDS_ENTRY_APPOINTMENT);
  g_assert_cmpint (rounds_entry_get_kind (second), ==, ROUNDS_ENTRY_MEETING);
  g_assert_cmpstr (rounds_entry_get_id (first), ==, appointment->id);
  g_assert_cmpstr (rounds_entry_get_id (second), ==, meeting->id);
  g_assert_cmpstr (rounds_entry_get_title (first), ==, "Anna");
  g_assert_cmpstr (rounds_entry_get_title (second), ==, "Board");
  g_assert_cmpint (rounds_entry_get_range (first).start, ==, MORNING);
  g_assert_cmpint (rounds_entry_get_range (second).end, ==, MORNING + 90 * ROUNDS_MINUTE);
  g_assert_true (rounds_entry_is_over (first));
  g_assert_false (rounds_entry_is_cancelled (first));
  g_assert_false (rounds_entry_has_call (first));
  g_assert_true (rounds_entry_is_over (second));
  g_assert_true (rounds_entry_is_cancelled (second));
  g_assert_true (rounds_entry_has_call (second));
}

static void
test_removed_is_not_found (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autofree char *id = make_id (1);
  int changes = 0;

  save_appointment (store, make_appointment (1, "Anna"));
  save_meeting (store, make_meeting (1, "Board"));
  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &changes);
  remove_record (store, ROUNDS_ENTRY_APPOINTMENT, id);
  g_assert_cmpint (changes, ==, 1);
  rounds_test_expect_error (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id),
                            G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  rounds_test_expect (rounds_store_get_entry (store, ROUNDS_ENTRY_MEETING, id));
  /* Once more: nothing to remove, nothing to tell. */
  remove_record (store, ROUNDS_ENTRY_APPOINTMENT, id);
  g_assert_cmpint (changes, ==, 1);
}

static void
test_replace_tells_only_of_changes (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (GPtrArray) first = make_appointments (5);
  g_autoptr (GPtrArray) same = make_appointments (5);
  g_autoptr (GPtrArray) fewer = make_appointments (3);
  g_autoptr (GPtrArray) meetings = new_meetings ();
  int changes = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &changes);
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, first, NULL, NULL, NULL)));
  g_assert_cmpint (changes, ==, 1);
  g_assert_false (
      rounds_test_expect_boolean (rounds_store_replace (store, same, NULL, NULL, NULL)));
  g_assert_false (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, meetings, NULL, NULL)));
  g_assert_false (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, NULL, NULL)));
  g_assert_cmpint (changes, ==, 1);
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, fewer, meetings, NULL, NULL)));
  g_assert_cmpint (changes, ==, 2);
  /* A save of what is there already is no change either. */
  save_appointment (store, make_appointment (2, "Patient 2"));
  g_assert_cmpint (changes, ==, 2);
}

static void
test_directory_is_in_memory (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  GListModel *people = rounds_store_get_people (store);
  GListModel *places = rounds_store_get_hospitals (store);
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (GPtrArray) hospitals = new_hospitals ();
  g_autoptr (RoundsPerson) kept = NULL;
  g_autoptr (RoundsPerson) still_kept = NULL;
  g_autoptr (RoundsPlace) place = NULL;
  g_autofree char *ilse = make_id (2);
  g_autofree char *hospital = make_id (9000);
  g_autofree char *name = NULL;
  int changes = 0;

  g_signal_connect (store, "directory-changed", G_CALLBACK (count_cb), &changes);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 0);
  g_assert_null (rounds_store_lookup_user (store, ilse));
  g_ptr_array_add (users, make_user (1, "Weber"));
  g_ptr_array_add (users, make_user (2, "Ilse"));
  g_ptr_array_add (hospitals, make_hospital (9000, "Charité"));
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, users, hospitals)));
  g_assert_cmpint (changes, ==, 1);
  g_assert_cmpstr (rounds_store_lookup_user (store, ilse)->name, ==, "Ilse");
  g_assert_cmpstr (rounds_store_lookup_hospital (store, hospital)->departments[1], ==,
                   "Ear, nose and throat");
  place = g_list_model_get_item (places, 0);
  g_object_get (place, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "Charité");
  kept = g_list_model_get_item (people, 0);
  g_assert_cmpstr (rounds_person_get_user (kept)->name, ==, "Ilse");

  /* The same again is no change; a newcomer leaves the others the same objects. */
  g_assert_false (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, users, hospitals)));
  g_assert_cmpint (changes, ==, 1);
  g_ptr_array_add (users, make_user (3, "Anna"));
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, users, NULL)));
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 3);
  still_kept = g_list_model_get_item (people, 1);
  g_assert_true (kept == still_kept);
  g_assert_cmpuint (g_list_model_get_n_items (places), ==, 1);

  g_ptr_array_set_size (users, 1);
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, users, NULL)));
  g_assert_null (rounds_store_lookup_user (store, ilse));
}

static char *
get_fact (RoundsStore *store, const char *name)
{
  g_autoptr (DexFuture) future = rounds_store_get_fact (store, name);
  g_autoptr (GError) error = NULL;

  rounds_test_wait_for (future);
  g_assert_nonnull (dex_future_get_value (future, &error));
  return g_value_dup_string (dex_future_get_value (future, NULL));
}

static void
test_facts (void)
{
  const char *const values[] = { "2024-01-15", "", "later 'and' \"quoted\" ❤", NULL };
  g_autoptr (RoundsStore) store = open_store ();
  g_autofree char *unset = get_fact (store, "last-sync");

  g_assert_null (unset);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *value = NULL;

      rounds_test_expect (rounds_store_set_fact (store, "last-sync", values[i]));
      value = get_fact (store, "last-sync");
      g_assert_cmpstr (value, ==, values[i]);
    }
}

static void
test_changes_are_applied_together (void)
{
  g_autoptr (RoundsStore) store = open_store ();
  g_autoptr (GPtrArray) appointments = make_appointments (3);
  g_autoptr (GPtrArray) fresh = new_appointments ();
  g_autoptr (GPtrArray) meetings = new_meetings ();
  g_autoptr (GPtrArray) users = new_users ();
  g_autofree char *gone = make_id (1);
  g_autofree char *ilse = make_id (50);
  RoundsStoreChanges changes = { .cursor = "c1" };
  g_autoptr (RoundsEntryList) list = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_ptr_array_add (users, make_user (50, "Ilse"));
  rounds_test_expect (rounds_store_replace (store, appointments, NULL, users, NULL));
  list = list_all (store, NULL);
  g_assert_false (rounds_test_expect_boolean (rounds_store_apply (store, &changes)));
  first = get_fact (store, ROUNDS_STORE_FACT_CURSOR);
  g_assert_cmpstr (first, ==, "c1");

  g_ptr_array_add (fresh, make_appointment (2, "Renamed"));
  g_ptr_array_add (meetings, make_meeting (7, "Board"));
  changes.appointments = fresh;
  changes.meetings = meetings;
  changes.gone_appointments = (const char *const[]){ gone, "unknown", NULL };
  changes.gone_users = (const char *const[]){ ilse, NULL };
  changes.cursor = NULL;
  g_assert_true (rounds_test_expect_boolean (rounds_store_apply (store, &changes)));
  wait_for_titles (list, "Patient 0, Renamed, Board");
  g_assert_null (rounds_store_lookup_user (store, ilse));
  g_assert_false (rounds_test_expect_boolean (rounds_store_apply (store, &changes)));
  second = get_fact (store, ROUNDS_STORE_FACT_CURSOR);
  g_assert_cmpstr (second, ==, "c1");
}

static void
test_close_keeps_what_was_asked_before (void)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1 };
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, key);
  g_autoptr (RoundsStore) again = rounds_store_new (path, key);
  g_autoptr (GPtrArray) appointments = make_appointments (3);
  g_autoptr (RoundsEntryList) list = NULL;
  int changes = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &changes);
  /* Nobody waits for any of it. */
  dex_unref (rounds_store_open (store));
  dex_unref (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  rounds_test_expect (rounds_store_close (store));
  rounds_test_drain ();
  g_assert_cmpint (changes, ==, 2);
  rounds_test_expect_error (rounds_store_set_fact (store, "a", "b"), G_IO_ERROR, G_IO_ERROR_CLOSED);
  rounds_test_expect (rounds_store_open (again));
  list = list_all (again, NULL);
  wait_for_titles (list, "Patient 0, Patient 1, Patient 2");
  rounds_test_expect (rounds_store_close (again));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Entry/says-what-it-is", test_entries_say_what_they_are);
  g_test_add_func ("/Rounds/Store/Store/appointments-come-back-whole",
                   test_appointments_come_back_whole);
  g_test_add_func ("/Rounds/Store/Store/meetings-come-back-whole", test_meetings_come_back_whole);
  g_test_add_func ("/Rounds/Store/Store/removed-is-not-found", test_removed_is_not_found);
  g_test_add_func ("/Rounds/Store/Store/replace-tells-only-of-changes",
                   test_replace_tells_only_of_changes);
  g_test_add_func ("/Rounds/Store/Store/directory-is-in-memory", test_directory_is_in_memory);
  g_test_add_func ("/Rounds/Store/Store/facts", test_facts);
  g_test_add_func ("/Rounds/Store/Store/changes-are-applied-together",
                   test_changes_are_applied_together);
  g_test_add_func ("/Rounds/Store/Store/close-keeps-what-was-asked",
                   test_close_keeps_what_was_asked_before);
  return g_test_run ();
}
