/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Secrets as text, which leave nothing in memory when they go.
 * It keeps none; what is a secret is known to those who have it.
 */

#include "config.h"

#include "rounds-wipe.h"

#include <string.h>

void
rounds_wipe_free (gpointer text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}
