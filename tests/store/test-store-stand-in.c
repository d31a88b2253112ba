/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache on a disk that is full, or that can only be read: what is in it is shown from memory, and
 * what comes to be meanwhile goes to the file once that can be written.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "damage.h"
#include "records.h"
#include "rounds-db.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-store-rescue.h"
#include "rounds-store-stand-in.h"
#include "rounds-test.h"

typedef struct
{
  RoundsTestFolder *folder;
  char *path;
  gboolean is_mounted;
} Fixture;

/* A disk of our own, with room for the cache and little more. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rounds_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "cache.db", NULL);
  fixture->is_mounted = mount ("tmpfs", fixture->folder, "tmpfs", 0, "size=4m") == 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->is_mounted)
    g_assert_cmpint (umount2 (fixture->folder, MNT_DETACH), ==, 0);
  g_free (fixture->path);
  rounds_test_folder_free (fixture->folder);
}

static gboolean
has_disk (Fixture *fixture)
{
  if (!fixture->is_mounted)
    g_test_skip ("nobody may mount a file system here");
  return fixture->is_mounted;
}

static char *
dup_filler (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "filler", NULL);
}

/* To the last byte. */
static void
fill_disk (Fixture *fixture)
{
  static const char page[DAMAGE_PAGE] = { 0 };
  g_autofree char *filler = dup_filler (fixture);
  int fd = g_open (filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, page, sizeof page) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  g_close (fd, NULL);
}

static void
make_room (Fixture *fixture)
{
  g_autofree char *filler = dup_filler (fixture);

  g_assert_cmpint (g_unlink (filler), ==, 0);
}

static void
set_read_only (Fixture *fixture, gboolean is_read_only)
{
  g_assert_cmpint (
      mount (NULL, fixture->folder, NULL, MS_REMOUNT | (is_read_only ? MS_RDONLY : 0), NULL), ==,
      0);
}

static RoundsStore *
open_stand_in (Fixture *fixture)
{
  g_autoptr (GError) why
      = g_error_new_literal (ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL, "for a reason");

  return rounds_test_expect_object (rounds_store_open_stand_in (fixture->path, DAMAGE_KEY, why));
}

static char *
dup_fact (RoundsStore *store, const char *name)
{
  g_autoptr (DexFuture) future = rounds_store_get_fact (store, name);

  rounds_test_wait_for (future);
  return g_value_dup_string (dex_future_get_value (future, NULL));
}

static void
expect_all (RoundsStore *store)
{
  g_autofree char *first = make_id (7);
  g_autofree char *second = make_id (200);
  g_autofree char *user = dup_fact (store, "user");
  g_autofree char *cursor = dup_fact (store, ROUNDS_STORE_FACT_CURSOR);
  g_autofree char *mended = dup_fact (store, ROUNDS_STORE_FACT_MENDED);
  g_autoptr (RoundsEntryList) list = list_all (store, NULL);
  g_autoptr (RoundsEntry) edited = NULL;

  g_assert_nonnull (rounds_store_get_stand_in_reason (store));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, DAMAGE_N_ROWS);
  g_assert_true (damage_has_edit_of (store, first));
  g_assert_true (damage_has_edit_of (store, second));
  g_assert_cmpstr (user, ==, "8000");
  g_assert_cmpstr (cursor, ==, "c9");
  g_assert_null (mended);
  rounds_test_expect (rounds_store_load_draft (store, "notes", "x"));
  edited
      = rounds_test_expect_object (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, first));
  g_assert_cmpint (rounds_entry_get_appointment (edited)->status, ==, ROUNDS_APPOINTMENT_ARRIVED);
  g_clear_object (&list);
  list = list_all (store, &(RoundsStoreQuery){ .search = "patient 200" });
  wait_for_titles (list, "Patient 200");
}

static void
expect_refused (Fixture *fixture, int code)
{
  g_autoptr (RoundsStore) store = rounds_store_new (fixture->path, DAMAGE_KEY);

  rounds_test_expect_error (rounds_store_open (store), ROUNDS_STORE_ERROR, code);
  rounds_test_expect (rounds_store_close (store));
}

/* Columns that were added later are carried as all others. */
static void
add_hospital (Fixture *fixture)
{
  g_autoptr (RoundsStore) store = rounds_store_new (fixture->path, DAMAGE_KEY);
  g_autoptr (RoundsHospital) hospital = rounds_hospital_new ();
  g_autoptr (GPtrArray) hospitals = g_ptr_array_new ();
  const RoundsOpening opening = { .weekday = G_DATE_MONDAY, .opens = 480, .closes = 1080 };

  hospital->id = make_id (9000);
  hospital->name = g_strdup ("Sankt Aurelia");
  hospital->timezone = g_strdup ("Europe/Berlin");
  g_array_append_val (hospital->openings, opening);
  g_ptr_array_add (hospitals, hospital);
  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_replace (store, NULL, NULL, NULL, hospitals));
  rounds_test_expect (rounds_store_close (store));
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autofree char *id = make_id (9000);
  const RoundsHospital *hospital;

  if (!has_disk (fixture))
    return;
  damage_make_file (fixture->path);
  add_hospital (fixture);
  set_read_only (fixture, TRUE);
  expect_refused (fixture, ROUNDS_STORE_ERROR_READ_ONLY);
  store = open_stand_in (fixture);
  expect_all (store);
  hospital = rounds_store_lookup_hospital (store, id);
  g_assert_cmpuint (hospital->openings->len, ==, 1);
  rounds_test_expect (rounds_store_close (store));
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;

  if (!has_disk (fixture))
    return;
  damage_make_file (fixture->path);
  fill_disk (fixture);
  expect_refused (fixture, ROUNDS_STORE_ERROR_FULL);
  store = open_stand_in (fixture);
  expect_all (store);
  rounds_test_expect (rounds_store_close (store));
}

/* What a process that did not end well has left in the log is in the cache as well. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  const char *const endings[] = { "", "-wal" };
  g_autoptr (RoundsStore) writer = NULL;
  g_autoptr (RoundsStore) store = NULL;
  g_autofree char *other = g_strconcat (fixture->path, "2", NULL);
  g_autofree char *fact = NULL;

  if (!has_disk (fixture))
    return;
  damage_make_file (fixture->path);
  writer = rounds_store_new (fixture->path, DAMAGE_KEY);
  rounds_test_expect (rounds_store_open (writer));
  rounds_test_expect (rounds_store_set_fact (writer, "late", "in the log"));
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (fixture->path, endings[i], NULL);
      g_autofree char *to = g_strconcat (other, endings[i], NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
      g_assert_cmpuint (length, >, 0);
      g_assert_true (g_file_set_contents (to, contents, (gssize)length, NULL));
    }
  rounds_test_expect (rounds_store_close (writer));
  g_set_str (&fixture->path, other);
  set_read_only (fixture, TRUE);
  store = open_stand_in (fixture);
  expect_all (store);
  fact = dup_fact (store, "late");
  g_assert_cmpstr (fact, ==, "in the log");
  rounds_test_expect (rounds_store_close (store));
}

/* Whether the page held records, and both edits are there all the same. */
static gboolean
is_partly_readable (Fixture *fixture)
{
  g_autoptr (RoundsStore) store = open_stand_in (fixture);
  g_autofree char *mended = dup_fact (store, ROUNDS_STORE_FACT_MENDED);
  g_autofree char *first = make_id (7);
  g_autofree char *second = make_id (200);
  gboolean has_both = damage_has_edit_of (store, first) && damage_has_edit_of (store, second);

  rounds_test_expect (rounds_store_close (store));
  return has_both && g_strcmp0 (mended, ROUNDS_STORE_MENDED_PART) == 0;
}

/* A page overwritten anywhere, on a disk that can only be read: no new file can be made, and what
 * can be read is in memory. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length = 0;
  guint n_kept = 0;

  if (!has_disk (fixture))
    return;
  damage_make_file (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  for (gsize page = 1; page < length / DAMAGE_PAGE; page += 3)
    {
      g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
      damage_overwrite_page (fixture->path, page);
      set_read_only (fixture, TRUE);
      rounds_test_expect_error (rounds_store_rescue (fixture->path, DAMAGE_KEY), ROUNDS_STORE_ERROR,
                                ROUNDS_STORE_ERROR_READ_ONLY);
      n_kept += is_partly_readable (fixture);
      set_read_only (fixture, FALSE);
    }
  g_assert_cmpuint (n_kept, >, 3);
}

static void
test_nothing_to_read (Fixture *fixture, gconstpointer data)
{
  const char *const contents[] = { NULL, "something else entirely" };
  const char *const facts[] = { NULL, ROUNDS_STORE_MENDED_NOTHING };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (RoundsStore) store = NULL;
      g_autofree char *mended = NULL;

      if (contents[i] != NULL)
        g_assert_true (g_file_set_contents (fixture->path, contents[i], -1, NULL));
      store = open_stand_in (fixture);
      mended = dup_fact (store, ROUNDS_STORE_FACT_MENDED);
      g_assert_cmpstr (mended, ==, facts[i]);
      rounds_test_expect (rounds_store_close (store));
    }
}

/* --- giving back --- */

static RoundsOutboxItem *
find_edit (RoundsStore *store, const char *id)
{
  g_autoptr (GPtrArray) items = rounds_test_expect_boxed (rounds_store_list_edits (store));

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((RoundsOutboxItem *)items->pdata[i])->record, id))
      return rounds_outbox_item_copy (items->pdata[i]);
  return NULL;
}

static RoundsAppointmentStatus
get_status (RoundsStore *store, const char *id)
{
  g_autoptr (RoundsEntry) entry
      = rounds_test_expect_object (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id));

  return rounds_entry_get_appointment (entry)->status;
}

/* One of the two edits is undone, another one is made, and a draft is typed. */
static void
work (RoundsStore *store)
{
  g_autofree char *undone = make_id (7);
  g_autofree char *made = make_id (9);
  g_autoptr (RoundsOutboxItem) first = find_edit (store, undone);
  g_autoptr (RoundsOutboxItem) second = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, made, 1);

  second->status = ROUNDS_APPOINTMENT_ARRIVED;
  rounds_test_expect (rounds_store_drop_edit (store, first, NULL));
  rounds_test_expect (rounds_store_add_edit (store, second, NULL, NULL));
  rounds_test_expect (rounds_store_save_draft (store, "notes", "y", "\"typed later\"", 2));
}

static void
test_give_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *undone = make_id (7);
  g_autofree char *made = make_id (9);
  g_autofree char *kept = make_id (200);
  g_autoptr (RoundsStore) stand_in = NULL;
  g_autoptr (RoundsStore) store = NULL;

  if (!has_disk (fixture))
    return;
  damage_make_file (fixture->path);
  fill_disk (fixture);
  stand_in = open_stand_in (fixture);
  work (stand_in);
  rounds_test_expect_error (rounds_store_give_back (stand_in, fixture->path, DAMAGE_KEY),
                            ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_FULL);
  make_room (fixture);
  for (int i = 0; i < 2; i++)
    rounds_test_expect (rounds_store_give_back (stand_in, fixture->path, DAMAGE_KEY));
  rounds_test_expect (rounds_store_close (stand_in));

  store = rounds_store_new (fixture->path, DAMAGE_KEY);
  rounds_test_expect (rounds_store_open (store));
  g_assert_false (damage_has_edit_of (store, undone));
  g_assert_true (damage_has_edit_of (store, made));
  g_assert_true (damage_has_edit_of (store, kept));
  g_assert_cmpint (get_status (store, undone), ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpint (get_status (store, made), ==, ROUNDS_APPOINTMENT_ARRIVED);
  g_assert_cmpint (get_status (store, kept), ==, ROUNDS_APPOINTMENT_ARRIVED);
  rounds_test_expect (rounds_store_load_draft (store, "notes", "y"));
  rounds_test_expect (rounds_store_close (store));
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "read-only", test_read_only },
    { "full", test_full },
    { "log", test_log },
    { "damaged", test_damaged },
    { "nothing-to-read", test_nothing_to_read },
    { "give-back", test_give_back },
  };

  rounds_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Store/StandIn/", cases[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, cases[i].test, tear_down);
    }
  return g_test_run ();
}
