/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who belongs to which audiences, found by audience.
 * What a member is, it does not know; it locks nothing.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One owner. */
typedef struct _RoundsAudienceIndex RoundsAudienceIndex;

RoundsAudienceIndex *rounds_audience_index_new (void);
void rounds_audience_index_free (RoundsAudienceIndex *self);

/* @member is borrowed; it may belong to many audiences. */
void rounds_audience_index_add (RoundsAudienceIndex *self, const char *const *audiences,
                                gpointer member);
/* With the same @audiences as when it was added. */
void rounds_audience_index_remove (RoundsAudienceIndex *self, const char *const *audiences,
                                   gpointer member);
/* The members of @audience as a set, or NULL. Borrowed until the next change. */
GHashTable *rounds_audience_index_get (RoundsAudienceIndex *self, const char *audience);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAudienceIndex, rounds_audience_index_free)

G_END_DECLS
