/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What every text from outside is measured by: length in characters, control characters.
 * It knows no field and no limit; those are in model and wire.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text (valid UTF-8) has more than @max_chars characters; reads no further than needed. */
gboolean rounds_text_is_longer_than (const char *text, gsize max_chars);

/* Whether @text has control characters (Unicode Cc), or overrides of the writing direction. With
 * @lines, overrides, tab, newline and the return before a newline are no such. */
gboolean rounds_text_has_controls (const char *text, gboolean lines);

/* Whether nothing of @text can be seen: it is NULL, empty, white space or invisible. */
gboolean rounds_text_is_blank (const char *text);

G_END_DECLS
