/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What every call does with a server that refuses, lies, dawdles or dies.
 * The single calls and their records are in test-api-resources.c.
 */

#include "config.h"

#include "rounds-api-private.h"
#include "rounds-test.h"
#include "samples.h"
#include "scripted-server.h"

#define ROUTE "GET /api/meetings/" SAMPLE_MEETING_ID
#define TOKEN "token-of-a-test"

typedef struct
{
  ScriptedServer *server;
  RoundsApi *api;
  guint n_unauthorized;
} Fixture;

static void
count_unauthorized_cb (RoundsApi *api, gpointer data)
{
  ((Fixture *)data)->n_unauthorized++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = scripted_server_new ();
  fixture->api = rounds_api_new (scripted_server_get_url (fixture->server), &error);
  g_assert_no_error (error);
  rounds_api_set_token (fixture->api, TOKEN);
  g_signal_connect (fixture->api, "unauthorized", G_CALLBACK (count_unauthorized_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->api));
  g_clear_pointer (&fixture->server, scripted_server_free);
}

/* Makes the call and hands out the error that has to come. */
static GError *
fail_call (Fixture *fixture, RoundsNetError code)
{
  g_autoptr (DexFuture) call = rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID);
  GError *error = NULL;

  rounds_test_wait_for (call);
  dex_future_get_value (call, &error);
  g_assert_error (error, ROUNDS_NET_ERROR, (int)code);
  g_assert_nonnull (error->message);
  g_assert_null (strstr (error->message, TOKEN));
  g_assert_null (strstr (error->message, SAMPLE_MEETING_ID));
  return error;
}

static void
answer_with_meeting (Fixture *fixture)
{
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);

  scripted_server_answer_data (
      fixture->server, ROUTE,
      sample_one ("meeting", rounds_wire_meeting_to_json (meeting, "https://meet.example/x")));
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    RoundsNetError code;
  } cases[] = {
    { 301, ROUNDS_NET_ERROR_BAD_ANSWER },   { 302, ROUNDS_NET_ERROR_BAD_ANSWER },
    { 307, ROUNDS_NET_ERROR_BAD_ANSWER },   { 400, ROUNDS_NET_ERROR_INVALID },
    { 401, ROUNDS_NET_ERROR_UNAUTHORIZED }, { 403, ROUNDS_NET_ERROR_FORBIDDEN },
    { 404, ROUNDS_NET_ERROR_NOT_FOUND },    { 405, ROUNDS_NET_ERROR_BAD_ANSWER },
    { 409, ROUNDS_NET_ERROR_CONFLICT },     { 410, ROUNDS_NET_ERROR_NOT_FOUND },
    { 412, ROUNDS_NET_ERROR_CONFLICT },     { 413, ROUNDS_NET_ERROR_INVALID },
    { 415, ROUNDS_NET_ERROR_INVALID },      { 422, ROUNDS_NET_ERROR_INVALID },
    { 429, ROUNDS_NET_ERROR_BUSY },         { 500, ROUNDS_NET_ERROR_SERVER },
    { 502, ROUNDS_NET_ERROR_SERVER },       { 503, ROUNDS_NET_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) in_json = NULL;
      g_autoptr (GError) in_html = NULL;

      scripted_server_refuse (fixture->server, ROUTE, cases[i].status, "some_code", "Its words");
      in_json = fail_call (fixture, cases[i].code);
      g_assert_cmpstr (in_json->message, ==, "Its words");
      g_assert_cmpstr (rounds_net_error_get_code (in_json), ==, "some_code");

      scripted_server_answer (fixture->server, ROUTE, cases[i].status, "text/html", "<h1>No</h1>");
      in_html = fail_call (fixture, cases[i].code);
      g_assert_null (strstr (in_html->message, "<h1>"));
      g_assert_null (rounds_net_error_get_code (in_html));
      g_assert_null (rounds_net_error_get_problems (in_html));
    }
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  const RoundsProblems *problems;

  scripted_server_answer (fixture->server, ROUTE, 422, "application/json; charset=utf-8",
                          "{\"status\":\"fail\",\"code\":\"invalid\",\"message\":\"Two mistakes\","
                          "\"errors\":[{\"field\":\"appointmentTime\",\"message\":\"Skipped\"},"
                          "{\"field\":\"patientDetails.age\",\"message\":\"Too old\"}]}");
  error = fail_call (fixture, ROUNDS_NET_ERROR_INVALID);
  copy = g_error_copy (error);
  problems = rounds_net_error_get_problems (copy);
  g_assert_cmpuint (rounds_problems_get_length (problems), ==, 2);
  g_assert_cmpstr (rounds_problems_find (problems, "appointmentTime"), ==, "Skipped");
  g_assert_cmpstr (rounds_problems_find (problems, "patientDetails.age"), ==, "Too old");
}

static void
test_errors_of_others (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Not ours");

  g_assert_null (rounds_net_error_get_problems (error));
  g_assert_null (rounds_net_error_get_code (error));
  g_assert_cmpuint (rounds_net_error_get_retry_after (error), ==, 0);
}

static void
test_long_message (Fixture *fixture, gconstpointer data)
{
  g_autofree char *novel = g_strnfill (5000, 'a');
  g_autoptr (GError) error = NULL;

  scripted_server_refuse (fixture->server, ROUTE, 409, "c", novel);
  error = fail_call (fixture, ROUNDS_NET_ERROR_CONFLICT);
  g_assert_cmpuint (strlen (error->message), ==, 500);
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *header;
    guint seconds;
  } cases[] = {
    { "7", 7 },    { "0", 0 },           { "-1", 0 },
    { "soon", 0 }, { "99999999", 3600 }, { "99999999999999999999", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      scripted_server_refuse (fixture->server, ROUTE, 429, "busy", "Wait");
      scripted_server_add_header (fixture->server, ROUTE, "Retry-After", cases[i].header);
      error = fail_call (fixture, ROUNDS_NET_ERROR_BUSY);
      g_assert_cmpuint (rounds_net_error_get_retry_after (error), ==, cases[i].seconds);
    }
}

/* As a moment, by the server's clock: what ours says does not count. */
static void
test_retry_at (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *date;
    const char *header;
    guint seconds;
  } cases[] = {
    { "Wed, 21 Oct 2020 07:28:00 GMT", "Wed, 21 Oct 2020 07:28:30 GMT", 30 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 2099 07:29:00 GMT", 60 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", "Thu, 22 Oct 2099 07:28:00 GMT", 3600 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 2099 07:27:59 GMT", 0 },
    { "Wednesday", "Wed, 21 Oct 2020 07:28:30 GMT", 0 },
    { "Wednesday", "Wed, 21 Oct 2099 07:28:30 GMT", 3600 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 31 Feb 2099 07:28:00 GMT", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer
          = g_strdup_printf ("HTTP/1.1 503 Busy\r\nDate: %s\r\nRetry-After: %s\r\n"
                             "Content-Length: 0\r\n\r\n",
                             cases[i].date, cases[i].header);
      g_autoptr (GError) error = NULL;

      scripted_server_answer_raw (fixture->server, ROUTE, answer);
      error = fail_call (fixture, ROUNDS_NET_ERROR_BUSY);
      g_assert_cmpuint (rounds_net_error_get_retry_after (error), ==, cases[i].seconds);
    }
}

static void
test_lies (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *type;
    const char *body;
  } cases[] = {
    { "text/html", "<html>Welcome</html>" },
    { "text/plain", "{\"status\":\"success\",\"data\":{}}" },
    { NULL, "{\"status\":\"success\",\"data\":{}}" },
    { "application/json", NULL },
    { "application/json", "" },
    { "application/json", "[]" },
    { "application/json", "null" },
    { "application/json", "{}" },
    { "application/json", "{\"status\":\"success\"}" },
    { "application/json", "{\"status\":\"success\",\"data\":null}" },
    { "application/json", "{\"status\":\"success\",\"data\":{\"meeting\":null}}" },
    { "application/json", "{\"status\":\"success\",\"data\":{\"meeting\":[]}}" },
    { "application/json", "{\"status\":\"success\",\"data\":{\"meeting\":{\"_id\":1}}}" },
    { "application/json", "{\"status\":\"fail\",\"message\":\"But 200\"}" },
    { "application/json", "{\"status\":\"success\",\"data\":{\"meeting\":{\"_id\":\"64b0" },
    { "application/json", "{\"status\":\"success\",\"data\":{\"meeting\":\"\xff\xfe\"}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %s", cases[i].type, cases[i].body);
      scripted_server_answer (fixture->server, ROUTE, 200, cases[i].type, cases[i].body);
      error = fail_call (fixture, ROUNDS_NET_ERROR_BAD_ANSWER);
    }
}

static void
test_broken_connections (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    RoundsNetError code;
  } cases[] = {
    { "", ROUNDS_NET_ERROR_UNREACHABLE },
    { "\x16\x03\x01 this is no HTTP\r\n\r\n", ROUNDS_NET_ERROR_BAD_ANSWER },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"sta",
      ROUNDS_NET_ERROR_UNREACHABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\n{\"sta\r\n",
      ROUNDS_NET_ERROR_UNREACHABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"status\":\"suc",
      ROUNDS_NET_ERROR_BAD_ANSWER },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{",
      ROUNDS_NET_ERROR_BAD_ANSWER },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
      "Content-Length: 11\r\n\r\nnot zipped.",
      ROUNDS_NET_ERROR_BAD_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].bytes);
      scripted_server_answer_raw (fixture->server, ROUTE, cases[i].bytes);
      error = fail_call (fixture, cases[i].code);
    }
}

static void
test_oversize (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (33 * 1024 * 1024, ' ');
  g_autofree char *raw = NULL;
  g_autoptr (GError) announced = NULL;
  g_autoptr (GError) unannounced = NULL;

  scripted_server_answer (fixture->server, ROUTE, 200, "application/json", huge);
  announced = fail_call (fixture, ROUNDS_NET_ERROR_BAD_ANSWER);

  raw = g_strconcat ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                     "Connection: close\r\n\r\n",
                     huge, NULL);
  scripted_server_answer_raw (fixture->server, ROUTE, raw);
  unannounced = fail_call (fixture, ROUNDS_NET_ERROR_BAD_ANSWER);
  g_assert_cmpstr (announced->message, ==, unannounced->message);
}

static void
test_too_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_api_set_deadline (fixture->api, 20);
  scripted_server_hold_back (fixture->server, ROUTE);
  error = fail_call (fixture, ROUNDS_NET_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
}

static void
test_redirect_is_not_followed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScriptedServer) other = scripted_server_new ();
  g_autofree char *elsewhere = g_strconcat (scripted_server_get_url (other), "/api/x", NULL);
  const char *const locations[] = { elsewhere, "/api/somewhere-else" };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (GError) error = NULL;

      scripted_server_answer (fixture->server, ROUTE, 307, "text/html", "Moved");
      scripted_server_add_header (fixture->server, ROUTE, "Location", locations[i]);
      error = fail_call (fixture, ROUNDS_NET_ERROR_BAD_ANSWER);
    }
  g_assert_cmpuint (scripted_server_count_all (other), ==, 0);
  g_assert_cmpuint (scripted_server_count_all (fixture->server), ==, 2);
}

/* The other side of a handshake that has to fail. */
typedef struct
{
  GTlsCertificate *certificate;
  gboolean is_over;
  gsize n_read; /* bytes that the client sent after it */
} Impostor;

static void
shaken_hands_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Impostor *impostor = data;
  char buffer[1];

  /* With TLS 1.3 the server may be done before the client has judged the certificate; then what it
   * reads is the client's refusal, an error. */
  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, NULL))
    impostor->n_read
        = MAX (0, g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (object)), buffer,
                                       sizeof buffer, NULL, NULL));
  impostor->is_over = TRUE;
}

static gboolean
shake_hands_cb (GSocketService *service, GSocketConnection *connection, GObject *source,
                gpointer data)
{
  Impostor *impostor = data;
  g_autoptr (GIOStream) tls
      = g_tls_server_connection_new (G_IO_STREAM (connection), impostor->certificate, NULL);

  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL,
                                    shaken_hands_cb, impostor);
  return FALSE;
}

static gboolean
is_over (gpointer data)
{
  return ((Impostor *)data)->is_over;
}

static void
test_untrusted_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "net", "untrusted-server.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("localhost:%u", port);
  g_autoptr (RoundsApi) api = rounds_api_new (address, NULL);
  g_autoptr (DexFuture) call = NULL;
  g_autoptr (GError) error = NULL;
  Impostor impostor = { certificate, FALSE, 0 };

  g_signal_connect (service, "incoming", G_CALLBACK (shake_hands_cb), &impostor);
  rounds_api_set_token (api, TOKEN);
  call = rounds_api_get_me (api);
  rounds_test_wait_for (call);
  g_assert_null (dex_future_get_value (call, &error));
  g_assert_error (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, "certificate"));

  rounds_test_wait_until (is_over, &impostor);
  g_assert_cmpuint (impostor.n_read, ==, 0);
}

static gboolean
answer_in_plain_cb (GSocketService *service, GSocketConnection *connection, GObject *source,
                    gpointer data)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                                 strlen (answer), NULL, NULL, NULL));
  g_assert_true (
      g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL));
  return FALSE;
}

static void
test_no_tls_at_the_other_end (void)
{
  g_autoptr (GSocketService) plain = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (plain), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("localhost:%u", port);
  g_autoptr (RoundsApi) api = rounds_api_new (address, NULL);

  g_signal_connect (plain, "incoming", G_CALLBACK (answer_in_plain_cb), NULL);
  rounds_test_expect_error (rounds_api_get_me (api), ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_TLS);
}

static void
test_nobody_listens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) again = NULL;

  scripted_server_stop (fixture->server);
  error = fail_call (fixture, ROUNDS_NET_ERROR_UNREACHABLE);

  scripted_server_start (fixture->server);
  answer_with_meeting (fixture);
  rounds_test_expect (rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID));
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  answer_with_meeting (fixture);
  rounds_test_expect (rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID));
  g_assert_cmpstr (scripted_server_get_last_header (fixture->server, "Authorization"), ==,
                   "Bearer " TOKEN);
  g_assert_cmpstr (scripted_server_get_last_header (fixture->server, "User-Agent"), ==,
                   "Rounds/" ROUNDS_VERSION);
  g_assert_cmpstr (scripted_server_get_last_header (fixture->server, "Accept"), ==,
                   "application/json");

  rounds_api_set_token (fixture->api, NULL);
  rounds_test_expect (rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID));
  g_assert_null (scripted_server_get_last_header (fixture->server, "Authorization"));
}

static void
test_basic_authentication_is_not_answered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, ROUTE, 401, "text/plain", "Who are you?");
  scripted_server_add_header (fixture->server, ROUTE, "WWW-Authenticate", "Basic realm=\"x\"");
  scripted_server_add_header (fixture->server, ROUTE, "WWW-Authenticate", "Negotiate");
  error = fail_call (fixture, ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (scripted_server_count (fixture->server, ROUTE), ==, 1);
}

static void
test_unauthorized_is_told_once (Fixture *fixture, gconstpointer data)
{
  DexFuture *calls[3];

  scripted_server_refuse (fixture->server, ROUTE, 401, "token", "Sign in again");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    rounds_test_expect_error (calls[i], ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->n_unauthorized, ==, 1);

  rounds_api_set_token (fixture->api, "another");
  rounds_test_expect_error (rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID),
                            ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->n_unauthorized, ==, 2);
}

static gboolean
has_arrived (gpointer data)
{
  return scripted_server_count (data, ROUTE) > 0;
}

static void
test_refusal_of_an_old_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) call = NULL;

  scripted_server_refuse (fixture->server, ROUTE, 401, "token", "Sign in again");
  scripted_server_hold_back (fixture->server, ROUTE);
  call = rounds_api_get_meeting (fixture->api, SAMPLE_MEETING_ID);
  rounds_test_wait_until (has_arrived, fixture->server);

  rounds_api_set_token (fixture->api, "the-next-one");
  scripted_server_let_go (fixture->server, ROUTE);
  rounds_test_expect_error (g_steal_pointer (&call), ROUNDS_NET_ERROR,
                            ROUNDS_NET_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->n_unauthorized, ==, 0);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

static void
test_dropping_cancels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) call = NULL;
  g_autoptr (RoundsApi) api = rounds_api_new (scripted_server_get_url (fixture->server), NULL);
  gpointer watched = api;

  scripted_server_hold_back (fixture->server, ROUTE);
  call = rounds_api_get_meeting (api, SAMPLE_MEETING_ID);
  rounds_test_wait_until (has_arrived, fixture->server);

  /* The call holds its API: when that is gone, nothing of the call is left. */
  g_object_add_weak_pointer (G_OBJECT (api), &watched);
  g_clear_object (&api);
  dex_clear (&call);
  rounds_test_wait_until (is_gone, &watched);
}

static void
test_wrong_arguments (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { NULL, "", ".", ".." };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      rounds_test_expect_error (rounds_api_get_meeting (fixture->api, ids[i]), G_IO_ERROR,
                                G_IO_ERROR_INVAL);
      rounds_test_expect_error (rounds_api_list_appointments (fixture->api, ids[i]), G_IO_ERROR,
                                G_IO_ERROR_INVAL);
    }
  g_assert_cmpuint (scripted_server_count_all (fixture->server), ==, 0);
}

static void
test_paths (void)
{
  g_autofree char *plain = rounds_api_path ("meetings", "64b0", "status", NULL);
  g_autofree char *escaped = rounds_api_path ("meetings", "a/b?c#d é%", NULL);

  g_assert_cmpstr (plain, ==, "/api/meetings/64b0/status");
  g_assert_cmpstr (escaped, ==, "/api/meetings/a%2Fb%3Fc%23d%20%C3%A9%25");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/Rounds/Net/Api/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  ADD ("statuses", test_statuses);
  ADD ("problems", test_problems);
  g_test_add_func ("/Rounds/Net/Api/errors-of-others", test_errors_of_others);
  ADD ("long-message", test_long_message);
  ADD ("retry-after", test_retry_after);
  ADD ("retry-at", test_retry_at);
  ADD ("lies", test_lies);
  ADD ("broken-connections", test_broken_connections);
  ADD ("oversize", test_oversize);
  ADD ("too-slow", test_too_slow);
  ADD ("redirect-is-not-followed", test_redirect_is_not_followed);
  g_test_add_func ("/Rounds/Net/Api/untrusted-certificate", test_untrusted_certificate);
  g_test_add_func ("/Rounds/Net/Api/no-tls-at-the-other-end", test_no_tls_at_the_other_end);
  ADD ("nobody-listens", test_nobody_listens);
  ADD ("headers", test_headers);
  ADD ("basic-authentication-is-not-answered", test_basic_authentication_is_not_answered);
  ADD ("unauthorized-is-told-once", test_unauthorized_is_told_once);
  ADD ("refusal-of-an-old-token", test_refusal_of_an_old_token);
  ADD ("dropping-cancels", test_dropping_cancels);
  ADD ("wrong-arguments", test_wrong_arguments);
  g_test_add_func ("/Rounds/Net/Api/paths", test_paths);
  return g_test_run ();
}
