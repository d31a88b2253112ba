/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tells when the computer woke up from sleep, or its clock was set.
 * What is to be done then is the listener's business.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Calls @jumped on the main thread each time. Needs no D-Bus, so that it works in every sandbox:
 * the kernel itself cancels a timer of the wall clock then. The number of the source, for
 * g_source_remove(); 0 where the kernel has no such timer. */
guint rounds_sync_watch_jumps (GSourceOnceFunc jumped, gpointer data);

G_END_DECLS
