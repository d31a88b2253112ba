/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Folding of words for the search, the same for what is kept and what is typed.
 * It ranks nothing.
 */

#include "config.h"

#include "rounds-words.h"

#define ARABIC_TATWEEL 0x640

/* Letters that Unicode does not take apart into a plain one and a mark, though people who cannot
 * type them leave the mark out. */
static gunichar
simplify (gunichar letter)
{
  switch (letter)
    {
    case 0xf8: /* ø */
      return 'o';
    case 0x111: /* đ */
      return 'd';
    case 0x127: /* ħ */
      return 'h';
    case 0x131: /* ı */
      return 'i';
    case 0x142: /* ł */
      return 'l';
    default:
      return letter;
    }
}

static gboolean
is_left_out (gunichar letter)
{
  return letter == ARABIC_TATWEEL || g_unichar_type (letter) == G_UNICODE_NON_SPACING_MARK
         || g_unichar_type (letter) == G_UNICODE_FORMAT;
}

/* FTS5's own "remove_diacritics" knows the Latin marks only: it would cut an Arabic name with vowel
 * points into single letters. */
char *
rounds_words_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *lower = g_utf8_casefold (valid, -1);
  g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) folded = g_string_sized_new (64);

  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!is_left_out (letter))
        g_string_append_unichar (folded, simplify (letter));
    }
  return g_string_free_and_steal (g_steal_pointer (&folded));
}

static gboolean
has_letter (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_unichar_isalnum (g_utf8_get_char (word)))
      return TRUE;
  return FALSE;
}

/* Security: in FTS5 a string in double quotes is data, with each quote in it doubled. */
static void
append_word (GString *query, const char *word)
{
  if (query->len > 0)
    g_string_append (query, " AND ");
  g_string_append_c (query, '"');
  for (; *word != '\0'; word++)
    {
      if (*word == '"')
        g_string_append_c (query, '"');
      g_string_append_c (query, *word);
    }
  g_string_append (query, "\" *");
}

char *
rounds_words_to_query (const char *typed)
{
  g_autofree char *folded = rounds_words_fold (typed);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\r\n", -1);
  g_autoptr (GString) query = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    if (has_letter (words[i]))
      append_word (query, words[i]);
  if (query->len == 0)
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&query));
}
