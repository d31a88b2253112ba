/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Follows one record in the store: tells what it has become, or that it has gone.
 * Whenever the store has changed, it reads the record again.
 */

#include "config.h"

#include "rounds-entry-follower.h"

#include "rounds-future.h"

struct _RoundsEntryFollower
{
  GObject parent_instance;

  RoundsStore *store;
  RoundsEntry *entry; /* or NULL */
};

G_DEFINE_FINAL_TYPE (RoundsEntryFollower, rounds_entry_follower, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* What a re-reading fiber works on. */
typedef struct
{
  RoundsEntryFollower *follower;
  RoundsEntry *entry;
} Reread;

static void
free_reread (gpointer data)
{
  Reread *reread = data;

  g_object_unref (reread->follower);
  g_object_unref (reread->entry);
  g_free (reread);
}

/* Another record may be followed meanwhile; of the same one, an earlier answer may have come. */
static gboolean
is_wanted (Reread *reread)
{
  RoundsEntry *entry = reread->follower->entry;

  return entry != NULL && rounds_entry_get_kind (entry) == rounds_entry_get_kind (reread->entry)
         && g_str_equal (rounds_entry_get_id (entry), rounds_entry_get_id (reread->entry));
}

static DexFuture *
reread_fiber (gpointer data)
{
  Reread *reread = data;
  RoundsEntryFollower *self = reread->follower;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry = dex_await_object (
      rounds_store_get_entry (self->store, rounds_entry_get_kind (reread->entry),
                              rounds_entry_get_id (reread->entry)),
      &error);

  if (!is_wanted (reread))
    return dex_future_new_true ();
  if (entry == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, entry);
  return dex_future_new_true ();
}

static void
on_failed_cb (const GError *error, gpointer owner)
{
  g_signal_emit (owner, signals[SIGNAL_FAILED], 0, error);
}

static void
on_store_changed_cb (RoundsEntryFollower *self)
{
  Reread *reread;

  if (self->entry == NULL)
    return;

  reread = g_new0 (Reread, 1);
  reread->follower = g_object_ref (self);
  reread->entry = g_object_ref (self->entry);
  rounds_future_watch (rounds_spawn (reread_fiber, reread, free_reread), G_OBJECT (self),
                       on_failed_cb);
}

static void
rounds_entry_follower_finalize (GObject *object)
{
  RoundsEntryFollower *self = ROUNDS_ENTRY_FOLLOWER (object);

  g_clear_object (&self->entry);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rounds_entry_follower_parent_class)->finalize (object);
}

static void
rounds_entry_follower_class_init (RoundsEntryFollowerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_entry_follower_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_ENTRY_FOLLOWER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, ROUNDS_TYPE_ENTRY);
  signals[SIGNAL_FAILED]
      = g_signal_new ("failed", ROUNDS_TYPE_ENTRY_FOLLOWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rounds_entry_follower_init (RoundsEntryFollower *self)
{
}

/**
 * rounds_entry_follower_new:
 * @store: (transfer none): the account's cache
 *
 * Returns: (transfer full): one that follows nothing yet. Main thread.
 */
RoundsEntryFollower *
rounds_entry_follower_new (RoundsStore *store)
{
  RoundsEntryFollower *self;

  g_return_val_if_fail (ROUNDS_IS_STORE (store), NULL);

  self = g_object_new (ROUNDS_TYPE_ENTRY_FOLLOWER, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * rounds_entry_follower_set_entry:
 * @entry: (nullable) (transfer none): the record as it is known; %NULL follows none
 */
void
rounds_entry_follower_set_entry (RoundsEntryFollower *self, RoundsEntry *entry)
{
  g_return_if_fail (ROUNDS_IS_ENTRY_FOLLOWER (self));
  g_return_if_fail (entry == NULL || ROUNDS_IS_ENTRY (entry));

  g_set_object (&self->entry, entry);
}
