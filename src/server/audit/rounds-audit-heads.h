/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signed heads of the audit log: "at this moment row N had this hash". Kept outside of the
 * database, best on another machine, they tell when rows at its end were cut off or all of it was
 * written anew.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

/* The head of @db's log at @now as one line of JSON, signed (Ed25519) with the key in @folder,
 * which is made when it is missing. NULL with @error. (transfer full) */
char *rounds_audit_heads_sign (const char *folder, RoundsDb *db, gint64 now, GError **error);
/* Appends the head to the file of heads in @folder, unless it is there already. */
gboolean rounds_audit_heads_note (const char *folder, RoundsDb *db, gint64 now, GError **error);
/* The file of heads in @folder. (transfer full) */
char *rounds_audit_heads_dup_path (const char *folder);

/* Whether @line is a head of @db's log that was signed with the key in @folder (or, with
 * @public_key, hexadecimal, with that one). FALSE with @problem, a sentence (transfer full), when
 * it is not, or with @error when it cannot be told. */
gboolean rounds_audit_heads_check (const char *folder, const char *public_key, RoundsDb *db,
                                   const char *line, char **problem, GError **error);

G_END_DECLS
