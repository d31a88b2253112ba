/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The window follows an address of a record that another program had us open.
 * What is an address is in actions/rounds-record-address.c.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-future.h"
#include "rounds-join-time.h"
#include "rounds-record-address.h"
#include "rounds-window-private.h"

typedef struct
{
  RoundsWindow *window;
  RoundsSync *sync;
  RoundsEntryKind kind;
  char *id;
} Following;

static void
free_following (gpointer data)
{
  Following *self = data;

  g_object_unref (self->window);
  g_object_unref (self->sync);
  g_free (self->id);
  g_free (self);
}

static RoundsEntry *
read_entry_fiber (Following *self, GError **error)
{
  return dex_await_object (
      rounds_store_get_entry (rounds_sync_get_store (self->sync), self->kind, self->id), error);
}

/* What is not in the cache may be newer than the last look at the server, or this is the first. */
static RoundsEntry *
find_entry_fiber (Following *self, GError **error)
{
  g_autoptr (GError) missing = NULL;
  RoundsEntry *entry = read_entry_fiber (self, &missing);

  if (entry != NULL)
    return entry;
  if (!g_error_matches (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return NULL;
    }
  if (!dex_await (rounds_sync_now (self->sync), error))
    return NULL;
  return read_entry_fiber (self, error);
}

/* A call that is open is what a calendar's "Join" means. Security: an address can come from any
 * page; it leads to the device check, and into the call goes only who presses Join Now there. */
static void
show_entry (RoundsWindow *self, RoundsEntry *entry)
{
  RoundsClock *clock = rounds_application_get_clock (rounds_window_get_rounds (self));

  rounds_workspace_open (self->workspace, entry);
  if (self->visit == NULL && rounds_join_is_open (entry, rounds_clock_now (clock)))
    rounds_window_join (self, entry);
}

static DexFuture *
follow_fiber (gpointer data)
{
  Following *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry = find_entry_fiber (self, &error);

  if (rounds_window_get_sync (self->window) != self->sync)
    return dex_future_new_false ();
  if (entry != NULL)
    {
      show_entry (self->window, entry);
      return dex_future_new_true ();
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));

  rounds_window_toast (self->window, self->kind == ROUNDS_ENTRY_APPOINTMENT
                                         ? _ ("There is no such appointment, or it isn’t yours")
                                         : _ ("There is no such meeting, or it isn’t yours"));
  return dex_future_new_false ();
}

/* Opens what was asked for, as soon as somebody is signed in. */
void
rounds_window_follow_address (RoundsWindow *self)
{
  Following *following;

  if (self->address_id == NULL || self->workspace == NULL)
    return;
  if (self->visit != NULL)
    {
      g_clear_pointer (&self->address_id, g_free);
      rounds_window_toast (self, _ ("Leave the present call first"));
      return;
    }

  following = g_new0 (Following, 1);
  following->window = g_object_ref (self);
  following->sync = g_object_ref (rounds_window_get_sync (self));
  following->kind = self->address_kind;
  following->id = g_steal_pointer (&self->address_id);
  rounds_future_watch (rounds_spawn (follow_fiber, following, free_following), G_OBJECT (self),
                       rounds_window_on_failed);
}

/**
 * rounds_window_open_address:
 * @address: "rounds:appointment/…", from another program
 *
 * Shows the record of that address, at once or after signing in; what is no address is told.
 */
void
rounds_window_open_address (RoundsWindow *self, const char *address)
{
  g_autofree char *id = NULL;

  g_return_if_fail (ROUNDS_IS_WINDOW (self));
  g_return_if_fail (address != NULL);

  if (!rounds_record_address_parse (address, &self->address_kind, &id))
    {
      rounds_window_toast (self, _ ("That address leads to nothing in Rounds"));
      return;
    }
  g_set_str (&self->address_id, id);
  rounds_window_follow_address (self);
}
