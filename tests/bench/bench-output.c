/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Samples, and the lines that run-bench reads.
 * It measures nothing but time and memory.
 */

#include "config.h"

#include "bench-output.h"

#include <stdio.h>
#include <string.h>

BenchSamples *
bench_samples_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_samples_add (BenchSamples *self, double value)
{
  g_array_append_val (self, value);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a;
  double second = *(const double *)b;

  return first < second ? -1 : first > second;
}

double
bench_samples_get_percentile (BenchSamples *self, double part)
{
  g_autoptr (GArray) sorted = g_array_copy (self);

  g_assert (self->len > 0);
  g_array_sort (sorted, compare_doubles);
  return g_array_index (sorted, double, MIN ((guint)(part * sorted->len), sorted->len - 1));
}

static void
print_samples (const char *name, BenchSamples *samples)
{
  printf (", \"%s\": [", name);
  for (guint i = 0; i < samples->len; i++)
    printf ("%s%.9g", i > 0 ? ", " : "", g_array_index (samples, double, i));
  printf ("]");
}

void
bench_tell (const char *what, const char *unit, BenchSamples *ours, BenchSamples *theirs)
{
  printf ("{\"what\": \"%s\", \"unit\": \"%s\"", what, unit);
  print_samples ("ours", ours);
  if (theirs != NULL)
    print_samples ("theirs", theirs);
  printf ("}\n");
  fflush (stdout);
}

void
bench_tell_one (const char *what, const char *unit, double ours)
{
  g_autoptr (BenchSamples) samples = bench_samples_new ();

  bench_samples_add (samples, ours);
  bench_tell (what, unit, samples, NULL);
}

double
bench_now (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

double
bench_measure_memory (void)
{
  g_autofree char *rollup = NULL;
  g_autoptr (GError) error = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &rollup, NULL, &error))
    g_error ("%s", error->message);
  line = strstr (rollup, "\nPss:");
  g_assert (line != NULL);
  return (double)g_ascii_strtoull (line + strlen ("\nPss:"), NULL, 10) / 1024;
}
