/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many of something one person has at a time: of more than that the oldest gives way.
 * What it is, it does not know; it locks nothing.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One owner. */
typedef struct _RoundsPersonLimit RoundsPersonLimit;

/* A member of what is counted, all zero at first. */
typedef struct
{
  GList link; /* among those of its person, oldest first */
  gpointer person; /* NULL: it is not counted */
} RoundsPersonSlot;

/* @most: of each person. */
RoundsPersonLimit *rounds_person_limit_new (guint most);
/* Nothing may be counted any more. */
void rounds_person_limit_free (RoundsPersonLimit *self);

/* Counts @item, whose @slot is, as the newest of @user_id. Returns the item that has to give way
 * for it, which is not counted any more; or NULL. */
gpointer rounds_person_limit_add (RoundsPersonLimit *self, const char *user_id,
                                  RoundsPersonSlot *slot, gpointer item);
/* Does nothing to one that is not counted. */
void rounds_person_limit_remove (RoundsPersonLimit *self, RoundsPersonSlot *slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsPersonLimit, rounds_person_limit_free)

G_END_DECLS
