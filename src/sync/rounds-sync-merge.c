/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The three-way merge of a change: the rules of docs/sync.md, "Conflicts".
 * Whose turn it is to decide what cannot be merged is the caller's business.
 */

#include "config.h"

#include "rounds-sync-merge.h"

#include <string.h>

#include "rounds-appointment-draft.h"

/* No notes and empty notes are the same to a person. */
static gboolean
are_same (const char *a, const char *b)
{
  return strcmp (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Who adds to what was there has written only the end of it. */
static const char *
skip_base (const char *mine, const char *base)
{
  gsize length = base != NULL ? strlen (base) : 0;

  if (length == 0 || strncmp (mine, base, length) != 0)
    return mine;
  mine += length;
  while (*mine == '\n')
    mine++;
  return mine;
}

/* Whether whole lines of @notes say just @added. */
static gboolean
has_lines (const char *notes, const char *added)
{
  gsize length = strlen (added);

  for (const char *at = strstr (notes, added); at != NULL; at = strstr (at + 1, added))
    if ((at == notes || at[-1] == '\n') && (at[length] == '\0' || at[length] == '\n'))
      return TRUE;
  return FALSE;
}

static char *
join_notes (const char *base, const char *mine, const char *theirs, const char *heading)
{
  const char *added = skip_base (mine, base);
  gsize length = strlen (heading);

  /* Put together before, with what they had then: the heading is there already. */
  if (length > 0 && g_str_has_prefix (added, heading) && added[length] == '\n')
    added += length + 1;
  /* All of theirs is in mine already: an earlier edit of one's own that arrived after all. */
  if (g_str_has_prefix (mine, theirs) && mine[strlen (theirs)] == '\n')
    return g_strdup (mine);
  if (*added == '\0' || has_lines (theirs, added))
    return g_strdup (theirs);
  return g_strdup_printf ("%s\n\n%s\n%s", theirs, heading, added);
}

char *
rounds_merge_notes (const char *base, const char *mine, const char *theirs, const char *heading,
                    gboolean *fits)
{
  g_autofree char *merged = NULL;

  *fits = TRUE;
  if (mine == NULL || are_same (mine, theirs))
    return NULL;
  if (are_same (theirs, base) || are_same (theirs, NULL))
    return g_strdup (mine);
  /* Clearing what somebody else has written since would drop it. */
  if (are_same (mine, NULL))
    return NULL;

  merged = join_notes (base, mine, theirs, heading);
  *fits = g_utf8_strlen (merged, -1) <= ROUNDS_MAX_NOTES;
  return are_same (merged, theirs) ? NULL : g_steal_pointer (&merged);
}

RoundsMergeResult
rounds_merge (const RoundsMergeFields *base, const RoundsMergeFields *mine,
              const RoundsMergeFields *theirs, const char *heading, char **notes)
{
  g_autofree char *merged = NULL;
  gboolean fits;

  g_return_val_if_fail (base != NULL && mine != NULL && theirs != NULL, ROUNDS_MERGE_CONFLICT);
  g_return_val_if_fail (heading != NULL && notes != NULL, ROUNDS_MERGE_CONFLICT);

  if (theirs->status != base->status && theirs->status != mine->status)
    return ROUNDS_MERGE_CONFLICT;

  merged = rounds_merge_notes (base->notes, mine->notes, theirs->notes, heading, &fits);
  if (!fits)
    return ROUNDS_MERGE_CONFLICT;
  if (theirs->status == mine->status && merged == NULL)
    return ROUNDS_MERGE_DONE;

  *notes = g_steal_pointer (&merged);
  return ROUNDS_MERGE_SEND;
}
