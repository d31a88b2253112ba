/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Audit lines of what was read or refused, on their way into the log: collected, and written
 * together by a thread of their own.
 * What changes something is written by rounds-audit-request.h, in the transaction of the change.
 */

#pragma once

#include "rounds-audit-entry.h"
#include "rounds-clock.h"
#include "rounds-db-writer.h"
#include "rounds-server-config.h"

G_BEGIN_DECLS

/* One owner; thread-safe. */
typedef struct _RoundsAudit RoundsAudit;

/* Starts the thread. @config and @writer are borrowed and outlive it. Blocks. */
RoundsAudit *rounds_audit_new (const RoundsServerConfig *config, RoundsDbWriter *writer,
                               RoundsClock *clock, GError **error);
/* Writes what is left, and the head that the log has then. Nobody may push any more. */
void rounds_audit_free (RoundsAudit *self);

/* Whether nobody has done the same a short while ago: whoever looks at one record ten times in ten
 * minutes is noted once. @key says who, what and on which record. */
gboolean rounds_audit_is_news (RoundsAudit *self, const char *key, gint64 now);
/* What was news is to be news again: it could not be noted. */
void rounds_audit_forget_news (RoundsAudit *self, const char *key);
/* Takes @entry. FALSE, with @entry freed, when too many wait: then nothing may be shown that would
 * have to be in the log. Written within a second. */
gboolean rounds_audit_push (RoundsAudit *self, RoundsAuditEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAudit, rounds_audit_free)

G_END_DECLS
