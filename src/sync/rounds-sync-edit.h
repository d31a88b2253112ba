/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One thing that a person did and that the server has to hear of.
 * It waits in the engine's queue; nothing is kept over the program's end.
 */

#pragma once

#include "rounds-sync.h"

G_BEGIN_DECLS

/* One owner: the queue. Give it its content before it is queued. */
typedef struct
{
  RoundsEntryKind kind;
  char *id; /* NULL: a new record, made from the draft of its kind */
  RoundsAppointmentDraft *appointment;
  RoundsMeetingDraft *meeting;
  int status; /* RoundsAppointmentStatus or RoundsMeetingStatus to go to */
  char *notes; /* or NULL */
  RoundsHold *hold; /* what is committed, owned by the engine; or NULL */
  DexPromise *promise; /* told how it went */
} RoundsSyncEdit;

RoundsSyncEdit *rounds_sync_edit_new_creation (const RoundsAppointmentDraft *appointment,
                                               const RoundsMeetingDraft *meeting);
RoundsSyncEdit *
rounds_sync_edit_new_change (RoundsEntryKind kind, const char *id, int status, const char *notes);
/* Rejects its promise with ROUNDS_SYNC_ERROR_STOPPED if nobody has settled it. */
void rounds_sync_edit_free (RoundsSyncEdit *self);

/* Makes the call. Resolves to the boxed record of the server's answer. */
DexFuture *
rounds_sync_edit_send (const RoundsSyncEdit *self, RoundsApi *api) G_GNUC_WARN_UNUSED_RESULT;

/* The record that @future resolved to. (transfer full) */
RoundsEntry *rounds_sync_edit_read_answer (const RoundsSyncEdit *self, DexFuture *future);

G_END_DECLS
