/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How a program of the bench ends that could not measure: with a line that says why.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_fail (const char *format, ...) G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN;

G_END_DECLS
