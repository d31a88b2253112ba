/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Passwords as Argon2id strings: made, checked, judged.
 * It keeps none and counts no failures; those are in rounds-limits.h.
 */

#pragma once

#include <glib.h>

#include "rounds-server-error.h"

G_BEGIN_DECLS

#define ROUNDS_PASSWORD_MIN_CHARS 10
#define ROUNDS_PASSWORD_MAX_BYTES 1024

/* Makes libsodium ready; FALSE with ROUNDS_SERVER_ERROR_SYSTEM when it cannot be. Once per program,
 * before any of the others. */
gboolean rounds_passwords_init (GError **error);

/* Whether hashes are made at the least cost that there is: in development builds whose environment
 * says ROUNDS_CHEAP_PASSWORDS=1. Any thread. */
gboolean rounds_passwords_are_cheap (void);

/* Whether @password may become somebody's: length and characters. FALSE with
 * ROUNDS_SERVER_ERROR_INPUT and a sentence for the person. */
gboolean rounds_password_check_strength (const char *password, GError **error);

/* "$argon2id$…" with a salt of its own. Takes 64 MiB and some 100 ms: only a few at a time (a route
 * with ROUNDS_ROUTE_SLOW). NULL with ROUNDS_SERVER_ERROR_SYSTEM without memory. (transfer full) */
char *rounds_password_hash (const char *password, GError **error);

/* Whether @password is the one of @hash. @hash NULL (nobody has this account, or it has no
 * password): takes the same time and is FALSE. @outdated (out, optional): TRUE when it is right but
 * the hash was made with weaker costs than today's. */
gboolean rounds_password_verify (const char *hash, const char *password, gboolean *outdated);

G_END_DECLS
