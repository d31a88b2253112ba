/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The audit log in the database: appended to, read, checked, and trimmed after its time.
 * What is worth a line is rounds-audit.h's.
 */

#pragma once

#include "rounds-audit-entry.h"
#include "rounds-db.h"

G_BEGIN_DECLS

/* All of these block, and belong on the thread that owns @db. */

/* Adds @entry behind the last, and sets its seq and hash. Needs an open transaction, of which it is
 * best the last part: on PostgreSQL nobody else appends until its end. */
gboolean rounds_audit_repository_append (RoundsDb *db, RoundsAuditEntry *entry, GError **error);

/* The last row: its seq (0: there is none yet) and hash. */
gboolean
rounds_audit_repository_read_head (RoundsDb *db, gint64 *seq, guint8 *hash, GError **error);
/* The hash of row @seq; @found FALSE when it is not there (any more). */
gboolean rounds_audit_repository_find_hash (RoundsDb *db, gint64 seq, gboolean *found, guint8 *hash,
                                            GError **error);

/* What is looked for; everything that is NULL or 0 is not asked. */
typedef struct
{
  const char *user_id;
  const char *record_id;
  gint64 from; /* µs UTC, included */
  gint64 to; /* excluded */
  gint64 before_seq; /* a page's end */
  guint limit;
} RoundsAuditFilter;

/* The newest first. (transfer full) (element-type RoundsAuditEntry) */
GPtrArray *
rounds_audit_repository_list (RoundsDb *db, const RoundsAuditFilter *filter, GError **error);

/* What came of looking through the whole log. */
typedef struct
{
  gint64 n_rows;
  gint64 first_seq; /* of those that are there; above 1 where it was trimmed */
  gint64 last_seq;
  gint64 bad_seq; /* the first row with which something is wrong, or 0 */
  const char *problem; /* what, a static sentence; NULL: the chain is whole */
} RoundsAuditReport;

gboolean rounds_audit_repository_verify (RoundsDb *db, RoundsAuditReport *report, GError **error);

/* Gives up all rows from before @moment (µs UTC), and keeps the hash with which the rest begins.
 * Needs an open transaction. */
gboolean rounds_audit_repository_trim (RoundsDb *db, gint64 moment, gint64 now, int *n_removed,
                                       GError **error);

G_END_DECLS
