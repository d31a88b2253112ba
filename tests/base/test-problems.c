/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the list of problems.
 * The words of the problems are tested where they are made.
 */

#include "rounds-problems.h"

#include "rounds-init.h"

static void
test_order (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  g_assert_cmpuint (rounds_problems_get_length (problems), ==, 0);
  g_assert_null (rounds_problems_find (problems, "title"));

  rounds_problems_add (problems, "title", "Required");
  rounds_problems_add (problems, "patientDetails.age", "Has to be from %d to %d", 0, 130);
  rounds_problems_add (problems, "title", "A second one");

  g_assert_cmpuint (rounds_problems_get_length (problems), ==, 3);
  g_assert_cmpstr (rounds_problems_get (problems, 0)->field, ==, "title");
  g_assert_cmpstr (rounds_problems_get (problems, 1)->message, ==, "Has to be from 0 to 130");
  g_assert_cmpstr (rounds_problems_get (problems, 2)->message, ==, "A second one");
  g_assert_cmpstr (rounds_problems_find (problems, "title"), ==, "Required");
  g_assert_null (rounds_problems_find (problems, "titl"));
}

/* What comes from outside is an argument, never the format. */
static void
test_percent_signs (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  rounds_problems_add (problems, "%s%n", "%s", "100 %s %n");
  g_assert_cmpstr (rounds_problems_get (problems, 0)->field, ==, "%s%n");
  g_assert_cmpstr (rounds_problems_get (problems, 0)->message, ==, "100 %s %n");
}

static void
test_copy (void)
{
  g_autoptr (RoundsProblems) copy = NULL;

  {
    g_autoptr (RoundsProblems) problems = rounds_problems_new ();
    rounds_problems_add (problems, "", "The whole body");
    copy = rounds_problems_copy (problems);
    rounds_problems_add (problems, "title", "Not in the copy");
  }

  g_assert_cmpuint (rounds_problems_get_length (copy), ==, 1);
  g_assert_cmpstr (rounds_problems_find (copy, ""), ==, "The whole body");
}

static void
test_out_of_range (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  g_test_expect_message ("rounds-base", G_LOG_LEVEL_CRITICAL, "*position*");
  g_assert_null (rounds_problems_get (problems, 0));
  g_test_assert_expected_messages ();

  rounds_problems_free (NULL);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-problems");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Problems/order", test_order);
  g_test_add_func ("/Rounds/Base/Problems/percent-signs", test_percent_signs);
  g_test_add_func ("/Rounds/Base/Problems/copy", test_copy);
  g_test_add_func ("/Rounds/Base/Problems/out-of-range", test_out_of_range);

  return g_test_run ();
}
