/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An engine with all that it needs: scripted server, cache in memory, clock and timers by hand.
 * It judges nothing; the tests do.
 */

#pragma once

#include "rounds-sync-private.h"
#include "samples.h"
#include "scripted-server.h"

G_BEGIN_DECLS

#define APPOINTMENTS_ROUTE "GET /api/appointments/user/" SAMPLE_DOCTOR_ID
#define MEETINGS_ROUTE "GET /api/meetings/user/" SAMPLE_DOCTOR_ID
#define SYNC_WORLD_NOW (G_GINT64_CONSTANT (1705305600) * G_USEC_PER_SEC)

typedef struct
{
  ScriptedServer *server;
  RoundsApi *api;
  RoundsStore *store;
  RoundsClock *clock;
  RoundsUser *user;
  RoundsSync *sync;

  DexPromise *timer; /* what the engine rests on; NULL while it does not */
  guint timer_ms;
  GArray *states; /* RoundsSyncState, each that was notified */
} SyncWorld;

/* The server lists one confirmed appointment and one scheduled meeting; the engine is not started.
 */
SyncWorld *sync_world_new (void);
/* The same with the cache in a file. */
SyncWorld *sync_world_new_at (const char *path);
void sync_world_free (SyncWorld *self);

/* Starts the engine and waits until it rests. */
void sync_world_start (SyncWorld *self);
/* For g_test_add(): a world whose engine has started. */
void sync_world_set_up (SyncWorld **world, gconstpointer data);
void sync_world_tear_down (SyncWorld **world, gconstpointer data);
/* Waits until the engine has done all it had to do. */
void sync_world_wait_for_rest (SyncWorld *self);
/* The time that it rests for is over: waits until it rests again. */
void sync_world_let_time_pass (SyncWorld *self);
void sync_world_expect_state (SyncWorld *self, RoundsSyncState state);

/* Puts a list of one or none on the server. Borrowed. */
void sync_world_list_appointment (SyncWorld *self, RoundsAppointment *appointment);
void sync_world_list_meeting (SyncWorld *self, RoundsMeeting *meeting);

/* What the cache has, or NULL. (transfer full) */
RoundsEntry *sync_world_get_entry (SyncWorld *self, RoundsEntryKind kind, const char *id);
RoundsAppointmentStatus sync_world_get_appointment_status (SyncWorld *self);
RoundsMeetingStatus sync_world_get_meeting_status (SyncWorld *self);

/* Waits until a request for @route has come in since the call. */
void sync_world_wait_for_request (SyncWorld *self, const char *route);

G_END_DECLS
