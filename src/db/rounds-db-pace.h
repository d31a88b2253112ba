/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many writes one commit takes, and how long it waits for them: by what commits and jobs have
 * taken lately. The writer's thread's alone.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint expected; /* how many seem to write at the same time */
  gint64 commit_time; /* what COMMIT takes by and by, µs */
  gint64 job_time; /* what a job takes by and by, ns */
} RoundsDbPace;

/* @time: µs */
void rounds_db_pace_note_job (RoundsDbPace *self, gint64 time);
/* @n_jobs were committed; @n_waiting were waiting then. */
void rounds_db_pace_note_commit (RoundsDbPace *self, gint64 time, guint n_jobs, guint n_waiting);
/* Nobody came to a commit that had @n_jobs and waited for more. */
void rounds_db_pace_note_silence (RoundsDbPace *self, guint n_jobs);

/* Jobs in one transaction, at most. */
guint rounds_db_pace_get_most (const RoundsDbPace *self);
/* Until when (monotonic µs) a transaction that @began and has @n_jobs waits for the next one; 0: it
 * does not. */
gint64 rounds_db_pace_get_patience (const RoundsDbPace *self, guint n_jobs, gint64 began);

G_END_DECLS
