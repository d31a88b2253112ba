/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What was heard of the change feed lately: the last number of each audience.
 * It answers for those who come a moment after a commit that they have not read yet.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One owner; thread-safe. */
typedef struct _RoundsHeard RoundsHeard;

/* @head: nothing before it is known. */
RoundsHeard *rounds_heard_new (gint64 head);
void rounds_heard_free (RoundsHeard *self);

/* @audiences: char * → gint64 *, heard up to @head. */
void rounds_heard_add (RoundsHeard *self, GHashTable *audiences, gint64 head);
/* The feed begins anew at @head. */
void rounds_heard_forget (RoundsHeard *self, gint64 head);
/* Whether there is, or may be, something after @seq for one of @audiences. */
gboolean rounds_heard_knows_more (RoundsHeard *self, const char *const *audiences, gint64 seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsHeard, rounds_heard_free)

G_END_DECLS
