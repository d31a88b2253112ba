/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What changed in appointments and meetings, as messages for those who may know it now.
 * Whom the messages reach is the hub's.
 */

#pragma once

#include "rounds-call-waiting.h"
#include "rounds-event-hub.h"

G_BEGIN_DECLS

/* One changed record as it is now. One owner. */
typedef struct
{
  RoundsChangeKind kind; /* appointment or meeting */
  char *id;
  char *status;
  gboolean over; /* nothing comes after that status */
  char **audiences; /* who may see it, admins included */
} RoundsEventRecord;

void rounds_event_record_free (RoundsEventRecord *self);

/* The appointments and meetings with changes after @seq; when there are too many to speak of each,
 * those that somebody has begun to wait for since @waited_since (µs UTC). Blocks. (transfer full)
 * (element-type RoundsEventRecord) */
GPtrArray *
rounds_event_records_list (RoundsDb *db, gint64 seq, gint64 waited_since, GError **error);

/* Who began to wait longer ago is no news (µs). */
#define ROUNDS_WAITING_IS_NEWS (10 * ROUNDS_MINUTE)

/* {"type":"waiting",…} of those who have been waiting since @after for a call of @listener's that
 * has not begun. Blocks. (transfer full) (element-type GRefString) */
GPtrArray *rounds_event_records_list_waiting (RoundsDb *db, const RoundsUser *listener,
                                              gint64 after, GError **error);

/* {"type":"status",…} (transfer full) */
RoundsEventMessage *rounds_event_record_write_status (const RoundsEventRecord *self);

/* {"type":"waiting",…}, for the others of the call. (transfer full) */
RoundsEventMessage *
rounds_event_record_write_waiting (const RoundsEventRecord *self, const RoundsCallWaiter *waiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsEventRecord, rounds_event_record_free)

G_END_DECLS
