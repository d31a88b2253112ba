/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Secrets as text, which leave nothing in memory when they go.
 * It keeps none; what is a secret is known to those who have it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Frees @text, NUL-terminated or NULL, after writing over it. Any thread. */
void rounds_wipe_free (gpointer text);

G_END_DECLS
