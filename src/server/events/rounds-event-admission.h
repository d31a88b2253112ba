/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who is let in to GET /api/events, and what he may hear.
 * It is decided by the handler, on a worker; the hub only keeps to it.
 */

#pragma once

#include "rounds-change-repository.h"

#include "rounds-event-seats.h"

G_BEGIN_DECLS

/* One owner. */
typedef struct
{
  RoundsEventSeat *seat; /* his place among all clients, from now until he has gone */
  char *user_id;
  char *session_id;
  char *standing; /* rounds_event_admission_standing() when he came */
  char **audiences; /* of the change feed */
  char *feed; /* the feed's name, for cursors */
  RoundsChangeCursor cursor; /* what he has already; 0: nothing */
  gboolean behind; /* he has to look at once */
  GPtrArray *waiting; /* of GRefString: who waits for him as he comes; or NULL */
  gint64 until; /* monotonic µs: his access token ends */
} RoundsEventAdmission;

void rounds_event_admission_free (RoundsEventAdmission *self);
/* What decides which audiences a person belongs to, as text to compare. @hospital_id may be NULL.
 * (transfer full) */
char *rounds_event_admission_standing (const char *role, const char *hospital_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventAdmission, rounds_event_admission_free)

G_END_DECLS
