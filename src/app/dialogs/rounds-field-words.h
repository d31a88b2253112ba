/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a record and their values in words, one at a time: for comparing two versions.
 * How a whole record is told is in rounds-entry-words.h.
 */

#pragma once

#include "rounds-sync.h"

G_BEGIN_DECLS

/* The fields in which two versions of a record differ. */
RoundsSyncFields rounds_field_words_compare (RoundsEntry *a, RoundsEntry *b);
/* "Status", "Notes" … of one field. Static. */
const char *rounds_field_words_name (RoundsSyncFields field);
/* What @entry has there, for @viewer; "None" for nothing. @now: µs, UTC. (transfer full) */
char *rounds_field_words_value (RoundsEntry *entry, RoundsSyncFields field, RoundsUser *viewer,
                                RoundsStore *store, gint64 now);
/* "When, Length": the names of all of @fields. (transfer full) */
char *rounds_field_words_list (RoundsSyncFields fields);

G_END_DECLS
