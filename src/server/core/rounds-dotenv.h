/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The `.env` format: NAME=value by line, with comments, quotes and `export`.
 * Nothing is put into the process's environment; children must not inherit secrets.
 */

#pragma once

#include <glib.h>

#include "rounds-server-error.h"

G_BEGIN_DECLS

/* The last value of each name in @text. ROUNDS_SERVER_ERROR_CONFIG with the line's number for a
 * line that is no setting. (transfer full) (element-type utf8 utf8) */
GHashTable *rounds_dotenv_parse (const char *text, GError **error);

G_END_DECLS
