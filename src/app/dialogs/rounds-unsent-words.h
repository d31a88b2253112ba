/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an edit is called that the server has not got, on the screen and in a copy.
 */

#pragma once

#include "rounds-outbox-item.h"

G_BEGIN_DECLS

/* All of them: static, in the person's language. */

/* What stands for the record while it is not in the cache. */
const char *rounds_unsent_words_missing (const RoundsOutboxItem *item);
/* For one that makes a record. */
const char *rounds_unsent_words_new (const RoundsOutboxItem *item);
/* The status that a step leads to. */
const char *rounds_unsent_words_status (const RoundsOutboxItem *item);

G_END_DECLS
