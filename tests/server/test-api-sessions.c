/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Sessions as a client has them: renewed, listed, ended, and a changed password.
 * What a reused refresh token does in every order is in test-core-refresh.c.
 */

#include "config.h"

#include "rounds-test.h"
#include "server-fixture.h"

#include <string.h>

#define LOGIN "/api/auth/login"
#define REFRESH "/api/auth/refresh"
#define SESSIONS "/api/auth/sessions"
#define ME "/api/users/me"

#define NEW_PASSWORD "another-password"

static ServerFixture *server;

static guint
get_status (const char *method, const char *path, const char *token, const char *body)
{
  g_autoptr (ServerReply) reply = server_fixture_send (server, method, path, token, body);
  return reply->status;
}

static ServerReply *
log_in (const char *account, const char *password)
{
  g_autofree char *body = g_strdup_printf (
      "{\"email\":\"%s@example.org\",\"password\":\"%s\",\"refresh\":true}", account, password);
  return server_fixture_send (server, "POST", LOGIN, NULL, body);
}

static ServerReply *
refresh (const char *token)
{
  g_autofree char *body = g_strdup_printf ("{\"refreshToken\":\"%s\"}", token);
  return server_fixture_send (server, "POST", REFRESH, NULL, body);
}

static const char *
get_text (ServerReply *reply, const char *member)
{
  return json_object_get_string_member (server_reply_get_data (reply), member);
}

static void
test_answer (void)
{
  g_autoptr (ServerReply) login = log_in ("doctor", "demo-password");
  g_assert_cmpuint (login->status, ==, 200);
  JsonObject *data = server_reply_get_data (login);
  g_assert_cmpint (json_object_get_int_member (data, "expiresIn"), ==, 15 * 60);
  g_assert_cmpuint (strlen (get_text (login, "refreshToken")), ==, 43);

  g_autoptr (ServerReply) next = refresh (get_text (login, "refreshToken"));
  g_assert_cmpuint (next->status, ==, 200);
  data = server_reply_get_data (next);
  g_assert_cmpint (json_object_get_int_member (data, "expiresIn"), ==, 15 * 60);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (data, "user"), "email"), ==,
      "doctor@example.org");
  g_assert_cmpstr (get_text (next, "accessToken"), !=, get_text (login, "accessToken"));
  g_assert_cmpuint (get_status ("GET", ME, get_text (next, "accessToken"), NULL), ==, 200);
  /* A refresh token opens nothing by itself. */
  g_assert_cmpuint (get_status ("GET", ME, get_text (next, "refreshToken"), NULL), ==, 401);

  g_autoptr (ServerReply) reused = refresh (get_text (login, "refreshToken"));
  g_assert_cmpuint (reused->status, ==, 401);
  g_assert_cmpstr (server_reply_get_code (reused), ==, "session_ended");
  g_assert_cmpuint (get_status ("GET", ME, get_text (next, "accessToken"), NULL), ==, 401);
}

/* A client that does not ask for it gets what it always got. */
static void
test_not_asked_for (void)
{
  static const char *const bodies[] = {
    "{\"email\":\"desk@example.org\",\"password\":\"demo-password\"}",
    "{\"email\":\"desk@example.org\",\"password\":\"demo-password\",\"refresh\":false}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (ServerReply) reply = server_fixture_send (server, "POST", LOGIN, NULL, bodies[i]);
      JsonObject *data = server_reply_get_data (reply);
      g_assert_cmpint (json_object_get_int_member (data, "expiresIn"), ==, 12 * 3600);
      g_assert_false (json_object_has_member (data, "refreshToken"));
    }
  g_assert_cmpuint (get_status ("POST", LOGIN, NULL,
                                "{\"email\":\"desk@example.org\",\"password\":\"demo-password\","
                                "\"refresh\":\"yes\"}"),
                    ==, 400);
}

static void
test_bad_refreshes (void)
{
  static const struct
  {
    const char *body;
    guint status;
  } rows[] = {
    { "", 400 },
    { "{}", 400 },
    { "{\"refreshToken\":7}", 400 },
    { "{\"refreshToken\":\"\"}", 401 },
    { "{\"refreshToken\":\"x\"}", 401 },
    { "{\"refreshToken\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", 401 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].body);
      g_assert_cmpuint (get_status ("POST", REFRESH, NULL, rows[i].body), ==, rows[i].status);
    }
}

/* The session that is the caller's own. */
static JsonObject *
find_current (ServerReply *reply, guint *n_sessions)
{
  JsonArray *array = json_object_get_array_member (server_reply_get_data (reply), "sessions");
  JsonObject *current = NULL;

  *n_sessions = json_array_get_length (array);
  for (guint i = 0; i < *n_sessions; i++)
    {
      JsonObject *session = json_array_get_object_element (array, i);
      if (!json_object_get_boolean_member (session, "current"))
        continue;
      g_assert_null (current);
      current = session;
    }
  g_assert_nonnull (current);
  return current;
}

static void
test_list_and_end (void)
{
  guint n_sessions = 0;
  g_autoptr (ServerReply) here = log_in ("doctor2", "demo-password");
  g_autoptr (ServerReply) there = log_in ("doctor2", "demo-password");
  g_autoptr (ServerReply) third = log_in ("doctor2", "demo-password");
  g_autoptr (ServerReply) other = log_in ("admin", "demo-password");
  const char *token = get_text (here, "accessToken");
  g_autoptr (ServerReply) list
      = server_fixture_send (server, "GET", SESSIONS, get_text (there, "accessToken"), NULL);
  JsonObject *current = find_current (list, &n_sessions);
  g_autofree char *path
      = g_strconcat (SESSIONS "/", json_object_get_string_member (current, "id"), NULL);

  g_assert_cmpuint (n_sessions, ==, 3);
  g_assert_cmpstr (json_object_get_string_member (current, "address"), ==, "127.0.0.1");
  g_assert_null (strstr (list->body, get_text (there, "accessToken")));
  /* Nobody ends somebody else's, not even an admin. */
  g_assert_cmpuint (get_status ("DELETE", path, get_text (other, "accessToken"), NULL), ==, 404);
  g_assert_cmpuint (get_status ("DELETE", path, token, NULL), ==, 200);
  g_assert_cmpuint (get_status ("DELETE", path, token, NULL), ==, 404);
  g_assert_cmpuint (get_status ("DELETE", SESSIONS "/x", token, NULL), ==, 404);
  g_assert_cmpuint (get_status ("GET", ME, get_text (there, "accessToken"), NULL), ==, 401);
  g_assert_cmpuint (get_status ("GET", ME, get_text (third, "accessToken"), NULL), ==, 200);

  g_autoptr (ServerReply) ended = server_fixture_send (server, "DELETE", SESSIONS, token, NULL);
  g_assert_cmpint (json_object_get_int_member (server_reply_get_data (ended), "ended"), ==, 1);
  g_assert_cmpuint (get_status ("GET", ME, get_text (third, "accessToken"), NULL), ==, 401);
  g_autoptr (ServerReply) refused = refresh (get_text (third, "refreshToken"));
  g_assert_cmpuint (refused->status, ==, 401);
  g_assert_cmpuint (get_status ("GET", ME, token, NULL), ==, 200);
  g_assert_cmpuint (get_status ("GET", ME, get_text (other, "accessToken"), NULL), ==, 200);
}

/* The refresh token goes with the session. */
static void
test_log_out (void)
{
  g_autoptr (ServerReply) login = log_in ("patient2", "demo-password");
  g_assert_cmpuint (get_status ("POST", "/api/auth/logout", get_text (login, "accessToken"), NULL),
                    ==, 200);
  g_autoptr (ServerReply) refused = refresh (get_text (login, "refreshToken"));
  g_assert_cmpuint (refused->status, ==, 401);
}

static void
test_change_password (void)
{
  g_autoptr (ServerReply) here = log_in ("patient", "demo-password");
  g_autoptr (ServerReply) there = log_in ("patient", "demo-password");
  const char *token = get_text (here, "accessToken");
  g_autoptr (ServerReply) wrong = server_fixture_send (
      server, "PATCH", ME, token,
      "{\"currentPassword\":\"not the password\",\"newPassword\":\"" NEW_PASSWORD "\"}");
  g_autoptr (ServerReply) weak
      = server_fixture_send (server, "PATCH", ME, token,
                             "{\"currentPassword\":\"demo-password\",\"newPassword\":\"short\"}");

  g_assert_cmpuint (wrong->status, ==, 403);
  g_assert_cmpstr (server_reply_get_code (wrong), ==, "wrong_password");
  g_assert_cmpuint (weak->status, ==, 400);
  g_assert_cmpuint (get_status ("GET", ME, get_text (there, "accessToken"), NULL), ==, 200);

  g_assert_cmpuint (get_status ("PATCH", ME, token,
                                "{\"currentPassword\":\"demo-password\","
                                "\"newPassword\":\"" NEW_PASSWORD "\"}"),
                    ==, 200);
  g_assert_cmpuint (get_status ("GET", ME, token, NULL), ==, 200);
  g_assert_cmpuint (get_status ("GET", ME, get_text (there, "accessToken"), NULL), ==, 401);
  g_autoptr (ServerReply) old = log_in ("patient", "demo-password");
  g_autoptr (ServerReply) new = log_in ("patient", NEW_PASSWORD);
  g_assert_cmpuint (old->status, ==, 401);
  g_assert_cmpuint (new->status, ==, 200);
}

/* Who found an open session cannot try passwords there without end. */
static void
test_guessing_stops (void)
{
  g_autofree char *token = server_fixture_sign_in (server, "desk2@example.org");
  const char *body = "{\"currentPassword\":\"guess\",\"newPassword\":\"" NEW_PASSWORD "\"}";

  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (get_status ("PATCH", ME, token, body), ==, 403);
  g_assert_cmpuint (get_status ("PATCH", ME, token, body), ==, 429);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  server = server_fixture_new ();
  g_test_add_func ("/Rounds/Server/ApiSessions/answer", test_answer);
  g_test_add_func ("/Rounds/Server/ApiSessions/not-asked-for", test_not_asked_for);
  g_test_add_func ("/Rounds/Server/ApiSessions/bad-refreshes", test_bad_refreshes);
  g_test_add_func ("/Rounds/Server/ApiSessions/list-and-end", test_list_and_end);
  g_test_add_func ("/Rounds/Server/ApiSessions/log-out", test_log_out);
  g_test_add_func ("/Rounds/Server/ApiSessions/change-password", test_change_password);
  g_test_add_func ("/Rounds/Server/ApiSessions/guessing-stops", test_guessing_stops);
  int result = g_test_run ();
  server_fixture_free (server);
  return result;
}
