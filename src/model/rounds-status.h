/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The states of appointments and meetings and the only ways between them.
 * Who may take a step is in rounds-access.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_MEETING_SCHEDULED,
  ROUNDS_MEETING_ACTIVE,
  ROUNDS_MEETING_COMPLETED,
  ROUNDS_MEETING_CANCELLED,
} RoundsMeetingStatus;
#define ROUNDS_N_MEETING_STATUSES 4

typedef enum
{
  ROUNDS_APPOINTMENT_REQUESTED,
  ROUNDS_APPOINTMENT_CONFIRMED,
  ROUNDS_APPOINTMENT_ARRIVED,
  ROUNDS_APPOINTMENT_ACTIVE,
  ROUNDS_APPOINTMENT_COMPLETED,
  ROUNDS_APPOINTMENT_CANCELLED,
  ROUNDS_APPOINTMENT_NO_SHOW,
} RoundsAppointmentStatus;
#define ROUNDS_N_APPOINTMENT_STATUSES 7

/* Wire words: "scheduled", "active", "completed", "cancelled". */
const char *rounds_meeting_status_to_string (RoundsMeetingStatus status);
gboolean rounds_meeting_status_from_string (const char *text, RoundsMeetingStatus *out);

/* Wire words: "requested", "confirmed", "arrived", "active", "completed", "cancelled", "no-show".
 */
const char *rounds_appointment_status_to_string (RoundsAppointmentStatus status);
gboolean rounds_appointment_status_from_string (const char *text, RoundsAppointmentStatus *out);

/* Whether the step exists (api.md, "Who may do what"). Staying is no step. */
gboolean rounds_meeting_status_leads_to (RoundsMeetingStatus from, RoundsMeetingStatus to);
gboolean
rounds_appointment_status_leads_to (RoundsAppointmentStatus from, RoundsAppointmentStatus to);

/* Whether nothing leaves this state. */
gboolean rounds_meeting_status_is_final (RoundsMeetingStatus status);
gboolean rounds_appointment_status_is_final (RoundsAppointmentStatus status);

G_END_DECLS
