/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Folding of words and what becomes of what a person types.
 * What a search finds is in test-store-search.c.
 */

#include "config.h"

#include <string.h>

#include "rounds-test.h"
#include "rounds-words.h"

static void
test_fold (void)
{
  const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "Margarethe", "margarethe" },
    { "JOSÉ Núñez", "jose nunez" },
    { "Müller-Lüdenscheidt", "muller-ludenscheidt" },
    { "Straße", "strasse" },
    { "Łukasz Øster Đặng", "lukasz oster dang" },
    { "Nguyễn Thị Hồng", "nguyen thi hong" },
    { "İstanbul", "istanbul" },
    { "Ἀλέξανδρος", "αλεξανδροσ" },
    { "مُحَمَّد", "محمد" },
    { "أحمد", "احمد" },
    { "مـــحمد", "محمد" },
    { "שָׁלוֹם", "שלום" },
    { "Ёлкин", "елкин" },
    { "山田太郎", "山田太郎" },
    { "ﬁne", "fine" },
    { "فاطمة", "فاطمه" },
    { "مصطفى", "مصطفي" },
    { "٢٠٢٤", "2024" },
    { "bad \xff bytes", "bad \xef\xbf\xbd bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = rounds_words_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_terms (void)
{
  const struct
  {
    const char *text;
    const char *terms;
  } cases[] = {
    { NULL, "" },
    { " \"-*\n", "" },
    { "Dr. Ana O’Neill-Núñez", "dr ana o neill nunez" },
    { "Zi. 12b, 100%", "zi 12b 100" },
    { "山", "山" },
    { "山田太郎", "山田 田太 太郎 郎" },
    { "山田 Taro東", "山田 田 taro 東" },
    { "الحسن علي", "الحسن حسن علي" },
    { "الى", "الي" },
    { "สมชาย", "สม มช ชา าย ย" },
  };
  g_autofree char *endless = g_strnfill (100000, 'a');
  g_autofree char *cut = rounds_words_to_terms (endless);
  g_autofree char *korean = rounds_words_to_terms ("김지수");
  g_autofree char *half = rounds_words_to_query ("지ㅅ");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *terms = rounds_words_to_terms (cases[i].text);

      g_assert_cmpstr (terms, ==, cases[i].terms);
    }
  g_assert_cmpuint (strlen (cut), <, 100);
  /* Three terms, each of whole syllables. */
  g_assert_cmpint (g_regex_match_simple ("^\\S+ \\S+ \\S+$", korean, 0, 0), ==, TRUE);
  g_assert_nonnull (half);
}

static void
test_query (void)
{
  const struct
  {
    const char *typed;
    const char *query;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { " \t\n ", NULL },
    { "* \" - ( ) ^ :", NULL },
    { "anna", "\"anna\" *" },
    { "  Anna   Berg ", "\"anna\" * AND \"berg\" *" },
    { "NOT OR AND", "\"not\" * AND \"or\" * AND \"and\" *" },
    { "say \"hi\"", "\"say\" * AND \"hi\" *" },
    { "words:x", "\"words\" * AND \"x\" *" },
    { "O'Brien", "\"o\" * AND \"brien\" *" },
    { "山", "\"山\" *" },
    { "山田太郎", "\"山田\" * AND \"田太\" * AND \"太郎\" *" },
    { "山田taro", "\"山田\" * AND \"taro\" *" },
    { "الحسن", "\"الحسن\" *" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = rounds_words_to_query (cases[i].typed);

      g_assert_cmpstr (query, ==, cases[i].query);
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Words/fold", test_fold);
  g_test_add_func ("/Rounds/Store/Words/terms", test_terms);
  g_test_add_func ("/Rounds/Store/Words/query", test_query);
  return g_test_run ();
}
