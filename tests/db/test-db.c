/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Statements and transactions on a connection in memory.
 * Files, keys and their failures are in test-db-files.c.
 */

#include "config.h"

#include <string.h>

#include "rounds-db.h"
#include "rounds-test.h"

static RoundsDb *
open_memory (const char *schema)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_open (&(RoundsDbOptions){ .path = ":memory:" }, &error);

  g_assert_no_error (error);
  if (schema != NULL)
    rounds_db_exec (db, schema, &error);
  g_assert_no_error (error);
  return db;
}

static RoundsDbStatement *
prepare (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  RoundsDbStatement *statement = rounds_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  return statement;
}

static void
expect_row (RoundsDbStatement *statement)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  g_assert_no_error (error);
}

static gint64
ask_number (RoundsDb *db, const char *sql)
{
  g_autoptr (RoundsDbStatement) statement = prepare (db, sql);

  expect_row (statement);
  return rounds_db_get_int (statement, 0);
}

static void
test_values_come_back (void)
{
  g_autoptr (RoundsDb) db = open_memory (NULL);
  g_autoptr (RoundsDbStatement) statement = prepare (db, "SELECT $1, $2, $3, $4, $5, $6, $7, $8");
  const guint8 bytes[] = { 0, 1, 0, 255 };
  const guint8 *blob;
  gsize length;

  rounds_db_bind_text (statement, 1, "Zoë «❤» O'Brien");
  rounds_db_bind_text (statement, 2, NULL);
  rounds_db_bind_int (statement, 3, G_MININT64);
  rounds_db_bind_time (statement, 4, 1705327200000000);
  rounds_db_bind_time (statement, 5, ROUNDS_TIME_NONE);
  rounds_db_bind_bytes (statement, 6, bytes, sizeof bytes);
  rounds_db_bind_bytes (statement, 7, bytes, 0);
  rounds_db_bind_null (statement, 8);
  expect_row (statement);
  g_assert_cmpstr (rounds_db_get_text (statement, 0), ==, "Zoë «❤» O'Brien");
  g_assert_null (rounds_db_get_text (statement, 1));
  g_assert_cmpint (rounds_db_get_int (statement, 2), ==, G_MININT64);
  g_assert_cmpint (rounds_db_get_time (statement, 3), ==, 1705327200000000);
  g_assert_cmpint (rounds_db_get_time (statement, 4), ==, ROUNDS_TIME_NONE);
  g_assert_cmpint (rounds_db_get_int (statement, 4), ==, 0);
  blob = rounds_db_get_bytes (statement, 5, &length);
  g_assert_cmpmem (blob, length, bytes, sizeof bytes);
  g_assert_false (rounds_db_is_null (statement, 6));
  g_assert_null (rounds_db_get_bytes (statement, 6, &length));
  g_assert_cmpuint (length, ==, 0);
  g_assert_true (rounds_db_is_null (statement, 7));
  g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_DONE);
}

static void
test_parameters_go_by_number (void)
{
  const struct
  {
    const char *sql;
    const char *answer;
  } cases[] = {
    { "SELECT $1 || $2", "ab" },
    { "SELECT $2 || $1", "ba" },
    { "SELECT $2 || $2 || $1 || $2", "bbab" },
  };
  g_autoptr (RoundsDb) db = open_memory (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsDbStatement) statement = prepare (db, cases[i].sql);

      rounds_db_bind_text (statement, 1, "a");
      rounds_db_bind_text (statement, 2, "b");
      expect_row (statement);
      g_assert_cmpstr (rounds_db_get_text (statement, 0), ==, cases[i].answer);
    }
}

static void
test_unknown_parameter_is_critical (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (RoundsDb) db = open_memory (NULL);
      g_autoptr (RoundsDbStatement) statement = prepare (db, "SELECT $1");

      rounds_db_bind_int (statement, 2, 1);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*No parameter $2 in: SELECT $1*");
}

static void
test_statements_are_kept (void)
{
  g_autoptr (RoundsDb) db = open_memory (NULL);
  g_autoptr (GError) error = NULL;
  RoundsDbStatement *first = prepare (db, "SELECT $1");

  rounds_db_bind_text (first, 1, "left over");
  expect_row (first);
  g_assert_null (rounds_db_prepare (db, "SELECT $1", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  rounds_db_statement_reset (first);
  g_assert_true (prepare (db, "SELECT $1") == first);
  /* Nothing of the last use is left. */
  expect_row (first);
  g_assert_true (rounds_db_is_null (first, 0));
}

static void
test_many_statements_leave_those_in_use (void)
{
  g_autoptr (RoundsDb) db = open_memory (NULL);
  g_autoptr (RoundsDbStatement) held = prepare (db, "SELECT 'held'");

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (ask_number (db, sql), ==, i);
    }
  expect_row (held);
  g_assert_cmpstr (rounds_db_get_text (held, 0), ==, "held");
}

static void
test_bad_sql_is_our_defect (void)
{
  const char *const cases[] = {
    "", "-- only a remark", "SELEKT 1", "SELECT * FROM nowhere", "SELECT \"no such column\"",
  };
  g_autoptr (RoundsDb) db = open_memory (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rounds_db_prepare (db, cases[i], &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
    }
}

static void
test_exec_runs_each_statement (void)
{
  g_autoptr (RoundsDb) db = open_memory ("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rounds_db_get_changes (db), ==, 2);
  g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (3); nonsense; DELETE FROM t", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_cmpint (ask_number (db, "SELECT count(*) FROM t"), ==, 3);
}

#define CONSTRAINED                                                                                \
  "CREATE TABLE parent (id TEXT PRIMARY KEY) STRICT;"                                              \
  "CREATE TABLE child (id TEXT NOT NULL UNIQUE, parent TEXT REFERENCES parent, age INTEGER "       \
  "CHECK (age < 150)) STRICT;"                                                                     \
  "CREATE TRIGGER no_zero BEFORE INSERT ON child WHEN new.age = 0 BEGIN"                           \
  "  SELECT raise (ABORT, 'slot taken');"                                                          \
  "END;"                                                                                           \
  "INSERT INTO child VALUES ('Geheim', NULL, 1);"

static void
test_constraints_say_which_but_no_value (void)
{
  const struct
  {
    const char *id;
    const char *parent;
    int age;
    const char *message; /* NULL: it is allowed */
  } cases[] = {
    { "a", NULL, 30, NULL },
    { "Geheim", NULL, 30, "UNIQUE constraint failed: child.id" },
    { NULL, NULL, 30, "NOT NULL constraint failed: child.id" },
    { "b", "Geheim", 30, "FOREIGN KEY constraint failed" },
    { "c", NULL, 150, "CHECK constraint failed: age < 150" },
    { "d", NULL, 0, "slot taken" },
  };
  g_autoptr (RoundsDb) db = open_memory (CONSTRAINED);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsDbStatement) statement
          = prepare (db, "INSERT INTO child VALUES ($1, $2, $3)");
      g_autoptr (GError) error = NULL;

      rounds_db_bind_text (statement, 1, cases[i].id);
      rounds_db_bind_text (statement, 2, cases[i].parent);
      rounds_db_bind_int (statement, 3, cases[i].age);
      g_assert_cmpint (rounds_db_run (statement, &error), ==, cases[i].message == NULL);
      if (cases[i].message == NULL)
        continue;
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_messages_do_not_quote_values (void)
{
  g_autoptr (RoundsDb) db = open_memory ("CREATE VIRTUAL TABLE f USING fts5 (a)");
  g_autoptr (RoundsDbStatement) statement = prepare (db, "SELECT * FROM f WHERE f MATCH $1");
  g_autoptr (GError) error = NULL;

  rounds_db_bind_text (statement, 1, "\"Geheim");
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_FAILED);
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_null (strstr (error->message, "Geheim"));
}

static void
test_transactions_are_all_or_nothing (void)
{
  g_autoptr (RoundsDb) db = open_memory ("CREATE TABLE t (a UNIQUE)");
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_begin (db, &error));
  g_assert_true (rounds_db_exec (db, "INSERT INTO t VALUES (1)", &error));
  g_assert_true (rounds_db_commit (db, &error));
  g_assert_true (rounds_db_begin (db, &error));
  g_assert_true (rounds_db_exec (db, "INSERT INTO t VALUES (2)", &error));
  g_assert_no_error (error);
  g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (1)", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
  rounds_db_rollback (db);
  g_assert_cmpint (ask_number (db, "SELECT count(*) FROM t"), ==, 1);
  /* Once more is harmless. */
  rounds_db_rollback (db);
}

static void
test_transactions_do_not_nest (void)
{
  g_autoptr (RoundsDb) db = open_memory (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_begin (db, NULL));
  g_assert_false (rounds_db_begin (db, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_true (rounds_db_commit (db, NULL));
  g_clear_error (&error);
  g_assert_false (rounds_db_commit (db, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
}

static void
test_failed_commit_rolls_back (void)
{
  g_autoptr (RoundsDb) db
      = open_memory ("CREATE TABLE parent (id PRIMARY KEY);"
                     "CREATE TABLE child (parent REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_begin (db, NULL));
  g_assert_true (rounds_db_exec (db, "INSERT INTO child VALUES (7)", NULL));
  g_assert_false (rounds_db_commit (db, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
  g_assert_cmpint (ask_number (db, "SELECT count(*) FROM child"), ==, 0);
  g_assert_true (rounds_db_begin (db, NULL));
  g_assert_true (rounds_db_commit (db, NULL));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/Statement/values-come-back", test_values_come_back);
  g_test_add_func ("/Rounds/Db/Statement/parameters-go-by-number", test_parameters_go_by_number);
  g_test_add_func ("/Rounds/Db/Statement/unknown-parameter-is-critical",
                   test_unknown_parameter_is_critical);
  g_test_add_func ("/Rounds/Db/Statement/statements-are-kept", test_statements_are_kept);
  g_test_add_func ("/Rounds/Db/Statement/many-leave-those-in-use",
                   test_many_statements_leave_those_in_use);
  g_test_add_func ("/Rounds/Db/Statement/bad-sql-is-our-defect", test_bad_sql_is_our_defect);
  g_test_add_func ("/Rounds/Db/Statement/messages-do-not-quote-values",
                   test_messages_do_not_quote_values);
  g_test_add_func ("/Rounds/Db/Connection/exec-runs-each-statement", test_exec_runs_each_statement);
  g_test_add_func ("/Rounds/Db/Connection/constraints-say-which-but-no-value",
                   test_constraints_say_which_but_no_value);
  g_test_add_func ("/Rounds/Db/Transaction/all-or-nothing", test_transactions_are_all_or_nothing);
  g_test_add_func ("/Rounds/Db/Transaction/do-not-nest", test_transactions_do_not_nest);
  g_test_add_func ("/Rounds/Db/Transaction/failed-commit-rolls-back",
                   test_failed_commit_rolls_back);
  return g_test_run ();
}
