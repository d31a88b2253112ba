/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of records that two people can change differently, as a conflict names them.
 * Their values are in the records themselves.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_SYNC_FIELD_STATUS = 1 << 0,
  ROUNDS_SYNC_FIELD_NOTES = 1 << 1,
  ROUNDS_SYNC_FIELD_WHEN = 1 << 2, /* date and time together; a meeting's scheduled_at */
  ROUNDS_SYNC_FIELD_DURATION = 1 << 3,
  ROUNDS_SYNC_FIELD_DOCTOR = 1 << 4,
  ROUNDS_SYNC_FIELD_DEPARTMENT = 1 << 5,
  ROUNDS_SYNC_FIELD_REASON = 1 << 6,
  ROUNDS_SYNC_FIELD_PATIENT = 1 << 7, /* the details: name, e-mail, phone, age, gender */
  ROUNDS_SYNC_FIELD_TITLE = 1 << 8,
  ROUNDS_SYNC_FIELD_DESCRIPTION = 1 << 9,
  ROUNDS_SYNC_FIELD_PARTICIPANTS = 1
                                   << 10, /* never in conflict: who came and went is put together */
  ROUNDS_SYNC_FIELD_CONTEXT = 1 << 11,
  ROUNDS_SYNC_FIELD_KIND = 1 << 12, /* of a meeting: video, audio, chat */
} RoundsSyncFields;

#define ROUNDS_SYNC_NO_FIELDS ((RoundsSyncFields)0)
#define ROUNDS_SYNC_ALL_FIELDS ((RoundsSyncFields)((1 << 13) - 1))

/* The field of a member of the wire, such as "appointmentTime"; ROUNDS_SYNC_NO_FIELDS for one that
 * is none. */
RoundsSyncFields rounds_sync_fields_from_member (const char *member);

G_END_DECLS
