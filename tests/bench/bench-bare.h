/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The least that writing these rows can cost: one table, one statement, one transaction.
 * No search index, no comparison with what is there, no second index.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes an encrypted file at @path and fills it. Returns the seconds from BEGIN to the end of
 * COMMIT. (element-type RoundsAppointment) */
double bench_bare_insert (const char *path, const guint8 *key, GPtrArray *appointments);

G_END_DECLS
