/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The audit log: what it holds after a call, that nothing can be changed in it, and that `roundsd
 * audit verify` finds what was done to it all the same.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-audit-repository.h"
#include "rounds-passwords.h"
#include "rounds-test.h"

static ApiWorld *world;

/* The newest entry about @record that did @action, or NULL. (transfer full) */
static JsonObject *
find_entry (const char *record, const char *action)
{
  g_autofree char *path = g_strdup_printf (
      "/api/audit?limit=500%s%s", record != NULL ? "&record=" : "", record != NULL ? record : "");
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
  JsonArray *entries = json_object_get_array_member (server_reply_get_data (reply), "entries");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (g_strcmp0 (api_text (entry, "action"), action) == 0)
        return json_object_ref (entry);
    }
  return NULL;
}

static void
assert_entry (JsonObject *entry, ApiPerson who, const char *kind, int result)
{
  g_assert_nonnull (entry);
  g_assert_cmpstr (api_text (entry, "user"), ==, world->ids[who]);
  g_assert_cmpstr (api_text (entry, "address"), ==, "127.0.0.1");
  g_assert_cmpstr (api_text (entry, "recordKind"), ==, kind);
  g_assert_cmpint (json_object_get_int_member (entry, "result"), ==, result);
  g_assert_nonnull (api_text (entry, "session"));
}

/* A change is in the log when it is answered, with what it was about and nothing of what it says.
 */
static void
test_changes (void)
{
  g_autofree char *id = api_make_appointment (world, DESK, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *status = api_path ("/api/appointments/%s/status", id);
  g_autoptr (JsonObject) made = find_entry (id, "POST /api/appointments");
  g_autoptr (ServerReply) edited
      = api_expect (world, 200, DESK, "PATCH", path, "{\"notes\":\"SECRETNOTE\"}");
  g_autoptr (JsonObject) change = find_entry (id, "PATCH /api/appointments/:id");
  g_autoptr (ServerReply) arrived
      = api_expect (world, 200, ADMIN, "PATCH", status, "{\"status\":\"arrived\"}");
  g_autoptr (JsonObject) step = find_entry (id, "PATCH /api/appointments/:id/status");
  g_autoptr (ServerReply) all = api_expect (world, 200, ADMIN, "GET", "/api/audit?limit=500", NULL);

  assert_entry (made, DESK, "appointment", 201);
  assert_entry (change, DESK, "appointment", 200);
  g_assert_cmpstr (
      json_array_get_string_element (
          json_object_get_array_member (json_object_get_object_member (change, "detail"), "fields"),
          0),
      ==, "notes");
  assert_entry (step, ADMIN, "appointment", 200);
  g_assert_cmpstr (api_text (json_object_get_object_member (step, "detail"), "status"), ==,
                   "arrived");
  g_assert_null (strstr (all->body, "SECRETNOTE"));
  g_assert_null (strstr (all->body, "John Doe"));
}

static void
test_override (void)
{
  g_autofree char *doctor = g_strdup_printf ("\"doctor\":\"%s\"", world->ids[DOCTOR]);
  g_autofree char *body = api_appointment_body (world->hospital, doctor);
  g_autofree char *timed = api_at_free_time (body);
  g_autofree char *forced
      = api_with_member (timed, "override", "{\"reason\":\"Twins, one visit\"}");
  g_autoptr (ServerReply) first = api_expect (world, 201, DESK, "POST", "/api/appointments", timed);
  g_autoptr (ServerReply) second
      = api_expect (world, 201, DESK, "POST", "/api/appointments", forced);
  const char *id = api_text (api_document (second, "appointment"), "id");
  g_autoptr (JsonObject) entry = find_entry (id, "POST /api/appointments");

  assert_entry (entry, DESK, "appointment", 201);
  g_assert_cmpstr (api_text (json_object_get_object_member (entry, "detail"), "override"), ==,
                   "Twins, one visit");
}

/* Who looked at a record is in the log, once for many looks; and who was not let. */
static void
test_reads_and_refusals (void)
{
  g_autofree char *id = api_make_appointment (world, DESK, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *log = g_strdup_printf ("/api/audit?record=%s", id);

  for (int i = 0; i < 5; i++)
    g_clear_pointer (&(ServerReply *){ api_expect (world, 200, DESK, "GET", path, NULL) },
                     server_reply_free);
  g_clear_pointer (&(ServerReply *){ api_expect (world, 404, PATIENT2, "DELETE", path, NULL) },
                   server_reply_free);
  api_restart (world);
  g_autoptr (JsonObject) refused = find_entry (id, "DELETE /api/appointments/:id");
  g_autoptr (JsonObject) read = find_entry (id, "GET /api/appointments/:id");
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", log, NULL);

  assert_entry (read, DESK, "appointment", 200);
  assert_entry (refused, PATIENT2, "appointment", 404);
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (server_reply_get_data (reply), "entries")),
                    ==, 3);
}

/* Who is given the key to a call, or is shown again what his request made, is noted as well. */
static void
test_links_and_repeats (void)
{
  g_autofree char *plain = api_appointment_body (world->hospital, NULL);
  g_autofree char *body = api_at_free_time (plain);
  static const char key[] = "Idempotency-Key: noted-again";
  g_autoptr (ServerReply) first
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments", key, body);
  g_autofree char *id = g_strdup (api_text (api_document (first, "appointment"), "id"));
  g_autofree char *join = api_path ("/api/appointments/%s/join", id);
  g_autofree char *log = g_strdup_printf ("/api/audit?record=%s", id);
  g_autoptr (ServerReply) again
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments", key, body);
  g_autoptr (ServerReply) joined = api_expect (world, 200, DESK, "POST", join, NULL);

  api_restart (world);
  g_autoptr (JsonObject) link = find_entry (id, "POST /api/appointments/:id/join");
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", log, NULL);
  JsonArray *entries = json_object_get_array_member (server_reply_get_data (reply), "entries");

  assert_entry (link, DESK, "appointment", 200);
  g_assert_cmpuint (json_array_get_length (entries), ==, 3);
}

/* A look at whether the server is well is nobody's doing, and a session that was not there was not
 * ended. */
static void
test_nothing_done (void)
{
  g_autoptr (ServerReply) before
      = api_expect (world, 200, ADMIN, "GET", "/api/audit?limit=1", NULL);
  g_autoptr (ServerReply) ready = api_expect (world, 200, NOBODY, "GET", "/readyz", NULL);
  g_autoptr (ServerReply) gone
      = api_expect (world, 404, DOCTOR, "DELETE", "/api/auth/sessions/" API_UNKNOWN_ID, NULL);
  g_autoptr (ServerReply) after = api_expect (world, 200, ADMIN, "GET", "/api/audit?limit=1", NULL);
  g_autoptr (JsonObject) ended = NULL;

  g_assert_cmpstr (before->body, ==, after->body);
  api_restart (world);
  ended = find_entry (API_UNKNOWN_ID, "DELETE /api/auth/sessions/:id");
  assert_entry (ended, DOCTOR, "session", 404);
}

static guint
count_entries (const char *record, ApiPerson who)
{
  g_autofree char *path
      = g_strdup_printf ("/api/audit?limit=500&user=%s%s%s", world->ids[who],
                         record != NULL ? "&record=" : "", record != NULL ? record : "");
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
  JsonArray *entries = json_object_get_array_member (server_reply_get_data (reply), "entries");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      g_assert_cmpstr (api_text (entry, "user"), ==, world->ids[who]);
      g_assert_true (record == NULL || g_str_equal (api_text (entry, "record"), record));
    }
  return json_array_get_length (entries);
}

/* Who did anything at all, and who did anything to one record. */
static void
test_people (void)
{
  g_autofree char *one = api_make_appointment (world, DESK, NULL);
  guint n_before = count_entries (NULL, DESK);
  g_autofree char *other = api_make_appointment (world, DESK, NULL);

  g_assert_cmpuint (count_entries (NULL, DESK), ==, n_before + 1);
  g_assert_cmpuint (count_entries (one, DESK), ==, 1);
  g_assert_cmpuint (count_entries (other, DESK), ==, 1);
  g_assert_cmpuint (count_entries (one, DOCTOR2), ==, 0);
}

/* A guessed password is noted with the account that it was guessed at, and not with the guess. */
static void
test_guess (void)
{
  g_autofree char *log = g_strdup_printf ("/api/audit?user=%s&limit=500", world->ids[DESK2]);
  g_autoptr (ServerReply) reply = server_fixture_send (
      world->server, "POST", "/api/auth/login", NULL,
      "{\"email\":\"desk2@example.org\",\"password\":\"my-guess-is-wrong\"}");

  g_assert_cmpuint (reply->status, ==, 401);
  api_restart (world);
  g_autoptr (ServerReply) entries = api_expect (world, 200, ADMIN, "GET", log, NULL);
  g_assert_null (strstr (entries->body, "my-guess"));
  g_assert_nonnull (strstr (entries->body, "\"result\":401"));
}

static void
test_pages (void)
{
  g_autofree char *cursor = NULL;
  gint64 last = G_MAXINT64;
  guint n = 0;

  do
    {
      g_autofree char *path = g_strdup_printf (
          "/api/audit?limit=3%s%s", cursor != NULL ? "&cursor=" : "", cursor != NULL ? cursor : "");
      g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
      JsonArray *entries = json_object_get_array_member (server_reply_get_data (reply), "entries");

      for (guint i = 0; i < json_array_get_length (entries); i++, n++)
        {
          gint64 seq
              = json_object_get_int_member (json_array_get_object_element (entries, i), "seq");

          g_assert_cmpint (seq, <, last);
          last = seq;
        }
      g_set_str (&cursor, api_text (server_reply_get_data (reply), "nextCursor"));
    }
  while (cursor != NULL);
  g_assert_cmpint (last, ==, 1);
  g_assert_cmpuint (n, >, 10);
}

static void
test_malformed (void)
{
  static const char *const paths[]
      = { "/api/audit?user=x", "/api/audit?record=%00", "/api/audit?from=yesterday",
          "/api/audit?limit=0", "/api/audit?cursor=x" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 400, ADMIN, "GET", paths[i], NULL);
    }
}

static void
test_append_only (void)
{
  static const char *const crimes[] = {
    "UPDATE audit_log SET user_id = NULL WHERE seq = 1",
    "DELETE FROM audit_log WHERE seq = 1",
    "DELETE FROM audit_log",
  };
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);

  for (gsize i = 0; i < G_N_ELEMENTS (crimes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (rounds_db_exec (db, crimes[i], &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
    }
}

/* Runs `roundsd audit @words` on the server's database. Returns its exit status. */
static int
run_audit (const char *const *words, char **out)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GStrvBuilder) line = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *database = server_fixture_get_database (world->server);

  g_strv_builder_add_many (line, g_getenv ("ROUNDSD"), "audit", NULL);
  g_strv_builder_addv (line, (const char **)words);
  g_strv_builder_add_many (line, "--data", server_fixture_get_data_dir (world->server), NULL);
  argv = g_strv_builder_end (line);
  if (database != NULL)
    g_subprocess_launcher_setenv (launcher, "ROUNDS_DATABASE", database, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, out, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
exec (const char *sql)
{
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autoptr (GError) error = NULL;

  if (!rounds_db_exec (db, sql, &error))
    g_error ("%s: %s", sql, error->message);
}

/* Who owns the database can take the triggers away. */
static void
drop_triggers (void)
{
  static const char *const triggers[] = { "no_update", "no_delete" };

  for (gsize i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "DROP TRIGGER audit_log_%s%s", triggers[i],
          server_fixture_get_database (world->server) != NULL ? " ON audit_log" : "");

      exec (sql);
    }
}

#define VERIFY ((const char *const[]){ "verify", NULL })

/* Each crime with what makes up for it; between the two the check has to fail. */
static void
test_verify (void)
{
  static const struct
  {
    const char *crime;
    const char *repair;
    const char *words;
  } rows[] = {
    { "UPDATE audit_log SET result = 201 WHERE seq = 3",
      "UPDATE audit_log SET result = 200 WHERE seq = 3", "row 3" },
    { "UPDATE audit_log SET record_id = '' WHERE seq = 2",
      "UPDATE audit_log SET record_id = NULL WHERE seq = 2", "row 2" },
    { "UPDATE audit_log SET seq = 1000000 WHERE seq = 4",
      "UPDATE audit_log SET seq = 4 WHERE seq = 1000000", "removed" },
    { "INSERT INTO audit_log SELECT (SELECT max (seq) + 1 FROM audit_log), at, user_id, role,"
      " session_id, address, action, record_kind, record_id, result, detail, hash"
      " FROM audit_log WHERE seq = 2",
      "DELETE FROM audit_log WHERE seq = (SELECT max (seq) FROM audit_log)", "inserted" },
  };
  g_autofree char *head = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *file
      = g_build_filename (server_fixture_get_data_dir (world->server), "kept-elsewhere", NULL);
  const char *const against[] = { "verify", "--heads", file, NULL };

  g_assert_cmpint (run_audit ((const char *const[]){ "head", NULL }, &head), ==, 0);
  g_assert_true (g_file_set_contents (file, head, -1, NULL));
  g_assert_cmpint (run_audit (against, &whole), ==, 0);
  g_assert_nonnull (strstr (whole, "1 signed heads"));

  server_fixture_stop (world->server);
  drop_triggers ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *again = NULL;

      exec (rows[i].crime);
      g_assert_cmpint (run_audit (VERIFY, &out), ==, 1);
      g_test_message ("%s", out);
      g_assert_nonnull (strstr (out, rows[i].words));
      exec (rows[i].repair);
      g_assert_cmpint (run_audit (VERIFY, &again), ==, 0);
    }
}

/* What is cut off at the end leaves a whole chain; a head that was kept tells. */
static void
test_cut_off (void)
{
  g_autofree char *out = NULL;
  g_autofree char *forged = NULL;
  g_autofree char *text = NULL;
  g_autofree char *file
      = g_build_filename (server_fixture_get_data_dir (world->server), "kept-elsewhere", NULL);
  const char *const against[] = { "verify", "--heads", file, NULL };

  exec ("DELETE FROM audit_log WHERE seq > 5");
  g_assert_cmpint (run_audit (against, &out), ==, 1);
  g_assert_nonnull (strstr (out, "is gone that was there"));

  /* A head that says what the log says now is not signed. */
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  memcpy (strstr (text, "\"hash\":\"") + 8, "00000000", 8);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_cmpint (run_audit (against, &forged), ==, 1);
  g_assert_nonnull (strstr (forged, "not signed by this key"));
}

/* What was given up after its time is no damage, and the rest can still be checked. */
static void
test_trim (void)
{
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autoptr (GError) error = NULL;
  RoundsAuditReport report = { 0 };
  RoundsAuditEntry entry = { .at = 9000, .address = (char *)"console", .action = (char *)"test" };
  int n_removed = 0;

  g_assert_true (rounds_passwords_init (&error));
  g_assert_true (rounds_db_begin (db, &error));
  g_assert_true (rounds_audit_repository_trim (db, G_MAXINT64, 1000, &n_removed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_removed, ==, 5);
  g_assert_true (rounds_audit_repository_append (db, &entry, &error));
  g_assert_true (rounds_db_commit (db, &error));
  g_assert_cmpint (entry.seq, ==, 6);
  g_assert_true (rounds_audit_repository_verify (db, &report, &error));
  g_assert_null (report.problem);
  g_assert_cmpint (report.n_rows, ==, 1);
  g_assert_cmpint (report.first_seq, ==, 6);
  g_assert_true (rounds_db_begin (db, &error));
  g_assert_true (rounds_audit_repository_trim (db, 9000, 1000, &n_removed, &error));
  g_assert_true (rounds_db_commit (db, &error));
  g_assert_cmpint (n_removed, ==, 0);
}

/* Everybody signs in with a password: a beginning that has pages. */
static void
begin_log (void)
{
  for (ApiPerson person = 0; person < API_N_PEOPLE; person++)
    {
      g_autofree char *account = g_strconcat (api_person_to_string (person), "@example.org", NULL);
      g_autofree char *token = server_fixture_sign_in (world->server, account);
    }
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  begin_log ();

  g_test_add_func ("/Rounds/Server/ApiAudit/changes", test_changes);
  g_test_add_func ("/Rounds/Server/ApiAudit/override", test_override);
  g_test_add_func ("/Rounds/Server/ApiAudit/reads-and-refusals", test_reads_and_refusals);
  g_test_add_func ("/Rounds/Server/ApiAudit/links-and-repeats", test_links_and_repeats);
  g_test_add_func ("/Rounds/Server/ApiAudit/nothing-done", test_nothing_done);
  g_test_add_func ("/Rounds/Server/ApiAudit/people", test_people);
  g_test_add_func ("/Rounds/Server/ApiAudit/guess", test_guess);
  g_test_add_func ("/Rounds/Server/ApiAudit/pages", test_pages);
  g_test_add_func ("/Rounds/Server/ApiAudit/malformed", test_malformed);
  g_test_add_func ("/Rounds/Server/ApiAudit/append-only", test_append_only);
  /* These stop the server, and each finds what the one before left. */
  g_test_add_func ("/Rounds/Server/ApiAudit/verify", test_verify);
  g_test_add_func ("/Rounds/Server/ApiAudit/cut-off", test_cut_off);
  g_test_add_func ("/Rounds/Server/ApiAudit/trim", test_trim);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
