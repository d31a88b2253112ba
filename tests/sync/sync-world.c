/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An engine with all that it needs: scripted server, cache in memory, clock and timers by hand.
 * It judges nothing; the tests do.
 */

#include "config.h"

#include "sync-world.h"

#include "rounds-test.h"

static DexFuture *
delay_by_hand (guint milliseconds, gpointer data)
{
  SyncWorld *self = data;

  dex_clear (&self->timer);
  self->timer = dex_promise_new ();
  self->timer_ms = milliseconds;
  return dex_ref (DEX_FUTURE (self->timer));
}

static void
state_changed_cb (RoundsSync *sync, GParamSpec *pspec, SyncWorld *self)
{
  RoundsSyncState state = rounds_sync_get_state (sync);

  g_array_append_val (self->states, state);
}

static void
serve_directory (SyncWorld *self)
{
  g_autoptr (RoundsHospital) hospital = sample_hospital ();
  g_autoptr (RoundsUser) patient = sample_user (SAMPLE_PATIENT_ID, "Ayşe Öztürk");

  patient->role = ROUNDS_ROLE_PATIENT;
  scripted_server_answer_data (self->server, "GET /api/users",
                               sample_list ("users", rounds_wire_user_to_json (self->user),
                                            rounds_wire_user_to_json (patient), NULL));
  scripted_server_answer_data (
      self->server, "GET /api/hospitals",
      sample_list ("hospitals", rounds_wire_hospital_to_json (hospital), NULL));
}

SyncWorld *
sync_world_new (void)
{
  return sync_world_new_at (":memory:");
}

SyncWorld *
sync_world_new_at (const char *path)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1, 2, 3 };
  SyncWorld *self = g_new0 (SyncWorld, 1);
  g_autoptr (RoundsAppointment) appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);
  g_autoptr (RoundsMeeting) meeting = sample_meeting (SAMPLE_MEETING_ID);

  self->server = scripted_server_new ();
  self->api = rounds_api_new (scripted_server_get_url (self->server), NULL);
  rounds_api_set_token (self->api, "first-token");
  self->store = rounds_store_new (path, key);
  rounds_test_expect (rounds_store_open (self->store));
  self->clock = rounds_clock_new_fixed (SYNC_WORLD_NOW);
  self->user = sample_user (SAMPLE_DOCTOR_ID, "Dr. Grace Hopper");
  self->states = g_array_new (FALSE, FALSE, sizeof (RoundsSyncState));
  self->sync = rounds_sync_new (self->api, self->store, self->user, self->clock);
  rounds_sync_set_delay_func (self->sync, delay_by_hand, self);
  g_signal_connect (self->sync, "notify::state", G_CALLBACK (state_changed_cb), self);

  serve_directory (self);
  sync_world_list_appointment (self, appointment);
  sync_world_list_meeting (self, meeting);
  return self;
}

void
sync_world_free (SyncWorld *self)
{
  g_autoptr (DexFuture) stopped = rounds_sync_stop (self->sync);

  rounds_test_wait_for (stopped);
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&self->sync));
  rounds_test_expect (rounds_store_close (self->store));
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->user, rounds_user_unref);
  g_clear_pointer (&self->server, scripted_server_free);
  g_clear_pointer (&self->states, g_array_unref);
  dex_clear (&self->timer);
  g_free (self);
}

static gboolean
is_resting (gpointer data)
{
  SyncWorld *self = data;

  return self->sync->wake != NULL && self->sync->state != ROUNDS_SYNC_BUSY
         && (self->timer != NULL || self->sync->state == ROUNDS_SYNC_SIGNED_OUT);
}

void
sync_world_wait_for_rest (SyncWorld *self)
{
  rounds_test_wait_until (is_resting, self);
}

void
sync_world_start (SyncWorld *self)
{
  rounds_sync_start (self->sync);
  sync_world_wait_for_rest (self);
}

void
sync_world_let_time_pass (SyncWorld *self)
{
  g_autoptr (DexPromise) timer = g_steal_pointer (&self->timer);

  g_assert_nonnull (timer);
  dex_promise_resolve_boolean (timer, TRUE);
  sync_world_wait_for_rest (self);
}

void
sync_world_expect_state (SyncWorld *self, RoundsSyncState state)
{
  g_assert_cmpint (rounds_sync_get_state (self->sync), ==, state);
  if (state == ROUNDS_SYNC_IDLE)
    g_assert_null (rounds_sync_get_reason (self->sync));
  else
    g_assert_nonnull (rounds_sync_get_reason (self->sync));
}

void
sync_world_list_appointment (SyncWorld *self, RoundsAppointment *appointment)
{
  JsonObject *record
      = appointment != NULL ? rounds_wire_appointment_to_json (appointment, NULL) : NULL;

  scripted_server_answer_data (self->server, APPOINTMENTS_ROUTE,
                               sample_list ("appointments", record, NULL));
}

void
sync_world_list_meeting (SyncWorld *self, RoundsMeeting *meeting)
{
  JsonObject *record = meeting != NULL ? rounds_wire_meeting_to_json (meeting, NULL) : NULL;

  scripted_server_answer_data (self->server, MEETINGS_ROUTE,
                               sample_list ("meetings", record, NULL));
}

RoundsEntry *
sync_world_get_entry (SyncWorld *self, RoundsEntryKind kind, const char *id)
{
  g_autoptr (DexFuture) future = rounds_store_get_entry (self->store, kind, id);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  if (value == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return NULL;
    }
  return g_value_dup_object (value);
}

RoundsAppointmentStatus
sync_world_get_appointment_status (SyncWorld *self)
{
  g_autoptr (RoundsEntry) entry
      = sync_world_get_entry (self, ROUNDS_ENTRY_APPOINTMENT, SAMPLE_APPOINTMENT_ID);

  g_assert_nonnull (entry);
  return rounds_entry_get_appointment (entry)->status;
}

RoundsMeetingStatus
sync_world_get_meeting_status (SyncWorld *self)
{
  g_autoptr (RoundsEntry) entry
      = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, SAMPLE_MEETING_ID);

  g_assert_nonnull (entry);
  return rounds_entry_get_meeting (entry)->status;
}

typedef struct
{
  ScriptedServer *server;
  const char *route;
  guint count;
} Arrival;

static gboolean
has_arrived (gpointer data)
{
  Arrival *arrival = data;

  return scripted_server_count (arrival->server, arrival->route) > arrival->count;
}

void
sync_world_wait_for_request (SyncWorld *self, const char *route)
{
  Arrival arrival = { self->server, route, scripted_server_count (self->server, route) };

  rounds_test_wait_until (has_arrived, &arrival);
}

void
sync_world_set_up (SyncWorld **world, gconstpointer data)
{
  *world = sync_world_new ();
  sync_world_start (*world);
}

void
sync_world_tear_down (SyncWorld **world, gconstpointer data)
{
  g_clear_pointer (world, sync_world_free);
}
