/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine on a server with a change feed: pages, cursors, removals, beginning anew, waiting.
 * What it does with full lists is in test-engine.c.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "feed-script.h"
#include "rounds-sync-backoff.h"
#include "rounds-sync-local.h"
#include "rounds-test.h"

static void
set_up (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world = sync_world_new ();

  feed_script_capabilities (self, "\"changes\"");
  feed_script_first_page (self);
}

static void
tear_down (SyncWorld **world, gconstpointer data)
{
  g_clear_pointer (world, sync_world_free);
}

/* What SQLite would change with the smallest write. (transfer full) */
static char *
stamp_file (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf file = { 0 };
  GStatBuf ahead = { 0 };

  g_assert_cmpint (g_stat (path, &file), ==, 0);
  g_assert_cmpint (g_stat (log, &ahead), ==, 0);
  return g_strdup_printf ("%ld.%09ld %ld, %ld.%09ld %ld", (long)file.st_mtim.tv_sec,
                          file.st_mtim.tv_nsec, (long)file.st_size, (long)ahead.st_mtim.tv_sec,
                          ahead.st_mtim.tv_nsec, (long)ahead.st_size);
}

/* However often it is asked: one request each, and not a byte in the file. */
static void
test_nothing_new_in_a_file (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  SyncWorld *self = sync_world_new_at (path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_requests;

  feed_script_capabilities (self, "\"changes\"");
  feed_script_first_page (self);
  sync_world_start (self);
  feed_expect_cursor (self, "first");
  feed_script_page (self, "first", FALSE, FALSE, NULL);
  before = stamp_file (path);
  n_requests = scripted_server_count_all (self->server);
  for (guint i = 1; i <= 5; i++)
    {
      rounds_clock_advance (self->clock, ROUNDS_MINUTE);
      sync_world_let_time_pass (self);
      g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests + i);
    }
  after = stamp_file (path);
  g_assert_cmpstr (before, ==, after);
  sync_world_free (self);
}

static void
test_first (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  g_assert_nonnull (rounds_store_lookup_user (self->store, SAMPLE_DOCTOR_ID));
  feed_expect_cursor (self, "first");
  g_assert_cmpuint (scripted_server_count (self->server, CHANGES_ROUTE), ==, 1);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 0);
  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW);
}

static void
fail_changed_cb (RoundsStore *store, gpointer data)
{
  g_assert_not_reached ();
}

/* One request, and the file stays as it is. */
static void
test_nothing_new (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_requests;

  sync_world_start (self);
  before = feed_get_fact (self, ROUNDS_STORE_FACT_LAST_SYNC);
  g_signal_connect (self->store, "changed", G_CALLBACK (fail_changed_cb), NULL);
  feed_script_page (self, "second", FALSE, FALSE, NULL);
  n_requests = scripted_server_count_all (self->server);
  rounds_clock_advance (self->clock, ROUNDS_MINUTE);
  sync_world_let_time_pass (self);

  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests + 1);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=first");
  feed_expect_cursor (self, "first");
  after = feed_get_fact (self, ROUNDS_STORE_FACT_LAST_SYNC);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW + ROUNDS_MINUTE);

  /* The newer cursor counts all the same. */
  sync_world_let_time_pass (self);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=second");
}

static void
test_changes_and_removals (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  feed_script_page (self, "second", FALSE, FALSE,
                    feed_list (feed_make_change ("appointment", SAMPLE_APPOINTMENT_ID, NULL),
                               feed_make_meeting (OTHER_MEETING_ID, "Another"),
                               feed_make_change ("hospital", SAMPLE_HOSPITAL_ID, NULL),
                               feed_make_change ("invoice", "64b0000000000000000000e1", NULL),
                               NULL));
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_null (sync_world_get_entry (self, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID));
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  g_assert_true (feed_has_meeting (self, OTHER_MEETING_ID));
  feed_expect_cursor (self, "second");
}

/* Another engine on the same file goes on where the first was. */
static void
test_cursor_is_remembered (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  RoundsSync *next = rounds_sync_new (self->api, self->store, self->user, self->clock);
  g_autoptr (RoundsSync) first = NULL;

  sync_world_start (self);
  rounds_sync_set_delay_func (next, self->sync->delay, self->sync->delay_data);
  rounds_test_expect (rounds_sync_stop (self->sync));
  first = g_steal_pointer (&self->sync);
  self->sync = next;
  dex_clear (&self->timer);
  feed_script_page (self, "second", FALSE, FALSE, NULL);
  sync_world_start (self);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=first");
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
}

/* Pages of everything come one after the other; what is not among them is gone at the end only. */
static void
test_begins_anew (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();
  g_autoptr (DexFuture) made = NULL;
  const RoundsMeeting *local;

  sync_world_start (self);
  feed_script_page (self, "new-1", TRUE, TRUE,
                    feed_list (feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  dex_promise_resolve_boolean (self->timer, TRUE);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  scripted_server_let_go (self->server, CHANGES_ROUTE);
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=new-1");
  g_assert_true (feed_has_meeting (self, OTHER_MEETING_ID));
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  feed_expect_cursor (self, "first");

  /* Made meanwhile, and not sent: the server cannot have listed it. */
  scripted_server_refuse (self->server, "POST /api/meetings", 503, "busy", "Later");
  made = rounds_sync_create_meeting (self->sync, draft, NULL);
  rounds_test_wait_for (made);
  local = g_value_get_boxed (dex_future_get_value (made, NULL));
  g_assert_true (rounds_sync_is_local_id (local->id));
  feed_script_page (self, "new-2", FALSE, FALSE, NULL);
  scripted_server_let_go (self->server, CHANGES_ROUTE);
  sync_world_wait_for_rest (self);
  g_assert_false (feed_has_meeting (self, SAMPLE_MEETING_ID));
  g_assert_true (feed_has_meeting (self, OTHER_MEETING_ID));
  g_assert_true (feed_has_meeting (self, local->id));
  g_assert_nonnull (rounds_store_lookup_user (self->store, SAMPLE_DOCTOR_ID));
  feed_expect_cursor (self, "new-2");
}

static void
test_cursor_is_worthless (SyncWorld **world, gconstpointer data)
{
  static const guint statuses[] = { 400, 410 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      SyncWorld *self;

      g_clear_pointer (world, sync_world_free);
      set_up (world, NULL);
      self = *world;
      sync_world_start (self);
      scripted_server_refuse (self->server, CHANGES_ROUTE, statuses[i], "invalid", "No cursor");
      sync_world_let_time_pass (self);
      g_assert_null (scripted_server_get_last_query (self->server));
      sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
      g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));

      feed_script_page (self, "again", TRUE, FALSE,
                        feed_list (feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
      sync_world_let_time_pass (self);
      sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
      g_assert_false (feed_has_meeting (self, SAMPLE_MEETING_ID));
      feed_expect_cursor (self, "again");
    }
}

static void
test_unreadable_record (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  JsonObject *garbled = feed_make_meeting (SAMPLE_MEETING_ID, "Weekly");

  sync_world_start (self);
  json_object_set_string_member (json_object_get_object_member (garbled, "meeting"), "status",
                                 "postponed");
  feed_script_page (self, "second", FALSE, FALSE,
                    feed_list (garbled, feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  g_assert_nonnull (strstr (rounds_sync_get_reason (self->sync), "1 record"));
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  g_assert_true (feed_has_meeting (self, OTHER_MEETING_ID));
  /* A newer Rounds will be told of it again. */
  feed_expect_cursor (self, "first");

  feed_script_page (self, "third", FALSE, FALSE, NULL);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  feed_script_page (self, "fourth", FALSE, FALSE,
                    feed_list (feed_make_meeting (SAMPLE_MEETING_ID, "Weekly"), NULL));
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  feed_expect_cursor (self, "fourth");
}

static void
test_lies (SyncWorld **world, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
  } lies[] = {
    { 200, "application/json", "{\"status\":\"success\",\"data\":{}}" },
    { 200, "application/json", "{\"status\":\"success\",\"data\":{\"changes\":[]}}" },
    { 200, "application/json",
      "{\"status\":\"success\",\"data\":{\"changes\":{},\"cursor\":\"x\"}}" },
    { 200, "application/json", "{\"status\":\"success\",\"data\":{\"cursor\":7,\"changes\":[]}}" },
    { 200, "text/html", "Welcome" },
    { 404, "text/html", "Nothing" },
    { 500, "application/json", "{\"status\":\"error\",\"message\":\"Oh\"}" },
  };
  SyncWorld *self = *world;

  sync_world_start (self);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      scripted_server_answer (self->server, CHANGES_ROUTE, lies[i].status, lies[i].type,
                              lies[i].body);
      sync_world_let_time_pass (self);
      sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
      g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
      feed_expect_cursor (self, "first");
    }
}

/* A server whose feed went away, as after going back to an older version, is read by its lists. */
static void
test_feed_goes_away (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  scripted_server_refuse (self->server, CHANGES_ROUTE, 404, "not_found", "None");
  feed_script_capabilities (self, "");
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 1);
}

static void
wait_for_watch (SyncWorld *self)
{
  scripted_server_let_go (self->server, CHANGES_ROUTE);
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
}

/* The engine is at rest with a question that the server has not answered. */
static void
start_watching (SyncWorld *self)
{
  feed_script_capabilities (self, "\"changes\",\"changes.wait\"");
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  rounds_sync_start (self->sync);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  wait_for_watch (self);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=first&wait=50");
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_null (self->timer);
}

static void
test_waits_for_news (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  start_watching (self);
  g_array_set_size (self->states, 0);
  feed_script_page (self, "second", FALSE, FALSE,
                    feed_list (feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
  wait_for_watch (self);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=second&wait=50");
  g_assert_true (feed_has_meeting (self, OTHER_MEETING_ID));
  g_assert_cmpuint (self->states->len, ==, 0);
}

static gboolean
is_offline (gpointer data)
{
  return rounds_sync_get_state (data) == ROUNDS_SYNC_OFFLINE;
}

/* The server is killed while nothing is going on: the end of the connection tells. */
static void
test_notices_a_dead_server (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  start_watching (self);
  scripted_server_stop (self->server);
  rounds_test_wait_until (is_offline, self->sync);
  g_assert_nonnull (strstr (rounds_sync_get_reason (self->sync), "127.0.0.1"));
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (self->timer_ms, <=, ROUNDS_SYNC_BACKOFF_FIRST_MS);

  /* And it comes back by itself. */
  scripted_server_start (self->server);
  feed_script_page (self, "second", FALSE, FALSE, NULL);
  dex_promise_resolve_boolean (self->timer, TRUE);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  wait_for_watch (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
}

/* An edit does not wait for the end of the wait, nor does somebody who asks. */
static void
test_wait_is_given_up (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  DexFuture *asked;

  start_watching (self);
  scripted_server_refuse (self->server, "PATCH /api/meetings/" SAMPLE_MEETING_ID "/status", 422,
                          "x", "No");
  rounds_test_expect_error (
      rounds_sync_change_meeting (self->sync, SAMPLE_MEETING_ID, ROUNDS_MEETING_ACTIVE, NULL, NULL),
      ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_INVALID);
  sync_world_wait_for_request (self, CHANGES_ROUTE);

  asked = rounds_sync_now (self->sync);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  g_assert_cmpstr (scripted_server_get_last_query (self->server), ==, "since=first");
  feed_script_page (self, "second", FALSE, FALSE, NULL);
  scripted_server_let_go (self->server, CHANGES_ROUTE);
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  rounds_test_expect (asked);
}

/* A proxy may answer at once whatever the client is ready to wait. */
static void
test_waits_in_vain (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  guint n_requests;

  feed_script_capabilities (self, "\"changes\",\"changes.wait\"");
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  rounds_sync_start (self->sync);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  wait_for_watch (self);
  feed_script_page (self, "second", FALSE, FALSE, NULL);
  scripted_server_let_go (self->server, CHANGES_ROUTE);
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (self->timer_ms, ==, ROUNDS_SYNC_POLL_MS);
  n_requests = scripted_server_count_all (self->server);
  sync_world_let_time_pass (self);
  g_assert_cmpuint (scripted_server_count_all (self->server), <=, n_requests + 2);
}

static void
test_active (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  guint n_requests;

  sync_world_start (self);
  feed_script_page (self, "second", FALSE, FALSE, NULL);
  n_requests = scripted_server_count_all (self->server);
  rounds_sync_set_active (self->sync, TRUE);
  rounds_test_drain ();
  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests);

  rounds_sync_set_active (self->sync, FALSE);
  rounds_clock_advance (self->clock, ROUNDS_MINUTE);
  dex_clear (&self->timer);
  rounds_sync_set_active (self->sync, TRUE);
  sync_world_wait_for_rest (self);
  g_assert_cmpuint (scripted_server_count_all (self->server), ==, n_requests + 1);
  g_assert_cmpuint (self->timer_ms, ==, ROUNDS_SYNC_POLL_ACTIVE_MS);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Sync/Feed/" name, SyncWorld *, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("first", test_first);
  ADD ("nothing-new", test_nothing_new);
  ADD ("changes-and-removals", test_changes_and_removals);
  ADD ("cursor-is-remembered", test_cursor_is_remembered);
  ADD ("begins-anew", test_begins_anew);
  ADD ("cursor-is-worthless", test_cursor_is_worthless);
  ADD ("unreadable-record", test_unreadable_record);
  ADD ("lies", test_lies);
  ADD ("feed-goes-away", test_feed_goes_away);
  ADD ("waits-for-news", test_waits_for_news);
  ADD ("notices-a-dead-server", test_notices_a_dead_server);
  ADD ("wait-is-given-up", test_wait_is_given_up);
  ADD ("waits-in-vain", test_waits_in_vain);
  ADD ("active", test_active);
  g_test_add_func ("/Rounds/Sync/Feed/nothing-new-in-a-file", test_nothing_new_in_a_file);
  return g_test_run ();
}
