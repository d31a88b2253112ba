/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in, out and being refused, against a real roundsd.
 * What the signed-in may see is in the test-api- files.
 */

#include "server-fixture.h"

#include "rounds-test.h"

#include <string.h>

#define LOGIN "/api/auth/login"
#define ME "/api/users/me"

static void
test_answer (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (ServerReply) reply
      = server_fixture_send (server, "POST", LOGIN, NULL,
                             "{\"email\":\"Doctor@Example.org\",\"password\":\"demo-password\"}");
  JsonObject *data = server_reply_get_data (reply);
  JsonObject *user = json_object_get_object_member (data, "user");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (strlen (json_object_get_string_member (data, "accessToken")), ==, 43);
  g_assert_cmpint (json_object_get_int_member (data, "expiresIn"), ==, 12 * 3600);
  g_assert_cmpstr (json_object_get_string_member (user, "role"), ==, "doctor");
  g_assert_cmpstr (json_object_get_string_member (user, "email"), ==, "doctor@example.org");
  g_assert_cmpstr (json_object_get_string_member (user, "id"), ==,
                   json_object_get_string_member (user, "_id"));
  g_assert_true (json_object_has_member (user, "hospital"));
  g_assert_cmpstr (server_reply_get_header (reply, "cache-control"), ==, "no-store");
}

/* The same words for every reason, so that nobody learns who has an account. */
static void
test_wrong_passwords (void)
{
  static const char *const bodies[] = {
    "{\"email\":\"doctor@example.org\",\"password\":\"demo-passwore\"}",
    "{\"email\":\"doctor@example.org\",\"password\":\"\"}",
    "{\"email\":\"nobody@example.org\",\"password\":\"demo-password\"}",
    "{\"email\":\"' OR 1=1 --\",\"password\":\"demo-password\"}",
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (ServerReply) reply = server_fixture_send (server, "POST", LOGIN, NULL, bodies[i]);
      g_assert_cmpuint (reply->status, ==, 401);
      g_assert_cmpstr (server_reply_get_code (reply), ==, "wrong_password");
      g_assert_nonnull (server_reply_get_header (reply, "www-authenticate"));
      if (first == NULL)
        first = g_strdup (reply->body);
      g_assert_cmpstr (reply->body, ==, first);
    }
}

static void
test_wrong_bodies (void)
{
  static const struct
  {
    const char *body;
    const char *field; /* NULL: not about a field */
  } rows[] = {
    { "", NULL },
    { "{", NULL },
    { "[]", NULL },
    { "null", NULL },
    { "\"doctor@example.org\"", NULL },
    { "{}", "email" },
    { "{\"email\":\"doctor@example.org\"}", "password" },
    { "{\"email\":7,\"password\":\"demo-password\"}", "email" },
    { "{\"email\":[\"doctor@example.org\"],\"password\":\"demo-password\"}", "email" },
    { "{\"email\":\"doctor@example.org\",\"password\":null}", "password" },
    { "{\"email\":\"doctor@example.org\",\"password\":{\"$ne\":1}}", "password" },
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerReply) reply
          = server_fixture_send (server, "POST", LOGIN, NULL, rows[i].body);
      g_assert_cmpuint (reply->status, ==, 400);
      g_assert_cmpstr (json_object_get_string_member (reply->json, "status"), ==, "fail");
      if (rows[i].field == NULL)
        continue;
      JsonArray *errors = json_object_get_array_member (reply->json, "errors");
      JsonObject *error = json_array_get_object_element (errors, 0);
      g_assert_cmpstr (json_object_get_string_member (error, "field"), ==, rows[i].field);
    }
}

static void
test_forged_tokens (void)
{
  static const char *const headers[] = {
    "",
    "Authorization: \r\n",
    "Authorization: Bearer\r\n",
    "Authorization: Bearer \r\n",
    "Authorization: Basic ZG9jdG9yOmRlbW8=\r\n",
    "Authorization: Bearer null\r\n",
    "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
    "Authorization: Bearer ' OR '1'='1\r\n",
    "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJkb2N0b3IifQ.\r\n",
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *request = g_strdup_printf (
          "GET " ME " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", headers[i]);
      g_autoptr (ServerReply) reply = server_fixture_send_raw (server, request, -1);
      g_assert_nonnull (reply);
      g_assert_cmpuint (reply->status, ==, 401);
      g_assert_nonnull (strstr (server_reply_get_header (reply, "www-authenticate"), "Bearer"));
      g_assert_cmpstr (json_object_get_string_member (reply->json, "status"), ==, "fail");
    }
}

static void
test_changed_token (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autoptr (ServerReply) good = server_fixture_send (server, "GET", ME, token, NULL);
  g_assert_cmpuint (good->status, ==, 200);

  token[10] = token[10] == 'A' ? 'B' : 'A';
  g_autoptr (ServerReply) bad = server_fixture_send (server, "GET", ME, token, NULL);
  g_assert_cmpuint (bad->status, ==, 401);
  g_assert_cmpstr (server_reply_get_code (bad), ==, "session_ended");
}

static void
test_sign_out (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autofree char *other = server_fixture_sign_in (server, "doctor@example.org");
  g_autoptr (ServerReply) out
      = server_fixture_send (server, "POST", "/api/auth/logout", token, NULL);
  g_autoptr (ServerReply) after = server_fixture_send (server, "GET", ME, token, NULL);
  g_autoptr (ServerReply) elsewhere = server_fixture_send (server, "GET", ME, other, NULL);

  g_assert_cmpuint (out->status, ==, 200);
  g_assert_cmpuint (after->status, ==, 401);
  g_assert_cmpuint (elsewhere->status, ==, 200);
}

/* Ten wrong ones, then not even the right one; the other accounts go on. */
static void
test_too_many_tries (void)
{
  const char *wrong = "{\"email\":\"doctor@example.org\",\"password\":\"not the password\"}";
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (ServerReply) reply = server_fixture_send (server, "POST", LOGIN, NULL, wrong);
      g_assert_cmpuint (reply->status, ==, 401);
    }
  g_autoptr (ServerReply) right
      = server_fixture_send (server, "POST", LOGIN, NULL,
                             "{\"email\":\"DOCTOR@example.org\",\"password\":\"demo-password\"}");
  g_assert_cmpuint (right->status, ==, 429);
  guint64 wait = g_ascii_strtoull (server_reply_get_header (right, "retry-after"), NULL, 10);
  g_assert_cmpuint (wait, >, 0);
  g_assert_cmpuint (wait, <=, 15 * 60);
  g_autofree char *token = server_fixture_sign_in (server, "doctor2@example.org");
  g_assert_nonnull (token);
}

static guint
sign_in_with (ServerFixture *server, const char *program, const char *password)
{
  g_autofree char *header = g_strdup_printf ("User-Agent: %s", program);
  g_autofree char *body
      = g_strdup_printf ("{\"email\":\"doctor@example.org\",\"password\":\"%s\"}", password);
  g_autoptr (ServerReply) reply
      = server_fixture_send_with (server, "POST", LOGIN, NULL, header, body);

  return reply->status;
}

/* Whoever has signed in from here with this program is not locked out by what others guess, from
 * the same address too; but has no more guesses than they have. */
static void
test_known_place (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();

  g_assert_cmpuint (sign_in_with (server, "HerBrowser/1.0", "demo-password"), ==, 200);
  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (sign_in_with (server, "Robber/1.0", "guess"), ==, 401);
  g_assert_cmpuint (sign_in_with (server, "Robber/1.0", "demo-password"), ==, 429);
  /* An update is not another place, neither for her nor for who guesses from it. */
  g_assert_cmpuint (sign_in_with (server, "HerBrowser/1.0", "demo-password"), ==, 200);
  g_assert_cmpuint (sign_in_with (server, "HerBrowser/2.13", "demo-password"), ==, 200);
  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (
        sign_in_with (server, i % 2 == 0 ? "HerBrowser/1.0" : "HerBrowser/3.1", "guess"), ==, 401);
  g_assert_cmpuint (sign_in_with (server, "HerBrowser/1.0", "demo-password"), ==, 429);
}

/* The token is good for nothing to who reads the files or the log. */
static void
test_token_is_kept_nowhere (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autoptr (ServerReply) me = server_fixture_send (server, "GET", ME "?jwt=x", token, NULL);
  g_assert_cmpuint (me->status, ==, 200);

  g_autoptr (GDir) dir = g_dir_open (server_fixture_get_data_dir (server), 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (server_fixture_get_data_dir (server), name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_null (memmem (bytes, length, token, strlen (token)));
      g_assert_null (memmem (bytes, length, "demo-password", strlen ("demo-password")));
    }
  /* All of the log, lines that wait for others included. */
  server_fixture_stop (server);
  g_autofree char *log = server_fixture_dup_log (server);
  g_assert_nonnull (strstr (log, "GET /api/users/me 200"));
  g_assert_null (strstr (log, "jwt"));
  g_assert_null (strstr (log, "doctor"));
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/SignIn/answer", test_answer);
  g_test_add_func ("/Rounds/Server/SignIn/wrong-passwords", test_wrong_passwords);
  g_test_add_func ("/Rounds/Server/SignIn/wrong-bodies", test_wrong_bodies);
  g_test_add_func ("/Rounds/Server/SignIn/forged-tokens", test_forged_tokens);
  g_test_add_func ("/Rounds/Server/SignIn/changed-token", test_changed_token);
  g_test_add_func ("/Rounds/Server/SignIn/sign-out", test_sign_out);
  g_test_add_func ("/Rounds/Server/SignIn/too-many-tries", test_too_many_tries);
  g_test_add_func ("/Rounds/Server/SignIn/known-place", test_known_place);
  g_test_add_func ("/Rounds/Server/SignIn/token-is-kept-nowhere", test_token_is_kept_nowhere);
  return g_test_run ();
}
