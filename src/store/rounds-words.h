/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Words as the search sees them: without marks and letter case, in any script.
 * It knows no table; what is searched is in the tables' files.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text with accents, vowel points and letter case taken away. NULL gives "". (transfer full) */
char *rounds_words_fold (const char *text);

/* The terms of @text for the index, folded, with spaces between. Scripts that write no spaces
 * between words (Chinese, Japanese, Korean names, Thai…) are cut into overlapping pairs of letters.
 * NULL gives "". (transfer full) */
char *rounds_words_to_terms (const char *text);

/* What a person typed as an FTS5 query for rows of terms in which each word begins some word.
 * Whatever was typed is data: no character of it is FTS5 syntax. NULL when there is no word in it.
 * (transfer full) (nullable) */
char *rounds_words_to_query (const char *typed);

G_END_DECLS
