/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is wrong with a field, in the person's language.
 * The checks themselves, in the wire's English, are in model and on the server.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words for @message about @field: our translation where the rule is one that we know, else the
 * server's own words. Borrowed from the program or from @message. */
const char *rounds_problem_words (const char *field, const char *message);

G_END_DECLS
