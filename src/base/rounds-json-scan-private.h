/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The look at a JSON text before json-glib may parse it.
 * It builds nothing and does not check the order of commas and colons; json-glib does.
 */

#pragma once

#include "rounds-json.h"

G_BEGIN_DECLS

/* Goes over @length bytes of valid UTF-8 in place: blanks comments, checks depth and brackets,
 * refuses U+0000, and turns integers beyond 64 bits into floats (json-glib would clamp them
 * silently). FALSE with a ROUNDS_JSON_ERROR. */
gboolean rounds_json_scan (char *text, gsize length, GError **error);

G_END_DECLS
