/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Statements on every driver: what goes in comes out, and what goes wrong is told alike.
 * Transactions are in test-db-transaction.c, SQLite's files in test-db-files.c.
 */

#include "config.h"

#include <string.h>

#include "db-fixture.h"
#include "rounds-test.h"

static gboolean
is_postgres (DbFixture *fixture)
{
  return db_fixture_get_dialect (fixture) == ROUNDS_DB_DIALECT_POSTGRES;
}

static void
expect_row (RoundsDbStatement *statement)
{
  g_autoptr (GError) error = NULL;
  RoundsDbStep step = rounds_db_step (statement, &error);

  g_assert_no_error (error);
  g_assert_cmpint (step, ==, ROUNDS_DB_ROW);
}

static void
test_dialects_are_told (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rounds_db_get_dialect (db), ==, db_fixture_get_dialect (fixture));
  g_assert_true (rounds_db_check (db, &error));
  g_assert_no_error (error);
}

static void
bind_all_kinds (RoundsDbStatement *statement, const guint8 *bytes, gsize length)
{
  rounds_db_bind_text (statement, 1, "Zoë «❤» O'Brien");
  rounds_db_bind_text (statement, 2, NULL);
  rounds_db_bind_int (statement, 3, G_MININT64);
  rounds_db_bind_time (statement, 4, 1705327200000000);
  rounds_db_bind_time (statement, 5, ROUNDS_TIME_NONE);
  rounds_db_bind_bytes (statement, 6, bytes, length);
  rounds_db_bind_bytes (statement, 7, bytes, 0);
  rounds_db_bind_null (statement, 8);
}

static void
test_values_come_back (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) statement
      = db_fixture_prepare (db, "SELECT $1, $2, $3, $4, $5, $6, $7, $8");
  const guint8 bytes[] = { 0, 1, 0, 255 };
  const guint8 *blob;
  gsize length;

  bind_all_kinds (statement, bytes, sizeof bytes);
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
  g_assert_null (rounds_db_get_bytes (statement, 7, &length));
  g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_DONE);
}

/* What a column of another kind reads as. */
static void
test_columns_read_as_other_kinds (DbFixture *fixture)
{
  const struct
  {
    const char *sql;
    const char *text;
    gint64 number;
  } cases[] = {
    { "SELECT 1 = 1", "1", 1 },
    { "SELECT 1 = 2", "0", 0 },
    { "SELECT EXISTS (SELECT 1)", "1", 1 },
    { "SELECT CAST ('42' AS TEXT)", "42", 42 },
    { "SELECT -7", "-7", -7 },
    { "SELECT sum (a) FROM (SELECT CAST (5 AS BIGINT) AS a UNION ALL SELECT 6) AS t", "11", 11 },
    { "SELECT 7.9", "7.9", 7 },
    { "SELECT 'word'", "word", 0 },
    { "SELECT CASE WHEN 1 = 2 THEN 1 END", NULL, 0 },
  };
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsDbStatement) statement = db_fixture_prepare (db, cases[i].sql);
      const guint8 *bytes;
      gsize length;

      expect_row (statement);
      g_assert_cmpint (rounds_db_get_int (statement, 0), ==, cases[i].number);
      g_assert_cmpstr (rounds_db_get_text (statement, 0), ==, cases[i].text);
      bytes = rounds_db_get_bytes (statement, 0, &length);
      g_assert_cmpmem (bytes, length, cases[i].text, cases[i].text ? strlen (cases[i].text) : 0);
    }
}

static void
test_rows_come_in_order (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) statement = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT, b BYTEA);"
                       "INSERT INTO t (a) VALUES (3), (1), (2)");
  statement = db_fixture_prepare (db, "SELECT a FROM t ORDER BY a");
  for (int times = 0; times < 2; times++)
    {
      for (int i = 1; i <= 3; i++)
        {
          expect_row (statement);
          g_assert_cmpint (rounds_db_get_int (statement, 0), ==, i);
        }
      g_assert_cmpint (rounds_db_step (statement, NULL), ==, ROUNDS_DB_DONE);
      rounds_db_statement_reset (statement);
    }
}

static void
test_statements_may_be_open_at_once (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) outer = NULL;
  g_autoptr (GError) error = NULL;
  int sum = 0;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1), (2), (3)");
  outer = db_fixture_prepare (db, "SELECT a FROM t ORDER BY a");
  while (rounds_db_step (outer, &error) == ROUNDS_DB_ROW)
    {
      g_autoptr (RoundsDbStatement) inner
          = db_fixture_prepare (db, "SELECT count(*) FROM t WHERE a <= $1");

      rounds_db_bind_int (inner, 1, rounds_db_get_int (outer, 0));
      expect_row (inner);
      sum += (int)(10 * rounds_db_get_int (outer, 0) + rounds_db_get_int (inner, 0));
    }
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 66);
}

static void
test_parameters_go_by_number (DbFixture *fixture)
{
  const struct
  {
    const char *sql;
    const char *answer;
  } cases[] = {
    { "SELECT $1 || $2", "ab" },
    { "SELECT $2 || $1", "ba" },
    { "SELECT $2 || $2 || $1 || $2", "bbab" },
    { "SELECT $1 || '$3' || $2", "a$3b" },
    { "SELECT $1 || $2 -- $3", "ab" },
    { "SELECT $1 /* '$3 */ || $2 AS \"$4\"", "ab" },
    { "SELECT $1 || 'it''s $3' || $2", "ait's $3b" },
  };
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsDbStatement) statement = db_fixture_prepare (db, cases[i].sql);

      rounds_db_bind_text (statement, 1, "a");
      rounds_db_bind_text (statement, 2, "b");
      expect_row (statement);
      g_assert_cmpstr (rounds_db_get_text (statement, 0), ==, cases[i].answer);
    }
}

static void
test_many_parameters (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GString) sql = g_string_new ("SELECT 0");
  g_autoptr (RoundsDbStatement) statement = NULL;

  for (int i = 120; i >= 1; i--)
    g_string_append_printf (sql, " + %d * $%d", i, i);
  statement = db_fixture_prepare (db, sql->str);
  for (int i = 1; i <= 120; i++)
    rounds_db_bind_int (statement, i, i);
  expect_row (statement);
  g_assert_cmpint (rounds_db_get_int (statement, 0), ==, 120 * 121 * 241 / 6);
}

/* Numbers are reckoned in 64 bits whatever they meet, and a NULL has a type where one is needed. */
static void
test_parameters_have_types (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) product = db_fixture_prepare (db, "SELECT 1 + $1 * 60000000");
  g_autoptr (RoundsDbStatement) empty
      = db_fixture_prepare (db, "SELECT $1 IS NULL AND $2 IS NULL AND $3 IS NULL");

  rounds_db_bind_int (product, 1, 1440);
  expect_row (product);
  g_assert_cmpint (rounds_db_get_int (product, 0), ==, G_GINT64_CONSTANT (86400000001));
  rounds_db_bind_text (empty, 1, NULL);
  rounds_db_bind_time (empty, 2, ROUNDS_TIME_NONE);
  rounds_db_bind_bytes (empty, 3, NULL, 0);
  expect_row (empty);
  g_assert_cmpint (rounds_db_get_int (empty, 0), ==, 1);
}

/* The same statement with a number, without one, and with one again. */
static void
test_nulls_and_values_take_turns (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  const gint64 ages[] = { -1, 40, -1, G_GINT64_CONSTANT (5000000000), -1 };

  db_fixture_exec (db, "CREATE TABLE t (n BIGINT, age BIGINT)");
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (RoundsDbStatement) statement
          = db_fixture_prepare (db, "INSERT INTO t VALUES ($1, $2 + 0)");
      g_autoptr (GError) error = NULL;

      rounds_db_bind_int (statement, 1, (gint64)i);
      if (ages[i] >= 0)
        rounds_db_bind_int (statement, 2, ages[i]);
      else
        rounds_db_bind_null (statement, 2);
      g_assert_true (rounds_db_run (statement, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (age) FROM t"), ==, 5000000040);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM t WHERE age IS NULL"), ==, 3);
}

static void
test_unknown_parameter_is_critical (DbFixture *fixture)
{
  if (g_test_subprocess ())
    {
      g_autoptr (RoundsDb) db = db_fixture_open (fixture);
      g_autoptr (RoundsDbStatement) statement = db_fixture_prepare (db, "SELECT $1");

      rounds_db_bind_int (statement, 2, 1);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*No parameter $2 in: SELECT $1*");
}

static void
test_statements_are_kept (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  RoundsDbStatement *first = db_fixture_prepare (db, "SELECT $1");

  rounds_db_bind_text (first, 1, "left over");
  expect_row (first);
  g_assert_null (rounds_db_prepare (db, "SELECT $1", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  rounds_db_statement_reset (first);
  g_assert_true (db_fixture_prepare (db, "SELECT $1") == first);
  /* Nothing of the last use is left. */
  expect_row (first);
  g_assert_true (rounds_db_is_null (first, 0));
}

/* After a rest it is as it was, and so is what another connection has written meanwhile. */
static void
test_rest (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDb) other = db_fixture_open (fixture);

  rounds_db_rest (db);
  db_fixture_exec (db, "CREATE TABLE t (n INTEGER)");
  db_fixture_exec (db, "INSERT INTO t VALUES (1), (2)");
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (n) FROM t"), ==, 3);
  rounds_db_rest (db);
  db_fixture_exec (other, "INSERT INTO t VALUES (4)");
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (n) FROM t"), ==, 7);
  rounds_db_rest (db);
  rounds_db_rest (db);
  db_fixture_exec (db, "UPDATE t SET n = 0 WHERE n = 4");
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (n) FROM t"), ==, 3);
}

/* The same, where tables come and go in its sleep. */
static void
test_sleep (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDb) other = db_fixture_open (fixture);

  rounds_db_sleep (db);
  db_fixture_exec (db, "CREATE TABLE t (n INTEGER CHECK (n > 0))");
  db_fixture_exec (db, "INSERT INTO t VALUES (1), (2)");
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (n) FROM t"), ==, 3);
  rounds_db_sleep (db);
  rounds_db_sleep (db);
  db_fixture_exec (other, "ALTER TABLE t ADD COLUMN more INTEGER NOT NULL DEFAULT 5");
  g_assert_cmpint (db_fixture_ask (db, "SELECT sum (n + more) FROM t"), ==, 13);
  rounds_db_sleep (db);
  g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (0, 1)", NULL));
  db_fixture_exec (other, "DROP TABLE t");
  rounds_db_sleep (db);
  g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (1, 1)", NULL));
}

static void
test_many_statements_leave_those_in_use (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) held = db_fixture_prepare (db, "SELECT 'held'");

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (db_fixture_ask (db, sql), ==, i);
    }
  expect_row (held);
  g_assert_cmpstr (rounds_db_get_text (held, 0), ==, "held");
}

/* SQLite says so when it is prepared, PostgreSQL when it runs. */
static void
test_bad_sql_is_our_defect (DbFixture *fixture)
{
  const char *const cases[] = {
    "", "-- only a remark", "SELEKT 1", "SELECT * FROM nowhere", "SELECT \"no such column\"",
  };
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, cases[i], &error);

      if (statement != NULL)
        g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_FAILED);
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
      g_assert_null (rounds_db_error_get_constraint (error));
      g_assert_false (rounds_db_error_can_retry (error));
    }
}

static void
test_exec_runs_each_statement (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT); INSERT INTO t VALUES (1), (2);");
  g_assert_false (rounds_db_exec (db, "INSERT INTO t VALUES (3); nonsense; DELETE FROM t", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_cmpint (db_fixture_ask (db, "SELECT count(*) FROM t"), ==,
                   is_postgres (fixture) ? 2 : 3);
}

static void
test_changes_are_counted (DbFixture *fixture)
{
  const struct
  {
    const char *sql;
    int changes;
  } cases[] = {
    { "INSERT INTO t VALUES (1), (2), (3), (4)", 4 },
    { "UPDATE t SET a = a + $1 WHERE a > 1", 3 },
    { "SELECT a FROM t", 3 },
    { "DELETE FROM t WHERE a > $1 + 1000", 0 },
    { "INSERT INTO t VALUES (9) RETURNING a", 1 },
    { "DELETE FROM t", 5 },
  };
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  db_fixture_exec (db, "CREATE TABLE t (a BIGINT)");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsDbStatement *statement = db_fixture_prepare (db, cases[i].sql);
      g_autoptr (GError) error = NULL;

      if (strstr (cases[i].sql, "$1") != NULL)
        rounds_db_bind_int (statement, 1, 1);
      rounds_db_run (statement, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rounds_db_get_changes (db), ==, cases[i].changes);
    }
}

#define SQLITE_RULES                                                                               \
  "CREATE TABLE parent (id TEXT PRIMARY KEY) STRICT;"                                              \
  "CREATE TABLE child (id TEXT NOT NULL UNIQUE, parent TEXT REFERENCES parent,"                    \
  "  age INTEGER CONSTRAINT plausible CHECK (age < 150)) STRICT;"                                  \
  "CREATE UNIQUE INDEX one_age ON child (age * 2) WHERE age > 100;"                                \
  "CREATE TRIGGER no_zero BEFORE INSERT ON child WHEN new.age = 0 BEGIN"                           \
  "  SELECT raise (ABORT, 'slot_taken by somebody');"                                              \
  "END;"                                                                                           \
  "INSERT INTO child VALUES ('Geheim', NULL, 101);"

#define POSTGRES_RULES                                                                             \
  "CREATE TABLE parent (id TEXT PRIMARY KEY);"                                                     \
  "CREATE TABLE child (id TEXT NOT NULL CONSTRAINT \"child.id\" UNIQUE,"                           \
  "  parent TEXT REFERENCES parent,"                                                               \
  "  age BIGINT CONSTRAINT plausible CHECK (age < 150));"                                          \
  "CREATE UNIQUE INDEX one_age ON child ((age * 2)) WHERE age > 100;"                              \
  "CREATE FUNCTION refuse () RETURNS trigger LANGUAGE plpgsql AS"                                  \
  "  'BEGIN RAISE EXCEPTION ''slot_taken by somebody''; END';"                                     \
  "CREATE TRIGGER no_zero BEFORE INSERT ON child FOR EACH ROW WHEN (new.age = 0)"                  \
  "  EXECUTE FUNCTION refuse ();"                                                                  \
  "INSERT INTO child VALUES ('Geheim', NULL, 101);"

static void
test_constraints_say_which_but_no_value (DbFixture *fixture)
{
  const struct
  {
    const char *id;
    const char *parent;
    int age;
    const char *constraint;
    const char *constraint_postgres; /* where it is another */
  } cases[] = {
    { "Geheim", NULL, 30, "child.id", NULL },         { NULL, NULL, 30, "child.id", NULL },
    { "b", "Geheim", 30, NULL, "child_parent_fkey" }, { "c", NULL, 150, "plausible", NULL },
    { "d", NULL, 0, "slot_taken by somebody", NULL }, { "e", NULL, 101, "one_age", NULL },
  };
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);

  db_fixture_exec (db, is_postgres (fixture) ? POSTGRES_RULES : SQLITE_RULES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsDbStatement) statement
          = db_fixture_prepare (db, "INSERT INTO child VALUES ($1, $2, $3)");
      const char *expected = is_postgres (fixture) && cases[i].constraint_postgres != NULL
                                 ? cases[i].constraint_postgres
                                 : cases[i].constraint;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) copy = NULL;

      rounds_db_bind_text (statement, 1, cases[i].id);
      rounds_db_bind_text (statement, 2, cases[i].parent);
      rounds_db_bind_int (statement, 3, cases[i].age);
      g_assert_false (rounds_db_run (statement, &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
      g_assert_null (strstr (error->message, "Geheim"));
      copy = g_error_copy (error);
      g_assert_cmpstr (rounds_db_error_get_constraint (copy), ==, expected);
      g_assert_false (rounds_db_error_can_retry (copy));
    }
  g_assert_cmpint (db_fixture_ask (db, "SELECT count (*) FROM child"), ==, 1);
}

static void
test_messages_do_not_quote_values (DbFixture *fixture)
{
  g_autoptr (RoundsDb) db = db_fixture_open (fixture);
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_postgres (fixture))
    db_fixture_exec (db, "CREATE VIRTUAL TABLE f USING fts5 (a)");
  /* Both databases put what does not fit into their own message. */
  statement = db_fixture_prepare (db, is_postgres (fixture) ? "SELECT CAST ($1 AS BIGINT)"
                                                            : "SELECT * FROM f WHERE f MATCH $1");
  rounds_db_bind_text (statement, 1, "\"Geheim");
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_FAILED);
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_SQL);
  g_assert_null (strstr (error->message, "Geheim"));
}

static void
test_other_errors_have_no_constraint (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "elsewhere");

  g_assert_null (rounds_db_error_get_constraint (error));
  g_assert_false (rounds_db_error_can_retry (error));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  db_fixture_add ("/Rounds/Db/Connection/dialects-are-told", test_dialects_are_told);
  db_fixture_add ("/Rounds/Db/Connection/exec-runs-each-statement", test_exec_runs_each_statement);
  db_fixture_add ("/Rounds/Db/Connection/changes-are-counted", test_changes_are_counted);
  db_fixture_add ("/Rounds/Db/Statement/values-come-back", test_values_come_back);
  db_fixture_add ("/Rounds/Db/Statement/other-kinds", test_columns_read_as_other_kinds);
  db_fixture_add ("/Rounds/Db/Statement/rows-in-order", test_rows_come_in_order);
  db_fixture_add ("/Rounds/Db/Statement/several-open", test_statements_may_be_open_at_once);
  db_fixture_add ("/Rounds/Db/Statement/parameters-go-by-number", test_parameters_go_by_number);
  db_fixture_add ("/Rounds/Db/Statement/many-parameters", test_many_parameters);
  db_fixture_add ("/Rounds/Db/Statement/parameters-have-types", test_parameters_have_types);
  db_fixture_add ("/Rounds/Db/Statement/nulls-take-turns", test_nulls_and_values_take_turns);
  db_fixture_add ("/Rounds/Db/Statement/unknown-parameter-is-critical",
                  test_unknown_parameter_is_critical);
  db_fixture_add ("/Rounds/Db/Statement/statements-are-kept", test_statements_are_kept);
  db_fixture_add ("/Rounds/Db/Connection/rest", test_rest);
  db_fixture_add ("/Rounds/Db/Connection/sleep", test_sleep);
  db_fixture_add ("/Rounds/Db/Statement/many-leave-those-in-use",
                  test_many_statements_leave_those_in_use);
  db_fixture_add ("/Rounds/Db/Statement/bad-sql-is-our-defect", test_bad_sql_is_our_defect);
  db_fixture_add ("/Rounds/Db/Error/constraints-say-which",
                  test_constraints_say_which_but_no_value);
  db_fixture_add ("/Rounds/Db/Error/messages-do-not-quote-values",
                  test_messages_do_not_quote_values);
  g_test_add_func ("/Rounds/Db/Error/others-have-no-constraint",
                   test_other_errors_have_no_constraint);
  return g_test_run ();
}
