/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Secrets as text, which leave nothing in memory when they go.
 * It keeps none; what is a secret is known to those who have it.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A text that is a secret. As g_autoptr (RoundsSecretText) it is wiped where its scope ends, and a
 * future that resolves to ROUNDS_TYPE_SECRET_TEXT wipes its own copy, or has none: NULL. Security:
 * copies that libraries make, for JSON, HTTP and TLS, are theirs. */
typedef char RoundsSecretText;

#define ROUNDS_TYPE_SECRET_TEXT (rounds_secret_text_get_type ())
GType rounds_secret_text_get_type (void);

/* Frees @text, NUL-terminated or NULL, after writing over it. Any thread. */
void rounds_wipe_free (gpointer text);

/* g_set_str() for a secret: what stood in @place is written over. @text may be NULL, or point into
 * what stands there. Returns whether @place has another text now. */
gboolean rounds_wipe_set (RoundsSecretText **place, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSecretText, rounds_wipe_free)

G_END_DECLS
