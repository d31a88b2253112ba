/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the C library's malloc() is told about a server: how much it may keep, and when it gives
 * back. It allocates nothing.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before there are threads. */
void rounds_heap_bound (void);

/* What is free goes back to the system, as far as whole pages of it are: of all heaps, and the end
 * of the one that the calling thread uses. Some hundred microseconds, and a fault for each page
 * that is used again: for pauses. Any thread. */
void rounds_heap_give_back (void);
/* Only the end of the one that the calling thread uses: for a thread that works now and then,
 * beside others that do not rest. */
void rounds_heap_give_own_end_back (void);

G_END_DECLS
