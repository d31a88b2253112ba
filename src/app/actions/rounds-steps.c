/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which status steps a person may take with a record now, in words and in order of likelihood.
 * The rules themselves are in model; nothing is sent from here.
 */

#include "config.h"

#include "rounds-steps.h"

#include <glib/gi18n.h>

#include "rounds-access.h"

static const RoundsStep appointment_steps[] = {
  { ROUNDS_APPOINTMENT_CONFIRMED, NC_ ("step", "_Confirm"), N_ ("Appointment confirmed"), FALSE,
    FALSE },
  { ROUNDS_APPOINTMENT_ARRIVED, NC_ ("step", "Check _In"), N_ ("Patient checked in"), FALSE,
    FALSE },
  { ROUNDS_APPOINTMENT_ACTIVE, NC_ ("step", "_Start"), N_ ("Appointment started"), FALSE, FALSE },
  { ROUNDS_APPOINTMENT_COMPLETED, NC_ ("step", "Com_plete…"), N_ ("Appointment completed"), FALSE,
    TRUE },
  { ROUNDS_APPOINTMENT_NO_SHOW, NC_ ("step", "_Didn’t Show Up…"), N_ ("Recorded as no-show"), FALSE,
    TRUE },
  { ROUNDS_APPOINTMENT_CANCELLED, NC_ ("step", "Cance_l Appointment…"),
    N_ ("Appointment cancelled"), TRUE, FALSE },
};

static const RoundsStep meeting_steps[] = {
  { ROUNDS_MEETING_ACTIVE, NC_ ("step", "_Start"), N_ ("Meeting started"), FALSE, FALSE },
  { ROUNDS_MEETING_COMPLETED, NC_ ("step", "Com_plete…"), N_ ("Meeting completed"), FALSE, TRUE },
  { ROUNDS_MEETING_CANCELLED, NC_ ("step", "Cance_l Meeting…"), N_ ("Meeting cancelled"), TRUE,
    FALSE },
};

static gboolean
is_possible (RoundsUser *viewer, RoundsEntry *entry, int to)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  RoundsMeeting *meeting = rounds_entry_get_meeting (entry);

  if (appointment != NULL)
    return rounds_appointment_status_leads_to (appointment->status, to)
           && rounds_access_may_change_appointment (viewer, appointment, to);
  return rounds_meeting_status_leads_to (meeting->status, to)
         && rounds_access_may_change_meeting (viewer, meeting);
}

/**
 * rounds_steps_list:
 * @steps: (out caller-allocates): filled from the start
 *
 * Returns: how many steps @viewer may take with @entry as it is now.
 */
guint
rounds_steps_list (RoundsUser *viewer, RoundsEntry *entry, RoundsStep steps[ROUNDS_MAX_STEPS])
{
  gboolean is_appointment;
  const RoundsStep *all;
  gsize n_all;
  guint n = 0;

  g_return_val_if_fail (viewer != NULL, 0);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), 0);

  is_appointment = rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT;
  all = is_appointment ? appointment_steps : meeting_steps;
  n_all = is_appointment ? G_N_ELEMENTS (appointment_steps) : G_N_ELEMENTS (meeting_steps);

  for (gsize i = 0; i < n_all && n < ROUNDS_MAX_STEPS; i++)
    {
      if (!is_possible (viewer, entry, all[i].to))
        continue;
      steps[n] = all[i];
      steps[n].label = g_dpgettext2 (NULL, "step", all[i].label);
      steps[n].done = _ (all[i].done);
      n++;
    }

  return n;
}

/**
 * rounds_steps_find:
 * @step: (out): the step, set on %TRUE
 *
 * Returns: whether @viewer may take @entry to @to now.
 */
gboolean
rounds_steps_find (RoundsUser *viewer, RoundsEntry *entry, int to, RoundsStep *step)
{
  RoundsStep steps[ROUNDS_MAX_STEPS];
  guint n = rounds_steps_list (viewer, entry, steps);

  for (guint i = 0; i < n; i++)
    {
      if (steps[i].to == to)
        {
          *step = steps[i];
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * rounds_steps_may_edit:
 * @viewer: who is signed in
 *
 * Returns: whether time, people and texts of @entry may be changed; what is over may not
 */
gboolean
rounds_steps_may_edit (RoundsUser *viewer, RoundsEntry *entry)
{
  g_return_val_if_fail (viewer != NULL, FALSE);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), FALSE);

  if (rounds_entry_is_over (entry))
    return FALSE;
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT)
    return rounds_access_may_edit_appointment (viewer, rounds_entry_get_appointment (entry));
  return rounds_access_may_change_meeting (viewer, rounds_entry_get_meeting (entry));
}
