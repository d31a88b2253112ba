/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * roundsd's other commands, as whoever runs the machine uses them.
 * `serve` is in test-core-life.c.
 */

#include "../jitsi/jitsi-test-keys.h"
#include "server-database.h"
#include "server-fixture.h"

#include "rounds-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  int status;
  char *out;
  char *err;
} Outcome;

static void
clear_outcome (Outcome *outcome)
{
  g_free (outcome->out);
  g_free (outcome->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, clear_outcome)

/* The PostgreSQL database of the test that runs; NULL: a file in its folder. */
static char *remote = NULL;

static void
take_remote (char *url)
{
  g_free (remote);
  remote = url;
}

static const char *const jitsi[] = {
  "JITSI_APP_ID=app",
  "JITSI_DOMAIN=meet.example.org",
  "JITSI_SECRET=0123456789abcdef0123456789abcdef",
  NULL,
};

/* Runs `roundsd` with the blank-separated @command (“~” stands for a blank in a word) in @folder.
 */
static void
run (const char *folder, const char *const *environment, const char *input, const char *command,
     Outcome *outcome)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  /* A file and no pipe: a command that has not read all of it may have ended before that is
   * written. */
  g_autofree char *typed = g_build_filename (folder, "typed", NULL);
  g_autofree char *data = g_strdup_printf ("ROUNDS_DATA=%s/data", folder);
  g_autofree char *line = g_strdup_printf ("roundsd %s", command);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_auto (GStrv) env = g_strdupv ((char **)environment);

  env = g_environ_setenv (env, "ROUNDS_DATA", strchr (data, '=') + 1, TRUE);
  env = g_environ_setenv (env, "LC_ALL", "C.UTF-8", TRUE);
  env = g_environ_setenv (env, "ROUNDS_CHEAP_PASSWORDS", "1", TRUE);
  if (remote != NULL)
    env = g_environ_setenv (env, "ROUNDS_DATABASE", remote, TRUE);
  for (gsize i = 1; words[i] != NULL; i++)
    g_strdelimit (words[i], "~", ' ');
  g_set_str (&words[0], g_getenv ("ROUNDSD"));
  g_subprocess_launcher_set_environ (launcher, env);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_assert_true (g_file_set_contents (typed, input != NULL ? input : "", -1, &error));
  g_subprocess_launcher_set_stdin_file_path (launcher, typed);
  g_autoptr (GSubprocess) process
      = g_subprocess_launcher_spawnv (launcher, (const char *const *)words, &error);
  g_assert_no_error (error);
  g_assert_true (
      g_subprocess_communicate_utf8 (process, NULL, NULL, &outcome->out, &outcome->err, &error));
  g_assert_true (g_subprocess_get_if_exited (process));
  outcome->status = g_subprocess_get_exit_status (process);
}

static void
expect (const char *folder, const char *input, const char *command, int status, const char *says)
{
  g_auto (Outcome) outcome = { 0 };
  g_test_message ("%s", command);
  run (folder, jitsi, input, command, &outcome);
  g_assert_cmpint (outcome.status, ==, status);
  if (says != NULL && strstr (outcome.out, says) == NULL && strstr (outcome.err, says) == NULL)
    g_error ("“%s” is not in: %s%s", says, outcome.out, outcome.err);
}

static void
test_usage (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();

  expect (folder, NULL, "--help", 0, "serve");
  expect (folder, NULL, "--version", 0, "roundsd ");
  expect (folder, NULL, "dance", 2, "dance");
  expect (folder, NULL, "serve --port 70000", 2, "--port");
  expect (folder, NULL, "serve --port x", 2, "x");
  expect (folder, NULL, "serve more", 2, "arguments");
  expect (folder, NULL, "serve --nonsense", 2, "nonsense");
  expect (folder, NULL, "user", 2, "Usage");
  expect (folder, NULL, "user dance", 2, "Usage");
  expect (folder, NULL, "hospital", 2, "Usage");
  expect (folder, NULL, "migrate --config nowhere.ini", 1, "nowhere.ini");
}

static void
test_check (void)
{
  static const char *const placeholder[] = { "JITSI_APP_ID=app", "JITSI_DOMAIN=meet.example.org",
                                             "JITSI_SECRET=your-jitsi-secret-key", NULL };
  static const char *const public[] = { "JITSI_APP_ID=app", "JITSI_DOMAIN=meet.jit.si",
                                        "JITSI_SECRET=0123456789abcdef0123456789abcdef", NULL };
  static const char *const same[]
      = { "JITSI_APP_ID=app", "JITSI_DOMAIN=meet.example.org",
          "JITSI_SECRET=0123456789abcdef0123456789abcdef",
          "JITSI_EVENTS_SECRET=0123456789abcdef0123456789abcdef", NULL };
  static const char *const hooked[] = { "JITSI_APP_ID=app",
                                        "JITSI_DOMAIN=meet.example.org",
                                        "JITSI_SECRET=0123456789abcdef0123456789abcdef",
                                        "JITSI_EVENTS_SECRET=fedcba9876543210",
                                        "JITSI_TENNANT=clinic",
                                        NULL };
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_auto (Outcome) bad = { 0 };
  g_auto (Outcome) warned = { 0 };
  g_auto (Outcome) shared = { 0 };
  g_auto (Outcome) told = { 0 };
  g_autofree char *database = g_build_filename (folder, "data", "rounds.db", NULL);

  take_remote (server_database_make ());
  expect (folder, NULL, "check", 0, "meet.example.org");
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
  run (folder, placeholder, NULL, "check", &bad);
  g_assert_cmpint (bad.status, ==, 1);
  g_assert_nonnull (strstr (bad.out, "JITSI_SECRET"));
  run (folder, public, NULL, "check", &warned);
  g_assert_cmpint (warned.status, ==, 0);
  g_assert_nonnull (strstr (warned.out, "warning"));
  run (folder, same, NULL, "check", &shared);
  g_assert_cmpint (shared.status, ==, 1);
  g_assert_nonnull (strstr (shared.out, "JITSI_EVENTS_SECRET is the same"));
  run (folder, hooked, NULL, "check", &told);
  g_assert_cmpint (told.status, ==, 0);
  g_assert_nonnull (strstr (told.out, "/jitsi/events"));
  g_assert_null (strstr (told.out, "fedcba"));
  g_assert_nonnull (strstr (told.out, "JITSI_TENNANT is set, but there is no such setting"));

  expect (folder, NULL, "migrate", 0, "schema");
  expect (folder, NULL, "check", 0, "No administrator");
  expect (folder, "a good password\n", "user add --email a@example.org --name A --role admin", 0,
          NULL);
  expect (folder, NULL, "check", 0, "is sound");
  if (remote != NULL)
    {
      take_remote (g_strdup ("postgresql://nobody@/nowhere?host=/nowhere"));
      expect (folder, NULL, "check", 1, "cannot be reached");
      return;
    }
  g_assert_true (g_file_set_contents (database, "this is no database at all", -1, NULL));
  expect (folder, NULL, "check", 1, "wrong");
}

#define JAAS_APP "vpaas-magic-cookie-96f0941768964ab380ed0fbada7a502f"

static void
test_check_jaas (void)
{
  static const struct
  {
    const char *setting, *more; /* or NULL */
    const char *says;
    const char *says_not; /* or NULL */
  } rows[] = {
    { NULL, NULL, "JITSI_WEBHOOK_SECRET is not set", "good     JaaS" },
    { "JITSI_WEBHOOK_SECRET=whsec_0123456789abcdef", NULL,
      "JaaS may tell of calls at /jitsi/webhooks", "warning  JITSI" },
    { "JITSI_WEBHOOK_SECRET=0123456789abcdef", NULL, "does not begin with", NULL },
    { "JITSI_WEBHOOK_SECRET=whsec_0123456789abcdef,whsec_fedcba9876543210", NULL,
      "Two of JaaS's secrets count", "warning  JITSI" },
    { "JITSI_EVENTS_SECRET=0123456789abcdef", NULL, "JITSI_EVENTS_SECRET is of no use here", NULL },
    { "JITSI_EVENTS_SECRET=whsec_0123456789abcdef", "JITSI_WEBHOOK_SECRET=whsec_0123456789abcdef",
      "are the same", NULL },
  };
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "jaas.pem", NULL);
  g_autofree char *key = g_strconcat ("JITSI_PRIVATE_KEY_FILE=", path, NULL);
  g_auto (Outcome) useless = { 0 };
  const char *own[] = { "JITSI_APP_ID=app", "JITSI_DOMAIN=meet.example.org",
                        "JITSI_SECRET=0123456789abcdef0123456789abcdef",
                        "JITSI_WEBHOOK_SECRET=whsec_0123456789abcdef", NULL };

  take_remote (NULL);
  g_assert_true (
      g_file_set_contents_full (path, TEST_PRIVATE_KEY, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      const char *environment[] = { "JITSI_APP_ID=" JAAS_APP,
                                    "JITSI_DOMAIN=8x8.vc",
                                    "JITSI_KID=" JAAS_APP "/4f4910",
                                    key,
                                    rows[i].setting,
                                    rows[i].more,
                                    NULL };
      run (folder, environment, NULL, "check", &outcome);
      g_test_message ("%s", outcome.out);
      g_assert_cmpint (outcome.status, ==, 0);
      g_assert_nonnull (strstr (outcome.out, rows[i].says));
      g_assert_null (strstr (outcome.out, "0123456789abcdef"));
      if (rows[i].says_not != NULL)
        g_assert_null (strstr (outcome.out, rows[i].says_not));
    }
  run (folder, own, NULL, "check", &useless);
  g_assert_cmpint (useless.status, ==, 0);
  g_assert_nonnull (strstr (useless.out, "JITSI_WEBHOOK_SECRET is of no use here"));
}

/* The service's user reads the INI file, so it is open to all; a secret in it is not to be. */
static void
test_open_settings (void)
{
  static const struct
  {
    const char *text;
    mode_t mode;
    gboolean warned;
  } rows[] = {
    { "[server]\nlisten = unix:/somewhere/http.sock\n[jitsi]\napp-id = rounds\n", 0644, FALSE },
    { "[server]\nmetrics-token = abc\n", 0644, TRUE },
    { "[server]\nmetrics-token = abc\n", 0600, FALSE },
    { "[jitsi]\nsecret = 0123456789abcdef0123456789abcdef\n", 0640, TRUE },
    { "[jitsi]\nevents-secret = 0123456789abcdef\n", 0644, TRUE },
    { "[jitsi]\nwebhook-secret = whsec_0123456789abcdef\n", 0644, TRUE },
  };
  take_remote (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
      g_autofree char *path = g_build_filename (folder, "rounds.ini", NULL);
      g_auto (Outcome) outcome = { 0 };
      g_assert_true (g_file_set_contents (path, rows[i].text, -1, NULL));
      g_assert_cmpint (g_chmod (path, rows[i].mode), ==, 0);
      run (folder, jitsi, NULL, "check --config rounds.ini", &outcome);
      g_test_message ("%s", outcome.out);
      g_assert_cmpint (strstr (outcome.out, "can be read by others") != NULL, ==, rows[i].warned);
      g_assert_cmpint (strstr (outcome.out, "the socket /somewhere/http.sock") != NULL, ==, i == 0);
    }
}

static void
test_dotenv_is_read (void)
{
  take_remote (NULL);
  static const char *const nothing[] = { NULL };
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, ".env", NULL);
  g_auto (Outcome) outcome = { 0 };

  g_assert_true (g_file_set_contents (path,
                                      "# Jitsi Configuration\nJITSI_APP_ID=app\n"
                                      "JITSI_SECRET=\"0123456789abcdef0123456789abcdef\"\n"
                                      "JITSI_DOMAIN=calls.example.org\n",
                                      -1, NULL));
  run (folder, nothing, NULL, "check", &outcome);
  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "calls.example.org"));
  g_assert_null (strstr (outcome.out, "0123456789abcdef"));
}

/* What was done, and to whom, stands in the audit log; what was refused was not done. */
static void
assert_noted (const char *folder)
{
  static const struct
  {
    const char *action;
    const char *kind;
  } rows[] = {
    { "roundsd hospital add", "hospital" },
    { "roundsd user add", "user" },
    { "roundsd user passwd", "user" },
  };
  g_autofree char *path = g_build_filename (folder, "data", "rounds.db", NULL);
  g_autoptr (RoundsDb) db = server_database_open (remote, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "SELECT a.action, a.record_kind, a.address, a.detail FROM audit_log a"
      " LEFT JOIN users u ON u.id = a.record_id LEFT JOIN hospitals h ON h.id = a.record_id"
      " WHERE COALESCE (u.id, h.id) = a.record_id ORDER BY a.seq",
      &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
      g_assert_cmpstr (rounds_db_get_text (statement, 0), ==, rows[i].action);
      g_assert_cmpstr (rounds_db_get_text (statement, 1), ==, rows[i].kind);
      g_assert_cmpstr (rounds_db_get_text (statement, 2), ==, "console");
      g_assert_nonnull (strstr (rounds_db_get_text (statement, 3), "\"uid\":"));
    }
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_DONE);
}

static void
test_people (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  const char *add = "user add --email anna@example.org --name Dr.~Anna --role doctor ";
  g_autofree char *no_hospital = g_strdup (add);
  g_autofree char *good = g_strconcat (add, "--hospital St.~Mary --department Surgery", NULL);
  g_autofree char *unknown = g_strconcat (add, "--hospital St.~Nobody", NULL);

  take_remote (server_database_make ());
  expect (folder, NULL, "hospital add --name St.~Mary --timezone Mars/Base", 1, "--timezone");
  expect (folder, NULL, "hospital add --timezone Europe/Berlin", 1, "--name");
  expect (folder, NULL,
          "hospital add --name St.~Mary --timezone Europe/Berlin --department Surgery "
          "--department X-ray",
          0, NULL);
  expect (folder, NULL, "hospital list", 0, "Europe/Berlin\tSt. Mary");
  expect (folder, "a good password\n", g_strchomp (no_hospital), 1, "--hospital");
  expect (folder, "a good password\n", unknown, 1, "no such hospital");
  expect (folder, "short\n", good, 1, "10 characters");
  expect (folder, "", good, 1, "standard input");
  expect (folder, "a good password\n", "user add --email anna --name A --role admin", 1, "--email");
  expect (folder, "a good password\n", "user add --email a@example.org --name A --role king", 1,
          "--role");
  expect (folder, "a good password\n", "user add --email a@example.org --name ~~ --role admin", 1,
          "--name: Required");
  expect (folder, "a good password\n",
          "user add --email a@example.org --name A\x1b[31mB --role admin", 1, "--name: Has");
  expect (folder, NULL, "hospital add --name ~ --timezone Europe/Berlin", 1, "--name: Required");
  expect (folder, "a good password\n", good, 0, NULL);
  expect (folder, "a good password\n", good, 1, "already");
  expect (folder, NULL, "user list", 0, "doctor\tactive\tanna@example.org\tDr. Anna\tSt. Mary");
  expect (folder, "another password\n", "user passwd nobody@example.org", 1, "nobody");
  expect (folder, "another password\n", "user passwd", 2, "e-mail");
  expect (folder, "another password\n", "user passwd ANNA@example.org", 0, NULL);
  assert_noted (folder);
  expect (folder, NULL, "audit trim --keep-days 1", 0, "0 rows");
  expect (folder, NULL, "audit verify", 0, "4 rows, from 1 to 4");
  expect (folder, NULL, "audit verify", 0, "no signed head to compare with");
  expect (folder, NULL, "audit verify --heads /dev/null", 1, "no head in /dev/null");
}

/* A running server takes a new password at once and throws the old sessions out. */
static void
test_password_ends_sessions (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  g_autofree char *command = g_strdup_printf ("user passwd --data %s doctor@example.org",
                                              server_fixture_get_data_dir (server));
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();

  take_remote (g_strdup (server_fixture_get_database (server)));
  expect (folder, "a new password\n", command, 0, NULL);
  g_autoptr (ServerReply) old = server_fixture_send (server, "GET", "/api/users/me", token, NULL);
  g_autoptr (ServerReply) wrong
      = server_fixture_send (server, "POST", "/api/auth/login", NULL,
                             "{\"email\":\"doctor@example.org\",\"password\":\"demo-password\"}");
  g_autoptr (ServerReply) right
      = server_fixture_send (server, "POST", "/api/auth/login", NULL,
                             "{\"email\":\"doctor@example.org\",\"password\":\"a new password\"}");
  g_assert_cmpuint (old->status, ==, 401);
  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpuint (right->status, ==, 200);
}

static void
test_demo (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();

  take_remote (server_database_make ());
  expect (folder, NULL, "demo", 0, "doctor@example.org");
  expect (folder, NULL, "user list", 0, "desk2@example.org");
}

/* Of a server that runs: the copy opens, is nobody else's to read, and overwrites nothing. */
static void
test_backup (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *command
      = g_strdup_printf ("backup --data %s copy.db", server_fixture_get_data_dir (server));
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autofree char *restored = g_build_filename (data, "rounds.db", NULL);
  GStatBuf info;

  take_remote (g_strdup (server_fixture_get_database (server)));
  if (remote != NULL)
    {
      expect (folder, NULL, command, 1, "pg_dump");
      return;
    }
  expect (folder, NULL, command, 0, "copy.db");
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  expect (folder, NULL, command, 1, "exists");
  expect (folder, NULL, "backup", 2, "FILE");
  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  g_assert_cmpint (g_rename (copy, restored), ==, 0);
  expect (folder, NULL, "user list", 0, "desk2@example.org");
}

static void
run_sql (RoundsDb *db, const char *format, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "@role", -1);
  g_autofree char *sql = g_strjoinv (role, parts);
  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* PostgreSQL without the extension that keeps appointments apart: which of the two reasons it is,
 * and who can do something about it. */
static void
test_extension (void)
{
  g_autofree char *url = server_database_make ();
  g_autofree char *role = g_strdup_printf ("stranger%d", (int)getpid ());
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();

  if (url == NULL)
    {
      g_test_skip ("about PostgreSQL");
      return;
    }
  g_autoptr (RoundsDb) db = server_database_open (url, NULL);
  g_auto (GStrv) parts = g_strsplit (url, "//rounds@", 2);
  take_remote (g_strconcat (parts[0], "//", role, "@", parts[1], NULL));
  run_sql (db,
           "CREATE ROLE @role LOGIN; GRANT CREATE ON SCHEMA public TO @role;"
           "DROP EXTENSION IF EXISTS btree_gist",
           role);
  expect (folder, NULL, "migrate", 1, "may not create it");
  expect (folder, NULL, "migrate", 1, "CREATE EXTENSION btree_gist");

  /* As if the contrib package were not installed. */
  run_sql (db,
           "CREATE SCHEMA bare; GRANT USAGE ON SCHEMA bare TO @role;"
           "CREATE VIEW bare.pg_available_extensions AS SELECT ''::name AS name;"
           "GRANT SELECT ON bare.pg_available_extensions TO @role;"
           "ALTER ROLE @role SET search_path = bare, pg_catalog, public",
           role);
  expect (folder, NULL, "migrate", 1, "contrib package");

  run_sql (db, "DROP SCHEMA bare CASCADE; ALTER ROLE @role RESET search_path", role);
  run_sql (db, "CREATE EXTENSION btree_gist", role);
  expect (folder, NULL, "migrate", 0, "schema");
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Commands/usage", test_usage);
  g_test_add_func ("/Rounds/Server/Commands/check", test_check);
  g_test_add_func ("/Rounds/Server/Commands/check-jaas", test_check_jaas);
  g_test_add_func ("/Rounds/Server/Commands/open-settings", test_open_settings);
  g_test_add_func ("/Rounds/Server/Commands/dotenv-is-read", test_dotenv_is_read);
  g_test_add_func ("/Rounds/Server/Commands/people", test_people);
  g_test_add_func ("/Rounds/Server/Commands/password-ends-sessions", test_password_ends_sessions);
  g_test_add_func ("/Rounds/Server/Commands/demo", test_demo);
  g_test_add_func ("/Rounds/Server/Commands/backup", test_backup);
  g_test_add_func ("/Rounds/Server/Commands/extension", test_extension);
  return g_test_run ();
}
