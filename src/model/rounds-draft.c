/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Checks of texts and ids that a draft holds.
 * It knows no draft.
 */

#include "rounds-draft-private.h"

#include "rounds-id.h"
#include "rounds-text.h"

static void
check_text (const char *text, const char *field, gsize max_chars, gboolean lines,
            RoundsProblems *problems)
{
  if (!g_utf8_validate (text, -1, NULL) || rounds_text_has_controls (text, lines))
    rounds_problems_add (problems, field, "Has characters that cannot be shown");
  else if (rounds_text_is_longer_than (text, max_chars))
    rounds_problems_add (problems, field, "Has to be at most %" G_GSIZE_FORMAT " characters long",
                         max_chars);
}

void
rounds_draft_check_line (const char *text, const char *field, gboolean required, gsize max_chars,
                         RoundsProblems *problems)
{
  g_return_if_fail (field != NULL && problems != NULL);

  if (text != NULL)
    {
      guint before = rounds_problems_get_length (problems);

      check_text (text, field, max_chars, FALSE, problems);
      if (rounds_problems_get_length (problems) > before)
        return;
    }
  if (required && rounds_text_is_blank (text))
    rounds_problems_add (problems, field, "Required");
}

void
rounds_draft_check_lines (const char *text, const char *field, gsize max_chars,
                          RoundsProblems *problems)
{
  g_return_if_fail (field != NULL && problems != NULL);

  if (text != NULL)
    check_text (text, field, max_chars, TRUE, problems);
}

void
rounds_draft_check_id (const char *id, const char *field, RoundsProblems *problems)
{
  g_return_if_fail (field != NULL && problems != NULL);

  if (id != NULL && !rounds_id_is_valid (id))
    rounds_problems_add (problems, field, "Has to be an id of 24 lower-case hexadecimal digits");
}
