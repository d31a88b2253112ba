/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One write: as a part of a transaction that others share, or alone with one of its own.
 * Who runs it, and when, is RoundsDbWriter's.
 */

#pragma once

#include "rounds-db-writer.h"

G_BEGIN_DECLS

/* In the open transaction. Leaves the job's own error in the job, and nothing of what it wrote.
 * FALSE, with @error, when the whole transaction is gone. */
gboolean rounds_db_job_run_part (RoundsDb *db, RoundsDbWrite *job, GError **error);
/* Until its COMMIT has returned, several times where others come in between. FALSE, with the job's
 * error or COMMIT's, when nothing of it remains. */
gboolean rounds_db_job_run_alone (RoundsDb *db, const RoundsDbWrite *job, GError **error);

G_END_DECLS
