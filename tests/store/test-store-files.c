/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The cache's file: what is readable in it, and what happens when it, its key or its disk is bad.
 * What goes in and out is in test-store.c.
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "records.h"
#include "rounds-db.h"
#include "rounds-test.h"

static const guint8 KEY[ROUNDS_STORE_KEY_LENGTH] = "0123456789abcdef0123456789abcde";
static const guint8 OTHER_KEY[ROUNDS_STORE_KEY_LENGTH] = { 1 };

typedef struct
{
  RoundsTestFolder *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rounds_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "cache.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  rounds_test_folder_free (fixture->folder);
}

static RoundsStore *
open_at (const char *path)
{
  RoundsStore *store = rounds_store_new (path, KEY);

  rounds_test_expect (rounds_store_open (store));
  return store;
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

/* 100 appointments, written and closed. */
static void
make_file (const char *path)
{
  g_autoptr (RoundsStore) store = open_at (path);
  g_autoptr (GPtrArray) appointments = make_appointments (100);

  rounds_test_expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  rounds_test_expect (rounds_store_close (store));
}

/* As another program with the same key would. */
static void
tamper (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&(RoundsDbOptions){ .path = path, .key = KEY }, &error);

  g_assert_no_error (error);
  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
expect_refused (Fixture *fixture, const guint8 *key, RoundsStoreError code)
{
  g_autoptr (GBytes) before = read_bytes (fixture->path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (RoundsStore) store = rounds_store_new (fixture->path, key);

  rounds_test_expect_error (rounds_store_open (store), ROUNDS_STORE_ERROR, (int)code);
  rounds_test_expect (rounds_store_close (store));
  after = read_bytes (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
expect_unreadable (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = read_bytes (path);
  gsize length = g_bytes_get_size (bytes);

  g_assert_cmpuint (length, >, 0);
  g_assert_null (memmem (g_bytes_get_data (bytes, NULL), length, text, strlen (text)));
}

static void
test_nothing_is_readable (Fixture *fixture, gconstpointer data)
{
  const char *const texts[] = {
    "Margarethe",    "margarethe", "penicillin",   "appointment",
    "SQLite format", "jwt=",       "meet.example",
  };
  g_autoptr (RoundsStore) store = open_at (fixture->path);
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  RoundsAppointment *appointment = make_appointment (1, "Margarethe");

  appointment->notes = g_strdup ("Allergic to penicillin");
  appointment->meeting_link = g_strdup ("https://meet.example.org/room?jwt=abc");
  save_appointment (store, appointment);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    expect_unreadable (wal, texts[i]);
  rounds_test_expect (rounds_store_close (store));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    expect_unreadable (fixture->path, texts[i]);
}

/* Somebody who has the key finds the records, and still no link. */
static void
test_links_are_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = open_at (fixture->path);
  RoundsAppointment *appointment = make_appointment (1, "Margarethe");
  RoundsMeeting *meeting = make_meeting (2, "Board");
  g_autoptr (RoundsDb) db = NULL;
  g_autoptr (RoundsDbStatement) statement = NULL;

  appointment->meeting_link = g_strdup ("https://meet.example.org/room?jwt=abc");
  meeting->jitsi_link = g_strdup ("https://meet.example.org/room?jwt=abc");
  save_appointment (store, appointment);
  save_meeting (store, meeting);
  rounds_test_expect (rounds_store_close (store));
  db = rounds_db_open (&(RoundsDbOptions){ .path = fixture->path, .key = KEY }, &error);
  g_assert_no_error (error);
  statement = rounds_db_prepare (
      db, "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%link%' OR sql LIKE '%jwt%'", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  g_assert_cmpint (rounds_db_get_int (statement, 0), ==, 0);
}

static void
test_wrong_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) files = NULL;
  int count = 0;

  make_file (fixture->path);
  expect_refused (fixture, OTHER_KEY, ROUNDS_STORE_ERROR_LOCKED);
  files = g_dir_open (fixture->folder, 0, NULL);
  while (g_dir_read_name (files) != NULL)
    count++;
  g_assert_cmpint (count, ==, 1);
}

static void
test_newer_file (Fixture *fixture, gconstpointer data)
{
  make_file (fixture->path);
  tamper (fixture->path, "PRAGMA user_version = 1000");
  expect_refused (fixture, KEY, ROUNDS_STORE_ERROR_NEWER);
}

static void
test_cut_off_file (Fixture *fixture, gconstpointer data)
{
  const off_t lengths[] = { 4096 * 3, 4096 * 2 + 100, 1000 };

  make_file (fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_assert_cmpint (truncate (fixture->path, lengths[i]), ==, 0);
      expect_refused (fixture, KEY, ROUNDS_STORE_ERROR_DAMAGED);
    }
}

static void
test_unknown_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autofree char *id = make_id (5);

  make_file (fixture->path);
  tamper (fixture->path, "UPDATE appointment SET status = 'postponed'");
  store = open_at (fixture->path);
  rounds_test_expect_error (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id),
                            ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED);
  rounds_test_expect (rounds_store_close (store));
}

/* Opening hours are there without a server, and a new day of them is noticed. */
static void
test_opening_hours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsHospital) hospital = make_hospital (1, "Charité");
  g_autoptr (RoundsHospital) later = NULL;
  g_autoptr (GPtrArray) hospitals = new_hospitals ();
  RoundsOpening days[] = { { G_DATE_MONDAY, 480, 720 }, { G_DATE_SUNDAY, 0, 1440 } };

  g_array_append_val (hospital->openings, days[0]);
  hospital->version = 2;
  later = rounds_hospital_copy (hospital);
  g_array_append_val (later->openings, days[1]);
  g_ptr_array_add (hospitals, rounds_hospital_ref (hospital));
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (RoundsStore) store = open_at (fixture->path);

      g_assert_true (
          rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, NULL, hospitals)));
      rounds_test_expect (rounds_store_close (store));
      g_clear_object (&store);
      store = open_at (fixture->path);
      g_assert_true (rounds_hospital_equal (rounds_store_lookup_hospital (store, hospital->id),
                                            hospitals->pdata[0]));
      g_assert_false (
          rounds_test_expect_boolean (rounds_store_replace (store, NULL, NULL, NULL, hospitals)));
      rounds_test_expect (rounds_store_close (store));
      rounds_hospital_unref (hospitals->pdata[0]);
      hospitals->pdata[0] = rounds_hospital_ref (later);
    }
}

static void
test_no_such_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  g_autofree char *path = g_build_filename (missing, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsEntryList) list = rounds_store_list (store, &(RoundsStoreQuery){ 0 });

  rounds_test_expect_error (rounds_store_open (store), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_FAILED_IO);
  /* Mended, it opens, and the list that waited fills. */
  g_assert_cmpint (g_mkdir (missing, 0700), ==, 0);
  rounds_test_expect (rounds_store_open (store));
  save_appointment (store, make_appointment (1, "Anna"));
  wait_for_titles (list, "Anna");
  g_assert_no_error (rounds_entry_list_get_error (list));
  rounds_test_expect (rounds_store_close (store));
}

/* A write that fails in its middle leaves nothing of itself, and tells nobody. */
static void
test_failed_write_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (GPtrArray) appointments = new_appointments ();
  g_autoptr (GPtrArray) meetings = new_meetings ();
  g_autoptr (GPtrArray) users = new_users ();

  make_file (fixture->path);
  tamper (fixture->path, "CREATE TRIGGER spoil BEFORE INSERT ON meeting BEGIN"
                         "  SELECT raise (ABORT, 'spoiled'); END");
  store = open_at (fixture->path);
  list = list_all (store, NULL);
  g_ptr_array_add (appointments, make_appointment (1, "Only one"));
  g_ptr_array_add (meetings, make_meeting (2, "Board"));
  g_ptr_array_add (users, make_user (3, "Ilse"));
  rounds_test_expect_error (rounds_store_replace (store, appointments, meetings, users, NULL),
                            ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FAILED_IO);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100);
  g_assert_cmpuint (g_list_model_get_n_items (rounds_store_get_people (store)), ==, 0);
  g_assert_true (
      rounds_test_expect_boolean (rounds_store_replace (store, appointments, NULL, NULL, NULL)));
  wait_for_titles (list, "Only one");
  rounds_test_expect (rounds_store_close (store));
}

/* The system refuses to let files grow, as a full disk does. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (GPtrArray) many = make_appointments (2000);
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  make_file (fixture->path);
  store = open_at (fixture->path);
  list = list_all (store, NULL);
  limit_files (256 * 1024);
  rounds_test_expect_error (rounds_store_replace (store, many, NULL, NULL, NULL),
                            ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL);
  limit_files (RLIM_INFINITY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100);
  g_assert_true (rounds_test_expect_boolean (rounds_store_replace (store, many, NULL, NULL, NULL)));
  rounds_test_expect (rounds_store_close (store));
  signal (SIGXFSZ, handler);
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "nothing-is-readable", test_nothing_is_readable },
    { "links-are-not-kept", test_links_are_not_kept },
    { "wrong-key", test_wrong_key },
    { "newer-file", test_newer_file },
    { "cut-off-file", test_cut_off_file },
    { "unknown-words", test_unknown_words },
    { "opening-hours", test_opening_hours },
    { "no-such-folder", test_no_such_folder },
    { "failed-write-leaves-nothing", test_failed_write_leaves_nothing },
    { "full-disk", test_full_disk },
  };

  rounds_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Store/File/", cases[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, cases[i].test, tear_down);
    }
  return g_test_run ();
}
