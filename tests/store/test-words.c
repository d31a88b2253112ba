/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Folding of words and what becomes of what a person types.
 * What a search finds is in test-store-search.c.
 */

#include "config.h"

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
    { "bad \xff bytes", "bad \xef\xbf\xbd bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = rounds_words_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
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
    { "say \"hi\"", "\"say\" * AND \"\"\"hi\"\"\" *" },
    { "words:x", "\"words:x\" *" },
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
  g_test_add_func ("/Rounds/Store/Words/query", test_query);
  return g_test_run ();
}
