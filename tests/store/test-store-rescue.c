/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache with damaged pages: it is noticed wherever it is, and what only this computer knows lives
 * on in a new cache.
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "records.h"
#include "rounds-outbox-item.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-store-rescue.h"
#include "rounds-test.h"

#define PAGE 4096
#define N_ROWS 300

static const guint8 KEY[ROUNDS_STORE_KEY_LENGTH] = "0123456789abcdef0123456789abcde";

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

static RoundsOutboxItem *
make_edit (int record, const char *notes)
{
  g_autofree char *id = make_id (record);
  RoundsOutboxItem *item = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, id, 1);

  item->status = ROUNDS_APPOINTMENT_ARRIVED;
  item->notes = g_strdup (notes);
  return item;
}

/* Records, two edits, a draft, a person and whose cache it is; closed well. */
static void
make_file (const char *path)
{
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (GPtrArray) appointments = make_appointments (N_ROWS);
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (RoundsOutboxItem) first = make_edit (7, "came by bicycle");
  g_autoptr (RoundsOutboxItem) second = make_edit (200, NULL);

  g_ptr_array_add (users, make_user (8000, "Ilse"));
  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_replace (store, appointments, NULL, users, NULL));
  rounds_test_expect (rounds_store_set_fact (store, "user", "8000"));
  rounds_test_expect (rounds_store_set_fact (store, ROUNDS_STORE_FACT_CURSOR, "c9"));
  rounds_test_expect (rounds_store_add_edit (store, first, NULL));
  rounds_test_expect (rounds_store_add_edit (store, second, NULL));
  rounds_test_expect (rounds_store_save_draft (store, "notes", "x", "\"typing\"", 1));
  rounds_test_expect (rounds_store_close (store));
}

static void
overwrite_page (const char *path, gsize page)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((page + 1) * PAGE, <=, length);
  memset (contents + page * PAGE, 'x', PAGE);
  g_file_set_contents (path, contents, (gssize)length, &error);
  g_assert_no_error (error);
}

static gsize
count_pages (const char *path)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  return (gsize)buffer.st_size / PAGE;
}

static gint64
rescue (const char *path)
{
  g_autoptr (DexFuture) future = rounds_store_rescue (path, KEY);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_get_int64 (value);
}

/* Whether the future resolves; if it does not, it is for the damage. */
static gboolean
is_readable (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;

  rounds_test_wait_for (owned);
  if (dex_future_get_value (owned, &error) != NULL)
    return TRUE;
  g_assert_error (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED);
  return FALSE;
}

static gboolean
has_edit_of (RoundsStore *store, const char *id)
{
  g_autoptr (DexFuture) future = rounds_store_list_edits (store);
  g_autoptr (GError) error = NULL;
  GPtrArray *items;

  rounds_test_wait_for (future);
  g_assert_nonnull (dex_future_get_value (future, &error));
  items = g_value_get_boxed (dex_future_get_value (future, NULL));
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((RoundsOutboxItem *)items->pdata[i])->record, id))
      return TRUE;
  return FALSE;
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
  g_autoptr (RoundsStore) store = rounds_store_new (path, KEY);
  g_autoptr (RoundsEntryList) list = NULL;
  g_autofree char *first = make_id (7);
  g_autofree char *second = make_id (200);
  g_autofree char *user = NULL;
  g_autofree char *cursor = NULL;

  rounds_test_expect (rounds_store_open (store));
  g_assert_true (has_edit_of (store, first));
  g_assert_true (has_edit_of (store, second));
  user = dup_fact (store, "user");
  cursor = dup_fact (store, ROUNDS_STORE_FACT_CURSOR);
  g_assert_cmpstr (user, ==, "8000");
  g_assert_null (cursor);
  rounds_test_expect (rounds_store_load_draft (store, "notes", "x"));
  list = list_all (store, NULL);
  wait_for_titles (list, "Patient 7, Patient 200");
  rounds_test_expect (rounds_store_close (store));
}

static void
test_edits_live_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged", NULL);

  make_file (fixture->path);
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  expect_new_cache (fixture->path);
}

/* What an attempt left that was ended at its last step is completed by the next one. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rest = g_strconcat (fixture->path, ".rescuing", NULL);

  make_file (fixture->path);
  g_assert_true (g_file_set_contents (rest, "half of a file", -1, NULL));
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  g_assert_false (g_file_test (rest, G_FILE_TEST_EXISTS));
  expect_new_cache (fixture->path);
}

static void
note_cb (RoundsStore *store, gboolean *flag)
{
  *flag = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *)flag;
}

static gboolean
is_marked (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_answered (gpointer list)
{
  return rounds_entry_list_get_loaded (list) || rounds_entry_list_get_error (list) != NULL;
}

/* All that a person may come upon. Answers whether every bit of it could be read. */
static gboolean
read_all (RoundsStore *store)
{
  g_autoptr (RoundsEntryList) list = rounds_store_list (store, &(RoundsStoreQuery){ 0 });
  gboolean whole;

  rounds_test_wait_until (is_answered, list);
  whole = rounds_entry_list_get_error (list) == NULL;

  for (int i = 0; i < N_ROWS; i++)
    {
      g_autofree char *id = make_id (i);

      whole = is_readable (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id)) && whole;
    }
  whole = is_readable (rounds_store_list_edits (store)) && whole;
  return is_readable (rounds_store_list_drafts (store, NULL)) && whole;
}

/* A page overwritten anywhere: the cache does not open, or says so as it is read, or the page was
 * of no use. Nothing crashes, and after the rescue all is readable again. */
static void
test_any_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mark = g_strconcat (fixture->path, "-suspect", NULL);
  g_autofree char *contents = NULL;
  gsize length;
  /* ROUNDS_TEST_EVERY_PAGE=1 takes half a minute. */
  gsize step = g_getenv ("ROUNDS_TEST_EVERY_PAGE") != NULL ? 1 : 7;
  guint n_kept = 0;
  guint n_noticed = 0;

  make_file (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  for (gsize page = 1; page < length / PAGE; page += step)
    {
      g_autoptr (RoundsStore) store = NULL;
      gboolean damaged = FALSE;
      gboolean opens;
      gint64 n_edits;

      g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
      overwrite_page (fixture->path, page);
      store = rounds_store_new (fixture->path, KEY);
      g_signal_connect (store, "damaged", G_CALLBACK (note_cb), &damaged);
      opens = is_readable (rounds_store_open (store));
      if (opens && !read_all (store))
        {
          rounds_test_wait_until (is_set, &damaged);
          rounds_test_wait_until (is_marked, mark);
        }
      n_noticed += !opens || damaged;
      rounds_test_expect (rounds_store_close (store));
      if (damaged)
        {
          g_autoptr (RoundsStore) again = rounds_store_new (fixture->path, KEY);

          rounds_test_expect_error (rounds_store_open (again), ROUNDS_STORE_ERROR,
                                    ROUNDS_STORE_ERROR_DAMAGED);
          rounds_test_expect (rounds_store_close (again));
        }
      n_edits = rescue (fixture->path);
      g_assert_cmpint (n_edits, <=, 2);
      n_kept += n_edits == 2;
      g_clear_object (&store);
      store = rounds_store_new (fixture->path, KEY);
      rounds_test_expect (rounds_store_open (store));
      rounds_test_expect (rounds_store_close (store));
      rounds_test_expect (rounds_store_remove_files (fixture->path));
    }
  /* All but the pages of the outbox itself and of the schema. */
  g_test_message ("noticed %u, kept %u of %u", n_noticed, n_kept, (guint)(length / PAGE));
  g_assert_cmpuint (n_noticed, >, 2);
  g_assert_cmpuint (n_kept, >, 5);
}

static void
test_left_open_is_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  make_file (fixture->path);
  /* A page that nobody reads when opening; and what a killed process leaves. */
  overwrite_page (fixture->path, count_pages (fixture->path) - 1);
  g_assert_true (g_file_set_contents (log, "cut off in the first header", -1, NULL));
  store = rounds_store_new (fixture->path, KEY);
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
  store = rounds_store_new (fixture->path, KEY);
  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_close (store));
}

static void
test_nothing_is_left_behind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mark = g_strconcat (fixture->path, "-suspect", NULL);
  g_autoptr (GDir) files = NULL;

  make_file (fixture->path);
  g_assert_cmpint (rescue (fixture->path), ==, 2);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  rounds_test_expect (rounds_store_remove_files (fixture->path));
  rounds_test_expect (rounds_store_remove_files (fixture->path));
  files = g_dir_open (fixture->folder, 0, NULL);
  g_assert_null (g_dir_read_name (files));
}

static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  if (geteuid () == 0)
    {
      g_test_skip ("root writes everywhere");
      return;
    }
  make_file (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &before, &length_before, NULL));
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  rounds_test_expect_error (rounds_store_rescue (fixture->path, KEY), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_FAILED_IO);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (fixture->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
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
    { "left-open-is-checked", test_left_open_is_checked },
    { "not-a-cache-at-all", test_not_a_cache_at_all },
    { "nothing-is-left-behind", test_nothing_is_left_behind },
    { "read-only-folder", test_read_only_folder },
  };

  rounds_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Store/Rescue/", cases[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, cases[i].test, tear_down);
    }
  return g_test_run ();
}
