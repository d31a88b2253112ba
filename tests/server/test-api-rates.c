/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who is told to wait (429) when he asks for too much, and that nobody else is.
 * How buckets fill is in test-core-rates.c, wrong passwords are in test-core-sign-in.c.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"

#include <string.h>

/* So slow that nothing comes back while a test runs. */
#define ACCOUNT_RATE 20
#define ADDRESS_RATE 20

static ApiWorld *world;
static gint64 next_network = 0;

/* Every test is at an address of its own. (transfer full) */
static char *
make_header (void)
{
  return g_strdup_printf ("X-Forwarded-For: 198.51.100.%" G_GINT64_FORMAT, ++next_network);
}

static void
assert_must_wait (ServerReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 429);
  g_assert_cmpstr (server_reply_get_code (reply), ==, "too_many_requests");
  const char *wait = server_reply_get_header (reply, "retry-after");
  g_assert_nonnull (wait);
  g_assert_cmpint (g_ascii_strtoll (wait, NULL, 10), >, 0);
  g_assert_cmpint (g_ascii_strtoll (wait, NULL, 10), <=, 3600);
}

static guint
get_status (const char *method, const char *path, const char *token, const char *header,
            const char *body)
{
  g_autoptr (ServerReply) reply
      = server_fixture_send_with (world->server, method, path, token, header, body);
  if (reply->status == 429)
    assert_must_wait (reply);
  return reply->status;
}

/* What is asked at @path by nobody, until it is refused. */
static void
use_up_address (const char *path, const char *token, const char *header, guint status)
{
  for (int i = 0; i < ADDRESS_RATE; i++)
    g_assert_cmpuint (get_status ("GET", path, token, header, NULL), ==, status);
  g_assert_cmpuint (get_status ("GET", path, token, header, NULL), ==, 429);
}

static char *
sign_in (const char *account, const char *header, gboolean refresh)
{
  g_autofree char *body
      = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"demo-password\",\"refresh\":%s}",
                         account, refresh ? "true" : "false");
  g_autoptr (ServerReply) reply
      = server_fixture_send_with (world->server, "POST", "/api/auth/login", NULL, header, body);
  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (
      api_text (server_reply_get_data (reply), refresh ? "refreshToken" : "accessToken"));
}

/* One account, whatever it asks for; all others, also from its address, go on. */
static void
test_account (void)
{
  g_autofree char *header = make_header ();
  g_autofree char *token = sign_in ("doctor2@example.org", header, FALSE);
  g_autofree char *again = sign_in ("doctor2@example.org", header, FALSE);
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
    guint status;
  } asked[] = {
    { "GET", "/api/users/me", NULL, 200 },
    { "GET", "/api/meetings/" API_UNKNOWN_ID, NULL, 404 },
    { "GET", "/api/reports/summary", NULL, 403 },
    { "POST", "/api/meetings", "no JSON", 400 },
  };

  /* The world has asked once already. */
  for (gsize i = 1; i < ACCOUNT_RATE; i++)
    {
      gsize row = i % G_N_ELEMENTS (asked);
      g_assert_cmpuint (
          get_status (asked[row].method, asked[row].path, token, header, asked[row].body), ==,
          asked[row].status);
    }
  for (gsize row = 0; row < G_N_ELEMENTS (asked); row++)
    g_assert_cmpuint (
        get_status (asked[row].method, asked[row].path, token, header, asked[row].body), ==, 429);
  /* Neither another session nor another address is another account. */
  g_autofree char *elsewhere = make_header ();
  g_assert_cmpuint (get_status ("GET", "/api/users/me", again, elsewhere, NULL), ==, 429);
  g_assert_cmpuint (get_status ("GET", "/api/users/me", world->tokens[DOCTOR], header, NULL), ==,
                    200);
}

/* A whole hospital may be behind an address: whatever strangers do there, its people work on. */
static void
test_address (void)
{
  g_autofree char *header = make_header ();
  g_autofree char *refresh = sign_in ("patient2@example.org", header, TRUE);
  g_autofree char *renewal = g_strdup_printf ("{\"refreshToken\":\"%s\"}", refresh);

  use_up_address ("/api", NULL, header, 200);
  g_assert_cmpuint (get_status ("GET", "/api/users/me", NULL, header, NULL), ==, 429);
  g_assert_cmpuint (get_status ("GET", "/nowhere", NULL, header, NULL), ==, 429);
  g_assert_cmpuint (get_status ("GET", "/api/users/me", "made-up", header, NULL), ==, 429);
  g_assert_cmpuint (
      get_status ("POST", "/api/auth/refresh", NULL, header, "{\"refreshToken\":\"made-up\"}"), ==,
      429);

  g_assert_cmpuint (get_status ("GET", "/api/users/me", world->tokens[DESK], header, NULL), ==,
                    200);
  g_assert_cmpuint (get_status ("POST", "/api/auth/refresh", NULL, header, renewal), ==, 200);
  g_autofree char *token = sign_in ("desk@example.org", header, FALSE);
  g_assert_nonnull (token);
  g_assert_cmpuint (get_status ("GET", "/healthz", NULL, header, NULL), ==, 200);
  g_assert_cmpuint (get_status ("GET", "/readyz", NULL, header, NULL), ==, 200);

  g_autofree char *elsewhere = make_header ();
  g_assert_cmpuint (get_status ("GET", "/api", NULL, elsewhere, NULL), ==, 200);
}

static void
test_strangers (void)
{
  static const struct
  {
    const char *path;
    const char *token;
    guint status;
  } rows[] = {
    { "/api/users/me", NULL, 401 },
    { "/api/users/me", "made-up", 401 },
    { "/nowhere", NULL, 404 },
    { "/calendar/made-up.ics", NULL, 404 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *header = make_header ();
      use_up_address (rows[i].path, rows[i].token, header, rows[i].status);
    }
}

/* Of IPv6 everybody has a whole network to himself. */
static void
test_network (void)
{
  for (int i = 0; i < ADDRESS_RATE; i++)
    {
      g_autofree char *header = g_strdup_printf ("X-Forwarded-For: 2001:db8:0:1::%x", i + 1);
      g_assert_cmpuint (get_status ("GET", "/api", NULL, header, NULL), ==, 200);
    }
  g_assert_cmpuint (get_status ("GET", "/api", NULL, "X-Forwarded-For: 2001:db8:0:1:ffff::7", NULL),
                    ==, 429);
  g_assert_cmpuint (get_status ("GET", "/api", NULL, "X-Forwarded-For: 2001:db8:0:2::1", NULL), ==,
                    200);
}

/* A request that waits for changes is one request, however often it is woken. */
static void
test_waiting (void)
{
  g_autoptr (ServerReply) first
      = api_expect (world, 200, DESK2, "GET", "/api/changes?limit=500", NULL);
  g_autofree char *request = g_strdup_printf (
      "GET /api/changes?since=%s&wait=55 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
      "Authorization: Bearer %s\r\n\r\n",
      api_text (server_reply_get_data (first), "cursor"), world->tokens[DESK2]);
  g_autofree char *hospital = api_path ("/api/hospitals/%s", world->other_hospital);
  g_autoptr (GError) error = NULL;

  for (guint n_before = 2; n_before < ACCOUNT_RATE - 2; n_before++)
    g_assert_cmpuint (get_status ("GET", "/api/users/me", world->tokens[DESK2], NULL, NULL), ==,
                      200);
  /* The last but one of the account: it waits, is woken and answered, and one is left. */
  g_autoptr (GSocketConnection) connection = server_fixture_connect (world->server);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_socket_condition_timed_wait (g_socket_connection_get_socket (connection),
                                                 G_IO_IN, 50 * G_TIME_SPAN_MILLISECOND, NULL,
                                                 NULL));
  g_autoptr (ServerReply) change
      = api_expect (world, 200, ADMIN, "PATCH", hospital, "{\"departments\":[\"Rates\"]}");
  g_autoptr (ServerReply) woken = server_reply_read (connection);
  g_assert_cmpuint (woken->status, ==, 200);
  g_assert_cmpuint (get_status ("GET", "/api/users/me", world->tokens[DESK2], NULL, NULL), ==, 200);
  g_assert_cmpuint (get_status ("GET", "/api/users/me", world->tokens[DESK2], NULL, NULL), ==, 429);
}

static void
test_metrics (void)
{
  g_autoptr (ServerReply) reply
      = server_fixture_send (world->server, "GET", "/metrics", NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  const char *account = strstr (reply->body, "\nrounds_rate_limited_total{of=\"account\"} ");
  const char *address = strstr (reply->body, "\nrounds_rate_limited_total{of=\"address\"} ");
  g_assert_nonnull (account);
  g_assert_nonnull (address);
  g_assert_cmpint (g_ascii_strtoll (strchr (account, '}') + 2, NULL, 10), >=, 5);
  g_assert_cmpint (g_ascii_strtoll (strchr (address, '}') + 2, NULL, 10), >=, 9);
}

int
main (int argc, char **argv)
{
  const char *environment[] = {
    "ROUNDS_TRUSTED_PROXIES=127.0.0.1",
    "ROUNDS_RATE_ACCOUNT=20/1h",
    "ROUNDS_RATE_ADDRESS=20/1h",
    NULL,
  };

  rounds_test_init (&argc, &argv);
  world = api_world_new_with (environment);
  g_test_add_func ("/Rounds/Server/ApiRates/account", test_account);
  g_test_add_func ("/Rounds/Server/ApiRates/address", test_address);
  g_test_add_func ("/Rounds/Server/ApiRates/strangers", test_strangers);
  g_test_add_func ("/Rounds/Server/ApiRates/network", test_network);
  g_test_add_func ("/Rounds/Server/ApiRates/waiting", test_waiting);
  g_test_add_func ("/Rounds/Server/ApiRates/metrics", test_metrics);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
