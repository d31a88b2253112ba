/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine between a server that comes, goes and lies and a cache that must not suffer from it.
 * Edits are in test-edits.c.
 */

#include "config.h"

#include "rounds-sync-backoff.h"
#include "rounds-test.h"
#include "sync-world.h"

static void
set_up (SyncWorld **world, gconstpointer data)
{
  *world = sync_world_new ();
}

static void
tear_down (SyncWorld **world, gconstpointer data)
{
  g_clear_pointer (world, sync_world_free);
}

static void
expect_full_cache (SyncWorld *world)
{
  g_assert_cmpint (sync_world_get_appointment_status (world), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (sync_world_get_meeting_status (world), ==, ROUNDS_MEETING_SCHEDULED);
  g_assert_nonnull (rounds_store_lookup_user (world->store, SAMPLE_PATIENT_ID));
  g_assert_nonnull (rounds_store_lookup_hospital (world->store, SAMPLE_HOSPITAL_ID));
}

static void
test_first_sync (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, ROUNDS_TIME_NONE);
  rounds_sync_start (self->sync);
  g_assert_cmpint (rounds_sync_get_state (self->sync), ==, ROUNDS_SYNC_BUSY);
  sync_world_wait_for_rest (self);

  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  expect_full_cache (self);
  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW);
  g_assert_cmpuint (self->timer_ms, ==, ROUNDS_SYNC_POLL_MS);
  g_assert_cmpuint (self->states->len, ==, 2);
}

static void
test_polls_silently (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsAppointment) appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);

  sync_world_start (self);
  g_array_set_size (self->states, 0);
  appointment->status = ROUNDS_APPOINTMENT_ARRIVED;
  sync_world_list_appointment (self, appointment);
  sync_world_list_meeting (self, NULL);
  rounds_clock_advance (self->clock, ROUNDS_MINUTE);
  sync_world_let_time_pass (self);

  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_ARRIVED);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID));
  g_assert_cmpuint (self->states->len, ==, 0);
  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW + ROUNDS_MINUTE);
}

static void
test_offline_and_back (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  scripted_server_stop (self->server);
  rounds_clock_advance (self->clock, ROUNDS_MINUTE);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);
  g_assert_nonnull (strstr (rounds_sync_get_reason (self->sync), "127.0.0.1"));
  g_assert_cmpuint (self->timer_ms, <=, ROUNDS_SYNC_BACKOFF_FIRST_MS);
  expect_full_cache (self);

  /* It goes on trying, more rarely each time, and remembers since when. */
  for (guint i = 0; i < 8; i++)
    {
      rounds_clock_advance (self->clock, ROUNDS_MINUTE);
      sync_world_let_time_pass (self);
    }
  g_assert_cmpuint (self->timer_ms, >=, ROUNDS_SYNC_BACKOFF_LAST_MS / 2);
  g_assert_cmpuint (self->timer_ms, <=, ROUNDS_SYNC_BACKOFF_LAST_MS);
  g_assert_cmpint (rounds_sync_get_offline_since (self->sync), ==, SYNC_WORLD_NOW + ROUNDS_MINUTE);
  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW);

  scripted_server_start (self->server);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpint (rounds_sync_get_offline_since (self->sync), ==, ROUNDS_TIME_NONE);
  g_assert_cmpuint (self->timer_ms, ==, ROUNDS_SYNC_POLL_MS);
}

static void
test_network_comes_back (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  sync_world_start (self);
  scripted_server_stop (self->server);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);

  scripted_server_start (self->server);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  rounds_test_drain ();
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);

  dex_clear (&self->timer);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
}

/* After a sleep the back-off is over, whatever it was. */
static void
test_computer_wakes_up (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  g_assert_cmpuint (self->sync->jumps, >, 0);
  scripted_server_stop (self->server);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);

  scripted_server_start (self->server);
  dex_clear (&self->timer);
  rounds_sync_jump (self->sync);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
}

static void
test_sync_now (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  DexFuture *first;
  DexFuture *second;

  sync_world_start (self);
  scripted_server_stop (self->server);
  rounds_test_expect_error (rounds_sync_now (self->sync), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNREACHABLE);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);

  scripted_server_start (self->server);
  first = rounds_sync_now (self->sync);
  second = rounds_sync_now (self->sync);
  g_assert_cmpint (rounds_sync_get_state (self->sync), ==, ROUNDS_SYNC_BUSY);
  rounds_test_expect (first);
  rounds_test_expect (second);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 2);
}

/* Somebody who asks while a fetch is under way wants to see what is true after he asked. */
static void
test_sync_now_during_a_fetch (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  DexFuture *asked;

  scripted_server_hold_back (self->server, MEETINGS_ROUTE);
  rounds_sync_start (self->sync);
  sync_world_wait_for_request (self, MEETINGS_ROUTE);

  asked = rounds_sync_now (self->sync);
  scripted_server_let_go (self->server, MEETINGS_ROUTE);
  rounds_test_expect (asked);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 2);
}

static void
test_lies_do_not_reach_the_cache (SyncWorld **world, gconstpointer data)
{
  static const struct
  {
    const char *route;
    guint status;
    const char *type;
    const char *body;
  } lies[] = {
    { APPOINTMENTS_ROUTE, 200, "application/json", "{\"status\":\"success\",\"data\":{" },
    { APPOINTMENTS_ROUTE, 200, "application/json", "{\"status\":\"success\",\"data\":{}}" },
    { APPOINTMENTS_ROUTE, 200, "application/json",
      "{\"status\":\"success\",\"data\":{\"appointments\":[{\"_id\":\"x\"},7]}}" },
    { APPOINTMENTS_ROUTE, 200, "text/html", "<p>Sign in to the guest network</p>" },
    { APPOINTMENTS_ROUTE, 500, "application/json", "{\"status\":\"error\",\"message\":\"Oh\"}" },
    { APPOINTMENTS_ROUTE, 404, "text/html", "Nothing here" },
    { MEETINGS_ROUTE, 200, "application/json", "[]" },
    { MEETINGS_ROUTE, 403, "application/json", "{\"status\":\"fail\",\"message\":\"No\"}" },
    { MEETINGS_ROUTE, 302, "text/html", "Elsewhere" },
    { "GET /api/users", 500, "text/html", "Broken" },
    { "GET /api/hospitals", 200, "application/json", "{\"status\":\"success\",\"data\":5}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      SyncWorld *self;

      /* Each lie meets a cache that the truth has filled. */
      g_clear_pointer (world, sync_world_free);
      self = *world = sync_world_new ();

      g_test_message ("%s %u %s", lies[i].route, lies[i].status, lies[i].body);
      sync_world_start (self);
      sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
      sync_world_list_appointment (self, NULL);
      sync_world_list_meeting (self, NULL);
      scripted_server_answer (self->server, lies[i].route, lies[i].status, lies[i].type,
                              lies[i].body);
      sync_world_let_time_pass (self);
      sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
      g_assert_cmpint (rounds_sync_get_offline_since (self->sync), ==, ROUNDS_TIME_NONE);
      expect_full_cache (self);
    }
}

static void
test_server_without_directory (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  scripted_server_answer (self->server, "GET /api/users", 404, "text/html", "Cannot GET");
  scripted_server_answer (self->server, "GET /api/hospitals", 404, "text/html", "Cannot GET");
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  expect_full_cache (self);
}

static void
test_unreadable_record_is_kept (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);
  g_autoptr (RoundsMeeting) other = sample_meeting ("64b0000000000000000000b2");
  g_autoptr (RoundsEntry) added = NULL;
  JsonObject *garbled = rounds_wire_meeting_to_json (meeting, NULL);

  sync_world_start (self);
  json_object_set_string_member (garbled, "status", "postponed");
  scripted_server_answer_data (
      self->server, MEETINGS_ROUTE,
      sample_list ("meetings", garbled, rounds_wire_meeting_to_json (other, NULL), NULL));
  sync_world_let_time_pass (self);

  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  g_assert_nonnull (strstr (rounds_sync_get_reason (self->sync), "1 record"));
  expect_full_cache (self);
  added = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, other->id);
  g_assert_nonnull (added);
  g_assert_cmpuint (self->timer_ms, ==, ROUNDS_SYNC_POLL_MS);

  sync_world_list_meeting (self, other);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID));
}

/* Which one it is cannot be known, so none is taken away. */
static void
test_unreadable_record_without_id (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) other = sample_meeting ("64b0000000000000000000b2");
  g_autoptr (RoundsEntry) added = NULL;

  sync_world_start (self);
  scripted_server_answer_data (self->server, MEETINGS_ROUTE,
                               sample_list ("meetings", json_object_new (),
                                            rounds_wire_meeting_to_json (other, NULL), NULL));
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  expect_full_cache (self);
  added = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, other->id);
  g_assert_nonnull (added);
}

static void
test_server_asks_to_wait (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  scripted_server_refuse (self->server, MEETINGS_ROUTE, 503, "busy", "Backup under way");
  scripted_server_add_header (self->server, MEETINGS_ROUTE, "Retry-After", "120");
  sync_world_start (self);
  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  g_assert_cmpstr (rounds_sync_get_reason (self->sync), ==, "Backup under way");
  g_assert_cmpuint (self->timer_ms, ==, 120 * 1000);
}

static void
test_signed_out (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);
  guint n_requests;

  sync_world_start (self);
  scripted_server_refuse (self->server, MEETINGS_ROUTE, 401, "expired", "Sign in again");
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_SIGNED_OUT);
  expect_full_cache (self);

  /* No timer: a server that refused the token is left in peace. */
  n_requests = scripted_server_count_all (self->server);
  g_assert_null (self->timer);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  rounds_test_drain ();
  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests);

  rounds_api_set_token (self->api, NULL);
  rounds_test_drain ();
  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests);

  sync_world_list_meeting (self, meeting);
  rounds_api_set_token (self->api, "second-token");
  g_assert_cmpint (rounds_sync_get_state (self->sync), ==, ROUNDS_SYNC_BUSY);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
}

static void
test_signed_out_by_another_call (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  scripted_server_refuse (self->server, "GET /api/meetings/" SAMPLE_MEETING_ID, 401, "x", "Out");
  dex_clear (&self->timer);
  rounds_test_expect_error (
      rounds_sync_fetch_link (self->sync, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID),
      ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  sync_world_wait_for_rest (self);
  sync_world_expect_state (self, ROUNDS_SYNC_SIGNED_OUT);
  g_assert_null (self->timer);
}

static void
test_last_sync_is_remembered (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsSync) first = NULL;

  sync_world_start (self);
  rounds_test_expect (rounds_sync_stop (self->sync));
  scripted_server_stop (self->server);
  rounds_clock_advance (self->clock, ROUNDS_DAY);

  first = g_steal_pointer (&self->sync);
  self->sync = rounds_sync_new (self->api, self->store, self->user, self->clock);
  self->sync->delay = first->delay;
  self->sync->delay_data = first->delay_data;
  dex_clear (&self->timer);
  sync_world_start (self);
  sync_world_expect_state (self, ROUNDS_SYNC_OFFLINE);
  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW);
  expect_full_cache (self);
}

static void
test_stop (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  DexFuture *asked;

  scripted_server_hold_back (self->server, MEETINGS_ROUTE);
  rounds_sync_start (self->sync);
  sync_world_wait_for_request (self, MEETINGS_ROUTE);
  asked = rounds_sync_now (self->sync);

  /* In the middle of a fetch that never ends. */
  rounds_test_expect (rounds_sync_stop (self->sync));
  rounds_test_expect_error (asked, ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_STOPPED);
  rounds_test_expect (rounds_sync_stop (self->sync));
  rounds_test_expect_error (rounds_sync_now (self->sync), ROUNDS_SYNC_ERROR,
                            ROUNDS_SYNC_ERROR_STOPPED);
  rounds_api_set_token (self->api, "another");
  rounds_test_drain ();
}

static void
test_stop_before_start (SyncWorld **world, gconstpointer data)
{
  rounds_test_expect (rounds_sync_stop ((*world)->sync));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Sync/Engine/" name, SyncWorld *, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("first-sync", test_first_sync);
  ADD ("polls-silently", test_polls_silently);
  ADD ("offline-and-back", test_offline_and_back);
  ADD ("network-comes-back", test_network_comes_back);
  ADD ("computer-wakes-up", test_computer_wakes_up);
  ADD ("sync-now", test_sync_now);
  ADD ("sync-now-during-a-fetch", test_sync_now_during_a_fetch);
  ADD ("lies-do-not-reach-the-cache", test_lies_do_not_reach_the_cache);
  ADD ("server-without-directory", test_server_without_directory);
  ADD ("unreadable-record-is-kept", test_unreadable_record_is_kept);
  ADD ("unreadable-record-without-id", test_unreadable_record_without_id);
  ADD ("server-asks-to-wait", test_server_asks_to_wait);
  ADD ("signed-out", test_signed_out);
  ADD ("signed-out-by-another-call", test_signed_out_by_another_call);
  ADD ("last-sync-is-remembered", test_last_sync_is_remembered);
  ADD ("stop", test_stop);
  ADD ("stop-before-start", test_stop_before_start);
  return g_test_run ();
}
