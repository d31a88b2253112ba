/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Everything that HTTP clients get wrong, by accident or on purpose, against a real roundsd.
 * After each the server has to answer as if nothing had been.
 */

#include "server-fixture.h"

#include "rounds-test.h"

#include <string.h>

#define LOGIN "/api/auth/login"
#define ME "/api/users/me"
#define ALLOWED_ORIGIN "https://portal.example.org"

static void
assert_fail (ServerReply *reply, guint status)
{
  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_nonnull (reply->json);
  g_assert_cmpstr (json_object_get_string_member (reply->json, "status"), ==,
                   status < 500 ? "fail" : "error");
  g_assert_true (json_object_has_member (reply->json, "message"));
  g_assert_true (
      g_str_has_prefix (server_reply_get_header (reply, "content-type"), "application/json"));
}

static void
assert_alive (ServerFixture *server)
{
  g_autoptr (ServerReply) reply = server_fixture_send (server, "GET", "/healthz", NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_unknown_addresses (void)
{
  static const struct
  {
    const char *target;
    guint status;
  } rows[] = {
    { "/", 404 },
    { "/api/nothing", 404 },
    { "/api//users/me", 404 },
    { "/api/users/me/", 401 },
    { "/api/users/me/more", 404 },
    { "/API/users/me", 404 },
    { "/api/users/%6de", 401 },
    { "/api/users/..%2fme", 401 }, /* one parameter with a slash in it, not a way up */
    { "/api/users/../me", 404 },
    { "/../../../etc/passwd", 404 },
    { "/api/meetings/%00", 404 },
    { "/api/meetings/%", 404 },
    { "/api/meetings/%zz", 404 },
    { "/api/meetings/%ff%fe", 404 },
    { "/api/meetings/x?a=%", 401 },
    { "http://elsewhere.example.org/api/users/me", 401 },
    { "http://elsewhere.example.org", 400 },
    { "*", 400 },
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].target);
      g_autoptr (ServerReply) reply
          = server_fixture_send (server, "GET", rows[i].target, NULL, NULL);
      assert_fail (reply, rows[i].status);
    }
}

static void
test_long_addresses (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *filler = g_strnfill (5000, 'a');
  g_autofree char *path = g_strconcat ("/api/meetings/", filler, NULL);
  g_autoptr (ServerReply) reply = server_fixture_send (server, "GET", path, NULL, NULL);
  assert_fail (reply, 414);

  /* Past what a connection may take at all the library answers in its own words. */
  g_autofree char *more = g_strnfill (100000, 'a');
  g_autofree char *head = g_strconcat ("GET / HTTP/1.1\r\nHost: x\r\nX-Filler: ", more,
                                       "\r\nConnection: close\r\n\r\n", NULL);
  g_autoptr (ServerReply) refused = server_fixture_send_raw (server, head, -1);
  g_assert_true (refused == NULL || (refused->status >= 400 && refused->status < 500));
  assert_alive (server);
}

static void
test_wrong_methods (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *allow;
  } rows[] = {
    { "DELETE", ME, "GET, HEAD, PATCH" },
    { "GET", LOGIN, "POST" },
    { "HEAD", LOGIN, "POST" },
    { "OPTIONS", LOGIN, "POST" },
    { "BREW", LOGIN, "POST" },
    { "get", ME, "GET, HEAD, PATCH" },
    { "PUT", "/api/meetings/65a400010000000000000001", "GET, HEAD, PATCH, DELETE" },
    { "TRACE", "/healthz", "GET, HEAD" },
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerReply) reply
          = server_fixture_send (server, rows[i].method, rows[i].path, NULL, NULL);
      g_assert_cmpuint (reply->status, ==, 405);
      g_assert_cmpstr (server_reply_get_header (reply, "allow"), ==, rows[i].allow);
      if (!g_str_equal (rows[i].method, "HEAD"))
        assert_fail (reply, 405);
    }
}

static void
test_head (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (ServerReply) get = server_fixture_send (server, "GET", "/api", NULL, NULL);
  g_autoptr (ServerReply) head = server_fixture_send (server, "HEAD", "/api", NULL, NULL);

  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (head->body, ==, "");
  g_assert_cmpstr (server_reply_get_header (head, "content-length"), ==,
                   server_reply_get_header (get, "content-length"));
}

static ServerReply *
post_login_as (ServerFixture *server, const char *content_type)
{
  const char *body = "{\"email\":\"doctor@example.org\",\"password\":\"demo-password\"}";
  g_autofree char *request = g_strdup_printf (
      "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s%s%s"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      content_type != NULL ? "Content-Type: " : "", content_type != NULL ? content_type : "",
      content_type != NULL ? "\r\n" : "", strlen (body), body);
  return server_fixture_send_raw (server, request, -1);
}

static void
test_content_types (void)
{
  static const struct
  {
    const char *type;
    guint status;
  } rows[] = {
    { "application/json", 200 },
    { "application/json; charset=utf-8", 200 },
    { "Application/JSON ;charset=\"UTF-8\"", 200 },
    { "application/json; charset=iso-8859-1", 415 },
    { "application/jsonp", 415 },
    { "text/plain", 415 },
    { "application/x-www-form-urlencoded", 415 },
    { "multipart/form-data; boundary=x", 415 },
    { "", 415 },
    { NULL, 415 },
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerReply) reply = post_login_as (server, rows[i].type);
      g_assert_nonnull (reply);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
    }
}

/* The position helps; what stands there might be a password. */
static void
test_malformed_json_is_not_echoed (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (ServerReply) reply = server_fixture_send (
      server, "POST", LOGIN, NULL, "{\"email\":\"doctor@example.org\",\n\"password\":topsecret}");
  assert_fail (reply, 400);
  g_assert_null (strstr (reply->body, "topsecret"));
  g_assert_null (strstr (reply->body, "doctor"));
  g_assert_nonnull (strpbrk (json_object_get_string_member (reply->json, "message"), "0123456789"));
}

static void
test_deep_json (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autofree char *opening = g_strnfill (60000, '[');
  g_autofree char *body = g_strconcat ("{\"title\":", opening, NULL);
  g_autoptr (ServerReply) reply
      = server_fixture_send (server, "POST", "/api/meetings", token, body);
  assert_fail (reply, 400);
  assert_alive (server);
}

/* Large bodies */

#define MEGABYTES(n) ((gsize)(n) * 1024 * 1024)

static gsize
read_peak_memory (ServerFixture *server)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", server_fixture_get_pid (server));
  g_autofree char *status = NULL;
  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  const char *line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

static ServerReply *
post_filler (ServerFixture *server, const char *path, const char *extra, gsize length)
{
  g_autoptr (GString) request = g_string_new (NULL);
  g_string_printf (request,
                   "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s"
                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   path, extra, length);
  gsize head = request->len;
  g_string_set_size (request, head + length);
  memset (request->str + head, ' ', length);
  return server_fixture_send_raw (server, request->str, (gssize)request->len);
}

static void
test_large_bodies (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autofree char *bearer = g_strdup_printf ("Authorization: Bearer %s\r\n", token);
  gsize before = read_peak_memory (server);

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (ServerReply) reply = post_filler (server, LOGIN, "", MEGABYTES (10));
      assert_fail (reply, 413);
      /* Who asks comes before what is asked. */
      g_autoptr (ServerReply) stranger = post_filler (server, "/api/meetings", "", MEGABYTES (10));
      assert_fail (stranger, 401);
      g_autoptr (ServerReply) meeting
          = post_filler (server, "/api/meetings", bearer, MEGABYTES (10));
      assert_fail (meeting, 413);
      g_autoptr (ServerReply) nowhere = post_filler (server, "/nowhere", "", MEGABYTES (10));
      assert_fail (nowhere, 404);
    }
  g_assert_cmpuint (read_peak_memory (server), <, before + MEGABYTES (8));
}

/* With Expect the refusal comes before the body is sent at all. */
static void
test_large_body_announced (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  static const char *const heads[] = {
    "Content-Length: 10485760\r\nExpect: 100-continue\r\n",
    "Content-Length: 99999999999\r\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *request = g_strdup_printf (
          "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n",
          heads[i]);
      g_autoptr (ServerReply) reply = server_fixture_send_raw (server, request, -1);
      assert_fail (reply, 413);
    }
  assert_alive (server);
}

static void
test_chunked_bodies (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  const char *head = "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                     "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
  g_autofree char *small = g_strconcat (
      head,
      "1d\r\n{\"email\":\"doctor@example.org\"\r\n1d\r\n,\"password\":\"demo-password\"} \r\n"
      "0\r\n\r\n",
      NULL);
  g_autoptr (ServerReply) good = server_fixture_send_raw (server, small, -1);
  g_assert_nonnull (good);
  g_assert_cmpuint (good->status, ==, 200);

  g_autofree char *filler = g_strnfill (0x2000, ' ');
  g_autofree char *large
      = g_strconcat (head, "2000\r\n", filler, "\r\n2000\r\n", filler, "\r\n0\r\n\r\n", NULL);
  g_autoptr (ServerReply) refused = server_fixture_send_raw (server, large, -1);
  assert_fail (refused, 413);
}

/* What is hardly HTTP */

/* Sends @bytes and says that nothing more will come. */
static ServerReply *
send_and_end (ServerFixture *server, const char *bytes, gsize length)
{
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  return server_reply_read (connection);
}

/* A proxy that goes by the other length takes for a body what would be a request here, of whoever
 * comes next through the same connection. */
static void
test_repeated_headers (void)
{
  static const char *const heads[][2] = {
    { "Content-Length", "Content-Length: 0\r\nContent-Length: 34\r\n" },
    { "Content-Length", "Content-Length: 34\r\ncontent-length: 34\r\n" },
    { "Transfer-Encoding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" },
    { "Host", "Host: y\r\n" },
    { "Authorization", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n" },
    { "Content-Type", "Content-Type: text/plain\r\nContent-Type: application/json\r\n" },
    { "If-Match", "If-Match: \"1\"\r\nIf-Match: \"2\"\r\n" },
    { "Idempotency-Key", "Idempotency-Key: a\r\nIdempotency-Key: b\r\n" },
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *request = g_strdup_printf ("POST " LOGIN " HTTP/1.1\r\nHost: x\r\n%s\r\n"
                                                  "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
                                                  heads[i][1]);
      g_autoptr (ServerReply) reply = server_fixture_send_raw (server, request, -1);

      g_assert_cmpuint (reply->status, ==, 400);
      g_assert_cmpstr (server_reply_get_code (reply), ==, "invalid");
      g_assert_nonnull (strstr (reply->body, heads[i][0]));
      g_assert_cmpstr (server_reply_get_header (reply, "connection"), ==, "close");
      /* What stands behind it was not taken for a request. */
      g_assert_null (strstr (reply->body, "HTTP/1.1"));
    }
  assert_alive (server);
}

static void
test_malformed_requests (void)
{
  static const char *const requests[] = {
    "",
    "\r\n\r\n\r\n",
    "hello\r\n\r\n",
    "GET\r\n\r\n",
    "GET /healthz\r\n\r\n",
    "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
    "GET /healthz HTTP/1.1\r\n\r\n",
    "GET  /healthz  HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\n folded: header\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\nA: \x01\x02\x03\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (ServerReply) reply = send_and_end (server, requests[i], strlen (requests[i]));
      g_assert_true (reply == NULL || reply->status < 500 || reply->status == 505);
    }
  assert_alive (server);
}

/* Requests with some bytes turned over; the seed is in the log of the test. */
static void
test_random_requests (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autofree char *good = g_strdup_printf (
      "PATCH /api/meetings/65a400010000000000000001/status HTTP/1.1\r\nHost: x\r\n"
      "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
      "Connection: close\r\nContent-Length: 40\r\n\r\n{\"status\":\"active\",\"notes\":\"some "
      "notes\"}",
      token);

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *bytes = g_strdup (good);
      int length = (int)strlen (bytes);
      for (int j = g_test_rand_int_range (0, 8); j >= 0; j--)
        bytes[g_test_rand_int_range (0, length)] = (char)g_test_rand_int_range (0, 256);
      g_autoptr (ServerReply) reply = send_and_end (server, bytes, (gsize)length);
      g_assert_true (reply == NULL || reply->status < 500 || reply->status == 505);
    }
  assert_alive (server);
}

static void
test_half_requests (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  const char *whole = "POST " LOGIN " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      "Content-Length: 40\r\n\r\n{\"email\":\"doctor@example.org\",";

  for (gsize length = 0; length < strlen (whole); length += 3)
    {
      g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      g_assert_true (g_output_stream_write_all (out, whole, length, NULL, NULL, NULL));
    }
  assert_alive (server);
}

static void
test_byte_by_byte (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char *request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

  for (const char *p = request; *p != '\0'; p++)
    g_assert_true (g_output_stream_write_all (out, p, 1, NULL, NULL, NULL));
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_keep_alive (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char *request = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n";

  for (int i = 0; i < 50; i++)
    {
      g_assert_true (g_output_stream_write_all (out, request, strlen (request), NULL, NULL, NULL));
      g_autoptr (ServerReply) reply = server_reply_read (connection);
      assert_fail (reply, 404);
    }
}

/* Other origins */

static ServerReply *
ask_from_origin (ServerFixture *server, const char *method, const char *origin)
{
  g_autofree char *request
      = g_strdup_printf ("%s " ME " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: %s\r\n"
                         "Access-Control-Request-Method: GET\r\n\r\n",
                         method, origin);
  ServerReply *reply = server_fixture_send_raw (server, request, -1);
  g_assert_nonnull (reply);
  return reply;
}

static void
test_origins_are_refused_by_default (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (ServerReply) preflight = ask_from_origin (server, "OPTIONS", ALLOWED_ORIGIN);
  g_autoptr (ServerReply) request = ask_from_origin (server, "GET", ALLOWED_ORIGIN);

  g_assert_cmpuint (preflight->status, ==, 405);
  g_assert_null (server_reply_get_header (preflight, "access-control-allow-origin"));
  g_assert_null (server_reply_get_header (request, "access-control-allow-origin"));
}

static void
test_origins_that_are_listed (void)
{
  const char *environment[]
      = { "ROUNDS_CORS_ORIGINS=https://other.example.org, " ALLOWED_ORIGIN, NULL };
  g_autoptr (ServerFixture) server
      = server_fixture_new_with (&(ServerFixtureOptions){ .environment = environment });
  g_autoptr (ServerReply) preflight = ask_from_origin (server, "OPTIONS", ALLOWED_ORIGIN);
  g_autoptr (ServerReply) request = ask_from_origin (server, "GET", ALLOWED_ORIGIN);
  g_autoptr (ServerReply) stranger
      = ask_from_origin (server, "OPTIONS", "https://portal.example.org.evil.example");

  g_assert_cmpuint (preflight->status, ==, 204);
  g_assert_cmpstr (server_reply_get_header (preflight, "access-control-allow-origin"), ==,
                   ALLOWED_ORIGIN);
  g_assert_cmpstr (server_reply_get_header (preflight, "access-control-allow-methods"), ==,
                   "GET, HEAD, PATCH");
  g_assert_cmpuint (request->status, ==, 401);
  g_assert_cmpstr (server_reply_get_header (request, "access-control-allow-origin"), ==,
                   ALLOWED_ORIGIN);
  g_assert_cmpuint (stranger->status, ==, 405);
  g_assert_null (server_reply_get_header (stranger, "access-control-allow-origin"));
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Http/unknown-addresses", test_unknown_addresses);
  g_test_add_func ("/Rounds/Server/Http/long-addresses", test_long_addresses);
  g_test_add_func ("/Rounds/Server/Http/wrong-methods", test_wrong_methods);
  g_test_add_func ("/Rounds/Server/Http/head", test_head);
  g_test_add_func ("/Rounds/Server/Http/content-types", test_content_types);
  g_test_add_func ("/Rounds/Server/Http/malformed-json-is-not-echoed",
                   test_malformed_json_is_not_echoed);
  g_test_add_func ("/Rounds/Server/Http/deep-json", test_deep_json);
  g_test_add_func ("/Rounds/Server/Http/large-bodies", test_large_bodies);
  g_test_add_func ("/Rounds/Server/Http/large-body-announced", test_large_body_announced);
  g_test_add_func ("/Rounds/Server/Http/chunked-bodies", test_chunked_bodies);
  g_test_add_func ("/Rounds/Server/Http/repeated-headers", test_repeated_headers);
  g_test_add_func ("/Rounds/Server/Http/malformed-requests", test_malformed_requests);
  g_test_add_func ("/Rounds/Server/Http/random-requests", test_random_requests);
  g_test_add_func ("/Rounds/Server/Http/half-requests", test_half_requests);
  g_test_add_func ("/Rounds/Server/Http/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/Rounds/Server/Http/keep-alive", test_keep_alive);
  g_test_add_func ("/Rounds/Server/Http/origins-are-refused-by-default",
                   test_origins_are_refused_by_default);
  g_test_add_func ("/Rounds/Server/Http/origins-that-are-listed", test_origins_that_are_listed);
  return g_test_run ();
}
