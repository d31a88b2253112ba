/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache whose file comes to harm while it is open: it goes on with another file, into which what
 * only this computer knows was carried.
 */

#include "config.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "damage.h"
#include "records.h"
#include "rounds-outbox-item.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-store-rescue.h"
#include "rounds-test.h"

typedef struct
{
  RoundsTestFolder *folder;
  char *path;
  RoundsStore *store;
  guint n_mended;
  guint n_damaged;
} Fixture;

static void
count_cb (RoundsStore *store, guint *count)
{
  (*count)++;
}

static void
open_file (Fixture *self)
{
  self->n_mended = self->n_damaged = 0;
  self->store = rounds_store_new (self->path, DAMAGE_KEY);
  g_signal_connect (self->store, "mended", G_CALLBACK (count_cb), &self->n_mended);
  g_signal_connect (self->store, "damaged", G_CALLBACK (count_cb), &self->n_damaged);
  rounds_test_expect (rounds_store_open (self->store));
}

static void
close_file (Fixture *self)
{
  rounds_test_expect (rounds_store_close (self->store));
  g_clear_object (&self->store);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = rounds_test_folder_new ();
  self->path = g_build_filename (self->folder, "cache.db", NULL);
  damage_make_file (self->path);
  open_file (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->store != NULL)
    close_file (self);
  g_free (self->path);
  rounds_test_folder_free (self->folder);
}

static gboolean
has_spoken (gpointer data)
{
  const Fixture *self = data;

  return self->n_mended + self->n_damaged > 0;
}

/* Whatever became of the old file, the cache takes what people do from now on, and keeps it. */
static void
expect_usable (Fixture *self)
{
  g_autofree char *id = make_id (9);
  g_autoptr (RoundsOutboxItem) item = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, id, 1);

  item->status = ROUNDS_APPOINTMENT_ARRIVED;
  g_assert_true (damage_read_all (self->store));
  /* As the server tells of it again, should it have been lost. */
  save_appointment (self->store, make_appointment (9, "Patient 9"));
  rounds_test_expect (rounds_store_add_edit (self->store, item, NULL, NULL));
  close_file (self);
  open_file (self);
  g_assert_true (damage_read_all (self->store));
  g_assert_true (damage_has_edit_of (self->store, id));
  g_assert_cmpuint (self->n_mended + self->n_damaged, ==, 0);
}

/* Written over anywhere while the file is open. Whoever reads may hear of it once; then it is well.
 */
static void
test_any_page (Fixture *self, gconstpointer data)
{
  g_autofree char *seventh = make_id (7);
  gsize n_pages = damage_count_pages (self->path);
  guint n_mended = 0;
  guint n_kept = 0;

  for (gsize page = 0; page < n_pages; page += 7)
    {
      damage_overwrite_page (self->path, page);
      if (!damage_read_all (self->store))
        rounds_test_wait_until (has_spoken, self);
      g_assert_cmpuint (self->n_damaged, ==, 0);
      n_mended += self->n_mended;
      n_kept += damage_has_edit_of (self->store, seventh);
      expect_usable (self);
      close_file (self);
      rounds_test_expect (rounds_store_remove_files (self->path));
      damage_make_file (self->path);
      open_file (self);
    }
  g_test_message ("mended %u, kept %u of %" G_GSIZE_FORMAT, n_mended, n_kept, n_pages);
  g_assert_cmpuint (n_mended, >, 2);
  g_assert_cmpuint (n_kept, >, 5);
}

/* As by a disk that is failing, or somebody else's program. */
static void
test_truncated (Fixture *self, gconstpointer data)
{
  static const gsize parts[] = { 0, 1, 2, 3 };
  g_autofree char *aside = g_strconcat (self->path, ".damaged", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gsize length = damage_count_pages (self->path) * parts[i] / 4 * DAMAGE_PAGE;

      g_assert_cmpint (truncate (self->path, (off_t)length), ==, 0);
      if (!damage_read_all (self->store))
        rounds_test_wait_until (has_spoken, self);
      g_assert_cmpuint (self->n_damaged, ==, 0);
      g_assert_cmpuint (self->n_mended, >, 0);
      g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
      expect_usable (self);
      close_file (self);
      rounds_test_expect (rounds_store_remove_files (self->path));
      damage_make_file (self->path);
      open_file (self);
    }
}

static void
fail_cb (RoundsStore *store, gpointer data)
{
  g_assert_not_reached ();
}

/* What is written comes upon the damage first: whoever asked for it does not notice. */
static void
test_while_writing (Fixture *self, gconstpointer data)
{
  gsize n_pages = damage_count_pages (self->path);
  g_autofree char *id = make_id (500);
  g_autoptr (RoundsOutboxItem) item = rounds_outbox_item_new (ROUNDS_ENTRY_APPOINTMENT, id, 1);

  item->status = ROUNDS_APPOINTMENT_ARRIVED;
  g_signal_connect (self->store, "damaged", G_CALLBACK (fail_cb), NULL);
  for (gsize page = 1; page < n_pages; page++)
    damage_overwrite_page (self->path, page);
  save_appointment (self->store, make_appointment (500, "Patient 500"));
  rounds_test_expect (rounds_store_add_edit (self->store, item, NULL, NULL));
  rounds_test_expect (rounds_store_save_draft (self->store, "notes", "y", "\"more\"", 2));
  g_assert_cmpuint (self->n_mended, ==, 1);
  g_assert_true (damage_has_edit_of (self->store, id));
}

/* Where no other file can be made it is said, what can be read still is, and the next start tries
 * again. */
static void
test_cannot_be_mended (Fixture *self, gconstpointer data)
{
  g_autofree char *obstacle = g_strconcat (self->path, ".rescuing", NULL);
  g_autofree char *stone = g_build_filename (obstacle, "stone", NULL);
  g_autofree char *mark = g_strconcat (self->path, "-suspect", NULL);
  gsize n_pages = damage_count_pages (self->path);

  g_assert_cmpint (g_mkdir (obstacle, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stone, "", 0, NULL));
  for (gsize page = n_pages / 2; page < n_pages; page++)
    damage_overwrite_page (self->path, page);
  g_assert_false (damage_read_all (self->store));
  rounds_test_wait_until (has_spoken, self);
  g_assert_cmpuint (self->n_mended, ==, 0);
  g_assert_cmpuint (self->n_damaged, ==, 1);
  while (!g_file_test (mark, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  close_file (self);

  g_assert_cmpint (g_unlink (stone), ==, 0);
  g_assert_cmpint (g_rmdir (obstacle), ==, 0);
  self->store = rounds_store_new (self->path, DAMAGE_KEY);
  rounds_test_expect_error (rounds_store_open (self->store), ROUNDS_STORE_ERROR,
                            ROUNDS_STORE_ERROR_DAMAGED);
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "any-page", test_any_page },
    { "truncated", test_truncated },
    { "while-writing", test_while_writing },
    { "cannot-be-mended", test_cannot_be_mended },
  };

  rounds_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Store/Mend/", cases[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, cases[i].test, tear_down);
    }
  return g_test_run ();
}
