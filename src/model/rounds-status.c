/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The states and the steps between them, as two small tables.
 * It neither stores a state nor says who may take a step.
 */

#include "rounds-status.h"

#include "rounds-words-private.h"

#define BIT(status) (1u << (status))

static const char *const meeting_words[ROUNDS_N_MEETING_STATUSES] = {
  [ROUNDS_MEETING_SCHEDULED] = "scheduled",
  [ROUNDS_MEETING_ACTIVE] = "active",
  [ROUNDS_MEETING_COMPLETED] = "completed",
  [ROUNDS_MEETING_CANCELLED] = "cancelled",
};

static const guint meeting_steps[ROUNDS_N_MEETING_STATUSES] = {
  [ROUNDS_MEETING_SCHEDULED] = BIT (ROUNDS_MEETING_ACTIVE) | BIT (ROUNDS_MEETING_CANCELLED),
  [ROUNDS_MEETING_ACTIVE] = BIT (ROUNDS_MEETING_COMPLETED) | BIT (ROUNDS_MEETING_CANCELLED),
};

static const char *const appointment_words[ROUNDS_N_APPOINTMENT_STATUSES] = {
  [ROUNDS_APPOINTMENT_REQUESTED] = "requested", [ROUNDS_APPOINTMENT_CONFIRMED] = "confirmed",
  [ROUNDS_APPOINTMENT_ARRIVED] = "arrived",     [ROUNDS_APPOINTMENT_ACTIVE] = "active",
  [ROUNDS_APPOINTMENT_COMPLETED] = "completed", [ROUNDS_APPOINTMENT_CANCELLED] = "cancelled",
  [ROUNDS_APPOINTMENT_NO_SHOW] = "no-show",
};

static const guint appointment_steps[ROUNDS_N_APPOINTMENT_STATUSES] = {
  [ROUNDS_APPOINTMENT_REQUESTED]
  = BIT (ROUNDS_APPOINTMENT_CONFIRMED) | BIT (ROUNDS_APPOINTMENT_CANCELLED),
  [ROUNDS_APPOINTMENT_CONFIRMED] = BIT (ROUNDS_APPOINTMENT_ARRIVED)
                                   | BIT (ROUNDS_APPOINTMENT_CANCELLED)
                                   | BIT (ROUNDS_APPOINTMENT_NO_SHOW),
  [ROUNDS_APPOINTMENT_ARRIVED] = BIT (ROUNDS_APPOINTMENT_ACTIVE)
                                 | BIT (ROUNDS_APPOINTMENT_CANCELLED)
                                 | BIT (ROUNDS_APPOINTMENT_NO_SHOW),
  [ROUNDS_APPOINTMENT_ACTIVE]
  = BIT (ROUNDS_APPOINTMENT_COMPLETED) | BIT (ROUNDS_APPOINTMENT_CANCELLED),
};

static gboolean
is_meeting_status (RoundsMeetingStatus status)
{
  return (guint)status < ROUNDS_N_MEETING_STATUSES;
}

static gboolean
is_appointment_status (RoundsAppointmentStatus status)
{
  return (guint)status < ROUNDS_N_APPOINTMENT_STATUSES;
}

const char *
rounds_meeting_status_to_string (RoundsMeetingStatus status)
{
  g_return_val_if_fail (is_meeting_status (status), NULL);

  return meeting_words[status];
}

gboolean
rounds_meeting_status_from_string (const char *text, RoundsMeetingStatus *out)
{
  int position = rounds_words_find (meeting_words, ROUNDS_N_MEETING_STATUSES, text);

  g_return_val_if_fail (out != NULL, FALSE);

  if (position < 0)
    return FALSE;

  *out = position;
  return TRUE;
}

const char *
rounds_appointment_status_to_string (RoundsAppointmentStatus status)
{
  g_return_val_if_fail (is_appointment_status (status), NULL);

  return appointment_words[status];
}

gboolean
rounds_appointment_status_from_string (const char *text, RoundsAppointmentStatus *out)
{
  int position = rounds_words_find (appointment_words, ROUNDS_N_APPOINTMENT_STATUSES, text);

  g_return_val_if_fail (out != NULL, FALSE);

  if (position < 0)
    return FALSE;

  *out = position;
  return TRUE;
}

gboolean
rounds_meeting_status_leads_to (RoundsMeetingStatus from, RoundsMeetingStatus to)
{
  g_return_val_if_fail (is_meeting_status (from) && is_meeting_status (to), FALSE);

  return (meeting_steps[from] & BIT (to)) != 0;
}

gboolean
rounds_appointment_status_leads_to (RoundsAppointmentStatus from, RoundsAppointmentStatus to)
{
  g_return_val_if_fail (is_appointment_status (from) && is_appointment_status (to), FALSE);

  return (appointment_steps[from] & BIT (to)) != 0;
}

gboolean
rounds_meeting_status_is_final (RoundsMeetingStatus status)
{
  g_return_val_if_fail (is_meeting_status (status), TRUE);

  return meeting_steps[status] == 0;
}

gboolean
rounds_appointment_status_is_final (RoundsAppointmentStatus status)
{
  g_return_val_if_fail (is_appointment_status (status), TRUE);

  return appointment_steps[status] == 0;
}
