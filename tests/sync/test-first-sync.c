/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The first sync of a server with a feed: near days before the history, and how far it is.
 * What follows is in test-feed.c.
 */

#include "config.h"

#include "feed-script.h"
#include "rounds-test.h"

#define RANGE "\"changes\",\"range\""

static void
set_up (SyncWorld **world, gconstpointer data)
{
  *world = sync_world_new ();
  feed_script_capabilities (*world, data);
  feed_script_first_page (*world);
}

static void
tear_down (SyncWorld **world, gconstpointer data)
{
  g_clear_pointer (world, sync_world_free);
}

/* Today's work is there before the server has begun to tell of the rest. */
static void
test_near_days_first (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  feed_script_page (self, "second", TRUE, FALSE,
                    feed_list (feed_make_meeting (OTHER_MEETING_ID, "Long ago"), NULL));
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  rounds_sync_start (self->sync);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  g_assert_cmpint (sync_world_get_appointment_status (self), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  g_assert_nonnull (rounds_store_lookup_user (self->store, SAMPLE_PATIENT_ID));
  g_assert_cmpint (rounds_sync_get_state (self->sync), ==, ROUNDS_SYNC_BUSY);
  feed_expect_cursor (self, NULL);

  /* The feed is believed: what it does not have has gone in between. */
  scripted_server_let_go (self->server, CHANGES_ROUTE);
  sync_world_wait_for_rest (self);
  g_assert_true (feed_has_meeting (self, OTHER_MEETING_ID));
  g_assert_false (feed_has_meeting (self, SAMPLE_MEETING_ID));
  feed_expect_cursor (self, "second");
}

/* Once; and not where something was there already. */
static void
test_near_days_once (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  scripted_server_refuse (self->server, CHANGES_ROUTE, 503, "busy", "Later");
  sync_world_start (self);
  sync_world_expect_state (self, ROUNDS_SYNC_TROUBLE);
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  feed_script_first_page (self);
  sync_world_let_time_pass (self);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 1);

  feed_script_page (self, "anew", TRUE, FALSE, NULL);
  sync_world_let_time_pass (self);
  g_assert_false (feed_has_meeting (self, SAMPLE_MEETING_ID));
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 1);
}

/* A refusal of the near days is none of the rest. */
static void
test_near_days_refused (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  scripted_server_refuse (self->server, MEETINGS_ROUTE, 403, "forbidden", "No");
  sync_world_start (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_true (feed_has_meeting (self, SAMPLE_MEETING_ID));
  feed_expect_cursor (self, "first");
}

/* A failure of the network is one of all. */
static void
test_near_days_fail (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  scripted_server_answer_raw (self->server, MEETINGS_ROUTE, "HTTP/1.1 200 OK\r\n");
  sync_world_start (self);
  g_assert_cmpint (rounds_sync_get_state (self->sync), !=, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (scripted_server_count (self->server, CHANGES_ROUTE), ==, 0);

  sync_world_list_meeting (self, NULL);
  sync_world_let_time_pass (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
}

static void
test_without_range (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;

  sync_world_start (self);
  sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
  g_assert_cmpuint (scripted_server_count (self->server, MEETINGS_ROUTE), ==, 0);
}

static void
note_progress_cb (RoundsSync *sync, GParamSpec *pspec, GString *seen)
{
  guint n_fetched;
  guint n_total;

  g_object_get (sync, "n-fetched", &n_fetched, "n-total", &n_total, NULL);
  g_string_append_printf (seen, "%u/%u ", n_fetched, n_total);
}

static void
script_total (SyncWorld *self, const char *cursor, gboolean more, guint total, const char *id)
{
  g_autofree char *body = g_strdup_printf (
      "{\"status\":\"success\",\"data\":{\"cursor\":\"%s\",\"more\":%s,\"reset\":%s,\"total\":%u,"
      "\"changes\":[{\"kind\":\"user\",\"id\":\"%s\",\"user\":{\"_id\":\"%s\",\"name\":\"N\","
      "\"role\":\"doctor\"}}]}}",
      cursor, more ? "true" : "false", total > 0 ? "true" : "false", total, id, id);

  scripted_server_answer (self->server, CHANGES_ROUTE, 200, "application/json", body);
}

/* Of about how many, as the server says; a server that says too little is not believed. */
static void
test_progress (SyncWorld **world, gconstpointer data)
{
  SyncWorld *self = *world;
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (self->sync, "notify::n-fetched", G_CALLBACK (note_progress_cb), seen);
  scripted_server_hold_back (self->server, CHANGES_ROUTE);
  rounds_sync_start (self->sync);
  sync_world_wait_for_request (self, CHANGES_ROUTE);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("64b00000000000000000000%u", i);

      script_total (self, id, i < 2, i == 0 ? 2 : 0, id);
      scripted_server_let_go (self->server, CHANGES_ROUTE);
      if (i == 2)
        break;
      scripted_server_hold_back (self->server, CHANGES_ROUTE);
      sync_world_wait_for_request (self, CHANGES_ROUTE);
    }
  sync_world_wait_for_rest (self);
  g_assert_cmpstr (seen->str, ==, "1/2 2/2 0/0 ");
}

/* A server whose clock is hours before or behind ours: a token is good until the server says that
 * it is not, what the server asks us to wait is a length of time, and the cache is as current as
 * our own clock says. */
static void
test_other_clock (SyncWorld **world, gconstpointer data)
{
  static const int hours[] = { -30, -5, 5, 30 };
  SyncWorld *self = *world;

  sync_world_start (self);
  rounds_api_set_session (self->api, "first-token", "refresh");
  sync_world_wait_for_rest (self);
  for (gsize i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr (GDateTime) there = g_date_time_new_from_unix_utc (
          (SYNC_WORLD_NOW + hours[i] * ROUNDS_HOUR) / ROUNDS_SECOND);
      g_autoptr (GDateTime) until = g_date_time_add_minutes (there, 3);
      g_autofree char *now = g_date_time_format (there, "%a, %d %b %Y %H:%M:%S GMT");
      g_autofree char *later = g_date_time_format (until, "%a, %d %b %Y %H:%M:%S GMT");
      g_autofree char *busy = g_strdup_printf ("HTTP/1.1 503 Busy\r\nDate: %s\r\nRetry-After: %s"
                                               "\r\nContent-Length: 0\r\n\r\n",
                                               now, later);
      g_autofree char *idle = g_strdup_printf (
          "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: application/json\r\nConnection: close"
          "\r\n\r\n{\"status\":\"success\",\"data\":{\"cursor\":\"next\",\"changes\":[]}}",
          now);

      scripted_server_answer_raw (self->server, CHANGES_ROUTE, busy);
      sync_world_let_time_pass (self);
      g_assert_cmpuint (self->timer_ms, ==, 3 * 60 * 1000);
      scripted_server_answer_raw (self->server, CHANGES_ROUTE, idle);
      sync_world_let_time_pass (self);
      sync_world_expect_state (self, ROUNDS_SYNC_IDLE);
      g_assert_cmpint (rounds_sync_get_last_sync (self->sync), ==, SYNC_WORLD_NOW);
    }
  g_assert_cmpuint (scripted_server_count (self->server, "POST /api/auth/refresh"), ==, 0);
  g_assert_cmpstr (rounds_api_get_token (self->api), ==, "first-token");
}

#define ADD(name, capabilities, function)                                                          \
  g_test_add ("/Rounds/Sync/FirstSync/" name, SyncWorld *, capabilities, set_up, function,         \
              tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("near-days-first", RANGE, test_near_days_first);
  ADD ("near-days-once", RANGE, test_near_days_once);
  ADD ("near-days-refused", RANGE, test_near_days_refused);
  ADD ("near-days-fail", RANGE, test_near_days_fail);
  ADD ("without-range", "\"changes\"", test_without_range);
  ADD ("other-clock", "\"changes\"", test_other_clock);
  ADD ("progress", "\"changes\"", test_progress);
  return g_test_run ();
}
