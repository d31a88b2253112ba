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

/* glibc would give each worker a heap of its own; a few are enough. What it learns by itself is
 * left alone: the text of a long list, some MiB, is mapped the first time, and lies in a heap from
 * then on, without a fault for each of its pages. In a pause all that is free goes back to the
 * system (rounds-worker-pool.c). */
static void
bound_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 4);
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
