/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many writes share a commit, by what commits and jobs took.
 */

#include "config.h"

#include "rounds-db-pace.h"
#include "rounds-test.h"

/* As if each commit and each job had always taken so long, and so many wrote at the same time. */
static RoundsDbPace
make_pace (gint64 commit_time, gint64 job_time, guint n_writers)
{
  RoundsDbPace pace = { 0 };

  for (int i = 0; i < 200; i++)
    {
      rounds_db_pace_note_job (&pace, job_time);
      rounds_db_pace_note_commit (&pace, commit_time, n_writers / 2, n_writers - n_writers / 2);
    }
  return pace;
}

static void
test_shares (void)
{
  static const struct
  {
    gint64 commit_time; /* µs, as the next */
    gint64 job_time;
    guint n_writers;
    gboolean halves; /* a commit takes half of them */
    gboolean waits; /* for those that are not there yet */
  } rows[] = {
    { 100, 50, 32, TRUE, FALSE }, /* a disk that is not felt */
    { 700, 50, 32, TRUE, FALSE }, /* one that takes less than all jobs */
    { 700, 50, 8, FALSE, TRUE }, /* and more than those of few */
    { 100, 50, 8, FALSE, FALSE },   { 5000, 50, 32, FALSE, TRUE }, /* one that means it */
    { 5000, 50, 120, TRUE, FALSE }, { 5000, 500, 32, TRUE, FALSE },
    { 5000, 50, 1, FALSE, FALSE }, /* nobody to wait for */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RoundsDbPace pace = make_pace (rows[i].commit_time, rows[i].job_time, rows[i].n_writers);
      guint most = rounds_db_pace_get_most (&pace);
      gint64 now = g_get_monotonic_time ();

      g_test_message ("row %zu", i);
      if (rows[i].halves)
        g_assert_cmpuint (most, ==, rows[i].n_writers / 2);
      else
        g_assert_cmpuint (most, >=, rows[i].n_writers);
      g_assert_cmpint (rounds_db_pace_get_patience (&pace, 1, now) > 0, ==, rows[i].waits);
      /* All are there. */
      g_assert_cmpint (rounds_db_pace_get_patience (&pace, rows[i].n_writers, now), ==, 0);
    }
}

/* Not longer than half of a commit, and for nobody who has stopped writing. */
static void
test_patience (void)
{
  RoundsDbPace pace = make_pace (10000, 50, 20);
  gint64 now = g_get_monotonic_time ();

  g_assert_cmpint (rounds_db_pace_get_patience (&pace, 5, now - 4500), <=, now - 4500 + 5000);
  g_assert_cmpint (rounds_db_pace_get_patience (&pace, 5, now), >, now);
  rounds_db_pace_note_silence (&pace, 5);
  g_assert_cmpint (rounds_db_pace_get_patience (&pace, 5, now), ==, 0);
}

static void
test_first (void)
{
  RoundsDbPace pace = { 0 };

  g_assert_cmpuint (rounds_db_pace_get_most (&pace), >, 1);
  g_assert_cmpint (rounds_db_pace_get_patience (&pace, 1, g_get_monotonic_time ()), ==, 0);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Db/Pace/shares", test_shares);
  g_test_add_func ("/Rounds/Db/Pace/patience", test_patience);
  g_test_add_func ("/Rounds/Db/Pace/first", test_first);
  return g_test_run ();
}
