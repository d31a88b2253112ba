/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Files on disk: mode, key, settings, and all that can be wrong with them.
 * What a connection does once open is in test-db.c.
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "rounds-db.h"
#include "rounds-test.h"

static const guint8 KEY[32] = "0123456789abcdef0123456789abcde";
static const guint8 OTHER_KEY[32] = "another key, another key, anoth";

static RoundsDb *
open_file (const char *path, const guint8 *key)
{
  g_autoptr (GError) error = NULL;
  RoundsDb *db = rounds_db_open (&(RoundsDbOptions){ .path = path, .key = key }, &error);

  g_assert_no_error (error);
  return db;
}

static void
expect_no_open (const RoundsDbOptions *options, RoundsDbError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_db_open (options, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, (int)code);
}

static void
exec (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static char *
ask (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  return g_strdup (rounds_db_get_text (statement, 0));
}

/* 200 rows that fill some dozens of pages. */
static char *
make_file (const char *folder, const guint8 *key)
{
  char *path = g_build_filename (folder, "test.db", NULL);
  g_autoptr (RoundsDb) db = open_file (path, key);

  exec (db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);"
            "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
            "INSERT INTO t SELECT i, 'Margarethe' || hex (zeroblob (500)) FROM n");
  return path;
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

static gboolean
file_holds (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = read_bytes (path);

  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text))
         != NULL;
}

static void
test_settings (void)
{
  const struct
  {
    const char *sql;
    const char *answer;
    const char *answer_full;
  } cases[] = {
    { "PRAGMA journal_mode", "wal", "wal" }, { "PRAGMA foreign_keys", "1", "1" },
    { "PRAGMA synchronous", "1", "2" },      { "PRAGMA busy_timeout", "5000", "70" },
    { "PRAGMA temp_store", "2", "2" },       { "PRAGMA trusted_schema", "0", "0" },
  };
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autoptr (RoundsDb) cache = open_file (path, NULL);
  RoundsDbOptions options = { .path = path, .full_sync = TRUE, .busy_timeout_ms = 70 };
  g_autoptr (RoundsDb) server = rounds_db_open (&options, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = ask (cache, cases[i].sql);
      g_autofree char *answer_full = ask (server, cases[i].sql);

      g_assert_cmpstr (answer, ==, cases[i].answer);
      g_assert_cmpstr (answer_full, ==, cases[i].answer_full);
    }
}

static void
test_files_are_the_owners_alone (void)
{
  const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  mode_t mask = umask (0);
  g_autoptr (RoundsDb) db = open_file (path, KEY);

  umask (mask);
  exec (db, "CREATE TABLE t (a)");
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      GStatBuf buffer;

      g_assert_cmpint (g_stat (name, &buffer), ==, 0);
      g_assert_cmpint (buffer.st_mode & 0777, ==, 0600);
    }
}

static void
test_encrypted_files_hide_their_rows (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = make_file (folder, KEY);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (RoundsDb) db = open_file (path, KEY);
  g_autofree char *count = ask (db, "SELECT count(*) FROM t WHERE b LIKE 'Margarethe%'");

  g_assert_cmpstr (count, ==, "200");
  exec (db, "INSERT INTO t (b) VALUES ('Margarethe')");
  g_assert_false (file_holds (path, "Margarethe"));
  g_assert_false (file_holds (path, "SQLite format"));
  g_assert_false (file_holds (wal, "Margarethe"));
}

static void
test_plain_files_are_plain (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = make_file (folder, NULL);

  g_assert_true (file_holds (path, "SQLite format 3"));
}

static void
test_wrong_keys_are_refused (void)
{
  const struct
  {
    const guint8 *made;
    const guint8 *opened;
  } cases[] = { { KEY, OTHER_KEY }, { KEY, NULL }, { NULL, KEY } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
      g_autofree char *path = make_file (folder, cases[i].made);
      g_autoptr (GBytes) before = read_bytes (path);
      g_autoptr (GBytes) after = NULL;
      RoundsDbOptions options = { .path = path, .key = cases[i].opened };

      expect_no_open (&options, ROUNDS_DB_ERROR_KEY);
      after = read_bytes (path);
      g_assert_true (g_bytes_equal (before, after));
    }
}

static void
test_foreign_files_are_refused (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "letter.txt", NULL);
  g_autofree char *letter = g_strnfill (10000, 'x');

  g_assert_true (g_file_set_contents (path, letter, -1, NULL));
  expect_no_open (&(RoundsDbOptions){ .path = path }, ROUNDS_DB_ERROR_KEY);
}

static void
test_cut_off_files_are_damaged (void)
{
  const off_t lengths[] = { 100, 4095, 3 * 4096 + 7, 8192, 5 * 4096 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
      g_autofree char *path = make_file (folder, KEY);

      g_assert_cmpint (truncate (path, lengths[i]), ==, 0);
      expect_no_open (&(RoundsDbOptions){ .path = path, .key = KEY }, ROUNDS_DB_ERROR_DAMAGED);
    }
}

/* Flips one bit of the page before the last one. */
static void
flip_a_bit (const char *path)
{
  g_autoptr (GBytes) bytes = read_bytes (path);
  gsize length;
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  length = g_bytes_get_size (bytes);
  copy[length - 6000] ^= 4;
  g_assert_true (g_file_set_contents (path, copy, (gssize)length, NULL));
}

static void
test_check_finds_flipped_bits (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = make_file (folder, KEY);
  g_autoptr (RoundsDb) sound = open_file (path, KEY);
  g_autoptr (RoundsDb) damaged = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_db_check (sound, &error));
  g_assert_no_error (error);
  g_clear_pointer (&sound, rounds_db_close);
  flip_a_bit (path);
  damaged = open_file (path, KEY);
  g_assert_false (rounds_db_check (damaged, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED);
}

static void
test_places_that_cannot_be (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *nowhere = g_build_filename (folder, "no", "such", "folder.db", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.db", NULL);

  expect_no_open (&(RoundsDbOptions){ .path = nowhere }, ROUNDS_DB_ERROR_OPEN);
  expect_no_open (&(RoundsDbOptions){ .path = folder }, ROUNDS_DB_ERROR_OPEN);
  /* Reading only creates nothing. */
  expect_no_open (&(RoundsDbOptions){ .path = missing, .read_only = TRUE }, ROUNDS_DB_ERROR_OPEN);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
}

/* File modes do not stop root, so root plays somebody else for a while. */
static gboolean
drop_root (void)
{
  return geteuid () != 0 || seteuid (65534) == 0;
}

static void
test_read_only_folder (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  uid_t me = geteuid ();

  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (!drop_root ())
    {
      g_test_skip ("root cannot become anybody else here");
      return;
    }
  expect_no_open (&(RoundsDbOptions){ .path = path }, ROUNDS_DB_ERROR_READ_ONLY);
  g_assert_cmpint (seteuid (me), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
}

static void
test_read_only_connection (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = make_file (folder, KEY);
  RoundsDbOptions options = { .path = path, .key = KEY, .read_only = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&options, &error);
  g_autofree char *count = NULL;

  g_assert_no_error (error);
  count = ask (db, "SELECT count(*) FROM t");
  g_assert_cmpstr (count, ==, "200");
  g_assert_false (rounds_db_exec (db, "DELETE FROM t", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_READ_ONLY);
}

static void
test_full_disk_undoes_the_transaction (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = make_file (folder, KEY);
  g_autoptr (RoundsDb) db = open_file (path, KEY);
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  /* Stands for the disk: SQLite answers the same when the file may not grow. */
  exec (db, "PRAGMA max_page_count = 1");
  g_assert_true (rounds_db_begin (db, NULL));
  exec (db, "UPDATE t SET b = 'x' WHERE a = 1");
  g_assert_false (
      rounds_db_exec (db, "INSERT INTO t SELECT a + 1000, hex (zeroblob (4000)) FROM t", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_FULL);
  rounds_db_rollback (db);
  count = ask (db, "SELECT count(*) FROM t WHERE b LIKE 'Margarethe%'");
  g_assert_cmpstr (count, ==, "200");
}

static void
test_busy_writer_times_out (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = make_file (folder, NULL);
  g_autoptr (RoundsDb) first = open_file (path, NULL);
  RoundsDbOptions options = { .path = path, .busy_timeout_ms = 1 };
  g_autoptr (RoundsDb) second = rounds_db_open (&options, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  g_assert_true (rounds_db_begin (first, NULL));
  exec (first, "DELETE FROM t");
  g_assert_false (rounds_db_begin (second, &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY);
  /* A reader is not held up, and sees what was committed. */
  count = ask (second, "SELECT count(*) FROM t");
  g_assert_cmpstr (count, ==, "200");
  rounds_db_rollback (first);
  g_assert_true (rounds_db_begin (second, NULL));
  rounds_db_rollback (second);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/File/settings", test_settings);
  g_test_add_func ("/Rounds/Db/File/owners-alone", test_files_are_the_owners_alone);
  g_test_add_func ("/Rounds/Db/File/encrypted-hide-rows", test_encrypted_files_hide_their_rows);
  g_test_add_func ("/Rounds/Db/File/plain-are-plain", test_plain_files_are_plain);
  g_test_add_func ("/Rounds/Db/File/wrong-keys", test_wrong_keys_are_refused);
  g_test_add_func ("/Rounds/Db/File/foreign-files", test_foreign_files_are_refused);
  g_test_add_func ("/Rounds/Db/File/cut-off", test_cut_off_files_are_damaged);
  g_test_add_func ("/Rounds/Db/File/flipped-bits", test_check_finds_flipped_bits);
  g_test_add_func ("/Rounds/Db/File/places-that-cannot-be", test_places_that_cannot_be);
  g_test_add_func ("/Rounds/Db/File/read-only-folder", test_read_only_folder);
  g_test_add_func ("/Rounds/Db/File/read-only-connection", test_read_only_connection);
  g_test_add_func ("/Rounds/Db/File/full-disk", test_full_disk_undoes_the_transaction);
  g_test_add_func ("/Rounds/Db/File/busy-writer", test_busy_writer_times_out);
  return g_test_run ();
}
