/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Length, control characters and blankness of a text.
 * It changes no text.
 */

#include "rounds-text.h"

gboolean
rounds_text_is_longer_than (const char *text, gsize max_chars)
{
  gsize n_chars = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (++n_chars > max_chars)
        return TRUE;
    }
  return FALSE;
}

gboolean
rounds_text_has_controls (const char *text, gboolean lines)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (lines && (*p == '\t' || *p == '\n' || (*p == '\r' && p[1] == '\n')))
        continue;
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
}

gboolean
rounds_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        return FALSE;
    }
  return TRUE;
}
