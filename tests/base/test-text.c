/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the measures of a text.
 * Which field has which limit is tested with the field.
 */

#include "rounds-text.h"

#include "rounds-init.h"

static void
test_length (void)
{
  static const struct
  {
    const char *text;
    gsize length;
  } cases[] = {
    { "", 0 },
    { "a", 1 },
    { "Müller", 6 },
    { "عبد الله", 8 },
    { "李小龍", 3 },
    { "e\u0301", 2 },
    { "\U0001F9D1\u200D\u2695", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (rounds_text_is_longer_than (cases[i].text, cases[i].length));
      g_assert_false (rounds_text_is_longer_than (cases[i].text, G_MAXSIZE));
      if (cases[i].length > 0)
        g_assert_true (rounds_text_is_longer_than (cases[i].text, cases[i].length - 1));
    }
}

static void
test_controls (void)
{
  static const struct
  {
    const char *text;
    gboolean in_line;
    gboolean in_lines;
  } cases[] = {
    { "plain", FALSE, FALSE },     { "", FALSE, FALSE },
    { "a\tb", TRUE, FALSE },       { "a\nb", TRUE, FALSE },
    { "a\r\nb", TRUE, FALSE },     { "a\rb", TRUE, TRUE },
    { "a\r", TRUE, TRUE },         { "a\x1b[31mb", TRUE, TRUE },
    { "a\x7f", TRUE, TRUE },       { "a\xc2\x85", TRUE, TRUE },
    { "a\xc2\x9b", TRUE, TRUE },   { "\x01", TRUE, TRUE },
    { "a\u00a0b", FALSE, FALSE },  { "\u202bعبد\u202c", FALSE, FALSE },
    { "זה\u200f!", FALSE, FALSE }, { "a\u202eb", TRUE, FALSE },
    { "\u202dab", TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (rounds_text_has_controls (cases[i].text, FALSE), ==, cases[i].in_line);
      g_assert_cmpint (rounds_text_has_controls (cases[i].text, TRUE), ==, cases[i].in_lines);
    }
}

static void
test_blank (void)
{
  static const char *const blank[]
      = { NULL,     "",      " ", "\t\n ", "\u00a0", "\u3000 \u2003", "\u200b", "\u200d\u2060 ",
          "\u3164", "\u2800" };
  static const char *const filled[] = { "a", " a ", ".", "\u200ba", "٠", "👩\u200d⚕" };

  for (gsize i = 0; i < G_N_ELEMENTS (blank); i++)
    g_assert_true (rounds_text_is_blank (blank[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (filled); i++)
    g_assert_false (rounds_text_is_blank (filled[i]));
}

int
main (int argc, char **argv)
{
  rounds_init ("test-text");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Text/length", test_length);
  g_test_add_func ("/Rounds/Base/Text/controls", test_controls);
  g_test_add_func ("/Rounds/Base/Text/blank", test_blank);

  return g_test_run ();
}
