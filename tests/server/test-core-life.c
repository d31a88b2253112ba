/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Starting, stopping and dying: roundsd as a process, and what it tells of itself.
 * The listener alone is in test-core-listener.c.
 */

#include "server-fixture.h"

#include "rounds-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define ME "/api/users/me"
#define GO_ON "HTTP/1.1 100 Continue\r\n\r\n"

/* A process */

static void
test_restart_keeps_data (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  guint16 port = server_fixture_get_port (server);
  g_autoptr (ServerReply) before = server_fixture_send (server, "GET", ME, token, NULL);

  server_fixture_stop (server);
  server_fixture_start (server);
  g_autoptr (ServerReply) after = server_fixture_send (server, "GET", ME, token, NULL);
  g_assert_cmpuint (server_fixture_get_port (server), ==, port);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpstr (after->body, ==, before->body);
}

/* What was answered has been written, even when nobody gets to close the database. */
static void
test_kill_keeps_data (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");

  server_fixture_kill (server);
  server_fixture_start (server);
  g_autoptr (ServerReply) after = server_fixture_send (server, "GET", ME, token, NULL);
  g_assert_cmpuint (after->status, ==, 200);
}

/* A backup that was put in the file's place under a running server: what is answered must not go
 * where nobody finds it. */
static void
test_moved_file (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new_with (
      &(ServerFixtureOptions){ .environment = (const char *const[]){ "G_DEBUG=", NULL } });
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autofree char *path
      = g_build_filename (server_fixture_get_data_dir (server), "rounds.db", NULL);
  g_autofree char *away = g_strconcat (path, "-away", NULL);

  if (server_fixture_get_database (server) != NULL)
    {
      g_test_skip ("PostgreSQL looks after its own files");
      return;
    }
  g_assert_cmpint (g_rename (path, away), ==, 0);
  g_autoptr (ServerReply) refused
      = server_fixture_send (server, "DELETE", "/api/auth/sessions", token, NULL);
  g_autoptr (ServerReply) read = server_fixture_send (server, "GET", ME, token, NULL);
  g_autoptr (ServerReply) ready = server_fixture_send (server, "GET", "/readyz", NULL, NULL);
  g_assert_cmpuint (refused->status, ==, 503);
  g_assert_cmpuint (read->status, ==, 200);
  g_assert_cmpuint (ready->status, ==, 503);

  g_assert_cmpint (g_rename (away, path), ==, 0);
  g_autoptr (ServerReply) taken
      = server_fixture_send (server, "DELETE", "/api/auth/sessions", token, NULL);
  g_assert_cmpuint (taken->status, ==, 200);
}

static gpointer
sign_in_thread (gpointer data)
{
  return server_fixture_send (data, "POST", "/api/auth/login", NULL,
                              "{\"email\":\"doctor@example.org\",\"password\":\"demo-password\"}");
}

/* A server for which a sign-in is as much work as it is for everybody. */
static ServerFixture *
new_with_real_passwords (void)
{
  static const char *const environment[] = { "ROUNDS_CHEAP_PASSWORDS=0", "ROUNDS_WORKERS=2", NULL };

  return server_fixture_new_with (&(ServerFixtureOptions){ .environment = environment });
}

/* Sign-ins take a while: those under way when we are asked to stop are answered. */
static void
test_stop_finishes_requests (void)
{
  g_autoptr (ServerFixture) server = new_with_real_passwords ();
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const char *head = "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                     "Content-Type: application/json\r\nContent-Length: 58\r\n\r\n";
  const char *body = "{\"email\":\"doctor@example.org\",\"password\":\"demo-password\"} ";
  char interim[sizeof GO_ON] = "";

  /* The server has the head, and says so. */
  g_assert_true (g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL));
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                          interim, strlen (GO_ON), NULL, NULL, NULL));
  g_assert_cmpstr (interim, ==, GO_ON);
  server_fixture_ask_to_end (server);
  g_assert_true (g_output_stream_write_all (out, body, 58, NULL, NULL, NULL));
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  server_fixture_wait_for_end (server);
}

/* More sign-ins at once than there are threads for: each is answered, memory stays bounded. */
static void
test_many_sign_ins (void)
{
  g_autoptr (ServerFixture) server = new_with_real_passwords ();
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign-in", sign_in_thread, server);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (ServerReply) reply = g_thread_join (threads[i]);
      /* Tries in flight count as failures until they succeed, so some may be told to wait. */
      g_assert_true (reply->status == 200 || reply->status == 429);
    }
}

static void
test_starting_without_jitsi (void)
{
  static const struct
  {
    const char *environment[4];
    const char *reason;
  } rows[] = {
    { { NULL }, "JITSI_" },
    { { "JITSI_APP_ID=app", "JITSI_DOMAIN=meet.example.org", "JITSI_SECRET=", NULL },
      "JITSI_SECRET" },
    { { "JITSI_APP_ID=app", "JITSI_DOMAIN=meet.example.org", "JITSI_SECRET=your-jitsi-secret-key",
        NULL },
      "JITSI_SECRET" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
          G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
      g_autoptr (GError) error = NULL;
      g_autofree char *said = NULL;
      g_autofree char *complaint = NULL;

      g_subprocess_launcher_set_environ (launcher, (char **)rows[i].environment);
      g_subprocess_launcher_set_cwd (launcher, folder);
      g_autoptr (GSubprocess) process = g_subprocess_launcher_spawn (
          launcher, &error, g_getenv ("ROUNDSD"), "serve", "--port", "0", "--data", folder, NULL);
      g_assert_no_error (error);
      g_assert_true (
          g_subprocess_communicate_utf8 (process, NULL, NULL, &said, &complaint, &error));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
      g_assert_cmpstr (said, ==, "");
      g_assert_nonnull (strstr (complaint, rows[i].reason));
    }
}

/* What it tells */

#define N_LINES 300

static gboolean
log_is_whole (gpointer data)
{
  g_autofree char *log = server_fixture_dup_log (data);
  guint n_lines = 0;

  for (const char *line = log; (line = strstr (line, "GET /healthz 200")) != NULL; line++)
    n_lines++;
  g_assert_cmpuint (n_lines, <=, N_LINES);
  return n_lines == N_LINES;
}

/* Lines wait for each other, but not for long, and none is lost or doubled. */
static void
test_log_lines (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (server_fixture_get_data_dir (server));
  /* Each change of the log is a reason to look again. */
  g_autoptr (GFileMonitor) monitor = g_file_monitor (folder, G_FILE_MONITOR_NONE, NULL, NULL);

  g_file_monitor_set_rate_limit (monitor, 10);

  for (int i = 0; i < N_LINES; i++)
    {
      g_autoptr (ServerReply) reply = server_fixture_send (server, "GET", "/healthz", NULL, NULL);
      g_assert_cmpuint (reply->status, ==, 200);
    }
  rounds_test_wait_until (log_is_whole, server);
  g_file_monitor_cancel (monitor);
}

/* What a load balancer and a collector see; behind a proxy nobody sees the numbers. */
static void
test_operation (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (ServerReply) ready = server_fixture_send (server, "GET", "/readyz", NULL, NULL);
  g_autoptr (ServerReply) nothing = server_fixture_send (server, "GET", "/nothing", NULL, NULL);
  g_autoptr (ServerReply) metrics = server_fixture_send (server, "GET", "/metrics", NULL, NULL);
  g_autoptr (ServerReply) hidden = server_fixture_send_with (server, "GET", "/metrics", NULL,
                                                             "X-Forwarded-For: 192.0.2.1", NULL);

  g_assert_cmpuint (ready->status, ==, 200);
  g_assert_true (json_object_get_boolean_member (server_reply_get_data (ready), "ready"));
  g_assert_cmpuint (nothing->status, ==, 404);
  g_assert_cmpuint (metrics->status, ==, 200);
  g_assert_nonnull (strstr (metrics->body, "rounds_http_requests_total{method=\"GET\",route="
                                           "\"/readyz\",code=\"2xx\"} 1\n"));
  g_assert_nonnull (strstr (metrics->body,
                            "rounds_http_requests_total{method=\"\",route=\"\",code=\"4xx\"} 1\n"));
  g_assert_nonnull (strstr (metrics->body, "_bucket{le=\"+Inf\"} 2\n"));
  g_assert_nonnull (strstr (metrics->body, "\nrounds_writes_total "));
  g_assert_cmpuint (hidden->status, ==, 404);
}

static void
test_not_ready (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (RoundsDb) db = server_fixture_open_db (server);

  g_assert_true (rounds_db_exec (db,
                                 rounds_db_get_dialect (db) == ROUNDS_DB_DIALECT_SQLITE
                                     ? "PRAGMA user_version = 1"
                                     : "UPDATE rounds_schema SET version = 1",
                                 NULL));
  g_autoptr (ServerReply) reply = server_fixture_send (server, "GET", "/readyz", NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 503);
  g_assert_nonnull (server_reply_get_header (reply, "retry-after"));
}

/* In the middle of an update the new node has taken its steps already; they only add. */
static void
test_ready_on_newer_schema (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (RoundsDb) db = server_fixture_open_db (server);

  g_assert_true (rounds_db_exec (db,
                                 rounds_db_get_dialect (db) == ROUNDS_DB_DIALECT_SQLITE
                                     ? "PRAGMA user_version = 1000"
                                     : "UPDATE rounds_schema SET version = 1000",
                                 NULL));
  g_autoptr (ServerReply) reply = server_fixture_send (server, "GET", "/readyz", NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
}

static guint
wait_for_not_ready (ServerFixture *server)
{
  guint n_ready = 0;

  for (;;)
    {
      g_autoptr (ServerReply) reply = server_fixture_send (server, "GET", "/readyz", NULL, NULL);
      if (reply->status != 200)
        return reply->status;
      /* The signal is on its way; it is never this late. */
      g_assert_cmpuint (++n_ready, <, 100000);
    }
}

/* Asked to end, it says so and works on until load balancers have seen it. */
static void
test_drain (void)
{
  const char *environment[] = { "ROUNDS_DRAIN=10m", NULL };
  g_autoptr (ServerFixture) server
      = server_fixture_new_with (&(ServerFixtureOptions){ .environment = environment });
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");

  g_autoptr (ServerReply) before
      = server_fixture_send (server, "GET", "/api/users/me", token, NULL);
  g_assert_cmpuint (before->status, ==, 200);
  server_fixture_ask_to_end (server);
  g_assert_cmpuint (wait_for_not_ready (server), ==, 503);
  g_autoptr (ServerReply) health = server_fixture_send (server, "GET", "/healthz", NULL, NULL);
  g_autoptr (ServerReply) after = server_fixture_send (server, "GET", "/api/users/me", token, NULL);
  g_assert_cmpuint (health->status, ==, 200);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpstr (server_reply_get_header (after, "connection"), ==, "close");
  /* Whoever cannot wait says it again. */
  server_fixture_stop (server);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Process/restart-keeps-data", test_restart_keeps_data);
  g_test_add_func ("/Rounds/Server/Process/kill-keeps-data", test_kill_keeps_data);
  g_test_add_func ("/Rounds/Server/Process/moved-file", test_moved_file);
  g_test_add_func ("/Rounds/Server/Process/stop-finishes-requests", test_stop_finishes_requests);
  g_test_add_func ("/Rounds/Server/Process/many-sign-ins", test_many_sign_ins);
  g_test_add_func ("/Rounds/Server/Process/starting-without-jitsi", test_starting_without_jitsi);
  g_test_add_func ("/Rounds/Server/Operation/log-lines", test_log_lines);
  g_test_add_func ("/Rounds/Server/Operation/tells", test_operation);
  g_test_add_func ("/Rounds/Server/Operation/not-ready", test_not_ready);
  g_test_add_func ("/Rounds/Server/Operation/ready-on-newer-schema", test_ready_on_newer_schema);
  g_test_add_func ("/Rounds/Server/Operation/drain", test_drain);
  return g_test_run ();
}
