/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call that a request is about, whether an appointment's or a meeting's.
 * For what both have in common; what is said of either is in their own files.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"
#include "rounds-time-range.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind; /* "appointment" or "meeting", static */
  char *id;
  char *room_name; /* or NULL: in person */
  RoundsTimeRange range;
  gboolean open; /* there is something to join */
  gboolean moderator; /* the caller leads it */
} RoundsCallRecord;

void rounds_call_record_clear (RoundsCallRecord *self);

/* The record of the route's ":id", by the route's kind. NULL, or an answer: a 404 where the caller
 * does not see it. (transfer full) */
RoundsResponse *rounds_call_record_find (RoundsRequest *request, RoundsCallRecord *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsCallRecord, rounds_call_record_clear)

G_END_DECLS
