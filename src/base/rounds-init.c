/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The one-time set-up that every program and test of Rounds shares.
 * It opens no file, starts no thread and knows no program in particular.
 */

#include "rounds-init.h"

#include <libdex.h>
#include <locale.h>

#include "rounds-log.h"

void
rounds_init (const char *program)
{
  static gsize done = 0;

  g_return_if_fail (program != NULL);

  if (!g_once_init_enter (&done))
    return;

  setlocale (LC_ALL, "");
  g_set_prgname (program);
  g_log_set_writer_func (rounds_log_writer, NULL, NULL);
  dex_init ();

  g_once_init_leave (&done, 1);
}
