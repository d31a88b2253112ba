/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Moving and editing records through the outbox, and what people decide about conflicts.
 * The merge by itself is in test-merge-changes.c.
 */

#include "config.h"

#include "rounds-test.h"
#include "sync-world.h"

#define EDIT_ROUTE "PATCH /api/appointments/" SAMPLE_APPOINTMENT_ID
#define EDIT_MEETING_ROUTE "PATCH /api/meetings/" SAMPLE_MEETING_ID
#define STATUS_ROUTE "PATCH /api/appointments/" SAMPLE_APPOINTMENT_ID "/status"
#define GET_ROUTE "GET /api/appointments/" SAMPLE_APPOINTMENT_ID

static guint
count (SyncWorld *self, const char *property)
{
  guint n;

  g_object_get (self->sync, property, &n, NULL);
  return n;
}

static RoundsEntry *
get_shown (SyncWorld *self)
{
  return sync_world_get_entry (self, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID);
}

static RoundsAppointment *
make_there (const char *time, const char *department, const char *notes, gint64 version)
{
  RoundsAppointment *appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);

  g_set_str (&appointment->time, time);
  g_set_str (&appointment->department, department);
  g_set_str (&appointment->notes, notes);
  appointment->version = version;
  appointment->starts_at += strcmp (time, "10:00 AM") == 0 ? 0 : ROUNDS_HOUR;
  return appointment;
}

/* The server has @appointment (taken) by now. */
static void
put_there (SyncWorld *self, RoundsAppointment *appointment)
{
  g_autoptr (RoundsAppointment) owned = appointment;

  scripted_server_answer_data (
      self->server, GET_ROUTE,
      sample_one ("appointment", rounds_wire_appointment_to_json (owned, NULL)));
  sync_world_list_appointment (self, owned);
}

static void
answer_edit (SyncWorld *self, const char *route, RoundsAppointment *appointment)
{
  g_autoptr (RoundsAppointment) owned = appointment;

  scripted_server_answer_data (
      self->server, route,
      sample_one ("appointment", rounds_wire_appointment_to_json (owned, NULL)));
}

static RoundsAppointmentDraft *
make_form (void)
{
  RoundsAppointmentDraft *draft = sample_appointment_draft ();

  draft->duration_minutes = 30;
  return draft;
}

static DexFuture *
edit (SyncWorld *self, const char *time, const char *department)
{
  g_autoptr (RoundsEntry) shown = get_shown (self);
  g_autoptr (RoundsAppointmentDraft) form = make_form ();

  g_set_str (&form->time, time);
  g_set_str (&form->department, department);
  return rounds_sync_edit_appointment (self->sync, rounds_entry_get_appointment (shown), form,
                                       NULL);
}

/* Waits for the body of the request for @route that comes next, before it is answered. */
static char *
catch_body (SyncWorld *self, const char *route)
{
  scripted_server_hold_back (self->server, route);
  sync_world_wait_for_request (self, route);
  return g_strdup (scripted_server_get_last_body (self->server));
}

static void
test_moved (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsEntry) shown = get_shown (self);
  gint64 start = rounds_entry_get_range (shown).start + ROUNDS_HOUR;
  g_autoptr (RoundsEntry) moved = NULL;
  g_autofree char *body = NULL;
  DexFuture *done;

  answer_edit (self, EDIT_ROUTE, make_there ("11:00", "Cardiology", NULL, 2));
  done = edit (self, "11:00", "Cardiology");
  body = catch_body (self, EDIT_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "If-Match"), ==, "\"1\"");
  g_assert_nonnull (scripted_server_get_last_header (self->server, "Idempotency-Key"));
  g_assert_nonnull (strstr (body, "\"appointmentDate\":\"2024-01-15\""));
  g_assert_null (strstr (body, "durationMinutes"));
  g_assert_null (strstr (body, "patientDetails"));

  /* Shown at once. */
  moved = get_shown (self);
  g_assert_cmpint (rounds_entry_get_range (moved).start, ==, start);
  g_assert_cmpint (rounds_entry_get_delivery (moved), ==, ROUNDS_DELIVERY_UNSENT);
  scripted_server_let_go (self->server, EDIT_ROUTE);
  rounds_test_expect (done);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

static void
test_lengthened_meeting (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) before = sample_meeting (SAMPLE_MEETING_ID);
  g_autoptr (RoundsMeeting) there = sample_meeting (SAMPLE_MEETING_ID);
  g_autoptr (RoundsMeetingDraft) form = rounds_meeting_draft_new ();

  there->expected_minutes = 45;
  scripted_server_answer_data (self->server, EDIT_MEETING_ROUTE,
                               sample_one ("meeting", rounds_wire_meeting_to_json (there, NULL)));
  form->scheduled_at = before->scheduled_at;
  form->type = before->type;
  form->expected_minutes = 45;
  rounds_test_expect (rounds_sync_edit_meeting (self->sync, before, form, NULL));
  g_assert_cmpstr (scripted_server_get_last_body (self->server), ==, "{\"expectedDuration\":45}");
}

static void
test_nothing_different (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsEntry) shown = get_shown (self);
  guint n_requests = scripted_server_count_all (self->server);

  rounds_test_expect (edit (self, "10:00", "Cardiology"));
  rounds_test_expect (rounds_sync_set_notes (self->sync, shown, "", NULL));
  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests);
}

/* Two edits of one record in a lift; the second is one to what the first made of it. */
static void
test_two_offline (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (RoundsEntry) shown = NULL;

  scripted_server_stop (self->server);
  rounds_test_expect (edit (self, "11:00", "Cardiology"));
  rounds_test_expect (edit (self, "11:00", "Surgery"));
  sync_world_wait_for_rest (self);
  shown = get_shown (self);
  g_assert_cmpstr (rounds_entry_get_appointment (shown)->department, ==, "Surgery");
  g_assert_cmpstr (rounds_entry_get_appointment (shown)->time, ==, "11:00");

  scripted_server_start (self->server);
  scripted_server_hold_back (self->server, EDIT_ROUTE);
  dex_promise_resolve_boolean (self->timer, TRUE);
  first = catch_body (self, EDIT_ROUTE);
  answer_edit (self, EDIT_ROUTE, make_there ("11:00", "Cardiology", NULL, 2));
  scripted_server_let_go (self->server, EDIT_ROUTE);
  second = catch_body (self, EDIT_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "If-Match"), ==, "\"2\"");
  answer_edit (self, EDIT_ROUTE, make_there ("11:00", "Surgery", NULL, 3));
  put_there (self, make_there ("11:00", "Surgery", NULL, 3));
  scripted_server_let_go (self->server, EDIT_ROUTE);
  sync_world_wait_for_rest (self);
  g_assert_nonnull (strstr (first, "appointmentTime"));
  g_assert_cmpstr (second, ==, "{\"department\":\"Surgery\"}");
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

/* Somebody gave it to another department while we moved it: both hold. */
static void
test_merged (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autofree char *body = NULL;
  DexFuture *done;

  scripted_server_refuse (self->server, EDIT_ROUTE, 412, "precondition_failed", "Moved on");
  put_there (self, make_there ("10:00 AM", "Surgery", NULL, 5));
  scripted_server_hold_back (self->server, GET_ROUTE);
  done = edit (self, "11:00", "Cardiology");
  sync_world_wait_for_request (self, GET_ROUTE);
  scripted_server_hold_back (self->server, EDIT_ROUTE);
  scripted_server_let_go (self->server, GET_ROUTE);
  sync_world_wait_for_request (self, EDIT_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "If-Match"), ==, "\"5\"");
  body = g_strdup (scripted_server_get_last_body (self->server));
  g_assert_null (strstr (body, "department"));
  answer_edit (self, EDIT_ROUTE, make_there ("11:00", "Surgery", NULL, 6));
  scripted_server_let_go (self->server, EDIT_ROUTE);
  rounds_test_expect (done);
}

static RoundsRefusal *
get_refusal (SyncWorld *self)
{
  g_autoptr (DexFuture) listed = rounds_sync_list_refused (self->sync);
  GPtrArray *refusals;

  rounds_test_wait_for (listed);
  refusals = g_value_get_boxed (dex_future_get_value (listed, NULL));
  g_assert_cmpuint (refusals->len, ==, 1);
  return rounds_refusal_copy (g_ptr_array_index (refusals, 0));
}

/* We set time and department, they set other ones of both, and notes. */
static RoundsRefusal *
make_conflict (SyncWorld *self)
{
  RoundsRefusal *refusal;

  put_there (self, make_there ("12:00", "Surgery", "Theirs", 5));
  scripted_server_refuse (self->server, EDIT_ROUTE, 412, "precondition_failed", "Moved on");
  rounds_test_expect_error (edit (self, "11:00", "Ear, nose, throat"), ROUNDS_SYNC_ERROR,
                            ROUNDS_SYNC_ERROR_CONFLICT);
  sync_world_wait_for_rest (self);
  refusal = get_refusal (self);
  g_assert_true (refusal->is_conflict);
  g_assert_cmphex (refusal->fields, ==, ROUNDS_SYNC_FIELD_WHEN | ROUNDS_SYNC_FIELD_DEPARTMENT);
  g_assert_cmpstr (rounds_entry_get_appointment (refusal->mine)->time, ==, "11:00");
  g_assert_cmpstr (rounds_entry_get_appointment (refusal->theirs)->time, ==, "12:00");
  return refusal;
}

static void
test_decided (SyncWorld **world, gconstpointer data)
{
  static const struct
  {
    RoundsSyncFields mine;
    const char *time;
    const char *department;
    const char *body; /* what it has to have; NULL: nothing is sent */
    const char *not_body;
  } cases[] = {
    { ROUNDS_SYNC_ALL_FIELDS, "11:00", "Ear, nose, throat", "11:00", "notes" },
    { ROUNDS_SYNC_FIELD_WHEN, "11:00", "Surgery", "11:00", "department" },
    { ROUNDS_SYNC_FIELD_DEPARTMENT, "12:00", "Ear, nose, throat", "Ear", "appointmentTime" },
    { ROUNDS_SYNC_NO_FIELDS, "12:00", "Surgery", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsRefusal) refusal = NULL;
      g_autoptr (RoundsEntry) shown = NULL;
      guint n_sent;

      g_clear_pointer (world, sync_world_free);
      *world = sync_world_new ();
      sync_world_start (*world);
      refusal = make_conflict (*world);

      answer_edit (*world, EDIT_ROUTE,
                   make_there (cases[i].time, cases[i].department, "Theirs", 6));
      n_sent = scripted_server_count ((*world)->server, EDIT_ROUTE);
      rounds_test_expect (rounds_sync_resolve ((*world)->sync, refusal->name, cases[i].mine));
      g_assert_cmpuint (scripted_server_count ((*world)->server, EDIT_ROUTE) - n_sent, ==,
                        cases[i].body != NULL ? 1 : 0);
      if (cases[i].body != NULL)
        {
          const char *body = scripted_server_get_last_body ((*world)->server);

          g_assert_cmpstr (scripted_server_get_last_header ((*world)->server, "If-Match"), ==,
                           "\"5\"");
          g_assert_nonnull (strstr (body, cases[i].body));
          g_assert_null (strstr (body, cases[i].not_body));
        }
      shown = get_shown (*world);
      g_assert_cmpstr (rounds_entry_get_appointment (shown)->time, ==, cases[i].time);
      g_assert_cmpstr (rounds_entry_get_appointment (shown)->department, ==, cases[i].department);
      g_assert_cmpuint (count (*world, "n-refused"), ==, 0);
      rounds_test_expect_error (
          rounds_sync_resolve ((*world)->sync, refusal->name, ROUNDS_SYNC_ALL_FIELDS),
          ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_TOO_LATE);
    }
}

/* The status is left to the others; what was written with it is not lost. */
static void
test_status_given_up (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsAppointment) active = make_there ("10:00 AM", "Cardiology", NULL, 2);
  g_autoptr (RoundsRefusal) refusal = NULL;

  active->status = ROUNDS_APPOINTMENT_ACTIVE;
  put_there (self, rounds_appointment_ref (active));
  scripted_server_refuse (self->server, STATUS_ROUTE, 412, "precondition_failed", "Moved on");
  rounds_test_expect_error (rounds_sync_change_appointment (self->sync, SAMPLE_APPOINTMENT_ID,
                                                            ROUNDS_APPOINTMENT_NO_SHOW, "Nobody",
                                                            NULL),
                            ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_CONFLICT);
  sync_world_wait_for_rest (self);
  refusal = get_refusal (self);
  g_assert_cmphex (refusal->fields, ==, ROUNDS_SYNC_FIELD_STATUS);

  g_set_str (&active->notes, "Nobody");
  answer_edit (self, EDIT_ROUTE, rounds_appointment_ref (active));
  rounds_test_expect (rounds_sync_resolve (self->sync, refusal->name, ROUNDS_SYNC_NO_FIELDS));
  g_assert_cmpstr (scripted_server_get_last_body (self->server), ==, "{\"notes\":\"Nobody\"}");
}

static void
test_refused (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsEntry) shown = NULL;

  scripted_server_refuse (self->server, EDIT_ROUTE, 409, "slot_taken", "Somebody else is there");
  put_there (self, make_there ("10:00 AM", "Cardiology", NULL, 1));
  rounds_test_expect_error (edit (self, "11:00", "Cardiology"), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_CONFLICT);
  shown = get_shown (self);
  g_assert_cmpstr (rounds_entry_get_appointment (shown)->time, ==, "10:00 AM");
  g_assert_cmpuint (count (self, "n-refused"), ==, 0);
}

/* The answer to the first attempt got lost, and the version has moved on: it was ours. */
static void
test_arrived_without_an_answer (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  guint n_sent;

  scripted_server_answer_raw (self->server, EDIT_ROUTE, "");
  rounds_test_expect (edit (self, "11:00", "Cardiology"));
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 1);

  put_there (self, make_there ("11:00", "Cardiology", NULL, 2));
  scripted_server_refuse (self->server, EDIT_ROUTE, 412, "precondition_failed", "Moved on");
  n_sent = scripted_server_count (self->server, EDIT_ROUTE);
  sync_world_let_time_pass (self);
  g_assert_cmpuint (scripted_server_count (self->server, EDIT_ROUTE), ==, n_sent + 1);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
  g_assert_cmpuint (count (self, "n-refused"), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Sync/Changes/" name, SyncWorld *, NULL, sync_world_set_up, function,        \
              sync_world_tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("moved", test_moved);
  ADD ("lengthened-meeting", test_lengthened_meeting);
  ADD ("nothing-different", test_nothing_different);
  ADD ("two-offline", test_two_offline);
  ADD ("merged", test_merged);
  ADD ("decided", test_decided);
  ADD ("status-given-up", test_status_given_up);
  ADD ("refused", test_refused);
  ADD ("arrived-without-an-answer", test_arrived_without_an_answer);
  return g_test_run ();
}
