/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many writes one commit takes, and how long it waits for them.
 *
 * Those who were answered just now may be back in a moment. Where a commit takes longer than that
 * and their jobs, twice as many share it when it waits for them, instead of two halves taking
 * turns; who writes alone waits for nobody. Where their jobs take longer, some are better written
 * while others are answered and come with their next ones: or either the writer or all the others
 * have nothing to do.
 */

#include "config.h"

#include "rounds-db-pace.h"

/* By then a commit costs each of them next to nothing, and the first one has waited long enough. */
#define MAX_BATCH 128
/* So few that write at the same time share one commit. */
#define FEW 16
/* A commit that is faster than this (µs) is not worth waiting for others. */
#define SLOW_COMMIT 500
/* Parts of the time that a commit takes: how long the next one waits at most, and how long it goes
 * on waiting when nobody comes. */
#define PARTS_OF_WAIT 2
#define PARTS_OF_GAP 5

void
rounds_db_pace_note_job (RoundsDbPace *self, gint64 time)
{
  self->job_time = (15 * self->job_time + 1000 * time) / 16;
}

void
rounds_db_pace_note_commit (RoundsDbPace *self, gint64 time, guint n_jobs, guint n_waiting)
{
  self->commit_time = (3 * self->commit_time + time) / 4;
  self->expected = MAX (n_jobs + n_waiting, self->expected / 2);
}

void
rounds_db_pace_note_silence (RoundsDbPace *self, guint n_jobs)
{
  self->expected = n_jobs;
}

/* Whether a commit is better shared by all that write. */
static gboolean
is_for_all (const RoundsDbPace *self)
{
  return self->commit_time >= SLOW_COMMIT
         && self->commit_time * 1000 > self->job_time * self->expected;
}

guint
rounds_db_pace_get_most (const RoundsDbPace *self)
{
  if (self->expected < FEW || is_for_all (self))
    return MAX_BATCH;
  return MIN (self->expected / 2, MAX_BATCH);
}

gint64
rounds_db_pace_get_patience (const RoundsDbPace *self, guint n_jobs, gint64 began)
{
  if (n_jobs >= self->expected || !is_for_all (self))
    return 0;
  return MIN (began + self->commit_time / PARTS_OF_WAIT,
              g_get_monotonic_time () + self->commit_time / PARTS_OF_GAP);
}
