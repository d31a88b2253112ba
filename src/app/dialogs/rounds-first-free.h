/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The time that a form proposes: the first one at which somebody is free.
 * It finds one in the cache at once, and a better one in what the server offers. It shows nothing.
 */

#pragma once

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_FIRST_FREE (rounds_first_free_get_type ())
G_DECLARE_FINAL_TYPE (RoundsFirstFree, rounds_first_free, ROUNDS, FIRST_FREE, GObject)

/* What begins sooner has begun by the time that a form is filled in. */
#define ROUNDS_FIRST_FREE_LEAD (5 * ROUNDS_MINUTE)

/* Signal "found" (start: gint64, µs UTC), for the last question; twice where the server's offer is
 * a better answer than the cache's. */

RoundsFirstFree *rounds_first_free_new (RoundsSync *sync);
/* When is @person (nullable: anybody, that is soon) free for @minutes, while @hospital (nullable:
 * anywhere) is open, as far as that is known? FALSE where that was the last question, too; then
 * nothing is done. */
gboolean rounds_first_free_ask (RoundsFirstFree *self, const char *person, RoundsHospital *hospital,
                                int minutes);
/* The server's answer to the same question: a GArray of RoundsTimeRange, or NULL. The first answer
 * to a question counts. */
void rounds_first_free_take_offer (RoundsFirstFree *self, GArray *slots);
/* The same question is another one again. */
void rounds_first_free_forget (RoundsFirstFree *self);

G_END_DECLS
