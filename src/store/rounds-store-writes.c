/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the server said goes into the cache: whole listings, changes, single records.
 * What people do goes through rounds-store-outbox.c.
 */

#include "config.h"

#include "rounds-store-private.h"

#include "rounds-future.h"
#include "rounds-store-jobs.h"

static DexFuture *
tell_whether_changed_cb (DexFuture *future, gpointer data)
{
  const RoundsOutcome *outcome = g_value_get_boxed (dex_future_get_value (future, NULL));

  return dex_future_new_for_boolean (outcome->records_changed || outcome->users != NULL);
}

static DexFuture *
resolve_true_cb (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

/* Takes @write. */
static DexFuture *
run_write (RoundsStore *self, RoundsWrite *write)
{
  return rounds_store_run_write (self, rounds_write_job, write, rounds_write_free);
}

static GPtrArray *
ref_array (GPtrArray *array)
{
  return array != NULL ? g_ptr_array_ref (array) : NULL;
}

static GHashTable *
ref_set (GHashTable *set)
{
  return set != NULL ? g_hash_table_ref (set) : NULL;
}

/**
 * rounds_store_replace:
 * @appointments: (nullable) (element-type RoundsAppointment): all there are; %NULL leaves the kind
 *   alone. None of the arrays may change afterwards.
 * @meetings: (nullable) (element-type RoundsMeeting): likewise
 * @users: (nullable) (element-type RoundsUser): likewise
 * @hospitals: (nullable) (element-type RoundsHospital): likewise
 *
 * One transaction: all of it, or on an error nothing. Returns: (transfer full): a future of whether
 * anything changed; signals and models have told it by then. It rejects with %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_store_replace (RoundsStore *self, GPtrArray *appointments, GPtrArray *meetings,
                      GPtrArray *users, GPtrArray *hospitals)
{
  RoundsWrite *write;

  dex_return_error_if_fail (ROUNDS_IS_STORE (self));

  write = g_new0 (RoundsWrite, 1);
  write->whole = TRUE;
  write->appointments = ref_array (appointments);
  write->meetings = ref_array (meetings);
  write->users = ref_array (users);
  write->hospitals = ref_array (hospitals);
  return dex_future_then (run_write (self, write), tell_whether_changed_cb, NULL, NULL);
}

/**
 * rounds_store_apply:
 * @changes: what changed at the server; arrays and sets may not change afterwards, the rest is
 *   copied
 *
 * One transaction: all of it with the cursor, or on an error nothing. Returns: (transfer full): a
 * future of whether anything that people see changed; signals and models have told it by then. It
 * rejects with %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_store_apply (RoundsStore *self, const RoundsStoreChanges *changes)
{
  RoundsWrite *write;

  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (changes != NULL);

  write = g_new0 (RoundsWrite, 1);
  write->appointments = ref_array (changes->appointments);
  write->meetings = ref_array (changes->meetings);
  write->users = ref_array (changes->users);
  write->hospitals = ref_array (changes->hospitals);
  write->gone[ROUNDS_ENTRY_APPOINTMENT] = g_strdupv ((char **)changes->gone_appointments);
  write->gone[ROUNDS_ENTRY_MEETING] = g_strdupv ((char **)changes->gone_meetings);
  write->gone_users = g_strdupv ((char **)changes->gone_users);
  write->gone_hospitals = g_strdupv ((char **)changes->gone_hospitals);
  write->only[ROUNDS_ENTRY_APPOINTMENT] = ref_set (changes->only_appointments);
  write->only[ROUNDS_ENTRY_MEETING] = ref_set (changes->only_meetings);
  write->only_users = ref_set (changes->only_users);
  write->only_hospitals = ref_set (changes->only_hospitals);
  write->cursor = g_strdup (changes->cursor);
  write->last_sync = g_strdup (changes->last_sync);
  return dex_future_then (run_write (self, write), tell_whether_changed_cb, NULL, NULL);
}

/**
 * rounds_store_save_appointment:
 * @appointment: (transfer none): the record; a reference is kept until it is written
 *
 * Returns: (transfer full): a future that resolves to %TRUE or rejects with %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_save_appointment (RoundsStore *self, RoundsAppointment *appointment)
{
  RoundsWrite *write;

  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (appointment != NULL && appointment->id != NULL);

  write = g_new0 (RoundsWrite, 1);
  write->appointments = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_appointment_unref);
  g_ptr_array_add (write->appointments, rounds_appointment_ref (appointment));
  return dex_future_then (run_write (self, write), resolve_true_cb, NULL, NULL);
}

/**
 * rounds_store_save_meeting:
 * @meeting: (transfer none): the record; a reference is kept until it is written
 *
 * Returns: (transfer full): a future that resolves to %TRUE or rejects with %ROUNDS_STORE_ERROR
 */
DexFuture *
rounds_store_save_meeting (RoundsStore *self, RoundsMeeting *meeting)
{
  RoundsWrite *write;

  dex_return_error_if_fail (ROUNDS_IS_STORE (self));
  dex_return_error_if_fail (meeting != NULL && meeting->id != NULL);

  write = g_new0 (RoundsWrite, 1);
  write->meetings = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_meeting_unref);
  g_ptr_array_add (write->meetings, rounds_meeting_ref (meeting));
  return dex_future_then (run_write (self, write), resolve_true_cb, NULL, NULL);
}
