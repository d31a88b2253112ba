/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which member of the wire belongs to which field.
 * What is done with them is in rounds-sync-merge-changes.c.
 */

#include "config.h"

#include "rounds-sync-fields.h"

#include <string.h>

static const struct
{
  const char *member;
  RoundsSyncFields field;
} members[] = {
  { "status", ROUNDS_SYNC_FIELD_STATUS },
  { "notes", ROUNDS_SYNC_FIELD_NOTES },
  { "appointmentDate", ROUNDS_SYNC_FIELD_WHEN },
  { "appointmentTime", ROUNDS_SYNC_FIELD_WHEN },
  { "scheduledAt", ROUNDS_SYNC_FIELD_WHEN },
  { "durationMinutes", ROUNDS_SYNC_FIELD_DURATION },
  { "expectedDuration", ROUNDS_SYNC_FIELD_DURATION },
  { "doctor", ROUNDS_SYNC_FIELD_DOCTOR },
  { "department", ROUNDS_SYNC_FIELD_DEPARTMENT },
  { "reasonForVisit", ROUNDS_SYNC_FIELD_REASON },
  { "patientDetails", ROUNDS_SYNC_FIELD_PATIENT },
  { "title", ROUNDS_SYNC_FIELD_TITLE },
  { "description", ROUNDS_SYNC_FIELD_DESCRIPTION },
  { "participants", ROUNDS_SYNC_FIELD_PARTICIPANTS },
  { "roleContext", ROUNDS_SYNC_FIELD_CONTEXT },
  { "meetingType", ROUNDS_SYNC_FIELD_KIND },
};

RoundsSyncFields
rounds_sync_fields_from_member (const char *member)
{
  g_return_val_if_fail (member != NULL, ROUNDS_SYNC_NO_FIELDS);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (member, members[i].member) == 0)
      return members[i].field;
  return ROUNDS_SYNC_NO_FIELDS;
}
