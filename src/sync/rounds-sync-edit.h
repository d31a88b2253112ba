/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One thing that a person did and that the server has to hear of: an item of the store's outbox,
 * and who waits for it. It neither keeps nor sends itself.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-store-outbox.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

/* A hold is an edit that may not be sent yet. One owner: the engine. */
typedef struct _RoundsHold RoundsSyncEdit;

struct _RoundsHold
{
  RoundsOutboxItem *item;
  RoundsAppointmentDraft *appointment; /* of a new record, the draft of its kind */
  RoundsMeetingDraft *meeting;
  RoundsStoreDraft *typed; /* what it was typed into, until nobody waits any more; or NULL */
  DexFuture *stored; /* the item as kept, until it is known to be; or NULL */
  gboolean was_refused; /* a person has decided about it: another refusal is kept, too */
  DexPromise *promise; /* who waits; NULL: nobody any more */
};

/* The draft is written down at once: the dialog's may change. */
RoundsSyncEdit *rounds_sync_edit_new_creation (const RoundsAppointmentDraft *appointment,
                                               const RoundsMeetingDraft *meeting, gint64 made_at);
RoundsSyncEdit *rounds_sync_edit_new_change (RoundsEntryKind kind, const char *id, int status,
                                             const char *notes, gint64 made_at);
/* @changes, and @base as the person saw it, are copied. */
RoundsSyncEdit *rounds_sync_edit_new_fields (RoundsEntryKind kind, const char *id,
                                             JsonObject *changes, JsonObject *base, gint64 made_at);
/* Puts other changes, and what they are changes to, into an edit of fields. */
void rounds_sync_edit_set_changes (RoundsOutboxItem *item, JsonObject *changes, JsonObject *base);
/* From an earlier run. @item is taken. NULL when its draft or its changes cannot be read. */
RoundsSyncEdit *rounds_sync_edit_new_kept (RoundsOutboxItem *item);
/* Rejects its promise with ROUNDS_SYNC_ERROR_STOPPED if nobody has settled it. */
void rounds_sync_edit_free (RoundsSyncEdit *self);

gboolean rounds_sync_edit_is_about (RoundsSyncEdit *self, RoundsEntryKind kind, const char *id);
/* Makes somebody wait for it. (transfer full) */
DexFuture *rounds_sync_edit_await (RoundsSyncEdit *self);
/* Whether somebody still does, and so hears what becomes of it. */
gboolean rounds_sync_edit_is_awaited (RoundsSyncEdit *self);
/* Both end the wait. @entry: the record; @error is copied. */
void rounds_sync_edit_resolve (RoundsSyncEdit *self, RoundsEntry *entry);
void rounds_sync_edit_reject (RoundsSyncEdit *self, const GError *error);

/* A future of the boxed record of @entry. (transfer full) */
DexFuture *rounds_sync_resolve_to_entry (RoundsEntry *entry);

/* Makes the call; @version of the record there, 0 unknown. Resolves to the boxed record. */
DexFuture *rounds_sync_edit_send (const RoundsSyncEdit *self, RoundsApi *api,
                                  gint64 version) G_GNUC_WARN_UNUSED_RESULT;
/* The record that @future resolved to. (transfer full) */
RoundsEntry *rounds_sync_edit_read_answer (const RoundsSyncEdit *self, DexFuture *future);

G_END_DECLS
