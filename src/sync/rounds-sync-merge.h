/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What becomes of a change when the record changed on the server meanwhile: field by field.
 * It asks nobody and sends nothing.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The fields that a change is about. */
typedef struct
{
  int status;
  const char *notes; /* NULL: none; in a change: left as they are */
} RoundsMergeFields;

typedef enum
{
  ROUNDS_MERGE_DONE, /* the server has just this already */
  ROUNDS_MERGE_SEND, /* the change stands, with the merged notes */
  ROUNDS_MERGE_CONFLICT, /* both changed the same differently: a person decides */
} RoundsMergeResult;

/* @base: what the person saw; @mine: what the change makes of it; @theirs: what the server has now.
 * Notes that both changed are both kept, @heading (who wrote @mine and when) between them.
 * @notes: (out) (transfer full) (nullable): the notes to send, NULL when they are left as they are;
 * set unless there is a conflict. */
RoundsMergeResult rounds_merge (const RoundsMergeFields *base, const RoundsMergeFields *mine,
                                const RoundsMergeFields *theirs, const char *heading, char **notes);

G_END_DECLS
