/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine on a cache whose file comes to harm while it runs: nothing that somebody did is lost,
 * and the server is asked for everything again. How the file is mended is tested in tests/store.
 */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "feed-script.h"
#include "rounds-sync-local.h"
#include "rounds-test.h"

#define NOTES_ROUTE "PATCH /api/meetings/" SAMPLE_MEETING_ID

typedef struct
{
  RoundsTestFolder *folder;
  char *path;
  SyncWorld *world;
  guint n_mended;
  const char *next_cursor;
} Fixture;

static void
mended_cb (RoundsStore *store, Fixture *self)
{
  self->n_mended++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = rounds_test_folder_new ();
  self->path = g_build_filename (self->folder, "cache.db", NULL);
  self->world = sync_world_new_at (self->path);
  feed_script_capabilities (self->world, "\"changes\"");
  feed_script_first_page (self->world);
  g_signal_connect (self->world->store, "mended", G_CALLBACK (mended_cb), self);
  sync_world_start (self->world);
  feed_expect_cursor (self->world, "first");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sync_world_free (self->world);
  g_free (self->path);
  rounds_test_folder_free (self->folder);
}

/* All of it: not one edit can be carried over from the file. */
static void
ruin_file (Fixture *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  const char *paths[] = { self->path, log };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      int fd = g_open (paths[i], O_RDWR | O_CLOEXEC);
      off_t length = fd >= 0 ? lseek (fd, 0, SEEK_END) : 0;
      g_autofree char *garbage = g_malloc ((gsize)length);

      memset (garbage, 'x', (gsize)length);
      g_assert_cmpint (pwrite (fd, garbage, (gsize)length, 0), ==, length);
      g_close (fd, NULL);
    }
}

static guint
count_unsent (Fixture *self)
{
  guint n_unsent;

  g_object_get (self->world->sync, "n-unsent", &n_unsent, NULL);
  return n_unsent;
}

static guint
count_in_file (Fixture *self)
{
  g_autoptr (GPtrArray) items
      = rounds_test_expect_boxed (rounds_store_list_edits (self->world->store));

  return items->len;
}

static gboolean
has_read_again (gpointer data)
{
  const Fixture *self = data;

  return self->n_mended > 0 && g_strcmp0 (self->world->sync->feed->cursor, self->next_cursor) == 0;
}

/* Somebody looks at the list: that is how it is noticed. */
static void
notice (Fixture *self, const char *next_cursor)
{
  static const RoundsStoreQuery all = { 0 };
  g_autoptr (RoundsEntryList) list = rounds_store_list (self->world->store, &all);

  self->next_cursor = next_cursor;
  rounds_test_wait_until (has_read_again, self);
  sync_world_wait_for_rest (self->world);
}

static void
test_edits_live_on (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;
  g_autoptr (RoundsEntry) entry
      = sync_world_get_entry (world, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID);
  g_autoptr (RoundsMeetingDraft) draft = sample_meeting_draft ();

  scripted_server_refuse (world->server, NOTES_ROUTE, 503, "busy", "Later");
  scripted_server_refuse (world->server, "POST /api/meetings", 503, "busy", "Later");
  rounds_test_expect (rounds_sync_create_meeting (world->sync, draft, NULL));
  rounds_test_expect (rounds_sync_set_notes (world->sync, entry, "Bring the X-rays", NULL));
  sync_world_wait_for_rest (world);
  g_assert_cmpuint (count_unsent (self), ==, 2);

  feed_script_page (world, "again", TRUE, FALSE,
                    feed_list (feed_make_meeting (SAMPLE_MEETING_ID, "Weekly"),
                               feed_make_meeting (OTHER_MEETING_ID, "Another"), NULL));
  ruin_file (self);
  notice (self, "again");
  g_assert_cmpuint (count_unsent (self), ==, 2);
  g_assert_cmpuint (count_in_file (self), ==, 2);
  g_assert_true (feed_has_meeting (world, OTHER_MEETING_ID));
  feed_expect_cursor (world, "again");

  g_clear_object (&entry);
  entry = sync_world_get_entry (world, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID);
  g_assert_cmpstr (rounds_entry_get_meeting (entry)->notes, ==, "Bring the X-rays");
}

/* A cursor that was written into the new file would hide what was lost. */
static void
test_everything_comes_again (Fixture *self, gconstpointer data)
{
  SyncWorld *world = self->world;

  feed_script_page (world, "second", FALSE, FALSE, NULL);
  ruin_file (self);
  notice (self, "second");
  g_assert_null (scripted_server_get_last_query (world->server));
  g_assert_cmpuint (self->n_mended, ==, 1);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add ("/Rounds/Sync/Mended/edits-live-on", Fixture, NULL, set_up, test_edits_live_on,
              tear_down);
  g_test_add ("/Rounds/Sync/Mended/everything-comes-again", Fixture, NULL, set_up,
              test_everything_comes_again, tear_down);
  return g_test_run ();
}
