/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a list in their order, packed: one to six bytes each, whatever they say.
 * What they say is read for those that are in sight; see rounds-entry-window.h.
 */

#pragma once

#include "rounds-entry.h"

G_BEGIN_DECLS

/* A row as one number that sorts as lists do: its number in its table, then its kind. */
typedef gint64 RoundsRowKey;

static inline RoundsRowKey
rounds_row_key (gint64 number, RoundsEntryKind kind)
{
  return number << 1 | (gint64)kind;
}

static inline gint64
rounds_row_key_get_number (RoundsRowKey key)
{
  return key >> 1;
}

static inline RoundsEntryKind
rounds_row_key_get_kind (RoundsRowKey key)
{
  return (RoundsEntryKind)(key & 1);
}

/* Atomic reference count; does not change once somebody else has it. */
typedef struct _RoundsOrder RoundsOrder;

RoundsOrder *rounds_order_new (void);
RoundsOrder *rounds_order_ref (RoundsOrder *self);
void rounds_order_unref (RoundsOrder *self);

/* @key: not negative, and after all that are there. */
void rounds_order_append (RoundsOrder *self, RoundsRowKey key);

guint rounds_order_get_length (const RoundsOrder *self);
/* @position: below the length. */
RoundsRowKey rounds_order_get (const RoundsOrder *self, guint position);
gboolean rounds_order_contains (const RoundsOrder *self, RoundsRowKey key);

/* How @fresh differs from @old, as RoundsHunk; rows of both whose key is in @changed (a set of
 * RoundsRowKey pointers) count as different. (transfer full) */
GArray *rounds_order_compare (RoundsOrder *old, RoundsOrder *fresh, GHashTable *changed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsOrder, rounds_order_unref)

G_END_DECLS
