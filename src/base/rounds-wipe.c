/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Secrets as text, which leave nothing in memory when they go.
 * It keeps none; what is a secret is known to those who have it.
 */

#include "config.h"

#include "rounds-wipe.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (RoundsSecretText, rounds_secret_text, g_strdup, rounds_wipe_free)

void
rounds_wipe_free (gpointer text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

gboolean
rounds_wipe_set (RoundsSecretText **place, const char *text)
{
  RoundsSecretText *copy = NULL;

  g_return_val_if_fail (place != NULL, FALSE);

  if (g_strcmp0 (*place, text) == 0)
    return FALSE;
  copy = g_strdup (text);
  rounds_wipe_free (*place);
  *place = copy;
  return TRUE;
}
