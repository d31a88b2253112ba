/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Preloaded into both servers of `./dev bench server`: a disk whose flush takes a while.
 * It makes nothing else slower, and no flush is left out.
 */

#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int (*Flush) (int fd);

/* The one that is asked for waits, as it would for the disk: the processor is free meanwhile. */
static void
wait_for_disk (void)
{
  const char *text = getenv ("BENCH_FLUSH_MICROSECONDS");
  long microseconds = text != NULL ? strtol (text, NULL, 10) : 0;
  struct timespec left = { microseconds / 1000000, microseconds % 1000000 * 1000 };

  while (nanosleep (&left, &left) != 0)
    continue;
}

static int
flush (const char *name, int fd)
{
  void *symbol = dlsym (RTLD_NEXT, name);
  Flush real;

  if (symbol == NULL)
    abort ();
  /* As POSIX has it done: ISO C knows no way from an object to a function. */
  *(void **)&real = symbol;
  wait_for_disk ();
  return real (fd);
}

__attribute__ ((visibility ("default"))) int
fsync (int fd)
{
  return flush ("fsync", fd);
}

__attribute__ ((visibility ("default"))) int
fdatasync (int fd)
{
  return flush ("fdatasync", fd);
}
