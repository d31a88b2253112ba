/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Each call against a real roundsd with its demo hospital.
 * What the server does in all its corners is tested in tests/server.
 */

#include "config.h"

#include "rounds-api.h"
#include "rounds-test.h"
#include "server-fixture.h"

#define PASSWORD "demo-password"

typedef struct
{
  ServerFixture *server;
  RoundsApi *api;
  RoundsUser *doctor;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsSignIn) sign_in = NULL;

  fixture->server = server_fixture_new ();
  fixture->api = rounds_api_new (server_fixture_get_uri (fixture->server), NULL);
  sign_in = rounds_test_expect_boxed (
      rounds_api_sign_in (fixture->api, "doctor@example.org", PASSWORD));
  rounds_api_set_token (fixture->api, sign_in->access_token);
  fixture->doctor = rounds_user_ref (sign_in->user);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->api);
  g_clear_pointer (&fixture->doctor, rounds_user_unref);
  g_clear_pointer (&fixture->server, server_fixture_free);
}

static RoundsUser *
find_person (RoundsListing *users, RoundsRole role)
{
  for (guint i = 0; i < users->records->len; i++)
    {
      RoundsUser *user = g_ptr_array_index (users->records, i);

      if (user->role == role)
        return user;
    }
  g_assert_not_reached ();
}

static void
test_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsUser) me = rounds_test_expect_boxed (rounds_api_get_me (fixture->api));

  g_assert_true (rounds_user_equal (me, fixture->doctor));
  rounds_test_expect_error (rounds_api_sign_in (fixture->api, "doctor@example.org", "wrong"),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  rounds_test_expect (rounds_api_sign_out (fixture->api));
  rounds_test_expect_error (rounds_api_get_me (fixture->api), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNAUTHORIZED);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsListing) users = rounds_test_expect_boxed (rounds_api_list_users (fixture->api));
  g_autoptr (RoundsListing) hospitals
      = rounds_test_expect_boxed (rounds_api_list_hospitals (fixture->api));
  g_autoptr (RoundsListing) appointments
      = rounds_test_expect_boxed (rounds_api_list_appointments (fixture->api, fixture->doctor->id));
  g_autoptr (RoundsListing) meetings
      = rounds_test_expect_boxed (rounds_api_list_meetings (fixture->api, fixture->doctor->id));

  g_assert_cmpuint (users->n_unreadable + hospitals->n_unreadable, ==, 0);
  g_assert_cmpuint (appointments->n_unreadable + meetings->n_unreadable, ==, 0);
  g_assert_cmpuint (users->records->len, >, 0);
  g_assert_cmpuint (hospitals->records->len, >, 0);
  g_assert_cmpuint (appointments->records->len, >, 0);
  g_assert_cmpuint (meetings->records->len, >, 0);
}

static RoundsAppointmentDraft *
make_appointment_draft (Fixture *fixture, RoundsHospital *hospital)
{
  RoundsAppointmentDraft *draft = rounds_appointment_draft_new ();

  g_set_str (&draft->hospital_id, fixture->doctor->hospital_id);
  g_set_str (&draft->department, hospital->departments[0]);
  draft->type = ROUNDS_APPOINTMENT_VIRTUAL;
  g_set_str (&draft->date, "2099-01-15");
  g_set_str (&draft->time, "10:00 AM");
  g_set_str (&draft->reason, "Chest pain consultation");
  g_set_str (&draft->patient.full_name, "John Doe");
  g_set_str (&draft->patient.email, "john@example.com");
  g_set_str (&draft->patient.phone, "+1234567890");
  draft->patient.age = 35;
  g_set_str (&draft->patient.gender, "Male");
  g_set_str (&draft->doctor_id, fixture->doctor->id);
  return draft;
}

static RoundsHospital *
find_hospital (RoundsListing *hospitals, const char *id)
{
  for (guint i = 0; i < hospitals->records->len; i++)
    {
      RoundsHospital *hospital = g_ptr_array_index (hospitals->records, i);

      if (g_strcmp0 (hospital->id, id) == 0)
        return hospital;
    }
  g_assert_not_reached ();
}

static void
test_appointment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsListing) hospitals
      = rounds_test_expect_boxed (rounds_api_list_hospitals (fixture->api));
  g_autoptr (RoundsAppointmentDraft) draft
      = make_appointment_draft (fixture, find_hospital (hospitals, fixture->doctor->hospital_id));
  g_autoptr (RoundsAppointment) created
      = rounds_test_expect_boxed (rounds_api_create_appointment (fixture->api, draft, NULL));
  g_autoptr (RoundsAppointment) read = NULL;
  g_autoptr (RoundsAppointment) cancelled = NULL;

  g_assert_nonnull (created->meeting_link);
  read = rounds_test_expect_boxed (rounds_api_get_appointment (fixture->api, created->id));
  g_assert_true (rounds_appointment_equal (created, read));

  cancelled = rounds_test_expect_boxed (rounds_api_change_appointment_status (
      fixture->api, created->id, ROUNDS_APPOINTMENT_CANCELLED, "The patient called", NULL));
  g_assert_cmpint (cancelled->status, ==, ROUNDS_APPOINTMENT_CANCELLED);
  g_assert_nonnull (strstr (cancelled->notes, "The patient called"));
  rounds_test_expect_error (rounds_api_change_appointment_status (
                                fixture->api, created->id, ROUNDS_APPOINTMENT_ACTIVE, NULL, NULL),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_CONFLICT);
}

static void
test_wrong_appointment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsAppointmentDraft) draft = rounds_appointment_draft_new ();
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&draft->hospital_id, fixture->doctor->hospital_id);
  g_set_str (&draft->date, "2099-02-30");
  g_set_str (&draft->time, "25 o'clock");
  future = rounds_api_create_appointment (fixture->api, draft, NULL);
  rounds_test_wait_for (future);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID);
  g_assert_nonnull (
      rounds_problems_find (rounds_net_error_get_problems (error), "appointmentDate"));
}

static void
test_meeting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsListing) users = rounds_test_expect_boxed (rounds_api_list_users (fixture->api));
  g_autoptr (RoundsMeetingDraft) draft = rounds_meeting_draft_new ();
  const char *const participants[] = { find_person (users, ROUNDS_ROLE_HOSPITAL)->id, NULL };
  g_autoptr (RoundsMeeting) created = NULL;
  g_autoptr (RoundsMeeting) second = NULL;
  g_autoptr (RoundsMeeting) active = NULL;
  g_autoptr (RoundsMeeting) completed = NULL;
  g_autoptr (RoundsMeeting) cancelled = NULL;

  g_strfreev (draft->participants);
  draft->participants = g_strdupv ((char **)participants);
  g_set_str (&draft->title, "Weekly Medical Review");
  draft->scheduled_at = G_GINT64_CONSTANT (4072950000) * G_USEC_PER_SEC;

  created = rounds_test_expect_boxed (rounds_api_create_meeting (fixture->api, draft, NULL));
  g_assert_nonnull (created->jitsi_link);
  g_assert_cmpint (created->role_context, ==, ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL);

  active = rounds_test_expect_boxed (rounds_api_change_meeting_status (
      fixture->api, created->id, ROUNDS_MEETING_ACTIVE, "Meeting started on time", NULL));
  g_assert_cmpint (active->started_at, !=, ROUNDS_TIME_NONE);
  completed = rounds_test_expect_boxed (rounds_api_change_meeting_status (
      fixture->api, created->id, ROUNDS_MEETING_COMPLETED, NULL, NULL));
  g_assert_cmpint (completed->duration, ==, 0);
  rounds_test_expect_error (rounds_api_cancel_meeting (fixture->api, created->id, NULL),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_CONFLICT);

  second = rounds_test_expect_boxed (rounds_api_create_meeting (fixture->api, draft, NULL));
  cancelled = rounds_test_expect_boxed (rounds_api_cancel_meeting (fixture->api, second->id, NULL));
  g_assert_cmpint (cancelled->status, ==, ROUNDS_MEETING_CANCELLED);
}

static void
test_what_is_not_there (Fixture *fixture, gconstpointer data)
{
  static const char unknown[] = "ffffffffffffffffffffffff";

  rounds_test_expect_error (rounds_api_get_appointment (fixture->api, unknown), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_NOT_FOUND);
  rounds_test_expect_error (rounds_api_get_meeting (fixture->api, "../users/me"), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_NOT_FOUND);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Net/Roundsd/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("session", test_session);
  ADD ("lists", test_lists);
  ADD ("appointment", test_appointment);
  ADD ("wrong-appointment", test_wrong_appointment);
  ADD ("meeting", test_meeting);
  ADD ("what-is-not-there", test_what_is_not_there);
  return g_test_run ();
}
