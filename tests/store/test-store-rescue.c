/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache with damaged pages: it is noticed wherever it is, and what only this computer knows lives
 * on in a new cache.
 */

#include "config.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "damage.h"
#include "records.h"
#include "rounds-store-drafts.h"
#include "rounds-store-rescue.h"
#include "rounds-test.h"

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

static gint64
rescue (const char *path)
{
  g_autoptr (DexFuture) future = rounds_store_rescue (path, DAMAGE_KEY);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_get_int64 (value);
}

static char *
dup_fact (RoundsStore *store, const char *name)
{
  g_autoptr (DexFuture) future = rounds_store_get_fact (store, name);

  rounds_test_wait_for (future);
  return g_value_dup_string (dex_future_get_value (future, NULL));
}

static void
expect_new_cache (const char *path)
{
  g_autoptr (RoundsStore) store = rounds_store_new (path, DAMAGE_KEY);
  g_autoptr (RoundsEntryList) list = NULL;
  g_autofree char *first = make_id (7);
  g_autofree char *second = make_id (200);
  g_autofree char *user = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *mended = NULL;

  rounds_test_expect (rounds_store_open (store));
  g_assert_true (damage_has_edit_of (store, first));
  g_assert_true (damage_has_edit_of (store, second));
  user = dup_fact (store, "user");
  cursor = dup_fact (store, ROUNDS_STORE_FACT_CURSOR);
  g_assert_cmpstr (user, ==, "8000");
  g_assert_null (cursor);
  mended = dup_fact (store, ROUNDS_STORE_FACT_MENDED);
  g_assert_cmpstr (mended, ==, ROUNDS_STORE_MENDED_PART);
  rounds_test_expect (rounds_store_load_draft (store, "notes", "x"));
  list = list_all (store, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, DAMAGE_N_ROWS);
  g_clear_object (&list);
  list = list_all (store, &(RoundsStoreQuery){ .search = "patient 20" });
  wait_for_titles (list, "Patient 20, Patient 200, Patient 201, Patient 202, Patient 203,"
                         " Patient 204, Patient 205, Patient 206, Patient 207, Patient 208,"
                         " Patient 209");
  rounds_test_expect (rounds_store_close (store));
}

static void
test_edits_live_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged", NULL);

  damage_make_file (fixture->path);
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  expect_new_cache (fixture->path);
}

/* What an attempt left that was ended at its last step is completed by the next one. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rest = g_strconcat (fixture->path, ".rescuing", NULL);

  damage_make_file (fixture->path);
  g_assert_true (g_file_set_contents (rest, "half of a file", -1, NULL));
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  g_assert_false (g_file_test (rest, G_FILE_TEST_EXISTS));
  expect_new_cache (fixture->path);
}

/* A page overwritten anywhere while nobody has the file open: the cache does not open, or is mended
 * as it is read (test-store-mend.c), or the page was of no use. Whatever of it, what can be carried
 * over by hand is. */
static void
test_any_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;
  /* ROUNDS_TEST_EVERY_PAGE=1 takes half a minute. */
  gsize step = g_getenv ("ROUNDS_TEST_EVERY_PAGE") != NULL ? 1 : 7;
  guint n_kept = 0;

  damage_make_file (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  for (gsize page = 1; page < length / DAMAGE_PAGE; page += step)
    {
      g_autoptr (RoundsStore) store = NULL;
      gint64 n_edits;

      g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
      damage_overwrite_page (fixture->path, page);
      n_edits = rescue (fixture->path);
      g_assert_cmpint (n_edits, <=, 2);
      n_kept += n_edits == 2;
      store = rounds_store_new (fixture->path, DAMAGE_KEY);
      rounds_test_expect (rounds_store_open (store));
      rounds_test_expect (rounds_store_close (store));
      rounds_test_expect (rounds_store_remove_files (fixture->path));
    }
  /* All but the pages of the outbox itself and of the schema. */
  g_test_message ("kept %u of %u", n_kept, (guint)(length / DAMAGE_PAGE));
  g_assert_cmpuint (n_kept, >, 5);
}

/* Whatever the length, what stands before the cut is carried over; the first page names the rest.
 */
static void
test_cut_short (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;
  guint n_kept = 0;

  damage_make_file (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  for (gsize page = length / DAMAGE_PAGE - 1; page > 0; page -= MIN (page, 5))
    {
      g_autoptr (RoundsStore) store = NULL;

      g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
      g_assert_cmpint (truncate (fixture->path, (off_t)(page * DAMAGE_PAGE - page % 3)), ==, 0);
      n_kept += rescue (fixture->path) == 2;
      store = rounds_store_new (fixture->path, DAMAGE_KEY);
      rounds_test_expect (rounds_store_open (store));
      rounds_test_expect (rounds_store_close (store));
    }
  g_test_message ("kept both edits %u times of %u", n_kept, (guint)(length / DAMAGE_PAGE / 5));
  g_assert_cmpuint (n_kept, >, 0);
}

static void
test_left_open_is_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  damage_make_file (fixture->path);
  /* A page that nobody reads when opening; and what a killed process leaves. */
  damage_overwrite_page (fixture->path, damage_count_pages (fixture->path) - 1);
  g_assert_true (g_file_set_contents (log, "cut off in the first header", -1, NULL));
  store = rounds_store_new (fixture->path, DAMAGE_KEY);
  rounds_test_expect_error (rounds_store_open (store), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_DAMAGED);
  rounds_test_expect (rounds_store_close (store));
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  expect_new_cache (fixture->path);
}

static void
test_not_a_cache_at_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "something else entirely", -1, NULL));
  g_assert_cmpint (rescue (fixture->path), ==, 0);
  store = rounds_store_new (fixture->path, DAMAGE_KEY);
  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_close (store));
}

static void
test_nothing_is_left_behind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mark = g_strconcat (fixture->path, "-suspect", NULL);
  g_autoptr (GDir) files = NULL;

  damage_make_file (fixture->path);
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  rounds_test_expect (rounds_store_remove_files (fixture->path));
  rounds_test_expect (rounds_store_remove_files (fixture->path));
  files = g_dir_open (fixture->folder, 0, NULL);
  g_assert_null (g_dir_read_name (files));
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "edits-live-on", test_edits_live_on },
    { "interrupted", test_interrupted },
    { "any-page", test_any_page },
    { "cut-short", test_cut_short },
    { "left-open-is-checked", test_left_open_is_checked },
    { "not-a-cache-at-all", test_not_a_cache_at_all },
    { "nothing-is-left-behind", test_nothing_is_left_behind },
  };

  rounds_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Store/Rescue/", cases[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, cases[i].test, tear_down);
    }
  return g_test_run ();
}
