/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A cache's file that comes to harm.
 * No test stands here.
 */

#include "config.h"

#include "damage.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "records.h"
#include "rounds-outbox-item.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-test.h"

const guint8 DAMAGE_KEY[ROUNDS_STORE_KEY_LENGTH] = "0123456789abcdef0123456789abcde";

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
void
damage_make_file (const char *path)
{
  g_autoptr (RoundsStore) store = rounds_store_new (path, DAMAGE_KEY);
  g_autoptr (GPtrArray) appointments = make_appointments (DAMAGE_N_ROWS);
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (RoundsOutboxItem) first = make_edit (7, "came by bicycle");
  g_autoptr (RoundsOutboxItem) second = make_edit (200, NULL);

  g_ptr_array_add (users, make_user (8000, "Ilse"));
  rounds_test_expect (rounds_store_open (store));
  rounds_test_expect (rounds_store_replace (store, appointments, NULL, users, NULL));
  rounds_test_expect (rounds_store_set_fact (store, "user", "8000"));
  rounds_test_expect (rounds_store_set_fact (store, ROUNDS_STORE_FACT_CURSOR, "c9"));
  rounds_test_expect (rounds_store_add_edit (store, first, NULL, NULL));
  rounds_test_expect (rounds_store_add_edit (store, second, NULL, NULL));
  rounds_test_expect (rounds_store_save_draft (store, "notes", "x", "\"typing\"", 1));
  rounds_test_expect (rounds_store_close (store));
}

/* Into the very file that may be open. */
void
damage_overwrite_page (const char *path, gsize page)
{
  char garbage[DAMAGE_PAGE];
  int fd = g_open (path, O_WRONLY | O_CLOEXEC);

  memset (garbage, 'x', sizeof garbage);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, garbage, sizeof garbage, (off_t)(page * DAMAGE_PAGE)), ==,
                   sizeof garbage);
  g_close (fd, NULL);
}

gsize
damage_count_pages (const char *path)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  return (gsize)buffer.st_size / DAMAGE_PAGE;
}

/* Whether the future resolves; if it does not, it is for the damage. */
gboolean
damage_is_readable (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  g_autoptr (GError) error = NULL;

  rounds_test_wait_for (owned);
  if (dex_future_get_value (owned, &error) != NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_assert_error (error, ROUNDS_STORE_ERROR, ROUNDS_STORE_ERROR_DAMAGED);
  return FALSE;
}

gboolean
damage_has_edit_of (RoundsStore *store, const char *id)
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

static gboolean
is_answered (gpointer list)
{
  return rounds_entry_list_get_loaded (list) || rounds_entry_list_get_error (list) != NULL;
}

/* All that a person may come upon. Answers whether every bit of it could be read. */
gboolean
damage_read_all (RoundsStore *store)
{
  g_autoptr (RoundsEntryList) list = rounds_store_list (store, &(RoundsStoreQuery){ 0 });
  gboolean whole;

  rounds_test_wait_until (is_answered, list);
  whole = rounds_entry_list_get_error (list) == NULL;

  for (int i = 0; i < DAMAGE_N_ROWS; i++)
    {
      g_autofree char *id = make_id (i);

      whole = damage_is_readable (rounds_store_get_entry (store, ROUNDS_ENTRY_APPOINTMENT, id))
              && whole;
    }
  whole = damage_is_readable (rounds_store_list_edits (store)) && whole;
  return damage_is_readable (rounds_store_list_drafts (store, NULL)) && whole;
}
