/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A database of an older roundsd, brought up to date: nothing of it is lost, and its rules hold.
 * What the schema refuses otherwise is in test-core-sessions.c.
 */

#include "rounds-server-schema.h"

#include <gio/gio.h>
#include <stdlib.h>

#include "rounds-test.h"
#include "server-database.h"

/* The step before tables were made anew. */
#define OLD_VERSION 14

#define HOSPITAL "65a400010000000000000001"
#define DOCTOR "65a400020000000000000001"
#define PATIENT "65a400020000000000000002"
#define MEETING "65a400030000000000000001"
#define VISIT "65a400040000000000000001"

static const char rows[]
    = "INSERT INTO hospitals (id, name, timezone, created_at, updated_at)"
      " VALUES ('" HOSPITAL "', 'H', 'Europe/Berlin', 1, 1);"
      "INSERT INTO users (id, name, email, role, hospital_id, created_at, updated_at) VALUES"
      " ('" DOCTOR "', 'D', 'd@example.org', 'doctor', '" HOSPITAL "', 1, 1),"
      " ('" PATIENT "', 'P', 'p@example.org', 'patient', '" HOSPITAL "', 1, 1);"
      "INSERT INTO meetings (id, created_by, role_context, title, type, status, scheduled_at,"
      " expected_minutes, notes, room_name, created_at, updated_at) VALUES ('" MEETING "',"
      " '" DOCTOR "', 'patient-doctor', 'T', 'audio', 'scheduled', 5, 30, 'N', 'r', 1, 1);"
      "INSERT INTO meeting_participants (meeting_id, user_id, position)"
      " VALUES ('" MEETING "', '" PATIENT "', 1), ('" MEETING "', '" DOCTOR "', 0);"
      "INSERT INTO appointments (id, hospital_id, department, type, date, time, timezone, "
      "starts_at,"
      " duration_minutes, patient_full_name, patient_age, doctor_id, patient_id, status, room_name,"
      " created_at, updated_at, created_by) VALUES ('" VISIT "', '" HOSPITAL "', 'C', 'virtual',"
      " '2031-01-01', '09:00', 'Europe/Berlin', 1000000000, 30, 'P', 44, '" DOCTOR "', '" PATIENT
      "',"
      " 'confirmed', 'v', 1, 1, '" DOCTOR "');"
      "UPDATE appointments SET status = 'arrived', version = 2, updated_at = 7;";

/* Whatever the order of columns became. What was noted about a visit moved into it (step 16), which
 * is a change of it: its next version, told anew. */
static const char *const contents[] = {
  "SELECT id || created_by || role_context || title || type || status || scheduled_at"
  " || expected_minutes || notes || room_name || version FROM meetings ORDER BY id",
  "SELECT meeting_id || user_id || position FROM meeting_participants ORDER BY position",
  "SELECT id || hospital_id || department || type || date || time || starts_at || ends_at"
  " || patient_full_name || patient_age || doctor_id || patient_id || status || room_name"
  " || created_by FROM appointments ORDER BY id",
  "SELECT seq || audience || kind || record_id FROM changes WHERE kind <> 'appointment'"
  " ORDER BY seq",
  "SELECT audience || kind || record_id FROM changes ORDER BY audience, kind, record_id",
};

static char *
read_contents (RoundsDb *db)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, contents[i], &error);
      g_assert_no_error (error);
      gsize before = text->len;
      while (rounds_db_step (statement, &error) == ROUNDS_DB_ROW)
        g_string_append_printf (text, "%s\n", rounds_db_get_text (statement, 0));
      g_assert_no_error (error);
      /* Each of them has something to lose. */
      g_assert_cmpuint (text->len, >, before);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static RoundsDb *
open_migrated (char **before)
{
  RoundsDb *db = server_database_open_new ();
  g_autoptr (GError) error = NULL;

  rounds_server_schema_migrate_to (db, OLD_VERSION, &error);
  g_assert_no_error (error);
  rounds_db_exec (db, rows, &error);
  g_assert_no_error (error);
  if (before != NULL)
    *before = read_contents (db);
  rounds_server_schema_migrate (db, &error);
  g_assert_no_error (error);
  return db;
}

static void
test_keeps_rows (void)
{
  g_autofree char *before = NULL;
  g_autoptr (RoundsDb) db = open_migrated (&before);
  g_autofree char *after = read_contents (db);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (before, ==, after);
  rounds_db_check (db, &error);
  g_assert_no_error (error);
}

static gint64
read_number (RoundsDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

/* Since when somebody waits was noted beside the visits, and is told to everybody with them. */
static void
test_moments_move_in (void)
{
  g_autoptr (RoundsDb) db = open_migrated (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (read_number (db, "SELECT arrived_at FROM appointments"), ==, 7);
  g_assert_cmpint (read_number (db, "SELECT version FROM appointments"), ==, 3);
  g_assert_cmpint (read_number (db, "SELECT count (*) FROM appointments"
                                    " WHERE started_at IS NULL AND ended_at IS NULL"),
                   ==, 1);
  g_assert_cmpint (read_number (db, "SELECT min (seq) FROM changes WHERE kind = 'appointment'"), >,
                   read_number (db, "SELECT max (seq) FROM changes WHERE kind <> 'appointment'"));
}

/* The feed goes on behind the last number. */
static void
test_feed_goes_on (void)
{
  g_autoptr (RoundsDb) db = open_migrated (NULL);
  g_autoptr (GError) error = NULL;
  gint64 head = read_number (db, "SELECT max (seq) FROM changes");
  gint64 n_marks = read_number (db, "SELECT count (*) FROM changes");

  rounds_db_exec (db, "UPDATE meetings SET version = 2; UPDATE appointments SET version = 4",
                  &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_number (db, "SELECT count (*) FROM changes"), ==, n_marks);
  g_assert_cmpint (read_number (db, "SELECT count (*) FROM changes WHERE kind = 'meeting'"
                                    " OR kind = 'appointment'"),
                   ==, 3 + 4);
  g_assert_cmpint (read_number (db, "SELECT min (seq) FROM changes WHERE kind = 'meeting'"
                                    " OR kind = 'appointment'"),
                   >, head);
}

/* Also where the last numbers were those of marks that are gone when the feed is made anew (step
 * 18). */
static void
test_numbers_are_not_used_twice (void)
{
  static const char *const gone[] = {
    "DELETE FROM changes WHERE seq > (SELECT min (seq) FROM changes)",
    "DELETE FROM changes",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      g_autoptr (RoundsDb) db = server_database_open_new ();
      g_autoptr (GError) error = NULL;

      rounds_server_schema_migrate_to (db, 17, &error);
      g_assert_no_error (error);
      rounds_db_exec (db, rows, &error);
      g_assert_no_error (error);
      gint64 head = read_number (db, "SELECT max (seq) FROM changes");
      rounds_db_exec (db, gone[i], &error);
      g_assert_no_error (error);
      rounds_server_schema_migrate (db, &error);
      g_assert_no_error (error);
      rounds_db_exec (db, "UPDATE meetings SET version = 2", &error);
      g_assert_no_error (error);
      g_assert_cmpint (
          read_number (db, "SELECT min (seq) FROM changes WHERE record_id = '" MEETING "'"), >,
          head);
    }
}

/* What the new tables do not let in either. */
static void
test_refuses (void)
{
  static const char *const statements[] = {
    "INSERT INTO meeting_participants (meeting_id, user_id, position)"
    " VALUES ('" MEETING "', '" PATIENT "', 2)",
    "INSERT INTO meeting_participants (meeting_id, user_id, position)"
    " VALUES ('" MEETING "', '65a400020000000000000009', 2)",
    "INSERT INTO meeting_participants (meeting_id, user_id, position)"
    " VALUES ('65a400030000000000000009', '" PATIENT "', 2)",
    "UPDATE meeting_participants SET position = 0",
    "UPDATE meetings SET type = 'telegram'",
    "UPDATE meetings SET status = 'no-show'",
    "UPDATE meetings SET role_context = 'admin-admin'",
    "UPDATE appointments SET status = 'scheduled'",
    "UPDATE appointments SET type = 'video'",
    "UPDATE appointments SET room_name = NULL",
    "DELETE FROM users WHERE id = '" PATIENT "'",
    "INSERT INTO appointments (id, hospital_id, department, type, date, time, timezone, starts_at,"
    " duration_minutes, patient_full_name, doctor_id, status, created_at, updated_at, created_by)"
    " VALUES ('65a400040000000000000002', '" HOSPITAL "', 'C', 'in-person', '2031-01-01', '09:10',"
    " 'Europe/Berlin', 1000000001, 30, 'Q', '" DOCTOR "', 'requested', 1, 1, '" DOCTOR "')",
  };

  /* What is refused changes nothing: the next finds the same rows. */
  g_autoptr (RoundsDb) db = open_migrated (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", statements[i]);
      g_assert_false (rounds_db_exec (db, statements[i], &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Schema/keeps-rows", test_keeps_rows);
  g_test_add_func ("/Rounds/Server/Schema/feed-goes-on", test_feed_goes_on);
  g_test_add_func ("/Rounds/Server/Schema/numbers-are-not-used-twice",
                   test_numbers_are_not_used_twice);
  g_test_add_func ("/Rounds/Server/Schema/moments-move-in", test_moments_move_in);
  g_test_add_func ("/Rounds/Server/Schema/refuses-as-before", test_refuses);
  return g_test_run ();
}
