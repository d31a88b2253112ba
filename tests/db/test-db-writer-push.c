/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Writes that are pushed, while no thread waits for their commit.
 * Those that somebody waits for are tested in test-db-writer.c.
 */

#include "config.h"

#include "db-fixture.h"
#include "rounds-db-writer.h"
#include "rounds-test.h"

#define N_PUSHED 40

typedef struct
{
  RoundsDbWrite write; /* first: the writer gives this back */
  gint64 n;
  gboolean regretted;
  guint n_told;
} Pushed;

/* Whom the writer tells. */
typedef struct
{
  RoundsDb *reader; /* used on the writer's thread */
  GMutex mutex; /* guards what follows */
  GCond changed;
  guint n_told;
  guint n_unseen; /* told that they are committed, and not to be read by others then */
} Listener;

static gboolean
insert_job (RoundsDb *db, gpointer data, GError **error)
{
  const Pushed *pushed = data;
  g_autofree char *sql = g_strdup_printf ("INSERT INTO t VALUES (%" G_GINT64_FORMAT ")", pushed->n);

  if (!rounds_db_exec (db, sql, error))
    return FALSE;
  if (pushed->regretted)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "thought better of it");
  return !pushed->regretted;
}

static gboolean
is_there (RoundsDb *db, gint64 n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM t WHERE n = %" G_GINT64_FORMAT, n);

  return db_fixture_ask (db, sql) == 1;
}

static void
writes_are_done (RoundsDbWrite *const *writes, guint n_writes, gpointer user_data)
{
  Listener *self = user_data;
  guint n_unseen = 0;

  for (guint i = 0; i < n_writes; i++)
    {
      Pushed *pushed = (Pushed *)writes[i];

      pushed->n_told++;
      if (is_there (self->reader, pushed->n) != (pushed->write.error == NULL))
        n_unseen++;
    }
  g_mutex_lock (&self->mutex);
  self->n_told += n_writes;
  self->n_unseen += n_unseen;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
wait_for (Listener *self, guint n_told)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (self->n_told < n_told)
    g_cond_wait (&self->changed, &self->mutex);
}

static RoundsDbWriter *
open_writer (DbFixture *fixture, Listener *listener, guint max_waiting)
{
  RoundsDbOptions options = { .path = db_fixture_get_path (fixture) };
  g_autoptr (GError) error = NULL;
  RoundsDbWriter *writer = rounds_db_writer_new (&options, max_waiting, &error);

  g_assert_no_error (error);
  g_assert_true (rounds_db_writer_set_written (writer, writes_are_done, listener));
  return writer;
}

static void
init (Listener *self, DbFixture *fixture)
{
  self->reader = db_fixture_open (fixture);
  db_fixture_exec (self->reader, "CREATE TABLE t (n BIGINT UNIQUE)");
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
}

static void
clear (Listener *self)
{
  rounds_db_close (self->reader);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
}

static void
prepare (Pushed *pushed, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      pushed[i] = (Pushed){ .n = i, .regretted = i % 5 == 3 };
      pushed[i].write.func = insert_job;
      pushed[i].write.data = &pushed[i];
    }
}

static void
check (Pushed *pushed, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (pushed[i].n_told, ==, 1);
      if (pushed[i].regretted)
        g_assert_error (pushed[i].write.error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
      else
        g_assert_no_error (pushed[i].write.error);
      g_clear_error (&pushed[i].write.error);
    }
}

/* With some in between for which this thread waits. */
static void
test_told_after_the_commit (DbFixture *fixture)
{
  Pushed pushed[N_PUSHED];
  Listener listener = { NULL };
  init (&listener, fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, &listener, N_PUSHED);

  prepare (pushed, N_PUSHED);
  for (guint i = 0; i < N_PUSHED; i++)
    {
      Pushed waited_for = { .n = 1000 + i };

      g_assert_true (rounds_db_writer_push (writer, &pushed[i].write));
      if (i % 10 == 0)
        g_assert_true (rounds_db_writer_run (writer, NULL, insert_job, &waited_for, NULL));
    }
  wait_for (&listener, N_PUSHED);
  g_assert_cmpuint (listener.n_unseen, ==, 0);
  check (pushed, N_PUSHED);
  g_assert_cmpint (db_fixture_ask (listener.reader, "SELECT count (*) FROM t"), ==,
                   N_PUSHED / 5 * 4 + N_PUSHED / 10);
  clear (&listener);
}

static void
test_the_end_waits_for_all (DbFixture *fixture)
{
  Pushed pushed[N_PUSHED];
  Listener listener = { NULL };
  init (&listener, fixture);
  RoundsDbWriter *writer = open_writer (fixture, &listener, N_PUSHED);

  prepare (pushed, N_PUSHED);
  for (guint i = 0; i < N_PUSHED; i++)
    g_assert_true (rounds_db_writer_push (writer, &pushed[i].write));
  rounds_db_writer_free (writer);
  g_assert_cmpuint (listener.n_told, ==, N_PUSHED);
  check (pushed, N_PUSHED);
  clear (&listener);
}

/* Pushes one more than may wait, from inside of its transaction: nobody else can take any. */
static gboolean
push_many_job (RoundsDb *db, gpointer data, GError **error)
{
  gpointer *both = data;
  RoundsDbWriter *writer = both[0];
  Pushed *pushed = both[1];

  g_assert_true (rounds_db_writer_push (writer, &pushed[0].write));
  g_assert_true (rounds_db_writer_push (writer, &pushed[1].write));
  g_assert_false (rounds_db_writer_push (writer, &pushed[2].write));
  return TRUE;
}

static void
test_too_many_are_refused (DbFixture *fixture)
{
  Pushed pushed[3];
  Listener listener = { NULL };
  init (&listener, fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, &listener, 2);
  gpointer both[] = { writer, pushed };

  prepare (pushed, 3);
  g_assert_true (rounds_db_writer_run (writer, NULL, push_many_job, both, NULL));
  wait_for (&listener, 2);
  check (pushed, 2);
  g_assert_cmpuint (pushed[2].n_told, ==, 0);
  g_assert_false (is_there (listener.reader, 2));
  clear (&listener);
}

/* Leaves behind what COMMIT refuses. */
static gboolean
spoil_job (RoundsDb *db, gpointer data, GError **error)
{
  return push_many_job (db, data, error)
         && rounds_db_exec (db, "INSERT INTO child VALUES (1)", error);
}

static void
test_failed_commit_is_told (DbFixture *fixture)
{
  Pushed pushed[3];
  Listener listener = { NULL };
  g_autoptr (GError) error = NULL;
  init (&listener, fixture);
  g_autoptr (RoundsDbWriter) writer = open_writer (fixture, &listener, 2);
  gpointer both[] = { writer, pushed };

  db_fixture_exec (
      listener.reader,
      "CREATE TABLE parent (id BIGINT PRIMARY KEY);"
      "CREATE TABLE child (id BIGINT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
  prepare (pushed, 3);
  g_assert_false (rounds_db_writer_run (writer, NULL, spoil_job, both, &error));
  wait_for (&listener, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_error (pushed[i].write.error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
      g_clear_error (&pushed[i].write.error);
    }
  g_assert_cmpuint (listener.n_unseen, ==, 0);
  clear (&listener);
}

static void
test_nothing_to_push_to (void)
{
  g_autoptr (RoundsDbWriter) direct = rounds_db_writer_new_direct ();

  g_assert_false (rounds_db_writer_set_written (direct, writes_are_done, NULL));
}

static void
add_sqlite (const char *path, DbFixtureTest test)
{
  db_fixture_add_for (ROUNDS_DB_DIALECT_SQLITE, path, test);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  add_sqlite ("/Rounds/Db/Writer/Push/told-after-the-commit", test_told_after_the_commit);
  add_sqlite ("/Rounds/Db/Writer/Push/end-waits-for-all", test_the_end_waits_for_all);
  add_sqlite ("/Rounds/Db/Writer/Push/too-many-refused", test_too_many_are_refused);
  add_sqlite ("/Rounds/Db/Writer/Push/failed-commit", test_failed_commit_is_told);
  g_test_add_func ("/Rounds/Db/Writer/Push/direct", test_nothing_to_push_to);
  return g_test_run ();
}
