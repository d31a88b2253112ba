/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The calls about appointments.
 * Who may make them is asked of rounds-access.h by the app and judged by the server.
 */

#include "config.h"

#include "rounds-api-private.h"

#include "rounds-future.h"

static gpointer
parse_appointment (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_appointment_from_json (object, problems);
}

static void
free_appointment (gpointer appointment)
{
  rounds_appointment_unref (appointment);
}

static gpointer
read_appointment (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return rounds_api_read_record (answer, "appointment", parse_appointment, error);
}

static gpointer
read_appointments (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return rounds_api_read_listing (answer, body, "appointments", parse_appointment, free_appointment,
                                  error);
}

DexFuture *
rounds_api_list_appointments (RoundsApi *self, const char *user_id)
{
  static const RoundsTimeRange always = { 0 };

  return rounds_api_list_appointments_between (self, user_id, always);
}

DexFuture *
rounds_api_list_appointments_between (RoundsApi *self, const char *user_id, RoundsTimeRange range)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (user_id));

  return rounds_api_call (
      self, "GET",
      rounds_api_add_range (rounds_api_path ("appointments", "user", user_id, NULL), range), NULL,
      ROUNDS_TYPE_LISTING, read_appointments, ROUNDS_API_CALL_NORMAL);
}

DexFuture *
rounds_api_get_appointment (RoundsApi *self, const char *id)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));

  return rounds_api_call (self, "GET", rounds_api_path ("appointments", id, NULL), NULL,
                          ROUNDS_TYPE_APPOINTMENT, read_appointment, ROUNDS_API_CALL_NORMAL);
}

DexFuture *
rounds_api_create_appointment (RoundsApi *self, const RoundsAppointmentDraft *draft,
                               const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (draft != NULL);

  return rounds_api_call_guarded (self, "POST", rounds_api_path ("appointments", NULL),
                                  rounds_wire_appointment_draft_to_json (draft),
                                  ROUNDS_TYPE_APPOINTMENT, read_appointment, guard);
}

DexFuture *
rounds_api_change_appointment_status (RoundsApi *self, const char *id,
                                      RoundsAppointmentStatus status, const char *notes,
                                      const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));

  return rounds_api_call_guarded (
      self, "PATCH", rounds_api_path ("appointments", id, "status", NULL),
      rounds_wire_status_change_to_json (rounds_appointment_status_to_string (status), notes),
      ROUNDS_TYPE_APPOINTMENT, read_appointment, guard);
}

DexFuture *
rounds_api_edit_appointment (RoundsApi *self, const char *id, JsonObject *changes,
                             const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));
  dex_return_error_if_fail (changes != NULL);

  return rounds_api_call_guarded (self, "PATCH", rounds_api_path ("appointments", id, NULL),
                                  changes, ROUNDS_TYPE_APPOINTMENT, read_appointment, guard);
}
