/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The WebSocket of the client on a scripted server: hello, news, the end, and servers that are
 * none. When it is opened again is tested in tests/sync.
 */

#include "config.h"

#include "rounds-api-private.h"
#include "rounds-events.h"
#include "rounds-test.h"
#include "scripted-events.h"

typedef struct
{
  ScriptedServer *server;
  ScriptedEvents *there;
  RoundsApi *api;
  RoundsEvents *events;
  guint n_opened;
  guint n_news;
  guint n_ended;
  GError *end;
} Fixture;

static void
opened_cb (RoundsEvents *events, Fixture *self)
{
  self->n_opened++;
}

static void
news_cb (RoundsEvents *events, Fixture *self)
{
  self->n_news++;
}

static void
ended_cb (RoundsEvents *events, const GError *error, Fixture *self)
{
  self->n_ended++;
  g_clear_error (&self->end);
  self->end = g_error_copy (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = scripted_server_new ();
  self->api = rounds_api_new (scripted_server_get_url (self->server), NULL);
  rounds_api_set_token (self->api, "a-token");
  self->events = rounds_events_new (self->api);
  g_signal_connect (self->events, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (self->events, "news", G_CALLBACK (news_cb), self);
  g_signal_connect (self->events, "ended", G_CALLBACK (ended_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  rounds_events_close (self->events);
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&self->events));
  g_clear_object (&self->api);
  g_clear_error (&self->end);
  g_clear_pointer (&self->there, scripted_events_free);
  g_clear_pointer (&self->server, scripted_server_free);
}

static gboolean
has_opened (gpointer data)
{
  return ((Fixture *)data)->n_opened > 0;
}

static gboolean
has_news (gpointer data)
{
  return ((Fixture *)data)->n_news > 0;
}

static gboolean
has_ended (gpointer data)
{
  return ((Fixture *)data)->n_ended > 0;
}

static void
open_socket (Fixture *self)
{
  self->there = scripted_events_new (self->server);
  rounds_events_open (self->events, "a cursor/&");
  rounds_test_wait_until (has_opened, self);
}

static void
test_news (Fixture *self, gconstpointer data)
{
  open_socket (self);
  g_assert_cmpstr (scripted_events_get_last_since (self->there), ==, "a cursor/&");
  g_assert_cmpstr (scripted_events_get_last_authorization (self->there), ==, "Bearer a-token");

  /* What it does not know it passes over. */
  scripted_events_say (self->there, "{\"type\":\"of a newer server\"}");
  scripted_events_say (self->there, SCRIPTED_NEWS);
  rounds_test_wait_until (has_news, self);
  g_assert_cmpuint (self->n_opened, ==, 1);
  g_assert_cmpuint (self->n_news, ==, 1);
  g_assert_cmpuint (self->n_ended, ==, 0);
}

static gboolean
nobody_is_there (gpointer data)
{
  return scripted_events_count_open (data) == 0;
}

static void
test_closed (Fixture *self, gconstpointer data)
{
  open_socket (self);
  rounds_events_close (self->events);
  rounds_test_wait_until (nobody_is_there, self->there);
  g_assert_cmpuint (self->n_ended, ==, 0);
}

static void
expect_end (Fixture *self, int code)
{
  rounds_test_wait_until (has_ended, self);
  g_assert_error (self->end, ROUNDS_NET_ERROR, code);
  rounds_test_drain ();
  g_assert_cmpuint (self->n_ended, ==, 1);
}

static const struct
{
  const char *name;
  guint16 code;
  int error;
} ENDS[] = {
  { "stopped", 1001, ROUNDS_NET_ERROR_UNREACHABLE },
  { "too-slow", 1013, ROUNDS_NET_ERROR_UNREACHABLE },
  { "session-ended", 4401, ROUNDS_NET_ERROR_UNAUTHORIZED },
  { "person-changed", 4403, ROUNDS_NET_ERROR_UNREACHABLE },
};

static void
test_end (Fixture *self, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  open_socket (self);
  scripted_events_hang_up (self->there, ENDS[i].code);
  expect_end (self, ENDS[i].error);
}

static void
test_cut (Fixture *self, gconstpointer data)
{
  open_socket (self);
  scripted_server_stop (self->server);
  g_clear_pointer (&self->there, scripted_events_free);
  expect_end (self, ROUNDS_NET_ERROR_UNREACHABLE);
}

static void
test_garbage (Fixture *self, gconstpointer data)
{
  open_socket (self);
  scripted_events_say (self->there, data);
  expect_end (self, ROUNDS_NET_ERROR_BAD_ANSWER);
}

static const struct
{
  const char *name;
  guint status;
  int error;
} REFUSALS[] = {
  { "signed-out", 401, ROUNDS_NET_ERROR_UNAUTHORIZED },
  { "unknown", 404, ROUNDS_NET_ERROR_NOT_FOUND },
  { "too-many", 503, ROUNDS_NET_ERROR_BUSY },
  { "no-socket", 200, ROUNDS_NET_ERROR_BAD_ANSWER },
};

static void
test_refused (Fixture *self, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  scripted_server_answer (self->server, "GET /api/events", REFUSALS[i].status, "application/json",
                          "{}");
  rounds_events_open (self->events, NULL);
  expect_end (self, REFUSALS[i].error);
  g_assert_cmpuint (self->n_opened, ==, 0);
}

/* Security: the token is for nobody else. */
static void
test_redirected (Fixture *self, gconstpointer data)
{
  scripted_server_answer (self->server, "GET /api/events", 307, NULL, NULL);
  scripted_server_add_header (self->server, "GET /api/events", "Location", "/elsewhere");
  rounds_events_open (self->events, NULL);
  expect_end (self, ROUNDS_NET_ERROR_BAD_ANSWER);
  g_assert_cmpuint (scripted_server_count (self->server, "GET /elsewhere"), ==, 0);
}

/* A proxy that takes the connection and says nothing, and one that passes the handshake on only. */
static void
test_silent (Fixture *self, gconstpointer data)
{
  if (data != NULL)
    {
      self->there = scripted_events_new (self->server);
      scripted_events_set_greeting (self->there, NULL);
    }
  else
    scripted_server_hold_back (self->server, "GET /api/events");
  rounds_events_set_deadline (self->events, 50);
  rounds_events_open (self->events, NULL);
  expect_end (self, ROUNDS_NET_ERROR_UNREACHABLE);
}

static void
test_opened_again (Fixture *self, gconstpointer data)
{
  open_socket (self);
  scripted_events_hang_up (self->there, 1001);
  rounds_test_wait_until (has_ended, self);
  self->n_opened = 0;
  rounds_events_open (self->events, NULL);
  rounds_test_wait_until (has_opened, self);
  g_assert_cmpuint (scripted_events_count (self->there), ==, 2);
  g_assert_null (scripted_events_get_last_since (self->there));
}

static void
test_given_up (Fixture *self, gconstpointer data)
{
  self->there = scripted_events_new (self->server);
  rounds_events_open (self->events, NULL);
  rounds_events_close (self->events);
  rounds_test_drain ();
  rounds_events_open (self->events, "first");
  rounds_events_open (self->events, "second");
  rounds_test_wait_until (has_opened, self);
  g_assert_cmpstr (scripted_events_get_last_since (self->there), ==, "second");
  g_assert_cmpuint (self->n_opened, ==, 1);
  g_assert_cmpuint (self->n_ended, ==, 0);
}

static void
add (const char *path, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/Rounds/Net/Events/", path, NULL);

  g_test_add (full, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  add ("news", NULL, test_news);
  add ("closed", NULL, test_closed);
  for (gsize i = 0; i < G_N_ELEMENTS (ENDS); i++)
    {
      g_autofree char *path = g_strconcat ("end/", ENDS[i].name, NULL);

      add (path, GSIZE_TO_POINTER (i), test_end);
    }
  add ("end/cut", NULL, test_cut);
  add ("garbage/no-json", "guests", test_garbage);
  add ("garbage/no-type", "{\"cursor\":\"c\"}", test_garbage);
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autofree char *path = g_strconcat ("refused/", REFUSALS[i].name, NULL);

      add (path, GSIZE_TO_POINTER (i), test_refused);
    }
  add ("refused/redirected", NULL, test_redirected);
  add ("silent/before-the-handshake", NULL, test_silent);
  add ("silent/after-the-handshake", "after", test_silent);
  add ("opened-again", NULL, test_opened_again);
  add ("given-up", NULL, test_given_up);
  return g_test_run ();
}
