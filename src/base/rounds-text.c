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
      gunichar c = g_utf8_get_char (p);

      if (lines && (*p == '\t' || *p == '\n' || (*p == '\r' && p[1] == '\n')))
        continue;
      /* Security: an override of the writing direction shows another name than the one that is
       * there, and turns around what stands behind it. */
      if (g_unichar_iscntrl (c) || (!lines && (c == 0x202D || c == 0x202E)))
        return TRUE;
    }
  return FALSE;
}

/* Also what takes no room, such as U+200B, and the two letters and the one pattern of Unicode that
 * look like nothing. */
static gboolean
is_invisible (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT || c == 0x3164
         || c == 0xFFA0 || c == 0x2800;
}

gboolean
rounds_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!is_invisible (g_utf8_get_char (p)))
        return FALSE;
    }
  return TRUE;
}
