/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The app's encrypted cache: records in, live list models out.
 * It never talks to the network; sync fills it. No SQL runs on the caller's thread.
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rounds-entry.h"
#include "rounds-hospital.h"
#include "rounds-user.h"

G_BEGIN_DECLS

#define ROUNDS_STORE_ERROR (rounds_store_error_quark ())
GQuark rounds_store_error_quark (void);

typedef enum
{
  ROUNDS_STORE_ERROR_LOCKED = 1, /* the file does not open with this key */
  ROUNDS_STORE_ERROR_NEWER, /* written by a newer Rounds */
  ROUNDS_STORE_ERROR_DAMAGED,
  ROUNDS_STORE_ERROR_FULL,
  ROUNDS_STORE_ERROR_FAILED_IO,
  ROUNDS_STORE_ERROR_READ_ONLY, /* the disk, or our right to it */
} RoundsStoreError;

#define ROUNDS_STORE_KEY_LENGTH 32

#define ROUNDS_TYPE_STORE (rounds_store_get_type ())
G_DECLARE_FINAL_TYPE (RoundsStore, rounds_store, ROUNDS, STORE, GObject)

/* All functions: main thread. Futures resolve on it. */

/* @path: the account's file, ":memory:" in tests. The future of open resolves to TRUE once the
 * schema is current and the directory (people, hospitals) is loaded. */
RoundsStore *rounds_store_new (const char *path, const guint8 key[ROUNDS_STORE_KEY_LENGTH]);
DexFuture *rounds_store_open (RoundsStore *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_store_close (RoundsStore *self) G_GNUC_WARN_UNUSED_RESULT;

/* What a list shows. Zeroed = everything. */
typedef struct
{
  gboolean appointments;
  gboolean meetings;
  RoundsTimeRange range; /* by start; an empty range = no limit */
  const char
      *search; /* words, prefix match over names, titles, reasons, notes, departments; or NULL */
  gboolean hide_over; /* leave out completed, cancelled, no-show */
  guint appointment_statuses; /* bits 1 << RoundsAppointmentStatus; 0 = all */
  guint meeting_statuses; /* bits 1 << RoundsMeetingStatus; 0 = all */
  const char *person; /* id: only what this person is the doctor, the patient, the maker or a
                         participant of; or NULL */
} RoundsStoreQuery;

/* A GListModel of RoundsEntry ordered by start time (then as they came). It fills asynchronously,
 * follows the store with minimal items-changed and holds a reference to it. A list of up to 512
 * rows shows whole entries alone. A longer one reads those that somebody holds: an entry is blank
 * but for kind and start until its "loaded" signal says that the rest has come. (transfer full) */
#define ROUNDS_TYPE_ENTRY_LIST (rounds_entry_list_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEntryList, rounds_entry_list, ROUNDS, ENTRY_LIST, GObject)
RoundsEntryList *rounds_store_list (RoundsStore *self, const RoundsStoreQuery *query);
/* Changes what an existing list shows. */
void rounds_entry_list_set_query (RoundsEntryList *self, const RoundsStoreQuery *query);
/* FALSE until the first answer is in (so that "empty" is not shown while loading). Property
 * "loaded". */
gboolean rounds_entry_list_get_loaded (RoundsEntryList *self);
/* When the row @position starts (µs UTC, whole milliseconds), without asking for the row. */
gint64 rounds_entry_list_get_start (RoundsEntryList *self, guint position);
/* Why the last question got no answer, or NULL; the rows are those of the last answer. Borrowed.
 * Property "error". */
const GError *rounds_entry_list_get_error (RoundsEntryList *self);

/* One full listing from the server replaces what is cached: rows that are gone are removed,
 * unchanged ones are not touched. The arrays (element types RoundsAppointment, RoundsMeeting,
 * RoundsUser, RoundsHospital) may be NULL = leave that kind alone. Resolves to TRUE when anything
 * changed. */
DexFuture *rounds_store_replace (RoundsStore *self, GPtrArray *appointments, GPtrArray *meetings,
                                 GPtrArray *users, GPtrArray *hospitals) G_GNUC_WARN_UNUSED_RESULT;
/* What changed at the server since a cursor. Zeroed = nothing. Arrays and lists may be NULL. */
typedef struct
{
  GPtrArray *appointments; /* RoundsAppointment…: inserted or updated, others stay */
  GPtrArray *meetings;
  GPtrArray *users;
  GPtrArray *hospitals;
  const char *const *gone_appointments; /* ids of what the server no longer shows us */
  const char *const *gone_meetings;
  const char *const *gone_users;
  const char *const *gone_hospitals;
  /* Sets of ids: all there are by now, so that every other record the server has ever seen is gone;
     NULL: nobody knows. */
  GHashTable *only_appointments;
  GHashTable *only_meetings;
  GHashTable *only_users;
  GHashTable *only_hospitals;
  const char *cursor; /* kept as the fact ROUNDS_STORE_FACT_CURSOR; NULL: that stays */
  const char *last_sync; /* the same for ROUNDS_STORE_FACT_LAST_SYNC */
} RoundsStoreChanges;
#define ROUNDS_STORE_FACT_CURSOR "cursor"
#define ROUNDS_STORE_FACT_LAST_SYNC "last-sync"
/* The file took the place of one that could not be read, and nobody has told the person yet:
 * ROUNDS_STORE_MENDED_PART when what could be read is in it, ROUNDS_STORE_MENDED_NOTHING when the
 * other one did not even open. */
#define ROUNDS_STORE_FACT_MENDED "mended"
#define ROUNDS_STORE_MENDED_PART "part"
#define ROUNDS_STORE_MENDED_NOTHING "nothing"
/* One transaction over all of it. Resolves to TRUE when anything changed. */
DexFuture *
rounds_store_apply (RoundsStore *self, const RoundsStoreChanges *changes) G_GNUC_WARN_UNUSED_RESULT;
/* Inserts or updates one record (links are dropped before they reach the file). */
DexFuture *rounds_store_save_appointment (RoundsStore *self,
                                          RoundsAppointment *appointment) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
rounds_store_save_meeting (RoundsStore *self, RoundsMeeting *meeting) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a RoundsEntry, or rejects with G_IO_ERROR_NOT_FOUND. */
DexFuture *rounds_store_get_entry (RoundsStore *self, RoundsEntryKind kind,
                                   const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* The directory is kept in memory. Borrowed, or NULL when not known. */
RoundsUser *rounds_store_lookup_user (RoundsStore *self, const char *id);
RoundsHospital *rounds_store_lookup_hospital (RoundsStore *self, const char *id);
/* GListModels of GObject wrappers: RoundsPerson (person.user) and RoundsPlace (place.hospital). */
GListModel *rounds_store_get_people (RoundsStore *self);
GListModel *rounds_store_get_hospitals (RoundsStore *self);

/* Small facts kept beside the records ("last-sync"). Resolves to a string or NULL. */
DexFuture *rounds_store_get_fact (RoundsStore *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_store_set_fact (RoundsStore *self, const char *name,
                                  const char *value) G_GNUC_WARN_UNUSED_RESULT;

/* Signal "changed" (no arguments): after each write that changed appointments or meetings.
 * Signal "directory-changed": people or hospitals changed.
 * Signal "mended": a part of the file could not be read, and another file with the unsent edits,
 * the drafts and the people, as far as they could be, has taken its place; the damaged one lies
 * beside it. What was asked meanwhile was asked of the new one. The records have to come from the
 * server again: no cursor is known any more. Signal "damaged": that could not be done, or did not
 * help. What is asked for the part rejects with ROUNDS_STORE_ERROR_DAMAGED; close the store and see
 * rounds-store-rescue.h. Signal "search-changed": searches find records by words that they did not
 * know before. */

G_END_DECLS
