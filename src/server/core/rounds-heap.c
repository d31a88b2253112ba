/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the C library's malloc() is told about a server: how much it may keep, and when it gives
 * back. Only glibc's has such settings; with another one nothing is done. Neither where a
 * sanitizer's serves: glibc's is not made then, and two threads that ask for it at once would meet
 * half of it.
 */

#include "config.h"

#include "rounds-heap.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <malloc.h>
#include <stdlib.h>

/* glibc would give each worker a heap of its own; a few are enough. */
#define MOST_HEAPS 4
/* The text of a long list, some MiB, lies in a heap, without a fault for each of its pages each
 * time; and a heap keeps its end until a pause. glibc learns such numbers from what is freed, until
 * one of them is set: so both are. */
#define MAPPED_FROM (8 * 1024 * 1024)
#define END_KEPT (16 * 1024 * 1024)
/* More than malloc() would put aside for the next one who asks. */
#define LARGE (128 * 1024)

void
rounds_heap_bound (void)
{
  mallopt (M_ARENA_MAX, MOST_HEAPS);
  mallopt (M_MMAP_THRESHOLD, MAPPED_FROM);
  mallopt (M_TRIM_THRESHOLD, END_KEPT);
}

/* malloc_trim() leaves the end of all heaps but the first. It is looked at when something large is
 * freed, by who uses that heap. */
void
rounds_heap_give_own_end_back (void)
{
  mallopt (M_TRIM_THRESHOLD, 0);
  /* volatile: the compiler would do without the two. */
  void *volatile large = malloc (LARGE);
  free (large);
  mallopt (M_TRIM_THRESHOLD, END_KEPT);
}

void
rounds_heap_give_back (void)
{
  rounds_heap_give_own_end_back ();
  malloc_trim (0);
}

#else

void
rounds_heap_bound (void)
{
}

void
rounds_heap_give_back (void)
{
}

void
rounds_heap_give_own_end_back (void)
{
}

#endif
