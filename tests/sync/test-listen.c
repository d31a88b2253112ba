/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine on a server that tells of news on a WebSocket: woken by it, and without it when it is
 * cut off. The WebSocket itself is tested in tests/net.
 */

#include "config.h"

#include "feed-script.h"
#include "rounds-sync-backoff.h"
#include "rounds-test.h"
#include "scripted-events.h"

#define EVENTS_ROUTE "GET /api/events"

typedef struct
{
  SyncWorld *world;
  ScriptedEvents *there;
} Fixture;

static RoundsSyncChannel
get_channel (Fixture *self)
{
  RoundsSyncChannel channel;

  g_object_get (self->world->sync, "channel", &channel, NULL);
  return channel;
}

static gboolean
is_listening (gpointer data)
{
  Fixture *self = data;

  return self->world->sync->wake != NULL && get_channel (self) == ROUNDS_SYNC_LISTENING
         && rounds_sync_is_listening (self->world->sync);
}

static void
set_up_world (Fixture *self, const char *capabilities)
{
  self->world = sync_world_new ();
  feed_script_capabilities (self->world, capabilities);
  feed_script_first_page (self->world);
}

/* The engine listens and has nothing to do. @data: what the server can. */
static void
set_up (Fixture *self, gconstpointer data)
{
  set_up_world (self, data);
  self->there = scripted_events_new (self->world->server);
  sync_world_start (self->world);
  rounds_test_wait_until (is_listening, self);
  feed_script_page (self->world, "second", FALSE, FALSE, NULL);
}

static void
set_up_deaf (Fixture *self, gconstpointer data)
{
  set_up_world (self, data);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->world, sync_world_free);
  g_clear_pointer (&self->there, scripted_events_free);
}

static gboolean
has_other_meeting (gpointer data)
{
  return feed_has_meeting (data, OTHER_MEETING_ID);
}

static void
test_news (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;
  guint n_requests = scripted_server_count_all (world->server);

  g_assert_cmpstr (scripted_events_get_last_since (self->there), ==, "first");
  g_assert_cmpuint (world->timer_ms, ==, ROUNDS_SYNC_POLL_LISTENING_MS);
  g_array_set_size (world->states, 0);
  feed_script_page (world, "second", FALSE, FALSE,
                    feed_list (feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
  scripted_events_say (self->there, SCRIPTED_NEWS);
  rounds_test_wait_until (has_other_meeting, world);
  rounds_test_wait_until (is_listening, self);

  /* One question that is answered at once, and nothing that people see of it. */
  g_assert_cmpuint (scripted_server_count_all (world->server), ==, n_requests + 1);
  g_assert_cmpstr (scripted_server_get_last_query (world->server), ==, "since=first");
  g_assert_cmpuint (world->states->len, ==, 0);
  g_assert_cmpuint (scripted_events_count (self->there), ==, 1);
}

/* What is told while an edit is on its way is asked for after it. */
static void
test_news_beside_an_edit (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;
  const char *route = "PATCH /api/meetings/" SAMPLE_MEETING_ID "/status";
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);
  JsonObject *answer = json_object_new ();
  DexFuture *changed;

  meeting->status = ROUNDS_MEETING_ACTIVE;
  json_object_set_object_member (answer, "meeting", rounds_wire_meeting_to_json (meeting, NULL));
  scripted_server_answer_data (world->server, route, answer);
  scripted_server_hold_back (world->server, route);
  changed = rounds_sync_change_meeting (world->sync, SAMPLE_MEETING_ID, ROUNDS_MEETING_ACTIVE, NULL,
                                        NULL);
  sync_world_wait_for_request (world, route);
  feed_script_page (world, "second", FALSE, FALSE,
                    feed_list (feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
  scripted_events_say (self->there, SCRIPTED_NEWS);
  scripted_server_let_go (world->server, route);
  rounds_test_expect (changed);
  rounds_test_wait_until (has_other_meeting, world);
}

static void
test_asks_now_and_then (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;
  guint n_requests = scripted_server_count_all (world->server);

  sync_world_let_time_pass (world);
  g_assert_cmpuint (scripted_server_count_all (world->server), ==, n_requests + 1);
  rounds_test_wait_until (is_listening, self);
  g_assert_cmpuint (scripted_events_count (self->there), ==, 1);
}

/* A sign of life says that nothing was left untold. */
static void
test_alive (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;
  guint n_requests = scripted_server_count_all (world->server);

  rounds_clock_advance (world->clock, ROUNDS_MINUTE);
  g_signal_emit_by_name (world->sync->events, "alive");
  g_assert_cmpint (rounds_sync_get_last_sync (world->sync), ==, SYNC_WORLD_NOW + ROUNDS_MINUTE);
  rounds_sync_set_active (world->sync, TRUE);
  rounds_test_drain ();
  g_assert_cmpuint (scripted_server_count_all (world->server), ==, n_requests);
}

static gboolean
is_waiting (gpointer data)
{
  Fixture *self = data;

  return get_channel (self) == ROUNDS_SYNC_WAITING
         && g_strcmp0 (scripted_server_get_last_query (self->world->server), "since=second&wait=50")
                == 0;
}

static gboolean
is_polling (gpointer data)
{
  Fixture *self = data;

  return get_channel (self) == ROUNDS_SYNC_POLLING && self->world->sync->wake != NULL;
}

/* Cut off in the first minute for the first time: at once again. From then on the other ways serve
 * until it is time. */
static void
test_cut_off (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;
  gboolean waits = strstr (data, "changes.wait") != NULL;

  scripted_events_hang_up (self->there, 1001);
  sync_world_wait_for_request (world, CHANGES_ROUTE);
  rounds_test_wait_until (is_listening, self);
  g_assert_cmpuint (scripted_events_count (self->there), ==, 2);
  g_assert_cmpstr (scripted_events_get_last_since (self->there), ==, "second");

  if (waits)
    scripted_server_hold_back (world->server, CHANGES_ROUTE);
  scripted_events_hang_up (self->there, 1001);
  if (waits)
    {
      sync_world_wait_for_request (world, CHANGES_ROUTE);
      scripted_server_let_go (world->server, CHANGES_ROUTE);
      scripted_server_hold_back (world->server, CHANGES_ROUTE);
    }
  rounds_test_wait_until (waits ? is_waiting : is_polling, self);
  sync_world_expect_state (world, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (scripted_events_count (self->there), ==, 2);

  rounds_clock_advance (world->clock, ROUNDS_MINUTE);
  if (waits)
    scripted_server_let_go (world->server, CHANGES_ROUTE);
  else
    dex_promise_resolve_boolean (world->timer, TRUE);
  rounds_test_wait_until (is_listening, self);
  g_assert_cmpuint (scripted_events_count (self->there), ==, 3);
}

static void
test_stable (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      rounds_clock_advance (self->world->clock, ROUNDS_HOUR);
      scripted_events_hang_up (self->there, 1001);
      sync_world_wait_for_request (self->world, CHANGES_ROUTE);
      rounds_test_wait_until (is_listening, self);
      g_assert_cmpuint (scripted_events_count (self->there), ==, i + 2);
    }
}

/* The access token has ended: the next call gets another, and the WebSocket goes on with that. */
static void
test_token_ends (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;

  rounds_api_set_session (world->api, "first-token", "refresh");
  rounds_test_wait_until (is_listening, self);
  scripted_server_answer (world->server, "POST /api/auth/refresh", 200, "application/json",
                          "{\"status\":\"success\",\"data\":{\"accessToken\":\"second-token\"}}");
  scripted_server_require_token (world->server, CHANGES_ROUTE, "second-token");
  rounds_clock_advance (world->clock, ROUNDS_HOUR);
  scripted_events_hang_up (self->there, 4401);
  sync_world_wait_for_request (world, CHANGES_ROUTE);
  rounds_test_wait_until (is_listening, self);
  g_assert_cmpstr (scripted_events_get_last_authorization (self->there), ==, "Bearer second-token");
  sync_world_expect_state (world, ROUNDS_SYNC_IDLE);
}

/* Nobody listens in the name of who has signed out, or in that of the one before. */
static void
test_another_session (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;

  rounds_api_set_session (world->api, "another", NULL);
  sync_world_wait_for_request (world, CHANGES_ROUTE);
  rounds_test_wait_until (is_listening, self);
  g_assert_cmpstr (scripted_events_get_last_authorization (self->there), ==, "Bearer another");

  scripted_server_refuse (world->server, CHANGES_ROUTE, 401, "session_ended", "Out");
  rounds_test_expect_error (rounds_sync_now (world->sync), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNAUTHORIZED);
  sync_world_wait_for_rest (world);
  sync_world_expect_state (world, ROUNDS_SYNC_SIGNED_OUT);
  g_assert_false (rounds_sync_is_listening (world->sync));
  g_assert_cmpuint (scripted_events_count (self->there), ==, 2);
}

/* After a sleep or on another network the old connection may be dead without a sign. */
static void
test_sleep (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      rounds_sync_jump (self->world->sync);
      g_assert_false (rounds_sync_is_listening (self->world->sync));
      rounds_test_wait_until (is_listening, self);
      g_assert_cmpuint (scripted_events_count (self->there), ==, i + 2);
    }
}

/* The server is killed: that shows in the same moment. */
static void
test_dead_server (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;

  scripted_server_stop (world->server);
  g_clear_pointer (&self->there, scripted_events_free);
  sync_world_wait_for_rest (world);
  while (rounds_sync_get_state (world->sync) != ROUNDS_SYNC_OFFLINE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_channel (self), ==, ROUNDS_SYNC_POLLING);

  scripted_server_start (world->server);
  self->there = scripted_events_new (world->server);
  sync_world_wait_for_rest (world);
  dex_promise_resolve_boolean (world->timer, TRUE);
  rounds_test_wait_until (is_listening, self);
  sync_world_expect_state (world, ROUNDS_SYNC_IDLE);
}

/* A proxy that lets no WebSocket through is asked seldom; the other ways serve. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;

  sync_world_start (world);
  rounds_test_wait_until (is_polling, self);
  sync_world_expect_state (world, ROUNDS_SYNC_IDLE);
  feed_script_page (world, "second", FALSE, FALSE, NULL);
  for (guint i = 0; i < 40; i++)
    {
      sync_world_let_time_pass (world);
      rounds_test_wait_until (is_polling, self);
      rounds_clock_advance (world->clock, world->timer_ms * (ROUNDS_SECOND / 1000));
    }
  /* In twenty minutes. */
  g_assert_cmpuint (scripted_server_count (world->server, EVENTS_ROUTE), >=, 3);
  g_assert_cmpuint (scripted_server_count (world->server, EVENTS_ROUTE), <=, 10);
  sync_world_expect_state (world, ROUNDS_SYNC_IDLE);
}

#define FEED "\"changes\",\"events\""
#define FEED_AND_WAIT "\"changes\",\"changes.wait\",\"events\""
#define ADD(name, capabilities, function)                                                          \
  g_test_add ("/Rounds/Sync/Listen/" name, Fixture, capabilities, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("news", FEED_AND_WAIT, test_news);
  ADD ("news-beside-an-edit", FEED, test_news_beside_an_edit);
  ADD ("asks-now-and-then", FEED, test_asks_now_and_then);
  ADD ("alive", FEED, test_alive);
  ADD ("cut-off/polls", FEED, test_cut_off);
  ADD ("cut-off/waits", FEED_AND_WAIT, test_cut_off);
  ADD ("stable", FEED, test_stable);
  ADD ("token-ends", FEED, test_token_ends);
  ADD ("another-session", FEED, test_another_session);
  ADD ("sleep", FEED_AND_WAIT, test_sleep);
  ADD ("dead-server", FEED_AND_WAIT, test_dead_server);
  g_test_add ("/Rounds/Sync/Listen/refused", Fixture, FEED, set_up_deaf, test_refused, tear_down);
  return g_test_run ();
}
