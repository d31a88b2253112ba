/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a list as its listeners believe them to be, also in the middle of telling what
 * changed. It holds no entries and asks nobody. Main thread.
 */

#pragma once

#include "rounds-order.h"

G_BEGIN_DECLS

/* While changes are told, from the last to the first, the rows are the beginning of the old order
 * and the end of the new one. */
typedef struct
{
  RoundsOrder *old;
  guint n_old; /* rows of the old one, before */
  RoundsOrder *fresh;
  guint from; /* the row of the new one after them */
} RoundsShownOrder;

/* Tells listeners: as of g_list_model_items_changed(). */
typedef void (*RoundsShownOrderFunc) (guint position, guint removed, guint added, gpointer data);

void rounds_shown_order_init (RoundsShownOrder *self);
void rounds_shown_order_clear (RoundsShownOrder *self);

guint rounds_shown_order_get_length (const RoundsShownOrder *self);
/* @position: below the length. */
RoundsRowKey rounds_shown_order_get (const RoundsShownOrder *self, guint position);

/* The rows are those of @fresh from now on; @hunks (of RoundsHunk) says where they differ. @tell
 * hears of each hunk, and finds the rows as it was told. */
void rounds_shown_order_change (RoundsShownOrder *self, RoundsOrder *fresh, const GArray *hunks,
                                RoundsShownOrderFunc tell, gpointer data);

G_END_DECLS
