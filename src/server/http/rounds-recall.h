/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What was read from the database, in memory, as long as it holds: who is signed in and who people
 * are, up to the next commit that may say otherwise of them; records that were shown, up to the
 * next one at all. With it, a request may be answered where it was read, without a worker. It
 * decides nothing: who may see what is asked anew each time.
 */

#pragma once

#include "rounds-db-writer.h"

#include "rounds-appointment.h"
#include "rounds-meeting.h"

#include "rounds-sessions.h"
#include "rounds-shared-body.h"

G_BEGIN_DECLS

/* Good for any thread. One owner. */
typedef struct _RoundsRecall RoundsRecall;

/* The time between two commits, for each of the two; 0 is none, and nothing is found or kept in it.
 */
typedef struct
{
  guint64 people; /* between two that may have changed people or sessions */
  guint64 records; /* between any two */
} RoundsRecallSpan;

/* What may be written to without touching people and sessions; for the writer's options. */
extern const char *const rounds_recall_quiet_tables[];

/* @writer tells of commits, of whatever process. Where it cannot (PostgreSQL), nothing is ever
 * recalled. */
RoundsRecall *rounds_recall_new (RoundsDbWriter *writer);
void rounds_recall_free (RoundsRecall *self);

/* To be asked for before the database is read. */
RoundsRecallSpan rounds_recall_begin (RoundsRecall *self);

/* Fills @session, for its caller to clear, when the access token was found in @span. Whether it has
 * expired since is for the caller to ask. */
gboolean rounds_recall_session (RoundsRecall *self, RoundsRecallSpan span, const char *token,
                                RoundsSession *session);
/* What was read since @span began; forgotten at once when something was committed meanwhile. */
void rounds_recall_keep_session (RoundsRecall *self, RoundsRecallSpan span, const char *token,
                                 const RoundsSession *session);

/* The same for people who can sign in. (transfer full) (nullable) */
RoundsUser *rounds_recall_user (RoundsRecall *self, RoundsRecallSpan span, const char *id);
void rounds_recall_keep_user (RoundsRecall *self, RoundsRecallSpan span, RoundsUser *user);

/* Records are shared from here on, and therefore nobody's to change. (transfer full) (nullable) */
RoundsMeeting *rounds_recall_meeting (RoundsRecall *self, RoundsRecallSpan span, const char *id);
void rounds_recall_keep_meeting (RoundsRecall *self, RoundsRecallSpan span, RoundsMeeting *meeting);
RoundsAppointment *
rounds_recall_appointment (RoundsRecall *self, RoundsRecallSpan span, const char *id);
void rounds_recall_keep_appointment (RoundsRecall *self, RoundsRecallSpan span,
                                     RoundsAppointment *appointment);

/* The body of an answer that is the same when the same is asked again, under a @key that names all
 * that it depends on beside the database: who asks, what, and the time, up to @until (µs UTC).
 * recall: (transfer full) (nullable) */
RoundsSharedBody *
rounds_recall_answer (RoundsRecall *self, RoundsRecallSpan span, const char *key, gint64 now);
void rounds_recall_keep_answer (RoundsRecall *self, RoundsRecallSpan span, const char *key,
                                RoundsSharedBody *body, gint64 until);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsRecall, rounds_recall_free)

G_END_DECLS
