/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What becomes of a change when the record changed on the server meanwhile: field by field.
 * It asks nobody and sends nothing.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-sync-fields.h"

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

/* The same for a change of fields, as JSON of rounds-wire-changes.h. @base: what the person saw of
 * the members that @mine names; @theirs: the record's document as the server has it. @mine becomes
 * what is to be sent. @conflicts: (out): the fields that both changed differently; @mine is not to
 * be sent then. */
RoundsMergeResult rounds_merge_changes (JsonObject *base, JsonObject *mine, JsonObject *theirs,
                                        const char *heading, RoundsSyncFields *conflicts);
/* Takes @fields out of @changes. */
void rounds_merge_drop_fields (JsonObject *changes, RoundsSyncFields fields);

/* The notes of the two. NULL when the server's are what the person wants, also when @mine is NULL.
 * @fits: (out): whether notes may be that long. */
char *rounds_merge_notes (const char *base, const char *mine, const char *theirs,
                          const char *heading, gboolean *fits);

G_END_DECLS
