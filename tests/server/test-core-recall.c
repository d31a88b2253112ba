/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How long answers are kept in memory: to their end, and to the next commit; and people, to the
 * next one that may have changed one. That nobody is given another one's is tested in
 * test-api-recall.c.
 */

#include "config.h"

#include "rounds-recall.h"
#include "rounds-test.h"

#define NOON G_GINT64_CONSTANT (1800000000000000)

typedef struct
{
  RoundsTestFolder *folder;
  RoundsDbWriter *writer;
  RoundsRecall *recall;
  RoundsSharedBody *body;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (self->folder, "test.db", NULL);
  self->writer = rounds_db_writer_new (
      &(RoundsDbOptions){ .path = path, .quiet_tables = rounds_recall_quiet_tables }, 10, &error);
  g_assert_no_error (error);
  self->recall = rounds_recall_new (self->writer);
  self->body = rounds_shared_body_new (g_strdup ("{}"));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  rounds_recall_free (self->recall);
  rounds_db_writer_free (self->writer);
  rounds_shared_body_unref (self->body);
  rounds_test_folder_free (self->folder);
}

static gboolean
write_job (RoundsDb *db, gpointer sql, GError **error)
{
  return rounds_db_exec (db, sql, error);
}

static void
assert_found (Fixture *self, RoundsRecallSpan span, const char *key, gint64 now, gboolean expected)
{
  g_autoptr (RoundsSharedBody) body = rounds_recall_answer (self->recall, span, key, now);

  g_assert_true (body == (expected ? self->body : NULL));
}

static void
test_time (Fixture *self, gconstpointer unused)
{
  RoundsRecallSpan span = rounds_recall_begin (self->recall);

  rounds_recall_keep_answer (self->recall, span, "a", self->body, NOON + 2);
  assert_found (self, span, "a", NOON, TRUE);
  assert_found (self, span, "b", NOON, FALSE);
  assert_found (self, span, "a", NOON + 1, TRUE);
  assert_found (self, span, "a", NOON + 2, FALSE);
  /* It does not come back with a clock that is set back. */
  assert_found (self, span, "a", NOON, FALSE);
}

/* The first that ends takes those along that would go on: they are written anew. */
static void
test_several (Fixture *self, gconstpointer unused)
{
  RoundsRecallSpan span = rounds_recall_begin (self->recall);

  rounds_recall_keep_answer (self->recall, span, "later", self->body, NOON + 9);
  rounds_recall_keep_answer (self->recall, span, "soon", self->body, NOON + 2);
  rounds_recall_keep_answer (self->recall, span, "never", self->body, G_MAXINT64);
  assert_found (self, span, "soon", NOON + 1, TRUE);
  assert_found (self, span, "soon", NOON + 2, FALSE);
  assert_found (self, span, "later", NOON + 2, FALSE);
  rounds_recall_keep_answer (self->recall, span, "later", self->body, NOON + 9);
  assert_found (self, span, "later", NOON + 8, TRUE);
}

static void
test_commit (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  RoundsRecallSpan span = rounds_recall_begin (self->recall);
  gboolean written;

  rounds_recall_keep_answer (self->recall, span, "a", self->body, NOON + 2);
  assert_found (self, span, "a", NOON, TRUE);
  written
      = rounds_db_writer_run (self->writer, NULL, write_job, "CREATE TABLE t (n INTEGER)", &error);
  g_assert_no_error (error);
  g_assert_true (written);
  g_assert_cmpuint (rounds_recall_begin (self->recall).records, >, span.records);
  assert_found (self, span, "a", NOON, FALSE);
  assert_found (self, rounds_recall_begin (self->recall), "a", NOON, FALSE);
  /* Written from what was read before. */
  rounds_recall_keep_answer (self->recall, span, "a", self->body, NOON + 2);
  assert_found (self, rounds_recall_begin (self->recall), "a", NOON, FALSE);
}

#define DOCTOR "aaaaaaaaaaaaaaaaaaaaaaaa"

static void
run (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rounds_db_writer_run (self->writer, NULL, write_job, (gpointer)sql, &error);
  g_assert_no_error (error);
}

/* As another process would, where @path is the writer's file. */
static void
run_beside (Fixture *self, const char *sql)
{
  g_autofree char *path = g_build_filename (self->folder, "test.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&(RoundsDbOptions){ .path = path }, &error);

  g_assert_no_error (error);
  g_assert_true (rounds_db_exec (db, sql, &error));
}

static void
keep_doctor (Fixture *self, RoundsRecallSpan span)
{
  g_autoptr (RoundsUser) user = rounds_user_new ();

  user->id = g_strdup (DOCTOR);
  rounds_recall_keep_user (self->recall, span, user);
}

static gboolean
knows_doctor (Fixture *self)
{
  g_autoptr (RoundsUser) user
      = rounds_recall_user (self->recall, rounds_recall_begin (self->recall), DOCTOR);

  return user != NULL;
}

/* What stands in the way of keeping people: all that may have changed them, however it did. */
static void
test_people (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *sql;
    gboolean beside; /* by another process */
    gboolean kept;
  } rows[] = {
    { "INSERT INTO meetings VALUES (1)", FALSE, TRUE },
    { "INSERT OR REPLACE INTO audit_log VALUES (1)", FALSE, TRUE },
    { "UPDATE meetings SET id = 2; DELETE FROM meetings", FALSE, TRUE },
    { "SELECT * FROM users", FALSE, TRUE },
    { "UPDATE users SET id = 2", FALSE, FALSE },
    { "DELETE FROM sessions", FALSE, FALSE },
    { "INSERT INTO meetings VALUES (3); INSERT INTO sessions VALUES (3)", FALSE, FALSE },
    /* By a trigger, by a foreign key. */
    { "INSERT INTO appointments VALUES (1)", FALSE, FALSE },
    { "INSERT OR REPLACE INTO changes VALUES (1)", FALSE, FALSE },
    { "DELETE FROM changes", FALSE, FALSE },
    { "CREATE TABLE anything (id INTEGER)", FALSE, FALSE },
    { "INSERT INTO anything VALUES (1)", FALSE, FALSE },
    { "INSERT INTO meetings VALUES (4)", TRUE, FALSE },
  };

  run (self,
       "CREATE TABLE meetings (id INTEGER); CREATE TABLE changes (id INTEGER PRIMARY KEY);"
       "CREATE TABLE appointments (id INTEGER); CREATE TABLE audit_log (id INTEGER PRIMARY KEY);"
       "CREATE TABLE sessions (id INTEGER);"
       "CREATE TABLE users (id INTEGER REFERENCES changes ON DELETE CASCADE);"
       "INSERT INTO changes VALUES (1), (2); INSERT INTO users VALUES (1);"
       "CREATE TRIGGER t AFTER INSERT ON appointments BEGIN DELETE FROM sessions; END");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      keep_doctor (self, rounds_recall_begin (self->recall));
      g_assert_true (knows_doctor (self));
      if (rows[i].beside)
        run_beside (self, rows[i].sql);
      else
        run (self, rows[i].sql);
      g_test_message ("%s", rows[i].sql);
      g_assert_cmpint (knows_doctor (self), ==, rows[i].kept);
    }
}

static gboolean
kept_job (RoundsDb *db, gpointer sql, GError **error)
{
  RoundsDbStatement *statement = rounds_db_prepare (db, sql, error);

  return statement != NULL && rounds_db_run (statement, error);
}

/* A statement that was compiled long ago, and writes to more since somebody else made a trigger. */
static void
test_new_trigger (Fixture *self, gconstpointer unused)
{
  static const char sql[] = "INSERT INTO meetings VALUES (1)";

  run (self, "CREATE TABLE meetings (id INTEGER); CREATE TABLE users (id INTEGER)");
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;

      if (i == 3)
        run_beside (self, "CREATE TRIGGER t AFTER INSERT ON meetings"
                          " BEGIN INSERT INTO users VALUES (1); END");
      keep_doctor (self, rounds_recall_begin (self->recall));
      g_assert_true (rounds_db_writer_run (self->writer, NULL, kept_job, (gpointer)sql, &error));
      g_assert_cmpint (knows_doctor (self), ==, i < 3);
    }
}

/* Read before the commit, and kept after it. */
static void
test_late_people (Fixture *self, gconstpointer unused)
{
  RoundsRecallSpan before = rounds_recall_begin (self->recall);

  run (self, "CREATE TABLE users (id INTEGER)");
  keep_doctor (self, before);
  g_assert_false (knows_doctor (self));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/Rounds/Core/Recall/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  ADD ("time", test_time);
  ADD ("several", test_several);
  ADD ("commit", test_commit);
  ADD ("people", test_people);
  ADD ("new-trigger", test_new_trigger);
  ADD ("late-people", test_late_people);
  return g_test_run ();
}
