/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Record ids in MongoDB ObjectId form (the guide's models say ObjectId) and random names.
 * All randomness comes from the system's source; none of it is a password hash or a key derivation.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_ID_LENGTH 24

/* A new id: 24 lower-case hex digits, the first 14 the time (seconds, then parts of 2^24 of one),
 * the rest random: in the order in which they were made, and not to be guessed from another one. */
char *rounds_id_new (void);

/* Whether @id is exactly 24 lower-case hex digits. NULL is not. */
gboolean rounds_id_is_valid (const char *id);

/* @n_bytes from the system's random source as 2 × @n_bytes lower-case hex digits. */
char *rounds_random_hex (gsize n_bytes);

/* Fills @buffer from the system's random source; aborts when there is none. Thread-safe. */
void rounds_random_bytes (guint8 *buffer, gsize length);

G_END_DECLS
