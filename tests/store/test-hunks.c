/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The walk along two sorted arrays, by hand and by chance.
 * The signals that come of it are in test-entry-list.c.
 */

#include "config.h"

#include "rounds-hunks.h"
#include "rounds-test.h"

/* An element is two characters: its place, and what it says there. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  return *(const char *)a - *(const char *)b;
}

static GPtrArray *
split (const char *text)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_free);

  for (; *text != '\0'; text += 2)
    g_ptr_array_add (elements, g_strndup (text, 2));
  return elements;
}

static char *
describe (GArray *hunks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hunks->len; i++)
    {
      const RoundsHunk *hunk = &g_array_index (hunks, RoundsHunk, i);

      g_string_append_printf (text, "%s%u-%u+%u@%u", i > 0 ? " " : "", hunk->position,
                              hunk->removed, hunk->added, hunk->fresh);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_by_hand (void)
{
  const struct
  {
    const char *old;
    const char *fresh;
    const char *hunks;
  } cases[] = {
    { "", "", "" },
    { "a1b1c1", "a1b1c1", "" },
    { "", "a1b1", "0-0+2@0" },
    { "a1b1", "", "0-2+0@0" },
    { "a1b1c1", "a1b2c1", "1-1+1@1" },
    { "a1b1c1", "a1c1", "1-1+0@1" },
    { "a1c1", "a1b1c1", "1-0+1@1" },
    { "a1b1", "c1d1", "0-2+2@0" },
    { "a1b1c1d1e1", "b1c1d2e1f1", "0-1+0@0 3-1+1@2 5-0+1@4" },
    { "b1d1", "a1b1c1d1e1", "0-0+1@0 1-0+1@2 2-0+1@4" },
    { "a1b1c1", "a2b2c2", "0-3+3@0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) old = split (cases[i].old);
      g_autoptr (GPtrArray) fresh = split (cases[i].fresh);
      g_autoptr (GArray) hunks = rounds_hunks_find (old, fresh, compare_places, g_str_equal);
      g_autofree char *text = describe (hunks);

      g_assert_cmpstr (text, ==, cases[i].hunks);
    }
}

static char *
make_random (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (char place = 'a'; place <= 'z'; place++)
    if (g_test_rand_bit ())
      g_string_append_printf (text, "%c%d", place, g_test_rand_int_range (0, 3));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Applied from the last to the first, hunks make the fresh array of the old one; between two hunks
 * there is always something that stays. */
static void
test_by_chance (void)
{
  for (int round = 0; round < 500; round++)
    {
      g_autofree char *old_text = make_random ();
      g_autofree char *fresh_text = make_random ();
      g_autoptr (GPtrArray) old = split (old_text);
      g_autoptr (GPtrArray) fresh = split (fresh_text);
      g_autoptr (GArray) hunks = rounds_hunks_find (old, fresh, compare_places, g_str_equal);
      g_autoptr (GString) result = g_string_new (old_text);
      guint end = G_MAXUINT;

      for (guint i = hunks->len; i > 0; i--)
        {
          const RoundsHunk *hunk = &g_array_index (hunks, RoundsHunk, i - 1);

          g_assert_cmpuint (hunk->removed + hunk->added, >, 0);
          g_assert_cmpuint (hunk->position + hunk->removed, <, end);
          end = hunk->position;
          g_string_erase (result, hunk->position * 2, hunk->removed * 2);
          g_string_insert_len (result, hunk->position * 2, fresh_text + hunk->fresh * 2,
                               hunk->added * 2);
        }
      g_assert_cmpstr (result->str, ==, fresh_text);
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Hunks/by-hand", test_by_hand);
  g_test_add_func ("/Rounds/Store/Hunks/by-chance", test_by_chance);
  return g_test_run ();
}
