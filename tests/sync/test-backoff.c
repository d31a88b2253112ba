/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How long the engine rests.
 * That it does is tested with the engine.
 */

#include "config.h"

#include "rounds-sync-backoff.h"
#include "rounds-test.h"

static void
test_table (void)
{
  static const struct
  {
    guint n_failures;
    double chance;
    guint retry_after;
    guint expected;
  } cases[] = {
    { 0, 0.0, 0, 30000 }, { 0, 1.0, 0, 30000 },    { 0, 0.5, 90, 90000 },
    { 1, 0.0, 0, 2000 },  { 1, 1.0, 0, 1000 },     { 1, 0.5, 0, 1500 },
    { 2, 0.0, 0, 4000 },  { 3, 0.0, 0, 8000 },     { 4, 0.0, 0, 16000 },
    { 5, 0.0, 0, 32000 }, { 6, 0.0, 0, 60000 },    { 6, 1.0, 0, 30000 },
    { 7, 0.0, 0, 60000 }, { 1000, 0.0, 0, 60000 }, { G_MAXUINT, 1.0, 0, 30000 },
    { 1, 0.0, 7, 7000 },  { 9, 0.0, 7, 60000 },    { 1, 0.0, 3600, 3600000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (
        rounds_sync_backoff (cases[i].n_failures, 30000, cases[i].chance, cases[i].retry_after), ==,
        cases[i].expected);
  g_assert_cmpuint (rounds_sync_backoff (0, 10000, 1.0, 0), ==, 10000);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Sync/Backoff/table", test_table);
  return g_test_run ();
}
