/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How an If-Match is read.
 * What the API does with it is in test-api-etag.c.
 */

#include "config.h"

#include "rounds-precondition.h"
#include "rounds-test.h"

static void
test_if_match (void)
{
  static const struct
  {
    const char *if_match;
    RoundsPrecondition verdict; /* on version 3 */
  } cases[] = {
    { NULL, ROUNDS_PRECONDITION_HOLDS },
    { "*", ROUNDS_PRECONDITION_HOLDS },
    { " * ", ROUNDS_PRECONDITION_HOLDS },
    { "\"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "W/\"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "3", ROUNDS_PRECONDITION_HOLDS },
    { "\"2\", \"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "\"2\"", ROUNDS_PRECONDITION_FAILED },
    { "\"33\"", ROUNDS_PRECONDITION_FAILED },
    { "\"\"", ROUNDS_PRECONDITION_FAILED },
    { "\"03\"", ROUNDS_PRECONDITION_FAILED },
    { "\"something else\"", ROUNDS_PRECONDITION_FAILED },
    { "99999999999999999999999", ROUNDS_PRECONDITION_FAILED },
    { "", ROUNDS_PRECONDITION_MALFORMED },
    { "\"", ROUNDS_PRECONDITION_MALFORMED },
    { "\"3", ROUNDS_PRECONDITION_MALFORMED },
    { "3\"", ROUNDS_PRECONDITION_MALFORMED },
    { "\"3\"\"4\"", ROUNDS_PRECONDITION_MALFORMED },
    { "\"3\",", ROUNDS_PRECONDITION_HOLDS },
    { ", \"2\", , \"3\"", ROUNDS_PRECONDITION_HOLDS },
    { "\"2\", ,", ROUNDS_PRECONDITION_FAILED },
    { ", ,", ROUNDS_PRECONDITION_MALFORMED },
    { "*, \"3\"", ROUNDS_PRECONDITION_MALFORMED },
    { "three", ROUNDS_PRECONDITION_MALFORMED },
    { "-3", ROUNDS_PRECONDITION_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].if_match != NULL ? cases[i].if_match : "(none)");
      g_assert_cmpint (rounds_precondition_parse (cases[i].if_match, 3), ==, cases[i].verdict);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Server/Precondition/if-match", test_if_match);
  return g_test_run ();
}
