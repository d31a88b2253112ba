/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the stamp that each commit leaves: whoever commits, wherever, it changes; nothing else
 * changes it in a way that would be missed.
 */

#include "config.h"

#include "rounds-db.h"
#include "rounds-db-writer.h"
#include "rounds-test.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  RoundsTestFolder *folder;
  char *path;
  RoundsDb *db; /* the one that is looked at */
  RoundsDb *other;
} Fixture;

static RoundsDb *
open_db (const char *path)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_open (&(RoundsDbOptions){ .path = path }, &error);

  g_assert_no_error (error);
  return db;
}

static void
run (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->folder = rounds_test_folder_new ();
  self->path = g_build_filename (self->folder, "stamp.db", NULL);
  self->db = open_db (self->path);
  run (self->db, "CREATE TABLE t (n INTEGER)");
  self->other = open_db (self->path);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  rounds_db_close (self->other);
  rounds_db_close (self->db);
  g_free (self->path);
  rounds_test_folder_free (self->folder);
}

static RoundsDbStamp
read_stamp (RoundsDb *db)
{
  RoundsDbStamp stamp;

  g_assert_true (rounds_db_read_stamp (db, &stamp));
  return stamp;
}

static gboolean
is_changed (RoundsDb *db, const RoundsDbStamp *before)
{
  RoundsDbStamp now = read_stamp (db);

  return memcmp (&now, before, sizeof now) != 0;
}

static void
test_own_commit (Fixture *self, gconstpointer unused)
{
  RoundsDbStamp before = read_stamp (self->db);

  g_assert_false (is_changed (self->db, &before));
  run (self->db, "INSERT INTO t VALUES (1)");
  g_assert_true (is_changed (self->db, &before));
}

static void
test_other_connection (Fixture *self, gconstpointer unused)
{
  RoundsDbStamp before = read_stamp (self->db);

  run (self->other, "INSERT INTO t VALUES (1)");
  g_assert_true (is_changed (self->db, &before));
}

static void
test_other_process (Fixture *self, gconstpointer unused)
{
  RoundsDbStamp before = read_stamp (self->db);
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      char *const command[]
          = { (char *)"sqlite3", self->path, (char *)"INSERT INTO t VALUES (1)", NULL };

      execvp (command[0], command);
      _exit (127);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 127)
    {
      g_test_skip ("sqlite3 is not installed");
      return;
    }
  g_assert_cmpint (status, ==, 0);
  g_assert_true (is_changed (self->db, &before));
}

/* Readers must not be told to read anew by those who only read, or by what was undone. */
static void
test_nothing_committed (Fixture *self, gconstpointer unused)
{
  RoundsDbStamp before = read_stamp (self->db);
  g_autoptr (GError) error = NULL;

  run (self->other, "SELECT * FROM t");
  g_assert_true (rounds_db_begin (self->other, &error));
  run (self->other, "INSERT INTO t VALUES (1)");
  g_assert_false (is_changed (self->db, &before));
  rounds_db_rollback (self->other);
  g_assert_false (is_changed (self->db, &before));
}

/* The log begins anew behind a checkpoint; what was there before never comes back. */
static void
test_checkpoints (Fixture *self, gconstpointer unused)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);

  for (guint i = 0; i < 20; i++)
    {
      RoundsDbStamp stamp;

      run (self->other, "UPDATE t SET n = 1");
      run (self->other, "INSERT INTO t VALUES (1)");
      run (self->other, "DELETE FROM t");
      stamp = read_stamp (self->db);
      g_assert_true (g_hash_table_add (seen, g_bytes_new (&stamp, sizeof stamp)));
      run (self->other, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

static gboolean
insert_job (RoundsDb *db, gpointer unused, GError **error)
{
  return rounds_db_exec (db, "INSERT INTO t VALUES (1)", error);
}

/* By the time that a write is answered, everybody can see that there was one. */
static void
test_writer (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbWriter) writer
      = rounds_db_writer_new (&(RoundsDbOptions){ .path = self->path }, 10, &error);
  RoundsDbStamp before;
  RoundsDbStamp after;

  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (rounds_db_writer_read_stamp (writer, &before));
      g_assert_true (rounds_db_writer_run (writer, NULL, insert_job, NULL, &error));
      g_assert_true (rounds_db_writer_read_stamp (writer, &after));
      g_assert_cmpint (memcmp (&before, &after, sizeof after), !=, 0);
    }
}

static void
test_none (void)
{
  g_autoptr (RoundsDb) memory = open_db (":memory:");
  g_autoptr (RoundsDbWriter) direct = rounds_db_writer_new_direct ();
  RoundsDbStamp stamp;

  g_assert_false (rounds_db_read_stamp (memory, &stamp));
  g_assert_false (rounds_db_writer_read_stamp (direct, &stamp));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/Rounds/Db/Stamp/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  ADD ("own-commit", test_own_commit);
  ADD ("other-connection", test_other_connection);
  ADD ("other-process", test_other_process);
  ADD ("nothing-committed", test_nothing_committed);
  ADD ("checkpoints", test_checkpoints);
  ADD ("writer", test_writer);
  g_test_add_func ("/Rounds/Db/Stamp/none", test_none);

  return g_test_run ();
}
