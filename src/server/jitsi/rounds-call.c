/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An appointment or a meeting as a call: its room, its time, who belongs to which side.
 * It changes neither.
 */

#include "config.h"

#include "rounds-call.h"

#include "rounds-appointment-repository.h"
#include "rounds-meeting-repository.h"

#include <string.h>

/* Patient and doctor, an interpreter, relatives, a colleague, each with a second device at hand. */
#define VISIT_CAPACITY 10
/* Besides the people of a meeting, each of whom may have a second device. */
#define SPARE_SEATS 2

/* In the order of RoundsCallSide. */
static const char *const sides[] = { "host", "guest", "other" };

const char *
rounds_call_side_to_string (RoundsCallSide side)
{
  g_return_val_if_fail (side < G_N_ELEMENTS (sides), NULL);

  return sides[side];
}

RoundsCallSide
rounds_call_side_from_string (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      if (g_strcmp0 (sides[i], text) == 0)
        return (RoundsCallSide)i;
    }
  return ROUNDS_CALL_OTHER;
}

void
rounds_call_free (RoundsCall *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->appointment, rounds_appointment_unref);
  g_clear_pointer (&self->meeting, rounds_meeting_unref);
  g_free (self);
}

/* Prosody's name of a tenant's room is "[tenant]room". */
static const char *
skip_tenant (const char *room)
{
  const char *end = *room == '[' ? strchr (room, ']') : NULL;
  return end != NULL ? end + 1 : room;
}

static gboolean
find_id (RoundsDb *db, const char *sql, const char *room, char **id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, room);
  RoundsDbStep step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    *id = g_strdup (rounds_db_get_text (statement, 0));
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_call_find_by_room (RoundsDb *db, const char *room, RoundsCall **call, GError **error)
{
  g_return_val_if_fail (db != NULL && room != NULL && call != NULL, FALSE);

  g_autofree char *id = NULL;
  g_autofree char *name = g_ascii_strdown (skip_tenant (room), -1);

  *call = NULL;
  if (!find_id (db, "SELECT id FROM appointments WHERE room_name = $1", name, &id, error))
    return FALSE;
  if (id != NULL)
    return rounds_call_find (db, ROUNDS_CHANGE_APPOINTMENT, id, call, error);
  if (!find_id (db, "SELECT id FROM meetings WHERE room_name = $1", name, &id, error))
    return FALSE;
  return id == NULL || rounds_call_find (db, ROUNDS_CHANGE_MEETING, id, call, error);
}

gboolean
rounds_call_find (RoundsDb *db, RoundsChangeKind kind, const char *id, RoundsCall **call,
                  GError **error)
{
  g_return_val_if_fail (db != NULL && id != NULL && call != NULL, FALSE);

  g_autoptr (RoundsCall) self = g_new0 (RoundsCall, 1);
  self->kind = kind;
  *call = NULL;
  if (kind == ROUNDS_CHANGE_MEETING
          ? !rounds_meeting_repository_find (db, id, &self->meeting, error)
          : !rounds_appointment_repository_find (db, id, &self->appointment, error))
    return FALSE;
  if (self->meeting != NULL || (self->appointment != NULL && self->appointment->room_name != NULL))
    *call = g_steal_pointer (&self);
  return TRUE;
}

const char *
rounds_call_get_id (const RoundsCall *self)
{
  return self->meeting != NULL ? self->meeting->id : self->appointment->id;
}

const char *
rounds_call_get_kind (const RoundsCall *self)
{
  return rounds_change_kind_to_string (self->kind);
}

const char *
rounds_call_get_room (const RoundsCall *self)
{
  return self->meeting != NULL ? self->meeting->room_name : self->appointment->room_name;
}

const char *
rounds_call_get_status (const RoundsCall *self)
{
  return self->meeting != NULL ? rounds_meeting_status_to_string (self->meeting->status)
                               : rounds_appointment_status_to_string (self->appointment->status);
}

RoundsTimeRange
rounds_call_get_range (const RoundsCall *self)
{
  return self->meeting != NULL ? rounds_meeting_get_range (self->meeting)
                               : rounds_appointment_get_range (self->appointment);
}

gboolean
rounds_call_is_on (const RoundsCall *self)
{
  if (self->meeting != NULL)
    return !rounds_meeting_status_is_final (self->meeting->status);
  return self->appointment->status != ROUNDS_APPOINTMENT_REQUESTED
         && !rounds_appointment_status_is_final (self->appointment->status);
}

guint
rounds_call_get_capacity (const RoundsCall *self)
{
  if (self->meeting == NULL)
    return VISIT_CAPACITY;
  return 2 * (1 + g_strv_length (self->meeting->participants)) + SPARE_SEATS;
}

RoundsCallSide
rounds_call_get_side (const RoundsCall *self, const RoundsUser *user)
{
  /* Without an account of his own, the patient comes as nobody in particular. */
  if (user == NULL)
    return self->appointment != NULL && self->appointment->patient_id == NULL ? ROUNDS_CALL_GUEST
                                                                              : ROUNDS_CALL_OTHER;
  if (self->meeting != NULL)
    return g_str_equal (user->id, self->meeting->created_by) ? ROUNDS_CALL_HOST : ROUNDS_CALL_GUEST;
  return user->role == ROUNDS_ROLE_PATIENT ? ROUNDS_CALL_GUEST : ROUNDS_CALL_HOST;
}
