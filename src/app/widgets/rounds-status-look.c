/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How a status is shown: a word, a shape and a colour, never the colour alone.
 * It decides nothing about which status comes next.
 */

#include "config.h"

#include "rounds-status-look.h"

#include <glib/gi18n.h>

static const RoundsStatusLook appointment_looks[] = {
  [ROUNDS_APPOINTMENT_REQUESTED]
  = { NC_ ("appointment status", "Requested"), "content-loading-symbolic", "warning" },
  [ROUNDS_APPOINTMENT_CONFIRMED]
  = { NC_ ("appointment status", "Confirmed"), "object-select-symbolic", "accent" },
  [ROUNDS_APPOINTMENT_ARRIVED]
  = { NC_ ("appointment status", "Arrived"), "avatar-default-symbolic", "warning" },
  [ROUNDS_APPOINTMENT_ACTIVE]
  = { NC_ ("appointment status", "In progress"), "media-record-symbolic", "success" },
  [ROUNDS_APPOINTMENT_COMPLETED]
  = { NC_ ("appointment status", "Completed"), "rounds-completed-symbolic", "neutral" },
  [ROUNDS_APPOINTMENT_CANCELLED]
  = { NC_ ("appointment status", "Cancelled"), "action-unavailable-symbolic", "neutral" },
  [ROUNDS_APPOINTMENT_NO_SHOW]
  = { NC_ ("appointment status", "No-show"), "rounds-no-show-symbolic", "error" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (appointment_looks) == ROUNDS_N_APPOINTMENT_STATUSES);

static const RoundsStatusLook meeting_looks[] = {
  [ROUNDS_MEETING_SCHEDULED] = { NC_ ("meeting status", "Scheduled"), "alarm-symbolic", "accent" },
  [ROUNDS_MEETING_ACTIVE]
  = { NC_ ("meeting status", "In progress"), "media-record-symbolic", "success" },
  [ROUNDS_MEETING_COMPLETED]
  = { NC_ ("meeting status", "Completed"), "rounds-completed-symbolic", "neutral" },
  [ROUNDS_MEETING_CANCELLED]
  = { NC_ ("meeting status", "Cancelled"), "action-unavailable-symbolic", "neutral" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (meeting_looks) == ROUNDS_N_MEETING_STATUSES);

/**
 * rounds_status_look_of_appointment:
 * Returns: word, shape and tint of @status; the strings are static.
 */
RoundsStatusLook
rounds_status_look_of_appointment (RoundsAppointmentStatus status)
{
  RoundsStatusLook look;

  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (appointment_looks), appointment_looks[0]);

  look = appointment_looks[status];
  look.word = g_dpgettext2 (NULL, "appointment status", look.word);
  return look;
}

/**
 * rounds_status_look_of_meeting:
 * Returns: word, shape and tint of @status; the strings are static.
 */
RoundsStatusLook
rounds_status_look_of_meeting (RoundsMeetingStatus status)
{
  RoundsStatusLook look;

  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (meeting_looks), meeting_looks[0]);

  look = meeting_looks[status];
  look.word = g_dpgettext2 (NULL, "meeting status", look.word);
  return look;
}

/**
 * rounds_status_look_of_entry:
 * Returns: word, shape and tint of the status that @entry is in.
 */
RoundsStatusLook
rounds_status_look_of_entry (RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_status_look_of_appointment (rounds_entry_get_appointment (entry)->status);
  return rounds_status_look_of_meeting (rounds_entry_get_meeting (entry)->status);
}
