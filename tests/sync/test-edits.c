/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Edits to the server and back into the cache, cancelling with undo, links.
 * What the engine does by itself is in test-engine.c.
 */

#include "config.h"

#include "rounds-json.h"
#include "rounds-test.h"
#include "sync-world.h"

#define APPOINTMENT_STATUS_ROUTE "PATCH /api/appointments/" SAMPLE_APPOINTMENT_ID "/status"
#define MEETING_STATUS_ROUTE "PATCH /api/meetings/" SAMPLE_MEETING_ID "/status"
#define MEETING_DELETE_ROUTE "DELETE /api/meetings/" SAMPLE_MEETING_ID
#define LINK "https://meet.example.org/room?jwt=x.y.z"

static guint
count_unsent (SyncWorld *self)
{
  guint n_unsent;

  g_object_get (self->sync, "n-unsent", &n_unsent, NULL);
  return n_unsent;
}

static void
answer_with_appointment (SyncWorld *self, const char *route, RoundsAppointmentStatus status)
{
  g_autoptr (RoundsAppointment) appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);

  appointment->status = status;
  scripted_server_answer_data (
      self->server, route,
      sample_one ("appointment", rounds_wire_appointment_to_json (appointment, LINK)));
}

static void
answer_with_meeting (SyncWorld *self, const char *route, RoundsMeetingStatus status)
{
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);

  meeting->status = status;
  scripted_server_answer_data (self->server, route,
                               sample_one ("meeting", rounds_wire_meeting_to_json (meeting, LINK)));
}

static RoundsHold *
hold (SyncWorld *self, RoundsEntryKind kind, const char *reason)
{
  g_autoptr (RoundsEntry) entry = sync_world_get_entry (
      self, kind, kind == ROUNDS_ENTRY_MEETING ? SAMPLE_MEETING_ID : SAMPLE_APPOINTMENT_ID);

  return rounds_sync_hold_cancellation (self->sync, entry, reason);
}

static void
test_create (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsAppointmentDraft) appointment_draft = sample_appointment_draft ();
  g_autoptr (RoundsMeetingDraft) meeting_draft = sample_meeting_draft ();
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsMeeting) meeting = NULL;
  DexFuture *future;

  sync_world_list_appointment (self, NULL);
  sync_world_list_meeting (self, NULL);
  sync_world_let_time_pass (self);

  answer_with_appointment (self, "POST /api/appointments", ROUNDS_APPOINTMENT_REQUESTED);
  future = rounds_sync_create_appointment (self->sync, appointment_draft, NULL);
  g_assert_cmpuint (count_unsent (self), ==, 1);
  g_assert_cmpint (rounds_sync_get_state (self->sync), ==, ROUNDS_SYNC_BUSY);
  appointment = rounds_test_expect_boxed (future);
  g_assert_cmpstr (appointment->meeting_link, ==, LINK);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_REQUESTED);
  g_assert_cmpuint (count_unsent (self), ==, 0);

  answer_with_meeting (self, "POST /api/meetings", ROUNDS_MEETING_SCHEDULED);
  meeting = rounds_test_expect_boxed (rounds_sync_create_meeting (self->sync, meeting_draft, NULL));
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_SCHEDULED);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
}

/* The draft is the dialog's, which may be gone before it is sent. */
static void
test_draft_is_sent_whole (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsAppointmentDraft *draft = sample_appointment_draft ();
  g_autoptr (JsonObject) expected = rounds_wire_appointment_draft_to_json (draft);
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (JsonNode) expected_node = json_node_init_object (json_node_alloc (), expected);
  g_autoptr (JsonNode) sent_node = NULL;
  DexFuture *future;

  answer_with_appointment (self, "POST /api/appointments", ROUNDS_APPOINTMENT_REQUESTED);
  future = rounds_sync_create_appointment (self->sync, draft, NULL);
  rounds_appointment_draft_free (draft);
  rounds_test_expect (future);
  sent = rounds_json_parse_object (scripted_server_get_last_body (self->server), -1, NULL);
  sent_node = json_node_init_object (json_node_alloc (), sent);
  g_assert_true (json_node_equal (expected_node, sent_node));
}

static void
test_meeting_draft_is_sent_whole (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsMeetingDraft *draft = sample_meeting_draft ();
  g_autoptr (JsonObject) expected = rounds_wire_meeting_draft_to_json (draft);
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (JsonNode) expected_node = json_node_init_object (json_node_alloc (), expected);
  g_autoptr (JsonNode) sent_node = NULL;
  DexFuture *future;

  answer_with_meeting (self, "POST /api/meetings", ROUNDS_MEETING_SCHEDULED);
  future = rounds_sync_create_meeting (self->sync, draft, NULL);
  rounds_meeting_draft_free (draft);
  rounds_test_expect (future);
  sent = rounds_json_parse_object (scripted_server_get_last_body (self->server), -1, NULL);
  sent_node = json_node_init_object (json_node_alloc (), sent);
  g_assert_true (json_node_equal (expected_node, sent_node));
}

static void
test_change (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  answer_with_appointment (self, APPOINTMENT_STATUS_ROUTE, ROUNDS_APPOINTMENT_ARRIVED);
  rounds_test_expect (rounds_sync_change_appointment (
      self->sync, SAMPLE_APPOINTMENT_ID, ROUNDS_APPOINTMENT_ARRIVED, "At the desk", NULL));
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ARRIVED);
  g_assert_nonnull (strstr (scripted_server_get_last_body (self->server), "At the desk"));

  answer_with_meeting (self, MEETING_STATUS_ROUTE, ROUNDS_MEETING_ACTIVE);
  rounds_test_expect (rounds_sync_change_meeting (self->sync, SAMPLE_MEETING_ID,
                                                  ROUNDS_MEETING_ACTIVE, NULL, NULL));
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_ACTIVE);
}

static void
test_refused (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  guint n_lists = scripted_server_count (self->server, MEETINGS_ROUTE);

  scripted_server_refuse (self->server, MEETING_STATUS_ROUTE, 422, "invalid", "Notes are too long");
  rounds_test_expect_error (
      rounds_sync_change_meeting (self->sync, SAMPLE_MEETING_ID, ROUNDS_MEETING_ACTIVE, "x", NULL),
      ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, n_lists);

  /* A conflict says that the cache is behind. */
  scripted_server_refuse (self->server, MEETING_STATUS_ROUTE, 409, "illegal", "It is over");
  sync_world_list_meeting (self, NULL);
  rounds_test_expect_error (
      rounds_sync_change_meeting (self->sync, SAMPLE_MEETING_ID, ROUNDS_MEETING_ACTIVE, NULL, NULL),
      ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_CONFLICT);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID));
}

static void
test_unreachable (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  g_autoptr (RoundsMeeting) active = sample_meeting (SAMPLE_MEETING_ID);

  scripted_server_stop (self->server);
  rounds_test_expect (rounds_sync_change_meeting (self->sync, SAMPLE_MEETING_ID,
                                                  ROUNDS_MEETING_ACTIVE, NULL, NULL));
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_ACTIVE);
  g_assert_cmpuint (count_unsent (self), ==, 1);

  /* It is sent when the time to ask again has come, before anything is fetched. */
  scripted_server_start (self->server);
  answer_with_meeting (self, MEETING_STATUS_ROUTE, ROUNDS_MEETING_ACTIVE);
  active->status = ROUNDS_MEETING_ACTIVE;
  sync_world_list_meeting (self, active);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (count_unsent (self), ==, 0);
  g_assert_cmpuint (scripted_server_count (self->server, MEETING_STATUS_ROUTE), ==, 1);
}

static gboolean
has_asked_twice (gpointer data)
{
  return scripted_server_count (data, MEETINGS_ROUTE) == 2
         && scripted_server_count (data, "GET /api/users") == 2;
}

/* A slow listing neither delays an edit nor overwrites it with what was true before. */
static void
test_edit_during_a_fetch (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) active = sample_meeting (SAMPLE_MEETING_ID);
  g_autoptr (DexFuture) asked = NULL;

  scripted_server_hold_back (self->server, "GET /api/users");
  asked = rounds_sync_now (self->sync);
  rounds_test_wait_until (has_asked_twice, self->server);

  active->status = ROUNDS_MEETING_ACTIVE;
  sync_world_list_meeting (self, active);
  answer_with_meeting (self, MEETING_STATUS_ROUTE, ROUNDS_MEETING_ACTIVE);
  rounds_test_expect (rounds_sync_change_meeting (self->sync, SAMPLE_MEETING_ID,
                                                  ROUNDS_MEETING_ACTIVE, NULL, NULL));
  g_assert_true (dex_future_is_pending (asked));
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_ACTIVE);

  scripted_server_let_go (self->server, "GET /api/users");
  rounds_test_expect (g_steal_pointer (&asked));
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_ACTIVE);
}

static void
test_undo (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsHold *appointment = hold (self, ROUNDS_ENTRY_APPOINTMENT, "The doctor is ill");
  RoundsHold *meeting = hold (self, ROUNDS_ENTRY_MEETING, NULL);
  g_autoptr (RoundsEntry) shown = NULL;
  guint n_requests = scripted_server_count_all (self->server);

  g_assert_cmpuint (count_unsent (self), ==, 2);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);
  shown = sync_world_get_entry (self, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID);
  g_assert_true (rounds_entry_is_cancelled (shown));
  g_assert_cmpstr (rounds_entry_get_appointment (shown)->notes, ==, "The doctor is ill");

  rounds_sync_undo (self->sync, appointment);
  rounds_sync_undo (self->sync, meeting);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_SCHEDULED);
  g_assert_cmpuint (count_unsent (self), ==, 0);
  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests);

  /* Too late, or twice: nothing happens. */
  rounds_sync_undo (self->sync, meeting);
  rounds_test_expect_error (rounds_sync_commit (self->sync, meeting), ROUNDS_SYNC_ERROR,
                            ROUNDS_SYNC_ERROR_NOT_HELD);
}

static void
test_sync_does_not_bring_it_back (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) renamed = sample_meeting (SAMPLE_MEETING_ID);
  g_autoptr (RoundsEntry) restored = NULL;
  RoundsHold *held = hold (self, ROUNDS_ENTRY_MEETING, NULL);

  g_assert_true (held == hold (self, ROUNDS_ENTRY_MEETING, NULL));
  g_set_str (&renamed->title, "Renamed");
  sync_world_list_meeting (self, renamed);
  sync_world_let_time_pass (self);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);

  /* Undoing shows what the server has by now. */
  rounds_sync_undo (self->sync, held);
  restored = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID);
  g_assert_cmpint (rounds_entry_get_meeting (restored)->status, ==, ROUNDS_MEETING_SCHEDULED);
  g_assert_cmpstr (rounds_entry_get_meeting (restored)->title, ==, "Renamed");
}

static void
test_undo_of_what_is_gone (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsHold *held = hold (self, ROUNDS_ENTRY_MEETING, NULL);

  sync_world_list_meeting (self, NULL);
  sync_world_let_time_pass (self);
  rounds_sync_undo (self->sync, held);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID));
}

/* The server garbles the held record: the cache has only the held form, which is not the original.
 */
static void
test_undo_after_a_garbled_listing (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);
  g_autoptr (RoundsMeeting) other = sample_meeting ("64b0000000000000000000b2");
  JsonObject *garbled = rounds_wire_meeting_to_json (meeting, NULL);
  RoundsHold *held = hold (self, ROUNDS_ENTRY_MEETING, NULL);

  json_object_set_string_member (garbled, "status", "postponed");
  scripted_server_answer_data (
      self->server, MEETINGS_ROUTE,
      sample_list ("meetings", garbled, rounds_wire_meeting_to_json (other, NULL), NULL));
  sync_world_let_time_pass (self);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);
  rounds_sync_undo (self->sync, held);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_SCHEDULED);
}

static void
test_commit (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) meeting = NULL;

  answer_with_meeting (self, MEETING_DELETE_ROUTE, ROUNDS_MEETING_CANCELLED);
  meeting = rounds_test_expect_boxed (
      rounds_sync_commit (self->sync, hold (self, ROUNDS_ENTRY_MEETING, NULL)));
  g_assert_cmpint (meeting->status, ==, ROUNDS_MEETING_CANCELLED);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);
  g_assert_cmpuint (scripted_server_count (self->server, MEETING_DELETE_ROUTE), ==, 1);
  g_assert_cmpuint (count_unsent (self), ==, 0);
  g_assert_cmpuint (self->sync->edits->len, ==, 0);

  answer_with_appointment (self, APPOINTMENT_STATUS_ROUTE, ROUNDS_APPOINTMENT_CANCELLED);
  rounds_test_expect (
      rounds_sync_commit (self->sync, hold (self, ROUNDS_ENTRY_APPOINTMENT, "The doctor is ill")));
  g_assert_nonnull (strstr (scripted_server_get_last_body (self->server), "The doctor is ill"));
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CANCELLED);
}

static void
test_commit_with_reason (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  answer_with_meeting (self, MEETING_STATUS_ROUTE, ROUNDS_MEETING_CANCELLED);
  rounds_test_expect (
      rounds_sync_commit (self->sync, hold (self, ROUNDS_ENTRY_MEETING, "No quorum")));
  g_assert_cmpuint (scripted_server_count (self->server, MEETING_DELETE_ROUTE), ==, 0);
  g_assert_nonnull (strstr (scripted_server_get_last_body (self->server), "No quorum"));
}

static void
test_commit_refused (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsHold *held = hold (self, ROUNDS_ENTRY_MEETING, NULL);
  DexFuture *committed;

  scripted_server_refuse (self->server, MEETING_DELETE_ROUTE, 403, "forbidden", "Not yours");
  committed = rounds_sync_commit (self->sync, held);
  rounds_sync_undo (self->sync, held);
  rounds_test_expect_error (committed, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_FORBIDDEN);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_SCHEDULED);
  g_assert_cmpuint (count_unsent (self), ==, 0);
}

static void
test_commit_unreachable (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsHold *held = hold (self, ROUNDS_ENTRY_APPOINTMENT, NULL);

  scripted_server_stop (self->server);
  rounds_test_expect (rounds_sync_commit (self->sync, held));
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CANCELLED);
  g_assert_cmpuint (count_unsent (self), ==, 1);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);
}

/* Somebody else was faster: what was wanted is so. */
static void
test_commit_of_what_is_cancelled (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) cancelled = sample_meeting (SAMPLE_MEETING_ID);
  RoundsHold *held = hold (self, ROUNDS_ENTRY_MEETING, NULL);

  cancelled->status = ROUNDS_MEETING_CANCELLED;
  g_set_str (&cancelled->notes, "By the desk");
  sync_world_list_meeting (self, cancelled);
  sync_world_let_time_pass (self);
  rounds_test_expect (rounds_sync_commit (self->sync, held));
  g_assert_cmpuint (scripted_server_count (self->server, MEETING_DELETE_ROUTE), ==, 0);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);
}

static void
test_stop_sends_what_is_held (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();

  answer_with_meeting (self, MEETING_DELETE_ROUTE, ROUNDS_MEETING_CANCELLED);
  hold (self, ROUNDS_ENTRY_MEETING, NULL);
  rounds_test_expect (rounds_sync_stop (self->sync));
  g_assert_cmpuint (scripted_server_count (self->server, MEETING_DELETE_ROUTE), ==, 1);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);

  rounds_test_expect_error (rounds_sync_create_meeting (self->sync, draft, NULL), ROUNDS_SYNC_ERROR,
                            ROUNDS_SYNC_ERROR_STOPPED);
}

/* What could not be sent stays for the next engine. */
static void
test_stop_while_unreachable (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  hold (self, ROUNDS_ENTRY_MEETING, NULL);
  hold (self, ROUNDS_ENTRY_APPOINTMENT, "x");
  scripted_server_stop (self->server);
  rounds_test_expect_error (rounds_sync_stop (self->sync), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNREACHABLE);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CANCELLED);
  g_assert_cmpint (sync_world_get_meeting_status (self), ==, ROUNDS_MEETING_CANCELLED);
}

static void
test_link (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  static const char appointment_route[] = "GET /api/appointments/" SAMPLE_APPOINTMENT_ID;
  g_autoptr (DexFuture) of_appointment = NULL;
  g_autoptr (DexFuture) of_meeting = NULL;

  answer_with_appointment (self, appointment_route, ROUNDS_APPOINTMENT_CONFIRMED);
  answer_with_meeting (self, "GET /api/meetings/" SAMPLE_MEETING_ID, ROUNDS_MEETING_ACTIVE);
  of_appointment
      = rounds_sync_fetch_link (self->sync, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID);
  of_meeting = rounds_sync_fetch_link (self->sync, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID);
  rounds_test_wait_for (of_appointment);
  rounds_test_wait_for (of_meeting);
  g_assert_cmpstr (g_value_get_boxed (dex_future_get_value (of_appointment, NULL)), ==, LINK);
  g_assert_cmpstr (g_value_get_boxed (dex_future_get_value (of_meeting, NULL)), ==, LINK);
  rounds_test_expect_error (
      rounds_sync_fetch_link (self->sync, ROUNDS_ENTRY_MEETING, "ffffffffffffffffffffffff"),
      ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_NOT_FOUND);
}

static void
test_no_link (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  static const struct
  {
    RoundsAppointmentType type;
    RoundsAppointmentStatus status;
    const char *link;
    const char *words;
  } cases[] = {
    { ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, NULL, "gave no link" },
    { ROUNDS_APPOINTMENT_IN_PERSON, ROUNDS_APPOINTMENT_CONFIRMED, NULL, "in person" },
    { ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CANCELLED, NULL, "cancelled" },
    { ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_COMPLETED, NULL, "over" },
    { ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, "javascript:alert(1)", "not one" },
    { ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, "file:///etc/passwd", "not one" },
    { ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, "meet.example.org", "not one" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsAppointment) appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);
      g_autoptr (DexFuture) future = NULL;
      g_autoptr (GError) error = NULL;

      appointment->type = cases[i].type;
      appointment->status = cases[i].status;
      scripted_server_answer_data (
          self->server, "GET /api/appointments/" SAMPLE_APPOINTMENT_ID,
          sample_one ("appointment", rounds_wire_appointment_to_json (appointment, cases[i].link)));
      future = rounds_sync_fetch_link (self->sync, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID);
      rounds_test_wait_for (future);
      g_assert_null (dex_future_get_value (future, &error));
      g_assert_error (error, ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_NO_LINK);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Sync/Edits/" name, SyncWorld *, NULL, sync_world_set_up, function,          \
              sync_world_tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("create", test_create);
  ADD ("draft-is-sent-whole", test_draft_is_sent_whole);
  ADD ("meeting-draft-is-sent-whole", test_meeting_draft_is_sent_whole);
  ADD ("change", test_change);
  ADD ("refused", test_refused);
  ADD ("unreachable", test_unreachable);
  ADD ("edit-during-a-fetch", test_edit_during_a_fetch);
  ADD ("undo", test_undo);
  ADD ("sync-does-not-bring-it-back", test_sync_does_not_bring_it_back);
  ADD ("undo-of-what-is-gone", test_undo_of_what_is_gone);
  ADD ("undo-after-a-garbled-listing", test_undo_after_a_garbled_listing);
  ADD ("commit", test_commit);
  ADD ("commit-with-reason", test_commit_with_reason);
  ADD ("commit-refused", test_commit_refused);
  ADD ("commit-unreachable", test_commit_unreachable);
  ADD ("commit-of-what-is-cancelled", test_commit_of_what_is_cancelled);
  ADD ("stop-sends-what-is-held", test_stop_sends_what_is_held);
  ADD ("stop-while-unreachable", test_stop_while_unreachable);
  ADD ("link", test_link);
  ADD ("no-link", test_no_link);
  return g_test_run ();
}
