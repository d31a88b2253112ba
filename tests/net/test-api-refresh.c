/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens that end while calls are under way: refreshed once, kept before they are used.
 * Who may refresh is decided by the server and tested in tests/server.
 */

#include "config.h"

#include "rounds-api-private.h"
#include "rounds-test.h"
#include "samples.h"
#include "scripted-server.h"

#define ROUTE "GET /api/meetings/" SAMPLE_MEETING_ID
#define REFRESH "POST /api/auth/refresh"

typedef struct
{
  ScriptedServer *server;
  RoundsApi *api;
  GString *log; /* what happened, in order */
  guint n_unauthorized;
  DexPromise *keeping; /* what keeping waits for; NULL: at once */
  gboolean keeping_fails;
} Fixture;

static DexFuture *
keep (const char *access_token, const char *refresh_token, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->log, "keep %s %s;", access_token, refresh_token);
  if (fixture->keeping_fails)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The keyring is locked");
  if (fixture->keeping != NULL)
    return dex_ref (DEX_FUTURE (fixture->keeping));
  return dex_future_new_true ();
}

static void
count_unauthorized_cb (RoundsApi *api, gpointer data)
{
  ((Fixture *)data)->n_unauthorized++;
}

static void
script_refresh (Fixture *fixture, const char *access_token, const char *refresh_token)
{
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "accessToken", access_token);
  if (refresh_token != NULL)
    json_object_set_string_member (answer, "refreshToken", refresh_token);
  scripted_server_answer_data (fixture->server, REFRESH, answer);
}

/* The meeting for whoever shows "new"; a 401 for all others. */
static void
script_meeting (Fixture *fixture)
{
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);

  scripted_server_answer_data (fixture->server, ROUTE,
                               sample_one ("meeting", rounds_wire_meeting_to_json (meeting, NULL)));
  scripted_server_require_token (fixture->server, ROUTE, "new");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = scripted_server_new ();
  fixture->api = rounds_api_new (scripted_server_get_url (fixture->server), NULL);
  fixture->log = g_string_new (NULL);
  rounds_api_set_keep_func (fixture->api, keep, fixture, NULL);
  rounds_api_set_session (fixture->api, "old", "refresh-1");
  g_signal_connect (fixture->api, "unauthorized", G_CALLBACK (count_unauthorized_cb), fixture);
  script_meeting (fixture);
  script_refresh (fixture, "new", "refresh-2");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->api));
  g_clear_pointer (&fixture->server, scripted_server_free);
  g_string_free (g_steal_pointer (&fixture->log), TRUE);
  dex_clear (&fixture->keeping);
}

static DexFuture *
get_meeting (Fixture *fixture)
{
  return rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID);
}

static void
test_once_for_all (Fixture *fixture, gconstpointer data)
{
  DexFuture *calls[20];

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = get_meeting (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    rounds_test_expect (calls[i]);

  g_assert_cmpuint (scripted_server_count (fixture->server, REFRESH), ==, 1);
  g_assert_cmpuint (scripted_server_count (fixture->server, ROUTE), <=, 2 * G_N_ELEMENTS (calls));
  g_assert_cmpstr (fixture->log->str, ==, "keep new refresh-2;");
  g_assert_cmpstr (rounds_api_get_token (fixture->api), ==, "new");
  g_assert_cmpuint (fixture->n_unauthorized, ==, 0);

  /* The next time it is the new refresh token that is shown, and that the server lets stand. */
  script_refresh (fixture, "newer", NULL);
  scripted_server_require_token (fixture->server, ROUTE, "newer");
  rounds_test_expect (get_meeting (fixture));
  g_assert_true (g_str_has_suffix (fixture->log->str, ";keep newer refresh-2;"));
}

static gboolean
is_keeping (gpointer data)
{
  return ((Fixture *)data)->log->len > 0;
}

static void
test_kept_before_it_is_used (Fixture *fixture, gconstpointer data)
{
  DexFuture *call = get_meeting (fixture);

  fixture->keeping = dex_promise_new ();
  rounds_test_wait_until (is_keeping, fixture);
  rounds_test_drain ();
  g_assert_cmpuint (scripted_server_count (fixture->server, ROUTE), ==, 1);
  g_assert_cmpstr (rounds_api_get_token (fixture->api), ==, "old");

  dex_promise_resolve_boolean (fixture->keeping, TRUE);
  rounds_test_expect (call);
  g_assert_cmpuint (scripted_server_count (fixture->server, ROUTE), ==, 2);
}

static void
test_not_used_when_it_cannot_be_kept (Fixture *fixture, gconstpointer data)
{
  fixture->keeping_fails = TRUE;
  rounds_test_expect_error (get_meeting (fixture), G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpstr (rounds_api_get_token (fixture->api), ==, "old");
  g_assert_cmpuint (fixture->n_unauthorized, ==, 0);

  /* The old pair is good until the new one is used: the next call tries again. */
  fixture->keeping_fails = FALSE;
  script_refresh (fixture, "new", NULL);
  rounds_test_expect (get_meeting (fixture));
  g_assert_true (g_str_has_suffix (fixture->log->str, ";keep new refresh-1;"));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 400, 401, 403, 404, 422 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *token = g_strdup_printf ("old-%u", i);
      DexFuture *first;
      DexFuture *second;

      rounds_api_set_session (fixture->api, token, token);
      fixture->n_unauthorized = 0;
      scripted_server_refuse (fixture->server, REFRESH, statuses[i], "session_ended", "Over");
      first = get_meeting (fixture);
      second = get_meeting (fixture);
      rounds_test_expect_error (first, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
      rounds_test_expect_error (second, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
      g_assert_cmpuint (fixture->n_unauthorized, ==, 1);

      /* Known to be over: nobody asks for another. */
      rounds_test_expect_error (get_meeting (fixture), ROUNDS_NET_ERROR,
                                ROUNDS_NET_ERROR_UNAUTHORIZED);
      g_assert_cmpuint (scripted_server_count (fixture->server, REFRESH), ==, i + 1);
    }
  g_assert_cmpuint (fixture->log->len, ==, 0);
}

/* The server is not well: that says nothing about the session. */
static void
test_not_judged (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    RoundsNetError code;
  } cases[] = {
    { 429, ROUNDS_NET_ERROR_BUSY },
    { 500, ROUNDS_NET_ERROR_SERVER },
    { 503, ROUNDS_NET_ERROR_BUSY },
    { 302, ROUNDS_NET_ERROR_BAD_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      scripted_server_refuse (fixture->server, REFRESH, cases[i].status, "x", "Later");
      rounds_test_expect_error (get_meeting (fixture), ROUNDS_NET_ERROR, (int)cases[i].code);
    }
  scripted_server_answer_raw (fixture->server, REFRESH, "");
  rounds_test_expect_error (get_meeting (fixture), ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE);
  g_assert_cmpuint (fixture->n_unauthorized, ==, 0);

  script_refresh (fixture, "new", "refresh-2");
  rounds_test_expect (get_meeting (fixture));
}

static void
test_new_token_refused_too (Fixture *fixture, gconstpointer data)
{
  script_refresh (fixture, "of-no-use", "refresh-2");
  rounds_test_expect_error (get_meeting (fixture), ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (scripted_server_count (fixture->server, ROUTE), ==, 2);
  g_assert_cmpuint (scripted_server_count (fixture->server, REFRESH), ==, 1);
  g_assert_cmpuint (fixture->n_unauthorized, ==, 1);
}

static void
test_same_refresh_token (Fixture *fixture, gconstpointer data)
{
  script_refresh (fixture, "new", NULL);
  rounds_test_expect (get_meeting (fixture));
  g_assert_cmpstr (fixture->log->str, ==, "keep new refresh-1;");
}

/* Somebody signs out, or in as somebody else, while the server makes a pair for the old session. */
static void
test_another_session_meanwhile (Fixture *fixture, gconstpointer data)
{
  DexFuture *call = get_meeting (fixture);

  fixture->keeping = dex_promise_new ();
  rounds_test_wait_until (is_keeping, fixture);
  rounds_api_set_session (fixture->api, NULL, NULL);
  dex_promise_resolve_boolean (fixture->keeping, TRUE);
  rounds_test_expect_error (call, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_null (rounds_api_get_token (fixture->api));
}

static void
test_caller_gives_up (Fixture *fixture, gconstpointer data)
{
  DexFuture *patient = get_meeting (fixture);
  DexFuture *hasty = get_meeting (fixture);

  fixture->keeping = dex_promise_new ();
  rounds_test_wait_until (is_keeping, fixture);
  dex_unref (hasty);
  dex_promise_resolve_boolean (fixture->keeping, TRUE);
  rounds_test_expect (patient);
}

static void
test_sign_in_asks_for_it (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *info; /* NULL: there is no GET /api */
    gboolean asks;
  } cases[] = {
    { "{\"status\":\"success\",\"data\":{\"capabilities\":[\"changes\",\"auth.refresh\"]}}", TRUE },
    { "{\"status\":\"success\",\"data\":{\"capabilities\":[\"changes\",7]}}", FALSE },
    { "{\"status\":\"success\",\"data\":{\"capabilities\":\"auth.refresh\"}}", FALSE },
    { "Welcome", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      scripted_server_answer (fixture->server, "GET /api", cases[i].info != NULL ? 200 : 404,
                              "application/json", cases[i].info);
      rounds_test_expect_error (rounds_api_sign_in (fixture->api, "a@example.org", "secret"),
                                ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_NOT_FOUND);
      g_assert_cmpint (strstr (scripted_server_get_last_body (fixture->server), "\"refresh\":true")
                           != NULL,
                       ==, cases[i].asks);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Net/ApiRefresh/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("once-for-all", test_once_for_all);
  ADD ("kept-before-it-is-used", test_kept_before_it_is_used);
  ADD ("not-used-when-it-cannot-be-kept", test_not_used_when_it_cannot_be_kept);
  ADD ("refused", test_refused);
  ADD ("not-judged", test_not_judged);
  ADD ("new-token-refused-too", test_new_token_refused_too);
  ADD ("same-refresh-token", test_same_refresh_token);
  ADD ("another-session-meanwhile", test_another_session_meanwhile);
  ADD ("caller-gives-up", test_caller_gives_up);
  ADD ("sign-in-asks-for-it", test_sign_in_asks_for_it);
  return g_test_run ();
}
