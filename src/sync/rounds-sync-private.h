/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine's fields and what its files ask of each other.
 * Only sync and its tests include this.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-sync-edit.h"
#include "rounds-sync-hold.h"

G_BEGIN_DECLS

/* A future that ends, either way, when @milliseconds are over. Tests put their own here. */
typedef DexFuture *(*RoundsSyncDelayFunc) (guint milliseconds, gpointer user_data);

struct _RoundsSync
{
  GObject parent_instance;

  RoundsApi *api;
  RoundsStore *store;
  RoundsUser *user;
  RoundsClock *clock;
  RoundsSyncDelayFunc delay;
  gpointer delay_data;

  /* What people are told. */
  RoundsSyncState state;
  char *reason;
  gint64 last_sync;
  gint64 offline_since;

  /* What the last answer of the server came to: the state while nothing is under way. */
  RoundsSyncState settled_state;
  char *settled_reason;
  guint n_failures; /* in a row */
  guint retry_after; /* seconds, from the last failure */

  /* The command channel. Each of these is changed and then rounds_sync_wake() called. */
  GQueue edits; /* RoundsSyncEdit, oldest first; the head is the one under way */
  GPtrArray *waiters; /* DexPromise of rounds_sync_now(), for the next full fetch */
  gboolean fetch_is_due;
  gboolean is_stopping;
  DexPromise *wake; /* what the fiber waits for, while it does */

  GPtrArray *holds; /* RoundsHold */
  gboolean is_started;
  DexPromise *stopped; /* from rounds_sync_stop() on */
  GError *unsent; /* why a held edit did not get through at the end */
};

/* rounds-sync.c */
void rounds_sync_set_state (RoundsSync *self, RoundsSyncState state, const char *reason);
void rounds_sync_set_last_sync (RoundsSync *self, gint64 moment);
void rounds_sync_set_offline_since (RoundsSync *self, gint64 moment);
void rounds_sync_notify_unsent (RoundsSync *self);
void rounds_sync_wake (RoundsSync *self);
void rounds_sync_set_delay_func (RoundsSync *self, RoundsSyncDelayFunc delay, gpointer user_data);

/* rounds-sync-loop.c: the one fiber. @data: a RoundsSync. */
DexFuture *rounds_sync_run_fiber (gpointer data);
/* Remembers what went wrong as the state to settle in. */
void rounds_sync_note_failure (RoundsSync *self, const GError *error);

/* rounds-sync-fetch.c: one full listing into the store. Resolves to the number (uint) of records
 * that could not be read. Once @cancellable is cancelled, nothing of it is written any more. */
DexFuture *
rounds_sync_fetch (RoundsSync *self, GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* rounds-sync-edits.c */
/* Carries the oldest edit to the server. Only from the fiber: it awaits. */
void rounds_sync_carry_edit (RoundsSync *self);
/* Queues what is still held, as the engine is about to stop. */
void rounds_sync_commit_all (RoundsSync *self);

G_END_DECLS
