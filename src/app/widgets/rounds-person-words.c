/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is made of a person's name for the eye.
 * Names themselves are shown as they are, titles and all.
 */

#include "config.h"

#include "rounds-person-words.h"

#include <string.h>

/* What a single letter with a dot is in Latin script: an initial, and part of the name. */
static gboolean
is_initial (const char *word, gsize length)
{
  return length == 2 && g_ascii_isalpha (word[0]);
}

/**
 * rounds_person_words_skip_title:
 * @name: (nullable): a person's name
 *
 * A title is a word that ends with a dot, in all languages that shorten it: no list of them is ever
 * complete. The last word always stays.
 *
 * Returns: (transfer none) (nullable): where the name begins in @name
 */
const char *
rounds_person_words_skip_title (const char *name)
{
  const char *space;

  if (name == NULL)
    return NULL;

  while ((space = strchr (name, ' ')) != NULL && space > name && space[-1] == '.'
         && !is_initial (name, (gsize)(space - name)) && space[1] != '\0')
    name = space + 1;
  return name;
}
