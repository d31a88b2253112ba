/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * roundsd's main().
 * Everything that it does is in rounds-commands.c and the library behind it.
 */

#include "config.h"

#include "rounds-commands.h"
#include "rounds-heap.h"
#include "rounds-init.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  rounds_heap_bound ();
  setlocale (LC_ALL, "");
  rounds_init ("roundsd");
  return rounds_commands_run (argc, argv);
}
