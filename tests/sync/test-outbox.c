/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Edits that wait: offline, over a restart, refused, in conflict, with answers that got lost.
 * Edits that get through at once are in test-edits.c.
 */

#include "config.h"

#include "rounds-sync-local.h"
#include "rounds-test.h"
#include "sync-world.h"

#define STATUS_ROUTE "PATCH /api/appointments/" SAMPLE_APPOINTMENT_ID "/status"
#define GET_ROUTE "GET /api/appointments/" SAMPLE_APPOINTMENT_ID
#define NEW_ID "64b0000000000000000000c1"

static guint
count (SyncWorld *self, const char *property)
{
  guint n;

  g_object_get (self->sync, property, &n, NULL);
  return n;
}

static RoundsAppointment *
make_appointment (RoundsAppointmentStatus status, const char *notes, gint64 version)
{
  RoundsAppointment *appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);

  appointment->status = status;
  g_set_str (&appointment->notes, notes);
  appointment->version = version;
  return appointment;
}

static void
answer_appointment (SyncWorld *self, const char *route, RoundsAppointment *appointment)
{
  g_autoptr (RoundsAppointment) owned = appointment;

  scripted_server_answer_data (
      self->server, route,
      sample_one ("appointment", rounds_wire_appointment_to_json (owned, NULL)));
}

static RoundsMeeting *
make_new_meeting (void)
{
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();
  RoundsMeeting *meeting = sample_meeting (NEW_ID);

  g_set_str (&meeting->title, draft->title);
  g_set_str (&meeting->description, draft->description);
  meeting->type = draft->type;
  meeting->scheduled_at = draft->scheduled_at;
  return meeting;
}

static void
change (SyncWorld *self, RoundsAppointmentStatus status, const char *notes)
{
  rounds_test_expect (
      rounds_sync_change_appointment (self->sync, SAMPLE_APPOINTMENT_ID, status, notes, NULL));
}

/* Another engine on the same file, as after the program was killed. */
static void
restart (SyncWorld *self)
{
  RoundsSync *next = rounds_sync_new (self->api, self->store, self->user, self->clock);
  g_autoptr (DexFuture) stopped = NULL;

  rounds_sync_set_delay_func (next, self->sync->delay, self->sync->delay_data);
  stopped = rounds_sync_stop (self->sync);
  rounds_test_wait_for (stopped);
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&self->sync));
  self->sync = next;
  dex_clear (&self->timer);
}

static RoundsMeeting *
create_meeting (SyncWorld *self)
{
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();
  g_autoptr (DexFuture) created = rounds_sync_create_meeting (self->sync, draft, NULL);

  rounds_test_wait_for (created);
  return g_value_dup_boxed (dex_future_get_value (created, NULL));
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

/* Made in a lift: shown at once, sent when there is a network, under one key, and never twice. */
static void
test_created_offline (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  static const RoundsStoreQuery meetings = { .meetings = TRUE };
  g_autoptr (RoundsEntryList) list = rounds_store_list (self->store, &meetings);
  g_autoptr (RoundsMeeting) there = make_new_meeting ();
  g_autoptr (RoundsMeeting) local = NULL;
  g_autoptr (RoundsEntry) shown = NULL;
  g_autoptr (RoundsEntry) taken = NULL;

  scripted_server_stop (self->server);
  local = create_meeting (self);
  g_assert_true (rounds_sync_is_local_id (local->id));
  shown = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, local->id);
  g_assert_cmpint (rounds_entry_get_delivery (shown), ==, ROUNDS_DELIVERY_UNSENT);
  g_assert_cmpstr (rounds_entry_get_title (shown), ==, there->title);
  rounds_test_drain ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  rounds_test_expect_error (rounds_sync_fetch_link (self->sync, ROUNDS_ENTRY_MEETING, local->id),
                            ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_NO_LINK);
  sync_world_wait_for_rest (self);

  scripted_server_start (self->server);
  scripted_server_answer_data (self->server, "POST /api/meetings",
                               sample_one ("meeting", rounds_wire_meeting_to_json (there, NULL)));
  sync_world_list_meeting (self, there);
  sync_world_let_time_pass (self);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, local->id));
  taken = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, NEW_ID);
  g_assert_cmpint (rounds_entry_get_delivery (taken), ==, ROUNDS_DELIVERY_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

/* What is done to a record that the server does not have yet follows it there. */
static void
test_created_and_changed_offline (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) there = make_new_meeting ();
  g_autoptr (RoundsMeeting) local = NULL;
  g_autoptr (RoundsMeeting) active = rounds_meeting_copy (there);

  scripted_server_stop (self->server);
  local = create_meeting (self);
  rounds_test_expect (
      rounds_sync_change_meeting (self->sync, local->id, ROUNDS_MEETING_ACTIVE, "Begun", NULL));
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 2);
  restart (self);

  scripted_server_start (self->server);
  active->status = ROUNDS_MEETING_ACTIVE;
  g_set_str (&active->notes, "Begun");
  active->version = 2;
  scripted_server_answer_data (self->server, "POST /api/meetings",
                               sample_one ("meeting", rounds_wire_meeting_to_json (there, NULL)));
  scripted_server_answer_data (self->server, "PATCH /api/meetings/" NEW_ID "/status",
                               sample_one ("meeting", rounds_wire_meeting_to_json (active, NULL)));
  sync_world_list_meeting (self, NULL);
  sync_world_start (self);
  g_assert_cmpuint (scripted_server_count (self->server, "PATCH /api/meetings/" NEW_ID "/status"),
                    ==, 1);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

/* The same key from the first attempt to the last, over a restart too; the version that was seen.
 */
static void
test_one_key (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autofree char *key = NULL;

  scripted_server_refuse (self->server, STATUS_ROUTE, 500, "broken", "Oh");
  change (self, ROUNDS_APPOINTMENT_ARRIVED, NULL);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ARRIVED);
  sync_world_wait_for_rest (self);
  key = g_strdup (((RoundsSyncEdit *)g_ptr_array_index (self->sync->edits, 0))->item->key);
  restart (self);

  /* The listing of the server, which knows nothing of it, does not undo it. */
  sync_world_start (self);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ARRIVED);

  answer_appointment (self, STATUS_ROUTE, make_appointment (ROUNDS_APPOINTMENT_ARRIVED, NULL, 2));
  scripted_server_hold_back (self->server, APPOINTMENTS_ROUTE);
  dex_promise_resolve_boolean (self->timer, TRUE);
  dex_clear (&self->timer);
  sync_world_wait_for_request (self, STATUS_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "Idempotency-Key"), ==, key);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "If-Match"), ==, "\"1\"");
  scripted_server_let_go (self->server, APPOINTMENTS_ROUTE);
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

/* The answer to the step got lost; the server says that it cannot be taken twice. */
static void
test_taken_without_an_answer (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsAppointment) arrived = make_appointment (ROUNDS_APPOINTMENT_ARRIVED, "x", 2);

  scripted_server_answer_raw (self->server, STATUS_ROUTE, "");
  change (self, ROUNDS_APPOINTMENT_ARRIVED, "x");
  sync_world_wait_for_rest (self);

  scripted_server_refuse (self->server, STATUS_ROUTE, 409, "illegal_transition", "No");
  answer_appointment (self, GET_ROUTE, rounds_appointment_ref (arrived));
  sync_world_list_appointment (self, arrived);
  sync_world_let_time_pass (self);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
  g_assert_cmpuint (count (self, "n-refused"), ==, 0);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ARRIVED);
}

/* The record was made, the answer got lost, and the server knows no Idempotency-Key. */
static void
test_made_without_an_answer (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) there = make_new_meeting ();
  g_autoptr (RoundsMeeting) local = NULL;

  scripted_server_answer_raw (self->server, "POST /api/meetings", "");
  local = create_meeting (self);
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (scripted_server_count (self->server, "POST /api/meetings"), >=, 1);

  sync_world_list_meeting (self, there);
  scripted_server_refuse (self->server, "POST /api/meetings", 500, "broken", "Never again");
  sync_world_let_time_pass (self);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, local->id));
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

static void
test_refused_later (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsRefusal) refusal = NULL;

  scripted_server_stop (self->server);
  change (self, ROUNDS_APPOINTMENT_ARRIVED, "Here");
  sync_world_wait_for_rest (self);
  scripted_server_start (self->server);
  scripted_server_refuse (self->server, STATUS_ROUTE, 403, "forbidden", "Not yours");
  sync_world_let_time_pass (self);

  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpuint (count (self, "n-refused"), ==, 1);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
  refusal = get_refusal (self);
  g_assert_false (refusal->is_conflict);
  g_assert_cmpstr (refusal->reason, ==, "Not yours");
  g_assert_cmpint (rounds_entry_get_appointment (refusal->mine)->status, ==,
                   ROUNDS_APPOINTMENT_ARRIVED);

  rounds_test_expect_error (rounds_sync_resolve (self->sync, refusal->name, ROUNDS_SYNC_ALL_FIELDS),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_FORBIDDEN);
  g_assert_cmpuint (count (self, "n-refused"), ==, 1);
  rounds_test_expect (rounds_sync_discard (self->sync, refusal->name));
  g_assert_cmpuint (count (self, "n-refused"), ==, 0);
  rounds_test_expect_error (rounds_sync_discard (self->sync, refusal->name), ROUNDS_SYNC_ERROR,
                            ROUNDS_SYNC_ERROR_TOO_LATE);
}

/* A new record that was refused stays in sight until somebody decides. */
static void
test_refused_creation (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) local = NULL;
  g_autoptr (RoundsEntry) shown = NULL;
  g_autoptr (RoundsRefusal) refusal = NULL;

  scripted_server_stop (self->server);
  local = create_meeting (self);
  sync_world_wait_for_rest (self);
  scripted_server_start (self->server);
  scripted_server_refuse (self->server, "POST /api/meetings", 422, "invalid", "No such person");
  sync_world_let_time_pass (self);

  shown = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, local->id);
  g_assert_cmpint (rounds_entry_get_delivery (shown), ==, ROUNDS_DELIVERY_REFUSED);
  refusal = get_refusal (self);
  g_assert_nonnull (refusal->mine);
  g_assert_null (refusal->theirs);
  rounds_test_expect (rounds_sync_discard (self->sync, refusal->name));
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, local->id));
  g_assert_cmpuint (count (self, "n-refused"), ==, 0);
}

/* 412: somebody wrote notes in between; both are kept, under another key and the newer version. */
static void
test_merged (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (DexFuture) sent = NULL;
  const char *body;

  scripted_server_hold_back (self->server, STATUS_ROUTE);
  scripted_server_refuse (self->server, STATUS_ROUTE, 412, "precondition_failed", "Moved on");
  answer_appointment (self, GET_ROUTE,
                      make_appointment (ROUNDS_APPOINTMENT_CONFIRMED, "Theirs", 7));
  scripted_server_hold_back (self->server, GET_ROUTE);
  sent = rounds_sync_change_appointment (self->sync, SAMPLE_APPOINTMENT_ID,
                                         ROUNDS_APPOINTMENT_ARRIVED, "Mine", NULL);
  sync_world_wait_for_request (self, STATUS_ROUTE);
  scripted_server_let_go (self->server, STATUS_ROUTE);
  sync_world_wait_for_request (self, GET_ROUTE);
  scripted_server_hold_back (self->server, STATUS_ROUTE);
  scripted_server_let_go (self->server, GET_ROUTE);
  sync_world_wait_for_request (self, STATUS_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "If-Match"), ==, "\"7\"");
  body = scripted_server_get_last_body (self->server);
  g_assert_nonnull (strstr (body, "Theirs\\n\\n"));
  g_assert_nonnull (strstr (body, "Dr. Grace Hopper"));
  g_assert_nonnull (strstr (body, "\\nMine"));

  answer_appointment (self, STATUS_ROUTE, make_appointment (ROUNDS_APPOINTMENT_ARRIVED, "All", 8));
  scripted_server_let_go (self->server, STATUS_ROUTE);
  rounds_test_expect (g_steal_pointer (&sent));
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ARRIVED);
}

/* Somebody else took another step while we were away: the person sees both and decides. */
static void
test_conflict (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsAppointment) active = make_appointment (ROUNDS_APPOINTMENT_ACTIVE, NULL, 2);
  g_autoptr (RoundsRefusal) refusal = NULL;

  scripted_server_stop (self->server);
  change (self, ROUNDS_APPOINTMENT_NO_SHOW, "Did not come");
  sync_world_wait_for_rest (self);
  scripted_server_start (self->server);
  scripted_server_refuse (self->server, STATUS_ROUTE, 412, "precondition_failed", "Moved on");
  answer_appointment (self, GET_ROUTE, rounds_appointment_ref (active));
  sync_world_list_appointment (self, active);
  sync_world_let_time_pass (self);

  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ACTIVE);
  refusal = get_refusal (self);
  g_assert_true (refusal->is_conflict);
  g_assert_cmpint (rounds_entry_get_appointment (refusal->mine)->status, ==,
                   ROUNDS_APPOINTMENT_NO_SHOW);
  g_assert_cmpint (rounds_entry_get_appointment (refusal->theirs)->status, ==,
                   ROUNDS_APPOINTMENT_ACTIVE);

  /* Mine, after all. */
  answer_appointment (self, STATUS_ROUTE, make_appointment (ROUNDS_APPOINTMENT_NO_SHOW, "x", 3));
  rounds_test_expect (rounds_sync_resolve (self->sync, refusal->name, ROUNDS_SYNC_ALL_FIELDS));
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_NO_SHOW);
  g_assert_cmpuint (count (self, "n-refused"), ==, 0);
}

static void
test_key_used_before (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (DexFuture) sent = NULL;
  g_autofree char *key = NULL;

  scripted_server_refuse (self->server, STATUS_ROUTE, 422, "idempotency_key_reused", "Other body");
  answer_appointment (self, GET_ROUTE, make_appointment (ROUNDS_APPOINTMENT_CONFIRMED, NULL, 1));
  scripted_server_hold_back (self->server, GET_ROUTE);
  sent = rounds_sync_change_appointment (self->sync, SAMPLE_APPOINTMENT_ID,
                                         ROUNDS_APPOINTMENT_ARRIVED, NULL, NULL);
  sync_world_wait_for_request (self, STATUS_ROUTE);
  key = g_strdup (scripted_server_get_last_header (self->server, "Idempotency-Key"));
  sync_world_wait_for_request (self, GET_ROUTE);
  scripted_server_hold_back (self->server, STATUS_ROUTE);
  scripted_server_let_go (self->server, GET_ROUTE);
  sync_world_wait_for_request (self, STATUS_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_header (self->server, "Idempotency-Key"), !=, key);
  answer_appointment (self, STATUS_ROUTE, make_appointment (ROUNDS_APPOINTMENT_ARRIVED, NULL, 2));
  scripted_server_let_go (self->server, STATUS_ROUTE);
  rounds_test_expect (g_steal_pointer (&sent));
}

static void
test_taken_back (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) local = NULL;

  scripted_server_answer_raw (self->server, STATUS_ROUTE, "");
  change (self, ROUNDS_APPOINTMENT_ARRIVED, NULL);
  local = create_meeting (self);
  sync_world_wait_for_rest (self);

  /* The first may have arrived; the second waits behind it. */
  rounds_test_expect_error (
      rounds_sync_take_back (self->sync, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID),
      ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_TOO_LATE);
  rounds_test_expect (rounds_sync_take_back (self->sync, ROUNDS_ENTRY_MEETING, local->id));
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, local->id));
  g_assert_cmpuint (count (self, "n-unsent"), ==, 1);
}

/* A server that has no time for us has done nothing either. */
static void
test_taken_back_from_a_busy_server (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  scripted_server_refuse (self->server, STATUS_ROUTE, 429, "busy", "Later");
  change (self, ROUNDS_APPOINTMENT_ARRIVED, NULL);
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 1);
  rounds_test_expect (
      rounds_sync_take_back (self->sync, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID));
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

/* A cancellation whose undo was still open when the program was killed is sent by the next one. */
static void
test_hold_of_a_killed_program (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsEntry) entry
      = sync_world_get_entry (self, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID);
  g_autoptr (RoundsAppointment) cancelled
      = make_appointment (ROUNDS_APPOINTMENT_CANCELLED, "Ill", 2);

  scripted_server_stop (self->server);
  rounds_sync_hold_cancellation (self->sync, entry, "Ill");
  restart (self);
  scripted_server_start (self->server);
  answer_appointment (self, STATUS_ROUTE, rounds_appointment_ref (cancelled));
  sync_world_list_appointment (self, cancelled);
  sync_world_start (self);
  g_assert_cmpuint (scripted_server_count (self->server, STATUS_ROUTE), ==, 1);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

static void
test_nothing_to_change (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeetingDraft) draft = rounds_meeting_draft_new ();

  rounds_test_expect_error (
      rounds_sync_change_appointment (self->sync, NEW_ID, ROUNDS_APPOINTMENT_ARRIVED, NULL, NULL),
      G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  rounds_test_expect_error (rounds_sync_create_meeting (self->sync, draft, NULL), ROUNDS_SYNC_ERROR,
                            ROUNDS_SYNC_ERROR_INCOMPLETE);
  g_assert_cmpuint (count (self, "n-unsent"), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Sync/Outbox/" name, SyncWorld *, NULL, sync_world_set_up, function,         \
              sync_world_tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("created-offline", test_created_offline);
  ADD ("created-and-changed-offline", test_created_and_changed_offline);
  ADD ("one-key", test_one_key);
  ADD ("taken-without-an-answer", test_taken_without_an_answer);
  ADD ("made-without-an-answer", test_made_without_an_answer);
  ADD ("refused-later", test_refused_later);
  ADD ("refused-creation", test_refused_creation);
  ADD ("merged", test_merged);
  ADD ("conflict", test_conflict);
  ADD ("key-used-before", test_key_used_before);
  ADD ("taken-back", test_taken_back);
  ADD ("taken-back-from-a-busy-server", test_taken_back_from_a_busy_server);
  ADD ("hold-of-a-killed-program", test_hold_of_a_killed_program);
  ADD ("nothing-to-change", test_nothing_to_change);
  return g_test_run ();
}
