/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a list as its listeners believe them to be, also in the middle of telling what
 * changed. How two orders differ is worked out elsewhere (rounds-order.h).
 */

#include "config.h"

#include "rounds-shown-order.h"

#include "rounds-hunks.h"

void
rounds_shown_order_init (RoundsShownOrder *self)
{
  *self = (RoundsShownOrder){ .fresh = rounds_order_new () };
}

void
rounds_shown_order_clear (RoundsShownOrder *self)
{
  g_clear_pointer (&self->old, rounds_order_unref);
  g_clear_pointer (&self->fresh, rounds_order_unref);
}

guint
rounds_shown_order_get_length (const RoundsShownOrder *self)
{
  return self->n_old + rounds_order_get_length (self->fresh) - self->from;
}

RoundsRowKey
rounds_shown_order_get (const RoundsShownOrder *self, guint position)
{
  return position < self->n_old
             ? rounds_order_get (self->old, position)
             : rounds_order_get (self->fresh, position - self->n_old + self->from);
}

/* From the last hunk to the first: the positions of those before stay right, and at each word the
 * rows are what listeners believe them to be. */
void
rounds_shown_order_change (RoundsShownOrder *self, RoundsOrder *fresh, const GArray *hunks,
                           RoundsShownOrderFunc tell, gpointer data)
{
  self->old = self->fresh;
  self->n_old = rounds_order_get_length (self->old);
  self->fresh = rounds_order_ref (fresh);
  self->from = rounds_order_get_length (fresh);
  for (guint i = hunks->len; i > 0; i--)
    {
      const RoundsHunk *hunk = &g_array_index (hunks, RoundsHunk, i - 1);

      self->n_old = hunk->position;
      self->from = hunk->fresh;
      tell (hunk->position, hunk->removed, hunk->added, data);
    }
  self->n_old = 0;
  self->from = 0;
  g_clear_pointer (&self->old, rounds_order_unref);
}
