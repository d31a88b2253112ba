/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Enums as words of the wire and back, for the enums of this room.
 * Words that people read are translated in app.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The position of @text among @n_words words, or −1. NULL is none of them. */
static inline int
rounds_words_find (const char *const *words, int n_words, const char *text)
{
  for (int i = 0; text != NULL && i < n_words; i++)
    {
      if (g_str_equal (words[i], text))
        return i;
    }
  return -1;
}

G_END_DECLS
