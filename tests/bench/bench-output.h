/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a bench program tells run-bench: one JSON object a line, with the samples of both sides.
 * Goals and tables are run-bench's.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers in the order in which they were measured. */
typedef GArray BenchSamples;

BenchSamples *bench_samples_new (void);
void bench_samples_add (BenchSamples *self, double value);
/* The value below which @part (0…1) of the samples are. */
double bench_samples_get_percentile (BenchSamples *self, double part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSamples, g_array_unref)

/* @theirs: what ours is compared with, or NULL. */
void bench_tell (const char *what, const char *unit, BenchSamples *ours, BenchSamples *theirs);
void bench_tell_one (const char *what, const char *unit, double ours);

/* Seconds since an unknown moment. */
double bench_now (void);

/* Proportional set size of this process in MiB. */
double bench_measure_memory (void);

G_END_DECLS
