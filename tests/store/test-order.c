/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The packed order of rows against a plain array: what stands where, what is in it, what differs.
 */

#include "config.h"

#include "rounds-hunks.h"
#include "rounds-number.h"
#include "rounds-order.h"
#include "rounds-query.h"
#include "rounds-test.h"

static GArray *
make_keys (GRand *rand, guint length)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (RoundsRowKey));
  RoundsRowKey key = 0;

  for (guint i = 0; i < length; i++)
    {
      /* Neighbours, the next slot, the next year. */
      guint shift = (guint)g_rand_int_range (rand, 0, 57);

      key += 1 + (RoundsRowKey)(g_rand_int (rand) % (1u << MIN (shift, 31)))
             + (shift > 31 ? (G_GINT64_CONSTANT (1) << shift) / (gint64)length : 0);
      g_array_append_val (keys, key);
    }
  return keys;
}

static RoundsOrder *
pack (GArray *keys)
{
  RoundsOrder *order = rounds_order_new ();

  for (guint i = 0; i < keys->len; i++)
    rounds_order_append (order, g_array_index (keys, RoundsRowKey, i));
  return order;
}

static void
test_gives_back (void)
{
  const guint lengths[] = { 0, 1, 2, 63, 64, 65, 128, 1000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (gsize n = 0; n < G_N_ELEMENTS (lengths); n++)
    {
      g_autoptr (GArray) keys = make_keys (rand, lengths[n]);
      g_autoptr (RoundsOrder) order = pack (keys);

      g_assert_cmpuint (rounds_order_get_length (order), ==, lengths[n]);
      for (guint i = 0; i < lengths[n]; i++)
        {
          RoundsRowKey key = g_array_index (keys, RoundsRowKey, i);
          gboolean has_neighbour
              = i + 1 < lengths[n] && g_array_index (keys, RoundsRowKey, i + 1) == key + 1;

          g_assert_cmpint (rounds_order_get (order, i), ==, key);
          g_assert_true (rounds_order_contains (order, key));
          g_assert_cmpint (rounds_order_contains (order, key + 1), ==, has_neighbour);
        }
      g_assert_false (rounds_order_contains (order, 0));
      g_assert_false (rounds_order_contains (order, G_MAXINT64));
    }
}

/* What a listener of the hunks ends up with is the fresh order. */
static void
test_differences (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GHashTable) changed = rounds_query_rows_new ();

  for (int round = 0; round < 200; round++)
    {
      g_autoptr (GArray) all = make_keys (rand, (guint)g_rand_int_range (rand, 0, 300));
      g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (RoundsRowKey));
      g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (RoundsRowKey));
      g_autoptr (RoundsOrder) old = NULL;
      g_autoptr (RoundsOrder) fresh = NULL;
      g_autoptr (GArray) hunks = NULL;

      for (guint i = 0; i < all->len; i++)
        {
          int in = g_rand_int_range (rand, 0, 20);

          if (in != 0)
            g_array_append_val (before, g_array_index (all, RoundsRowKey, i));
          if (in != 1)
            g_array_append_val (after, g_array_index (all, RoundsRowKey, i));
        }
      old = pack (before);
      fresh = pack (after);
      hunks = rounds_order_compare (old, fresh, changed);
      for (guint i = hunks->len; i > 0; i--)
        {
          const RoundsHunk *hunk = &g_array_index (hunks, RoundsHunk, i - 1);

          if (hunk->removed > 0)
            g_array_remove_range (before, hunk->position, hunk->removed);
          if (hunk->added > 0)
            g_array_insert_vals (before, hunk->position,
                                 &g_array_index (after, RoundsRowKey, hunk->fresh), hunk->added);
        }
      g_assert_cmpmem (before->data, before->len * sizeof (RoundsRowKey), after->data,
                       after->len * sizeof (RoundsRowKey));
    }
}

static void
test_numbers (void)
{
  const gint64 moment = G_GINT64_CONSTANT (1705305600000000);

  g_assert_cmpint (rounds_number_get_start (rounds_number_for_start (moment)), ==, moment);
  g_assert_cmpint (rounds_number_for_start (moment), ==, rounds_number_for_start (moment + 999));
  g_assert_cmpint (rounds_number_for_start (moment), <, rounds_number_for_start (moment + 1000));
  g_assert_cmpint (rounds_number_from (moment), ==, rounds_number_for_start (moment));
  g_assert_cmpint (rounds_number_from (moment + 1), ==, rounds_number_for_start (moment + 1000));
  g_assert_cmpint (rounds_number_for_start (ROUNDS_TIME_NONE), ==, 0);
  g_assert_cmpint (rounds_number_for_start (G_MAXINT64), >, rounds_number_for_start (moment));
  /* Room for the kind beside the highest number. */
  g_assert_cmpint (rounds_row_key (rounds_number_for_start (G_MAXINT64), ROUNDS_ENTRY_MEETING), >,
                   0);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Store/Order/gives-back", test_gives_back);
  g_test_add_func ("/Rounds/Store/Order/differences", test_differences);
  g_test_add_func ("/Rounds/Store/Order/numbers", test_numbers);
  return g_test_run ();
}
