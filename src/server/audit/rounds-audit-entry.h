/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One line of the audit log, and the hash that chains it to the one before.
 * Where lines are kept is rounds-audit-repository.h's.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_AUDIT_HASH_LENGTH 32

/* One owner. Strings may be NULL unless said otherwise. No patient's data is in it: records are
 * named by their ids. */
typedef struct
{
  gint64 seq; /* from 1, without gaps; given by the repository */
  gint64 at; /* µs UTC */
  char *user_id; /* who; NULL: not signed in, or nobody but the machine */
  char *role;
  char *session_id;
  char *address; /* from where; never NULL. "console" is the machine itself, "server" its
                  * rules, with nobody's doing */
  char *action; /* what: "PATCH /api/meetings/:id"; never NULL */
  char *record_kind; /* "appointment" … */
  char *record_id;
  int result; /* HTTP status; what changed something is 200, or 201 where it was made */
  char *detail; /* JSON text: names of the changed members, the reason for an override */
  guint8 hash[ROUNDS_AUDIT_HASH_LENGTH];
} RoundsAuditEntry;

void rounds_audit_entry_free (RoundsAuditEntry *self);
/* What @self's hash is behind a row with the hash @previous (all zero before the first): BLAKE2b of
 * all members, each with its length, so that no two entries read the same. */
void rounds_audit_entry_hash (const RoundsAuditEntry *self, const guint8 *previous, guint8 *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAuditEntry, rounds_audit_entry_free)

G_END_DECLS
