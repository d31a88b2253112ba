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

/* glibc would give each worker a heap of its own; a few are enough. The text of a long list, some
 * MiB, lies in a heap too: mapped for itself it would cost a fault for each of its pages each time.
 * In a pause all that is free goes back to the system (rounds-worker-pool.c). */
static void
bound_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 4);
  mallopt (M_MMAP_THRESHOLD, 8 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 16 * 1024 * 1024);
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
