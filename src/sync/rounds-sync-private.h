/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine's fields and what its files ask of each other.
 * Only sync and its tests include this.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-events.h"
#include "rounds-sync-edit.h"
#include "rounds-sync-feed.h"
#include "rounds-sync-merge.h"

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
  GPtrArray *edits; /* RoundsSyncEdit, oldest first: all of the outbox */
  GHashTable *aliases; /* ids that were ours → the server's, of this run */
  RoundsSyncEdit *carried; /* the one under way, or NULL; nobody else may touch it */
  gboolean has_new_file; /* the store was mended */
  gboolean holds_back; /* sending failed: not again before something may have changed */
  guint n_put_off; /* in a row; a fetch that goes well says nothing about sending */
  guint send_retry_after; /* seconds, from the last of them */
  GPtrArray *waiters; /* DexPromise of rounds_sync_now(), for the next full fetch */
  gboolean fetch_is_due;
  gboolean is_stopping;
  DexPromise *wake; /* what the fiber waits for, while it does */

  gboolean is_started;
  DexPromise *stopped; /* from rounds_sync_stop() on */
  GError *unsent; /* why the last edit did not get through, or NULL */

  RoundsServerInfo *info; /* what the server can; NULL: to be asked */
  RoundsSyncFeed *feed;
  gboolean has_news; /* the last pull brought something */
  gboolean waits_in_vain; /* the server does not wait although it says so */
  gboolean is_active; /* somebody looks at the app */
  gint64 kept_sync; /* the last_sync that is in the file */
  guint n_fetched;
  guint n_total;
  RoundsSyncChannel channel;

  RoundsEvents *events; /* the server's WebSocket; NULL before it was first asked for */
  gboolean is_opening; /* it is not open yet */
  gint64 listens_since; /* ROUNDS_TIME_NONE: it is not open */
  gint64 listen_after; /* no attempt before */
  guint n_hung_up; /* in a row */
  guint jumps; /* the source that tells of the computer's waking up, or 0 */
};

/* rounds-sync.c */
void rounds_sync_set_state (RoundsSync *self, RoundsSyncState state, const char *reason);
void rounds_sync_set_last_sync (RoundsSync *self, gint64 moment);
/* Writes it down, unless that was done. */
void rounds_sync_keep_last_sync (RoundsSync *self);
void rounds_sync_set_progress (RoundsSync *self, guint n_fetched, guint n_total);
void rounds_sync_set_channel (RoundsSync *self, RoundsSyncChannel channel);
void rounds_sync_set_offline_since (RoundsSync *self, gint64 moment);
void rounds_sync_notify_unsent (RoundsSync *self);
void rounds_sync_wake (RoundsSync *self);
void rounds_sync_set_delay_func (RoundsSync *self, RoundsSyncDelayFunc delay, gpointer user_data);

/* rounds-sync-triggers.c */
void rounds_sync_connect_triggers (RoundsSync *self);
/* The computer slept, or changed its clock; a GSourceOnceFunc. */
void rounds_sync_jump (gpointer self);

/* rounds-sync-listen.c: the server's WebSocket, of one that "events". */
/* Opens it, unless it is open or was tried too short a time ago. Returns whether it is open or on
 * its way; the engine is woken when that changes. */
gboolean rounds_sync_listen (RoundsSync *self);
gboolean rounds_sync_is_listening (RoundsSync *self);
/* Until the next rounds_sync_listen(), which may open it at once. */
void rounds_sync_hang_up (RoundsSync *self);

/* rounds-sync-loop.c: the one fiber. @data: a RoundsSync. */
DexFuture *rounds_sync_run_fiber (gpointer data);
/* Remembers what went wrong as the state to settle in. */
void rounds_sync_note_failure (RoundsSync *self, const GError *error);

/* rounds-sync-pull.c: makes the cache current. Resolves to the number (uint) of records that could
 * not be read. @wait: seconds that the server may wait for news. Once @cancellable is cancelled,
 * nothing of it is written any more. */
DexFuture *rounds_sync_pull (RoundsSync *self, GCancellable *cancellable,
                             guint wait) G_GNUC_WARN_UNUSED_RESULT;

/* rounds-sync-fetch.c: one full listing into the store. Awaits. */
gboolean rounds_sync_list_all (RoundsSync *self, GCancellable *cancellable, guint *n_unreadable,
                               GError **error);
/* The days around now into the store, of a server that can "range"; what is there stays. For who
 * has nothing yet: the feed brings all of it again, and is believed. Awaits. */
gboolean rounds_sync_list_near (RoundsSync *self, GCancellable *cancellable, GError **error);

/* rounds-sync-queue.c: the edits in memory. */
/* Takes @edit, which its maker may have begun to wait for. @local: for a new record, or NULL.
 * @typed: what it was typed into, or NULL. */
void rounds_sync_queue_edit (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry *local,
                             const RoundsStoreDraft *typed);
/* The server's id of a record that was made here, or @id. Borrowed. */
const char *rounds_sync_resolve_id (RoundsSync *self, const char *id);
/* Lets @edit, which is in the queue, be sent. */
void rounds_sync_release_edit (RoundsSync *self, RoundsSyncEdit *edit);
/* The next edit that can be sent now, or NULL. Borrowed. */
RoundsSyncEdit *rounds_sync_find_next (RoundsSync *self);
/* Borrowed, or NULL. */
RoundsSyncEdit *rounds_sync_find_by_name (RoundsSync *self, const char *name);
/* Frees @edit; with a new record the edits of it too, whose futures reject with @error (or NULL).
 */
void rounds_sync_forget_edit (RoundsSync *self, RoundsSyncEdit *edit, const GError *error);
/* The server has taken @edit, which is freed: tells the store and whoever waits. Awaits. */
gboolean rounds_sync_settle_edit (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry *answer,
                                  GError **error);
/* What an earlier run has left. Awaits. */
void rounds_sync_load_edits (RoundsSync *self);
/* The store was mended: what of the edits it has lost is written down again, and everything else is
 * to be fetched anew. Awaits. */
void rounds_sync_take_up_file (RoundsSync *self);
/* Queues what is still held, as the engine is about to stop. */
void rounds_sync_commit_all (RoundsSync *self);
guint rounds_sync_count_unsent (RoundsSync *self);
guint rounds_sync_count_refused (RoundsSync *self);

/* rounds-sync-carry.c: takes the next edit to the server and judges how it went. Only from the
 * fiber: it awaits. */
void rounds_sync_carry_edit (RoundsSync *self);
/* Shows the failure of a future of the store; a RoundsFailureFunc. */
void rounds_sync_show_failure (const GError *error, gpointer self);

typedef enum
{
  ROUNDS_SEND_TAKEN, /* the server has it: the answer is set */
  ROUNDS_SEND_REFUSED, /* for good; the error says why */
  ROUNDS_SEND_CONFLICT, /* with what the server has by now; the error says so */
  ROUNDS_SEND_LATER, /* the server did not judge it; the error says why */
  ROUNDS_SEND_AGAIN, /* only between the files of sending */
} RoundsSendResult;

/* rounds-sync-send.c: all attempts that make sense now. @answer (out) (transfer full). Awaits. */
RoundsSendResult rounds_sync_send_edit (RoundsSync *self, RoundsSyncEdit *edit,
                                        RoundsEntry **answer, GError **error);

/* rounds-sync-rebase.c: an edit that is no new record and @original, what the server has by now. */
/* Makes @item the change to @original that is to be sent. @conflicts: (out): the fields for which a
 * person has to decide; @item is as it was then. */
RoundsMergeResult rounds_sync_rebase (RoundsSync *self, RoundsOutboxItem *item,
                                      RoundsEntry *original, RoundsSyncFields *conflicts);
/* The person has decided: of the fields in conflict those of @mine are changed all the same, the
 * others are left to the server. Returns whether anything is left of @item. */
gboolean rounds_sync_decide (RoundsSync *self, RoundsOutboxItem *item, RoundsEntry *original,
                             RoundsSyncFields mine);
/* Whether @original is as @item wants it. */
gboolean rounds_sync_has_arrived (const RoundsOutboxItem *item, RoundsEntry *original);

/* rounds-sync-twin.c: a new record may have been made by a request whose answer got lost. */
/* Looks for it among all that the server has. @twin (out): NULL when it is not there. Awaits. */
gboolean
rounds_sync_find_twin (RoundsSync *self, RoundsSyncEdit *edit, RoundsEntry **twin, GError **error);
/* Settles the edits whose records are in a listing. Awaits. */
gboolean rounds_sync_adopt_twins (RoundsSync *self, RoundsEntryKind kind, GPtrArray *records,
                                  GError **error);

G_END_DECLS
