/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache of each earlier version opens, and nothing that was in it is lost.
 * That a newer one is refused is in test-store-files.c.
 */

#include "config.h"

#include "records.h"
#include "rounds-db.h"
#include "rounds-outbox-item.h"
#include "rounds-schema.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-store-stand-in.h"
#include "rounds-test.h"

static const guint8 KEY[ROUNDS_STORE_KEY_LENGTH] = { 3, 1, 4 };

/* One fixture for each version before the present one. */
#define N_FIXTURES 8

static void
add_rows (RoundsDb *db, guint version)
{
  g_autofree char *path = g_strdup_printf (FIXTURES "/rows-%03u.sql", version);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* The schema as it was, and the rows that each version up to it brought. */
static void
make_file (const char *path, guint version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = rounds_db_open (&(RoundsDbOptions){ .path = path, .key = KEY }, &error);
  gsize n_migrations;
  const RoundsDbMigration *migrations = rounds_schema_get_migrations (&n_migrations);

  g_assert_no_error (error);
  g_assert_cmpuint (n_migrations, ==, N_FIXTURES + 1);
  for (guint i = 1; i <= version; i++)
    {
      rounds_db_migrate (db, migrations, i, &error);
      g_assert_no_error (error);
      add_rows (db, i);
    }
}

static guint
count_edits (RoundsStore *store)
{
  g_autoptr (DexFuture) future = rounds_store_list_edits (store);
  g_autoptr (GError) error = NULL;

  rounds_test_wait_for (future);
  g_assert_nonnull (dex_future_get_value (future, &error));
  return ((GPtrArray *)g_value_get_boxed (dex_future_get_value (future, NULL)))->len;
}

static void
expect_found (RoundsStore *store, const char *search, const char *titles)
{
  g_autoptr (RoundsEntryList) list
      = rounds_store_list (store, &(RoundsStoreQuery){ .search = search });

  wait_for_titles (list, titles);
}

/* When patients came, why they did not, and when hospitals open was not kept, so that all of it has
 * to come once more. */
static void
expect_no_cursor (RoundsStore *store)
{
  g_autoptr (DexFuture) future = rounds_store_get_fact (store, ROUNDS_STORE_FACT_CURSOR);

  rounds_test_wait_for (future);
  g_assert_null (g_value_get_string (dex_future_get_value (future, NULL)));
}

static RoundsEntry *
get_entry (RoundsStore *store, RoundsEntryKind kind, const char *id)
{
  g_autoptr (DexFuture) future = rounds_store_get_entry (store, kind, id);

  rounds_test_wait_for (future);
  g_assert_nonnull (dex_future_get_value (future, NULL));
  return g_value_dup_object (dex_future_get_value (future, NULL));
}

static void
expect_records (RoundsStore *store, guint version)
{
  g_autoptr (RoundsEntry) later
      = get_entry (store, ROUNDS_ENTRY_APPOINTMENT, "65a50d800000000000000003");
  g_autoptr (RoundsEntry) board
      = get_entry (store, ROUNDS_ENTRY_MEETING, "65a50d800000000000000005");
  RoundsAppointment *appointment = rounds_entry_get_appointment (later);
  RoundsMeeting *meeting = rounds_entry_get_meeting (board);

  g_assert_cmpstr (appointment->notes, ==, "Allergic");
  g_assert_cmpint (appointment->version, ==, 3);
  g_assert_cmpint (appointment->updated_at, ==, G_GINT64_CONSTANT (1705219200000001));
  g_assert_cmpint (appointment->status, ==,
                   version >= 2 ? ROUNDS_APPOINTMENT_ARRIVED : ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (rounds_entry_get_delivery (later), ==,
                   version >= 2 ? ROUNDS_DELIVERY_UNSENT : ROUNDS_DELIVERY_DONE);
  g_assert_cmpstr (meeting->participants[0], ==, "65a50d800000000000000052");
  g_assert_cmpstr (meeting->participants[1], ==, "65a50d800000000000000050");
  g_assert_null (meeting->participants[2]);
}

static void
test_version (gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsEntryList) list = NULL;

  make_file (path, version);
  rounds_test_expect (rounds_store_open (store));
  list = list_all (store, NULL);
  wait_for_titles (list, version >= 2
                             ? "Some time, Earlier, At the same time, Tumour board, Later, New one"
                             : "Some time, Earlier, At the same time, Tumour board, Later");
  expect_records (store, version);
  expect_no_cursor (store);
  expect_found (store, "weber", "Tumour board, Later");
  expect_found (store, "ostergard", "Later");
  expect_found (store, "scans", "Tumour board");
  g_assert_cmpuint (count_edits (store), ==, version >= 4 ? 3 : version >= 2 ? 2 : 0);
  if (version >= 3)
    rounds_test_expect (rounds_store_load_draft (store, "call-notes", "65a50d800000000000000003"));
  g_assert_nonnull (rounds_store_lookup_user (store, "65a50d800000000000000051"));
  g_assert_nonnull (rounds_store_lookup_hospital (store, "65a50d800000000000000090"));
  rounds_test_expect (rounds_store_close (store));
}

/* On a disk that cannot be written no step can be taken: what has the same name today is read as it
 * is, records from version 5 on, and what the server knows comes from there. */
static void
test_stand_in (gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (GError) why
      = g_error_new_literal (ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL, "full");
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (DexFuture) mended = NULL;

  make_file (path, version);
  store = rounds_test_expect_object (rounds_store_open_stand_in (path, KEY, why));
  mended = rounds_store_get_fact (store, ROUNDS_STORE_FACT_MENDED);
  rounds_test_wait_for (mended);
  g_assert_null (g_value_get_string (dex_future_get_value (mended, NULL)));
  expect_no_cursor (store);
  g_assert_cmpuint (count_edits (store), ==, version >= 4 ? 3 : version >= 2 ? 2 : 0);
  if (version >= 3)
    rounds_test_expect (rounds_store_load_draft (store, "call-notes", "65a50d800000000000000003"));
  if (version >= 5)
    expect_records (store, version);
  g_assert_nonnull (rounds_store_lookup_user (store, "65a50d800000000000000051"));
  g_assert_nonnull (rounds_store_lookup_hospital (store, "65a50d800000000000000090"));
  rounds_test_expect (rounds_store_close (store));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  for (guint version = 1; version <= N_FIXTURES; version++)
    {
      g_autofree char *path = g_strdup_printf ("/Rounds/Store/Versions/%u", version);

      g_autofree char *stand_in = g_strconcat (path, "/stand-in", NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (version), test_version);
      g_test_add_data_func (stand_in, GUINT_TO_POINTER (version), test_stand_in);
    }
  return g_test_run ();
}
