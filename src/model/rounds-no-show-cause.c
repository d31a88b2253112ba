/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The words for why a visit did not take place.
 */

#include "config.h"

#include "rounds-no-show-cause.h"

static const char *const causes[ROUNDS_N_NO_SHOW_CAUSES]
    = { NULL, "patient", "staff", "technical" };

const char *
rounds_no_show_cause_to_string (RoundsNoShowCause cause)
{
  g_return_val_if_fail (cause < G_N_ELEMENTS (causes), NULL);

  return causes[cause];
}

RoundsNoShowCause
rounds_no_show_cause_from_string (const char *text)
{
  for (int i = 0; i < ROUNDS_N_NO_SHOW_CAUSES; i++)
    {
      if (g_strcmp0 (causes[i], text) == 0)
        return (RoundsNoShowCause)i;
    }
  return ROUNDS_CAUSE_NONE;
}
