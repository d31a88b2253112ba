/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is made of a person's name for the eye.
 * Names themselves are shown as they are, titles and all.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @name without titles before it, for the initials and the colour of an avatar: "Leyla Aydın" of
 * "Prof. Dr. Leyla Aydın". Points into @name. */
const char *rounds_person_words_skip_title (const char *name);

G_END_DECLS
