/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Folding of words for the search, the same for what is kept and what is typed.
 * It ranks nothing.
 */

#include "config.h"

#include "rounds-words.h"

#include <string.h>

#define ARABIC_TATWEEL 0x640
#define ARABIC_ARTICLE "ال"
#define SHORTEST_WITHOUT_ARTICLE strlen ("حسن")
#define HANGUL_FIRST_VOWEL 0x1160
#define HANGUL_LAST_END 0x11ff
/* Bytes: nobody types more of a word. */
#define LONGEST_TERM 60
/* More words make no answer smaller, only slower. */
#define MOST_WORDS 16

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
    case 0x629: /* Arabic ta marbuta, often typed as ha */
      return 0x647;
    case 0x649: /* Arabic alef maksura */
    case 0x6cc: /* Persian ya */
      return 0x64a;
    case 0x6a9: /* Persian kaf */
      return 0x643;
    default:
      return g_unichar_isdigit (letter) ? '0' + (gunichar)g_unichar_digit_value (letter) : letter;
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

typedef enum
{
  BETWEEN, /* spaces, punctuation, signs */
  SPACED, /* scripts that put spaces between words */
  UNSPACED,
} LetterKind;

/* Korean is spaced, but not between the parts of a name. */
static const GUnicodeScript unspaced_scripts[] = {
  G_UNICODE_SCRIPT_HAN,      G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA,
  G_UNICODE_SCRIPT_BOPOMOFO, G_UNICODE_SCRIPT_HANGUL,   G_UNICODE_SCRIPT_THAI,
  G_UNICODE_SCRIPT_LAO,      G_UNICODE_SCRIPT_KHMER,    G_UNICODE_SCRIPT_MYANMAR,
  G_UNICODE_SCRIPT_TIBETAN,
};

static LetterKind
classify (gunichar letter)
{
  if (letter < 0x80)
    return g_ascii_isalnum ((char)letter) ? SPACED : BETWEEN;
  if (!g_unichar_isalnum (letter) && g_unichar_type (letter) != G_UNICODE_SPACING_MARK)
    return BETWEEN;
  for (gsize i = 0; i < G_N_ELEMENTS (unspaced_scripts); i++)
    if (g_unichar_get_script (letter) == unspaced_scripts[i])
      return UNSPACED;
  return SPACED;
}

/* Folding takes Korean syllables apart into their letters: a vowel or an end belongs to the
 * syllable that its consonant began, so that half a syllable finds the whole one. */
static gboolean
continues_syllable (gunichar letter)
{
  return letter >= HANGUL_FIRST_VOWEL && letter <= HANGUL_LAST_END;
}

static const char *
skip_unit (const char *at, const char *end)
{
  at = g_utf8_next_char (at);
  while (at < end && continues_syllable (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

typedef void (*TermFunc) (const char *term, gsize length, gpointer data);

/* 山田太郎 becomes 山田, 田太, 太郎 and 郎 in the index; in a query the pairs alone, or a single
 * letter. So every part of it is found that a person may type. */
static void
cut_unspaced (const char *start, const char *end, gboolean is_query, TermFunc tell, gpointer data)
{
  const char *at = start;

  while (at < end)
    {
      const char *second = skip_unit (at, end);
      const char *after = second < end ? skip_unit (second, end) : second;

      if (second < end || !is_query || at == start)
        tell (at, (gsize)(after - at), data);
      at = second;
    }
}

/* "Al-" in Arabic is written as a part of the word, but people look for what follows it. */
static void
tell_spaced (const char *start, const char *end, gboolean is_query, TermFunc tell, gpointer data)
{
  gsize length = MIN ((gsize)(end - start), LONGEST_TERM);

  /* Not in the middle of a letter. */
  while (length < (gsize)(end - start) && ((guchar)start[length] & 0xc0) == 0x80)
    length--;
  tell (start, length, data);
  if (!is_query && length >= strlen (ARABIC_ARTICLE) + SHORTEST_WITHOUT_ARTICLE
      && strncmp (start, ARABIC_ARTICLE, strlen (ARABIC_ARTICLE)) == 0)
    tell (start + strlen (ARABIC_ARTICLE), length - strlen (ARABIC_ARTICLE), data);
}

static void
cut (const char *folded, gboolean is_query, TermFunc tell, gpointer data)
{
  const char *at = folded;

  while (*at != '\0')
    {
      LetterKind kind = classify (g_utf8_get_char (at));
      const char *start = at;

      do
        at = g_utf8_next_char (at);
      while (*at != '\0' && classify (g_utf8_get_char (at)) == kind);
      if (kind == SPACED)
        tell_spaced (start, at, is_query, tell, data);
      else if (kind == UNSPACED)
        cut_unspaced (start, at, is_query, tell, data);
    }
}

static void
append_term (const char *term, gsize length, gpointer data)
{
  GString *terms = data;

  if (terms->len > 0)
    g_string_append_c (terms, ' ');
  g_string_append_len (terms, term, (gssize)length);
}

char *
rounds_words_to_terms (const char *text)
{
  g_autofree char *folded = rounds_words_fold (text);
  g_autoptr (GString) terms = g_string_sized_new (64);

  cut (folded, FALSE, append_term, terms);
  return g_string_free_and_steal (g_steal_pointer (&terms));
}

typedef struct
{
  GString *text;
  guint n_words;
} Query;

/* Security: in FTS5 a string in double quotes is data; a term holds letters and digits alone, so no
 * quote either. */
static void
append_word (const char *term, gsize length, gpointer data)
{
  Query *query = data;

  if (query->n_words++ >= MOST_WORDS)
    return;
  if (query->text->len > 0)
    g_string_append (query->text, " AND ");
  g_string_append_c (query->text, '"');
  g_string_append_len (query->text, term, (gssize)length);
  g_string_append (query->text, "\" *");
}

char *
rounds_words_to_query (const char *typed)
{
  g_autofree char *folded = rounds_words_fold (typed);
  g_autoptr (GString) text = g_string_new (NULL);
  Query query = { .text = text };

  cut (folded, TRUE, append_word, &query);
  if (text->len == 0)
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&text));
}
