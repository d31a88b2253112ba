/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The checks that both kinds of draft share.
 * Limits that callers may need are in the drafts' own headers.
 */

#pragma once

#include "rounds-problems.h"

G_BEGIN_DECLS

/* What lies outside is a slip of the keyboard, and most likely a wrong time zone table. */
#define ROUNDS_DRAFT_FIRST_YEAR 2000
#define ROUNDS_DRAFT_LAST_YEAR 2100

/* One line of text. Blank counts as missing: a problem when @required. */
void rounds_draft_check_line (const char *text, const char *field, gboolean required,
                              gsize max_chars, RoundsProblems *problems);
/* Optional text that may have several lines. */
void rounds_draft_check_lines (const char *text, const char *field, gsize max_chars,
                               RoundsProblems *problems);
/* An id; NULL is fine. */
void rounds_draft_check_id (const char *id, const char *field, RoundsProblems *problems);

G_END_DECLS
