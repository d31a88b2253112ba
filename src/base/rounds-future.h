/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Small helpers around libdex that every room of the app needs.
 * No service lives here.
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Spawns @fiber on the main thread's scheduler with @data, freed by @free_data when it ends.
 * It runs to its end: dropping the future only stops listening. What has to end it sooner is a
 * GCancellable in @data. (transfer full) */
DexFuture *rounds_spawn (DexFiberFunc fiber, gpointer data,
                         GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;

typedef void (*RoundsFailureFunc) (const GError *error, gpointer owner);

/* The one end of a future that nobody awaits: takes @future, and when it fails calls @failed with
 * the error and @owner, unless @owner is gone by then or the error is a cancellation.
 * Main thread only. */
void rounds_future_watch (DexFuture *future, GObject *owner, RoundsFailureFunc failed);

/* Whether @error only says that somebody stopped waiting. */
gboolean rounds_error_is_cancelled (const GError *error);

G_END_DECLS
