/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine: keeps the cache like the server's records and carries edits to it.
 * One long-lived fiber with a command channel; no widget, no SQL, no HTTP of its own.
 */

#pragma once

#include <libdex.h>

#include "rounds-api.h"
#include "rounds-clock.h"
#include "rounds-store-drafts.h"
#include "rounds-sync-fields.h"

G_BEGIN_DECLS

#define ROUNDS_SYNC_ERROR (rounds_sync_error_quark ())
GQuark rounds_sync_error_quark (void);

/* What the engine itself refuses; the rest is ROUNDS_NET_ERROR and ROUNDS_STORE_ERROR. */
typedef enum
{
  ROUNDS_SYNC_ERROR_STOPPED = 1, /* the engine is at its end and takes nothing more */
  ROUNDS_SYNC_ERROR_NO_LINK, /* the record has no call to join; the message says why */
  ROUNDS_SYNC_ERROR_NOT_HELD, /* the hold was undone or committed before */
  ROUNDS_SYNC_ERROR_CONFLICT, /* somebody else changed the same: see rounds_sync_list_refused() */
  ROUNDS_SYNC_ERROR_INCOMPLETE, /* the draft lacks something; the message says what */
  ROUNDS_SYNC_ERROR_TOO_LATE, /* the edit is on its way, was taken, or is known no more */
} RoundsSyncError;

typedef enum
{
  ROUNDS_SYNC_IDLE, /* up to date at last-sync */
  ROUNDS_SYNC_BUSY, /* doing what somebody asked for; the regular look at the server is silent */
  ROUNDS_SYNC_OFFLINE, /* the server cannot be reached; tried again by itself */
  ROUNDS_SYNC_SIGNED_OUT, /* the server no longer takes our token: sign in again */
  ROUNDS_SYNC_TROUBLE, /* the server or the cache refuses; reason says why */
} RoundsSyncState;
GType rounds_sync_state_get_type (void) G_GNUC_CONST;
#define ROUNDS_TYPE_SYNC_STATE (rounds_sync_state_get_type ())

/* How the engine hears of what others do. */
typedef enum
{
  ROUNDS_SYNC_POLLING, /* it asks now and then */
  ROUNDS_SYNC_WAITING, /* the server answers a question when there is something */
  ROUNDS_SYNC_LISTENING, /* the server says so, on a WebSocket */
} RoundsSyncChannel;
GType rounds_sync_channel_get_type (void) G_GNUC_CONST;
#define ROUNDS_TYPE_SYNC_CHANNEL (rounds_sync_channel_get_type ())

#define ROUNDS_TYPE_SYNC (rounds_sync_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSync, rounds_sync, ROUNDS, SYNC, GObject)

/* Properties: "state" (RoundsSyncState), "reason" (string or NULL, why it is not idle, the error's
 * words), "last-sync" (gint64 µs UTC, ROUNDS_TIME_NONE before the first), "offline-since" (gint64),
 * "n-unsent" (guint: edits held or on their way; not what hangs on a refused new record),
 * "n-refused" (guint: those that wait for a person to retry or discard them), "n-fetched" (guint:
 * records that have come so far while everything is fetched for the first time or anew; otherwise
 * 0), "n-total" (guint: how many are to come in that time; 0 where the server does not say),
 * "channel" (RoundsSyncChannel). */
RoundsSync *
rounds_sync_new (RoundsApi *api, RoundsStore *store, RoundsUser *user, RoundsClock *clock);
RoundsUser *rounds_sync_get_user (RoundsSync *self);
RoundsStore *rounds_sync_get_store (RoundsSync *self);
RoundsClock *rounds_sync_get_clock (RoundsSync *self);
RoundsSyncState rounds_sync_get_state (RoundsSync *self);
const char *rounds_sync_get_reason (RoundsSync *self);
gint64 rounds_sync_get_last_sync (RoundsSync *self);
gint64 rounds_sync_get_offline_since (RoundsSync *self);

/* All functions: main thread. From start to stop the engine keeps itself alive. */
void rounds_sync_start (RoundsSync *self);
/* Ends the fiber; queued and held edits are sent first. Resolves once it is over; rejects, over all
 * the same, when one of them did not get through: it is still in the store's file and will be sent
 * by the next engine on it. */
DexFuture *rounds_sync_stop (RoundsSync *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether somebody looks at the app: a server that cannot tell of changes is asked more often then,
 * and at once when the last look is not of now. */
void rounds_sync_set_active (RoundsSync *self, gboolean is_active);
/* Fetches now; resolves when the cache is current, rejects when that failed. */
DexFuture *rounds_sync_now (RoundsSync *self) G_GNUC_WARN_UNUSED_RESULT;

/* Edits. Each is kept in the store's file and shown before this returns to the main loop, then
 * sent, one after the other; dropping a future does not take its edit back. Each resolves to the
 * record (RoundsAppointment or RoundsMeeting, boxed), already in the cache: as the server answered
 * it, or, when the server cannot be reached now, as it is shown until the edit has been sent. It
 * rejects with the server's refusal, and the edit is gone then, or with ROUNDS_SYNC_ERROR_CONFLICT,
 * which keeps it for rounds_sync_list_refused(); or with ROUNDS_STORE_ERROR when it could not be
 * kept.
 *
 * @typed: what the person typed it into, or NULL. That draft goes in the moment in which the edit
 * is kept, and is back in the moment in which an edit is gone by a refusal that the future tells:
 * whenever the power goes out, what was typed is in one of the two, and never in both. */
DexFuture *rounds_sync_create_appointment (RoundsSync *self, const RoundsAppointmentDraft *draft,
                                           const RoundsStoreDraft *typed);
DexFuture *rounds_sync_create_meeting (RoundsSync *self, const RoundsMeetingDraft *draft,
                                       const RoundsStoreDraft *typed);
DexFuture *
rounds_sync_change_appointment (RoundsSync *self, const char *id, RoundsAppointmentStatus status,
                                const char *notes, const RoundsStoreDraft *typed);
DexFuture *rounds_sync_change_meeting (RoundsSync *self, const char *id, RoundsMeetingStatus status,
                                       const char *notes, const RoundsStoreDraft *typed);

/* Changes a record to what @after says and @before, the record as the person saw it, does not have:
 * a form's result, or one thing such as the time. Where there is no difference nothing is sent. A
 * server that knows only the guide has no such call and refuses. */
DexFuture *
rounds_sync_edit_appointment (RoundsSync *self, const RoundsAppointment *before,
                              const RoundsAppointmentDraft *after, const RoundsStoreDraft *typed);
DexFuture *
rounds_sync_edit_meeting (RoundsSync *self, const RoundsMeeting *before,
                          const RoundsMeetingDraft *after, const RoundsStoreDraft *typed);
/* Writes other notes; an empty text takes them away. @entry: as the person saw it. */
DexFuture *rounds_sync_set_notes (RoundsSync *self, RoundsEntry *entry, const char *notes,
                                  const RoundsStoreDraft *typed);

/* Cancelling with undo: the record shows as cancelled at once, the server hears of it only at
 * commit. A hold that is neither undone nor committed is sent by rounds_sync_stop(), and by the
 * next engine when the program ended in between. */
typedef struct _RoundsHold RoundsHold; /* borrowed from the engine until undone or committed */
/* @reason: for the record's notes, or NULL. A record that is held already gives the same hold. */
RoundsHold *
rounds_sync_hold_cancellation (RoundsSync *self, RoundsEntry *entry, const char *reason);
/* Shows the record as it was. Nothing happens when it comes too late. */
void rounds_sync_undo (RoundsSync *self, RoundsHold *hold);
/* Sends it. Resolves and rejects as other edits do; after a refusal the record is as it was. */
DexFuture *rounds_sync_commit (RoundsSync *self, RoundsHold *hold) G_GNUC_WARN_UNUSED_RESULT;

/* Takes back the newest edit of the record that no request was begun for, such as a new record made
 * offline. Resolves to TRUE; rejects with ROUNDS_SYNC_ERROR_TOO_LATE. */
DexFuture *rounds_sync_take_back (RoundsSync *self, RoundsEntryKind kind,
                                  const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* An edit that the server did not take when nobody waited for its future any more, or that is in
 * conflict with somebody else's. */
typedef struct
{
  char *name; /* for resolve and discard */
  gboolean is_conflict;
  RoundsSyncFields fields; /* what both changed differently; the rest has been merged. 0 without a
                              conflict, and when it is over: resolving sends mine then */
  RoundsEntry *mine; /* the record as the person wants it; NULL when it is no longer there */
  RoundsEntry *theirs; /* as the server has it; NULL for a new one and when it is gone */
  char *reason; /* the server's words, or NULL */
  gint64 made_at; /* when the person did it, µs UTC */
} RoundsRefusal;
RoundsRefusal *rounds_refusal_copy (const RoundsRefusal *self);
void rounds_refusal_free (RoundsRefusal *self);

/* Resolves to a GPtrArray of RoundsRefusal, oldest first. */
DexFuture *rounds_sync_list_refused (RoundsSync *self) G_GNUC_WARN_UNUSED_RESULT;
/* The person has decided: for the fields of @mine their own value, for the others in conflict the
 * server's; notes are kept from both. For each field of `fields` the two values are in the entries
 * `mine` and `theirs`. What is left of the edit is sent; resolves and rejects as an edit does, but
 * what is refused again stays in the list, and with the server's record when nothing is left.
 * Rejects with ROUNDS_SYNC_ERROR_TOO_LATE when it was decided already. */
DexFuture *rounds_sync_resolve (RoundsSync *self, const char *name,
                                RoundsSyncFields mine) G_GNUC_WARN_UNUSED_RESULT;
/* Theirs: forgets it. A new record goes with all that was done to it. Resolves to TRUE. */
DexFuture *rounds_sync_discard (RoundsSync *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* A fresh personal link of a record with a call. Resolves to a ROUNDS_TYPE_SECRET_TEXT. Security:
 * not stored anywhere. */
DexFuture *rounds_sync_fetch_link (RoundsSync *self, RoundsEntryKind kind,
                                   const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* When @doctor_id can be booked for @minutes within @span (31 days at most), as the server knows it
 * now. Resolves to a GArray of RoundsTimeRange (G_TYPE_ARRAY). */
DexFuture *rounds_sync_find_slots (RoundsSync *self, const char *doctor_id, RoundsTimeRange span,
                                   int minutes) G_GNUC_WARN_UNUSED_RESULT;

/* Tells the server how the call of a record is for this person: of RoundsApiSample, see there. */
DexFuture *rounds_sync_report_quality (RoundsSync *self, RoundsEntryKind kind, const char *id,
                                       GArray *samples) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsRefusal, rounds_refusal_free)

G_END_DECLS
