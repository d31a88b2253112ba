/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * roundsd's main().
 * Everything that it does is in rounds-commands.c and the library behind it.
 */

#include "config.h"

#include "rounds-commands.h"
#include "rounds-init.h"

#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* glibc would give each worker a heap of its own, and keep what a long list needed once: a few
 * heaps are enough, and large texts go straight back to the system. */
static void
bound_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 4);
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  mallopt (M_TRIM_THRESHOLD, 512 * 1024);
#endif
}

int
main (int argc, char **argv)
{
  bound_memory ();
  setlocale (LC_ALL, "");
  rounds_init ("roundsd");
  return rounds_commands_run (argc, argv);
}
