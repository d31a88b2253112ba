/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rules of who starts and ends what when a record is held as a call.
 * They send nothing; RoundsVisit does.
 */

#include "config.h"

#include "rounds-visit-rules.h"

#include "rounds-access.h"

/**
 * rounds_visit_get_status:
 * Returns: the status of @entry, of its kind's enumeration.
 */
int
rounds_visit_get_status (RoundsEntry *entry)
{
  return rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT
             ? (int)rounds_entry_get_appointment (entry)->status
             : (int)rounds_entry_get_meeting (entry)->status;
}

/**
 * rounds_visit_leads_to:
 * Returns: whether there is a step from where @entry stands to @to.
 */
gboolean
rounds_visit_leads_to (RoundsEntry *entry, int to)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_appointment_status_leads_to (rounds_visit_get_status (entry), to);
  return rounds_meeting_status_leads_to (rounds_visit_get_status (entry), to);
}

/**
 * rounds_visit_may_change:
 * Returns: whether @viewer may take @entry to @to now.
 */
gboolean
rounds_visit_may_change (RoundsUser *viewer, RoundsEntry *entry, int to)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment != NULL)
    return rounds_access_may_change_appointment (viewer, appointment, to);
  return rounds_access_may_change_meeting (viewer, rounds_entry_get_meeting (entry));
}

/**
 * rounds_visit_may_write:
 * Returns: whether the notes of @entry are @viewer's to write; whoever may take it to its end may.
 */
gboolean
rounds_visit_may_write (RoundsUser *viewer, RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment != NULL)
    return rounds_access_may_edit_appointment (viewer, appointment);
  return rounds_access_may_change_meeting (viewer, rounds_entry_get_meeting (entry));
}

/**
 * rounds_visit_find_step_after:
 * Returns: the step after the present one on the way from booked to done, −1 at its end.
 */
int
rounds_visit_find_step_after (RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_MEETING)
    {
      switch (rounds_entry_get_meeting (entry)->status)
        {
        case ROUNDS_MEETING_SCHEDULED:
          return ROUNDS_MEETING_ACTIVE;
        case ROUNDS_MEETING_ACTIVE:
          return ROUNDS_MEETING_COMPLETED;
        case ROUNDS_MEETING_COMPLETED:
        case ROUNDS_MEETING_CANCELLED:
        default:
          return -1;
        }
    }

  switch (rounds_entry_get_appointment (entry)->status)
    {
    case ROUNDS_APPOINTMENT_REQUESTED:
      return ROUNDS_APPOINTMENT_CONFIRMED;
    case ROUNDS_APPOINTMENT_CONFIRMED:
      return ROUNDS_APPOINTMENT_ARRIVED;
    case ROUNDS_APPOINTMENT_ARRIVED:
      return ROUNDS_APPOINTMENT_ACTIVE;
    case ROUNDS_APPOINTMENT_ACTIVE:
      return ROUNDS_APPOINTMENT_COMPLETED;
    case ROUNDS_APPOINTMENT_COMPLETED:
    case ROUNDS_APPOINTMENT_CANCELLED:
    case ROUNDS_APPOINTMENT_NO_SHOW:
    default:
      return -1;
    }
}

/**
 * rounds_visit_next_step:
 * @n_others: how many others are in the call
 * @to: (out): the status to go to
 *
 * A meeting starts when a host joins. An appointment starts when its host joins and the patient has
 * arrived; one that is only confirmed waits for somebody else in the call, since a patient who
 * never comes has to stay recordable as a no-show.
 *
 * Returns: whether there is a step to take now.
 */
gboolean
rounds_visit_next_step (RoundsUser *viewer, RoundsEntry *entry, guint n_others, int *to)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment == NULL)
    {
      *to = ROUNDS_MEETING_ACTIVE;
      return rounds_entry_get_meeting (entry)->status == ROUNDS_MEETING_SCHEDULED
             && rounds_visit_may_change (viewer, entry, *to);
    }

  if (!rounds_access_is_appointment_moderator (viewer, appointment))
    return FALSE;

  if (appointment->status == ROUNDS_APPOINTMENT_ARRIVED)
    *to = ROUNDS_APPOINTMENT_ACTIVE;
  else if (appointment->status == ROUNDS_APPOINTMENT_CONFIRMED && n_others > 0)
    *to = ROUNDS_APPOINTMENT_ARRIVED;
  else
    return FALSE;
  return rounds_visit_may_change (viewer, entry, *to);
}
