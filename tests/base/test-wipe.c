/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Texts that are secrets: who has which copy. Memory that was freed cannot be looked at.
 */

#include <string.h>

#include "rounds-wipe.h"

static void
test_set (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    gboolean is_other;
  } cases[] = {
    { NULL, NULL, FALSE }, { NULL, "a", TRUE }, { "a", NULL, TRUE },
    { "a", "a", FALSE },   { "", NULL, TRUE },  { "a", "long enough to move", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsSecretText) text = g_strdup (cases[i].before);

      g_assert_cmpint (rounds_wipe_set (&text, cases[i].after), ==, cases[i].is_other);
      g_assert_cmpstr (text, ==, cases[i].after);
    }
}

/* The new text may be a part of the old one. */
static void
test_set_from_itself (void)
{
  g_autoptr (RoundsSecretText) text = g_strdup ("Bearer abc");

  g_assert_true (rounds_wipe_set (&text, text + strlen ("Bearer ")));
  g_assert_cmpstr (text, ==, "abc");
}

static void
test_free_nothing (void)
{
  rounds_wipe_free (NULL);
}

/* A future hands out copies of its value: each has an owner that wipes it. */
static void
test_boxed (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (RoundsSecretText) copy = NULL;

  g_value_init (&value, ROUNDS_TYPE_SECRET_TEXT);
  g_assert_null (g_value_dup_boxed (&value));
  g_value_set_boxed (&value, "abc");
  copy = g_value_dup_boxed (&value);
  g_assert_cmpstr (copy, ==, "abc");
  g_assert_true (copy != g_value_get_boxed (&value));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Wipe/set", test_set);
  g_test_add_func ("/Rounds/Base/Wipe/set-from-itself", test_set_from_itself);
  g_test_add_func ("/Rounds/Base/Wipe/free-nothing", test_free_nothing);
  g_test_add_func ("/Rounds/Base/Wipe/boxed", test_boxed);

  return g_test_run ();
}
