/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Records that differ only in what a test looks at.
 * No test stands here.
 */

#include "config.h"

#include "records.h"

#include "rounds-test.h"

char *
make_id (int number)
{
  return g_strdup_printf ("65a50d80%016x", number);
}

RoundsAppointment *
make_appointment (int number, const char *patient_name)
{
  RoundsAppointment *appointment = rounds_appointment_new ();

  appointment->id = make_id (number);
  appointment->hospital_id = make_id (9000);
  appointment->department = g_strdup ("Cardiology");
  appointment->type = ROUNDS_APPOINTMENT_VIRTUAL;
  appointment->date = g_strdup ("2024-01-15");
  appointment->time = g_strdup ("10:00 AM");
  appointment->timezone = g_strdup ("Europe/Berlin");
  appointment->starts_at = MORNING + number * 30 * ROUNDS_MINUTE;
  appointment->duration_minutes = 30;
  appointment->reason = g_strdup ("Follow-up");
  appointment->patient.full_name = g_strdup (patient_name);
  appointment->patient.email = g_strdup ("p@example.org");
  appointment->patient.age = 44;
  appointment->status = ROUNDS_APPOINTMENT_CONFIRMED;
  appointment->room_name = g_strdup ("appointment-room");
  appointment->version = 1;
  appointment->created_at = MORNING - ROUNDS_DAY;
  appointment->updated_at = MORNING - ROUNDS_DAY;
  return appointment;
}

RoundsMeeting *
make_meeting (int number, const char *title)
{
  RoundsMeeting *meeting = rounds_meeting_new ();

  meeting->id = make_id (number);
  meeting->created_by = make_id (8000);
  g_strfreev (meeting->participants);
  meeting->participants = g_new0 (char *, 3);
  meeting->participants[0] = make_id (8002);
  meeting->participants[1] = make_id (8001);
  meeting->role_context = ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR;
  meeting->title = g_strdup (title);
  meeting->type = ROUNDS_MEETING_VIDEO;
  meeting->status = ROUNDS_MEETING_SCHEDULED;
  meeting->scheduled_at = MORNING + number * 30 * ROUNDS_MINUTE;
  meeting->expected_minutes = 30;
  meeting->started_at = ROUNDS_TIME_NONE;
  meeting->ended_at = ROUNDS_TIME_NONE;
  meeting->duration = -1;
  meeting->room_name = g_strdup ("meeting-room");
  meeting->version = 1;
  meeting->created_at = MORNING - ROUNDS_DAY;
  meeting->updated_at = MORNING - ROUNDS_DAY;
  return meeting;
}

RoundsUser *
make_user (int number, const char *name)
{
  RoundsUser *user = rounds_user_new ();

  user->id = make_id (number);
  user->name = g_strdup (name);
  user->email = g_strdup ("u@example.org");
  user->role = ROUNDS_ROLE_DOCTOR;
  user->hospital_id = make_id (9000);
  user->age = -1;
  return user;
}

RoundsHospital *
make_hospital (int number, const char *name)
{
  const char *const departments[] = { "Cardiology", "Ear, nose and throat", NULL };
  RoundsHospital *hospital = rounds_hospital_new ();

  hospital->id = make_id (number);
  hospital->name = g_strdup (name);
  hospital->timezone = g_strdup ("Europe/Berlin");
  g_strfreev (hospital->departments);
  hospital->departments = g_strdupv ((char **)departments);
  return hospital;
}

GPtrArray *
new_appointments (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_appointment_unref);
}

GPtrArray *
new_meetings (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_meeting_unref);
}

GPtrArray *
new_users (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);
}

GPtrArray *
new_hospitals (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_hospital_unref);
}

GPtrArray *
make_appointments (int count)
{
  GPtrArray *appointments = new_appointments ();

  for (int i = 0; i < count; i++)
    {
      g_autofree char *name = g_strdup_printf ("Patient %d", i);

      g_ptr_array_add (appointments, make_appointment (i, name));
    }
  return appointments;
}

RoundsStore *
open_store (void)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 7 };
  RoundsStore *store = rounds_store_new (":memory:", key);

  rounds_test_expect (rounds_store_open (store));
  return store;
}

static gboolean
is_loaded (gpointer list)
{
  return rounds_entry_list_get_loaded (list);
}

RoundsEntryList *
list_all (RoundsStore *store, const RoundsStoreQuery *query)
{
  RoundsEntryList *list
      = rounds_store_list (store, query != NULL ? query : &(RoundsStoreQuery){ 0 });

  rounds_test_wait_until (is_loaded, list);
  return list;
}

char *
join_titles (GListModel *list)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (list, i);

      if (i > 0)
        g_string_append (titles, ", ");
      g_string_append (titles, rounds_entry_get_title (entry));
    }
  return g_string_free_and_steal (g_steal_pointer (&titles));
}

typedef struct
{
  RoundsEntryList *list;
  const char *titles;
} Expected;

static gboolean
shows_titles (gpointer data)
{
  const Expected *expected = data;
  g_autofree char *titles = join_titles (G_LIST_MODEL (expected->list));

  return g_str_equal (titles, expected->titles);
}

void
wait_for_titles (RoundsEntryList *list, const char *titles)
{
  Expected expected = { list, titles };

  rounds_test_wait_until (shows_titles, &expected);
}

void
save_appointment (RoundsStore *store, RoundsAppointment *appointment)
{
  rounds_test_expect (rounds_store_save_appointment (store, appointment));
  rounds_appointment_unref (appointment);
}

void
save_meeting (RoundsStore *store, RoundsMeeting *meeting)
{
  rounds_test_expect (rounds_store_save_meeting (store, meeting));
  rounds_meeting_unref (meeting);
}

void
remove_record (RoundsStore *store, RoundsEntryKind kind, const char *id)
{
  const char *const gone[] = { id, NULL };
  const RoundsStoreChanges changes = {
    .gone_appointments = kind == ROUNDS_ENTRY_APPOINTMENT ? gone : NULL,
    .gone_meetings = kind == ROUNDS_ENTRY_MEETING ? gone : NULL,
  };

  rounds_test_expect (rounds_store_apply (store, &changes));
}
