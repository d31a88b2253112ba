/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A real roundsd for tests, as a process with a data directory of its own.
 * The HTTP client is in server-reply.c.
 */

#include "server-fixture.h"

#include "server-database.h"
#include "server-demo.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#define PASSWORD "demo-password"

struct _ServerFixture
{
  char *data_dir;
  char *log_path;
  char *database; /* a PostgreSQL URL, or NULL */
  char **environment;
  char **arguments;
  gboolean demo;
  GSubprocess *process; /* NULL while it does not run */
  guint16 port;
  char *uri;
};

/* What roundsd needs of our environment, and no JITSI_* of whoever runs the tests. */
static char **
make_environment (const char *const *wanted)
{
  static const char *const kept[]
      = { "PATH",          "TZ",           "LC_ALL",        "G_DEBUG", "ASAN_OPTIONS",
          "UBSAN_OPTIONS", "LSAN_OPTIONS", "MALLOC_CHECK_", NULL };
  char **environment = NULL;

  for (gsize i = 0; kept[i] != NULL; i++)
    {
      const char *value = g_getenv (kept[i]);
      if (value != NULL)
        environment = g_environ_setenv (environment, kept[i], value, TRUE);
    }
  /* A test asks for more than anybody: limits are for those that are about them. */
  environment = g_environ_setenv (environment, "ROUNDS_RATE_ACCOUNT", "off", TRUE);
  environment = g_environ_setenv (environment, "ROUNDS_RATE_ADDRESS", "off", TRUE);
  environment = g_environ_setenv (environment, "ROUNDS_CHEAP_PASSWORDS", "1", TRUE);
  for (gsize i = 0; wanted != NULL && wanted[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (wanted[i], "=", 2);
      environment = g_environ_setenv (environment, pair[0], pair[1], TRUE);
    }
  return environment;
}

static char **
make_command (ServerFixture *self)
{
  const char *roundsd = g_getenv ("ROUNDSD");
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();

  g_assert_nonnull (roundsd);
  g_strv_builder_add_many (command, roundsd, "serve", "--port", port, "--data", self->data_dir,
                           NULL);
  if (self->demo)
    g_strv_builder_add (command, "--demo");
  if (self->arguments != NULL)
    g_strv_builder_addv (command, (const char **)self->arguments);
  return g_strv_builder_end (command);
}

/* In the child: a test that aborts leaves no server behind. */
static void
die_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
read_uri (ServerFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

  g_assert_no_error (error);
  if (line == NULL)
    {
      g_autofree char *log = server_fixture_dup_log (self);
      g_error ("roundsd did not start: %s", log);
    }
  g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
  g_set_str (&self->uri, line + strlen ("listening on "));
  self->port = (guint16)g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  g_assert_cmpuint (self->port, >, 0);
}

void
server_fixture_start (ServerFixture *self)
{
  g_assert_null (self->process);

  g_autoptr (GError) error = NULL;
  g_auto (GStrv) command = make_command (self);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_environ (launcher, self->environment);
  /* Away from a `.env` that may lie where the tests are run. */
  g_subprocess_launcher_set_cwd (launcher, self->data_dir);
  g_subprocess_launcher_set_stderr_file_path (launcher, self->log_path);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *)command, &error);
  g_assert_no_error (error);
  read_uri (self);
}

static void
remove_dir (const char *path)
{
  const char *name;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_unlink (file);
    }
  g_rmdir (path);
}

/* Not in the test's own folder, which is removed at the end of g_test_run(): the server may run on,
 * and writes when it ends. */
static char *
make_dir (void)
{
  const char *temporary = g_getenv ("TMPDIR");
  char *path
      = g_build_filename (temporary != NULL ? temporary : P_tmpdir, "rounds-test-XXXXXX", NULL);

  if (g_mkdtemp (path) == NULL)
    g_error ("No folder can be made: %s", g_strerror (errno));
  return path;
}

static void
provide_database (ServerFixture *self, const ServerFixtureOptions *options)
{
  g_auto (GStrv) plain = make_environment (NULL);

  if (options->database != NULL)
    self->database = g_strdup (options->database);
  else if (options->empty)
    self->database = server_database_make ();
  else
    self->database = server_demo_copy (self->data_dir, plain);
  if (self->database != NULL)
    self->environment
        = g_environ_setenv (self->environment, "ROUNDS_DATABASE", self->database, TRUE);
}

ServerFixture *
server_fixture_new_with (const ServerFixtureOptions *options)
{
  ServerFixture *self = g_new0 (ServerFixture, 1);

  self->data_dir = make_dir ();
  self->log_path = g_build_filename (self->data_dir, "roundsd.log", NULL);
  self->environment = make_environment (options->environment);
  provide_database (self, options);
  self->arguments = g_strdupv ((char **)options->arguments);
  self->demo = !options->empty;
  server_fixture_start (self);
  return self;
}

ServerFixture *
server_fixture_new (void)
{
  return server_fixture_new_with (&(ServerFixtureOptions){ 0 });
}

void
server_fixture_wait_for_end (ServerFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (self->process);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (self->process)
      || g_subprocess_get_exit_status (self->process) != 0)
    {
      g_autofree char *log = server_fixture_dup_log (self);
      g_error ("roundsd did not end well: %s", log);
    }
  g_clear_object (&self->process);
}

void
server_fixture_ask_to_end (ServerFixture *self)
{
  g_assert_nonnull (self->process);
  g_subprocess_send_signal (self->process, SIGTERM);
}

void
server_fixture_stop (ServerFixture *self)
{
  server_fixture_ask_to_end (self);
  server_fixture_wait_for_end (self);
}

void
server_fixture_kill (ServerFixture *self)
{
  g_assert_nonnull (self->process);
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
server_fixture_free (ServerFixture *self)
{
  if (self == NULL)
    return;
  if (self->process != NULL)
    server_fixture_stop (self);
  remove_dir (self->data_dir);
  g_free (self->data_dir);
  g_free (self->log_path);
  g_free (self->database);
  g_strfreev (self->environment);
  g_strfreev (self->arguments);
  g_free (self->uri);
  g_free (self);
}

const char *
server_fixture_get_uri (ServerFixture *self)
{
  return self->uri;
}

guint16
server_fixture_get_port (ServerFixture *self)
{
  return self->port;
}

const char *
server_fixture_get_data_dir (ServerFixture *self)
{
  return self->data_dir;
}

const char *
server_fixture_get_database (ServerFixture *self)
{
  return self->database;
}

RoundsDb *
server_fixture_open_db (ServerFixture *self)
{
  g_autofree char *path = g_build_filename (self->data_dir, "rounds.db", NULL);

  return server_database_open (self->database, path);
}

GPid
server_fixture_get_pid (ServerFixture *self)
{
  g_assert_nonnull (self->process);
  return (GPid)g_ascii_strtoll (g_subprocess_get_identifier (self->process), NULL, 10);
}

char *
server_fixture_dup_log (ServerFixture *self)
{
  g_autofree char *log = NULL;
  if (!g_file_get_contents (self->log_path, &log, NULL, NULL))
    return g_strdup ("");
  return g_steal_pointer (&log);
}

char *
server_fixture_sign_in (ServerFixture *self, const char *account)
{
  g_autofree char *body
      = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"" PASSWORD "\"}", account);
  g_autoptr (ServerReply) reply = server_fixture_send (self, "POST", "/api/auth/login", NULL, body);
  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (json_object_get_string_member (server_reply_get_data (reply), "accessToken"));
}
