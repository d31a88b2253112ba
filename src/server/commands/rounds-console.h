/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a command writes: in one transaction with its line of the audit log.
 * Commands that only read use the database as it is.
 */

#pragma once

#include "rounds-clock.h"
#include "rounds-db.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

/* Writes through @db in a transaction that is open, and ends none. */
typedef gboolean (*RoundsConsoleFunc) (RoundsDb *db, gpointer data, gint64 now, GError **error);

/* What is done, for the log. Borrowed. */
typedef struct
{
  const char *action; /* "roundsd user add" */
  const char *record_kind; /* "user"; or NULL */
  const char *record_id; /* or NULL */
} RoundsConsoleAct;

/* Runs @func, and notes that somebody at this machine did @act: what cannot be noted is not done.
 * Needs rounds_passwords_init(). Blocks. */
gboolean rounds_console_write (RoundsDb *db, const RoundsConsoleAct *act, RoundsConsoleFunc func,
                               gpointer data, GError **error);

/* TRUE when there are none; else an error that names the first as an option, "--name: Required". */
gboolean rounds_console_refuse_problems (const RoundsProblems *problems, GError **error);

G_END_DECLS
