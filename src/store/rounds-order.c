/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Ascending numbers as the distances between them, with a way in at each block.
 * It knows no table and no model.
 */

#include "config.h"

#include "rounds-order.h"

#include "rounds-hunks.h"

/* Rows from one way in to the next. */
#define BLOCK 64
/* A byte of a distance carries seven bits; the eighth says that there is another byte. */
#define LOW_BITS 0x7f
#define MORE 0x80

typedef struct
{
  RoundsRowKey first;
  guint offset; /* of the distance to the row after it */
} Block;

struct _RoundsOrder
{
  GArray *blocks; /* of Block */
  GByteArray *distances;
  RoundsRowKey last;
  guint length;
};

/* A walk: the row at @position is @key. */
typedef struct
{
  const RoundsOrder *order;
  guint position;
  guint offset;
  RoundsRowKey key;
} Walk;

RoundsOrder *
rounds_order_new (void)
{
  RoundsOrder *self = g_atomic_rc_box_new0 (RoundsOrder);

  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  self->distances = g_byte_array_new ();
  return self;
}

static void
clear (gpointer data)
{
  RoundsOrder *self = data;

  g_array_unref (self->blocks);
  g_byte_array_unref (self->distances);
}

RoundsOrder *
rounds_order_ref (RoundsOrder *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rounds_order_unref (RoundsOrder *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
append_distance (GByteArray *distances, guint64 distance)
{
  guint8 bytes[10];
  guint length = 0;

  while (distance > LOW_BITS)
    {
      bytes[length++] = (guint8)((distance & LOW_BITS) | MORE);
      distance >>= 7;
    }
  bytes[length++] = (guint8)distance;
  g_byte_array_append (distances, bytes, length);
}

void
rounds_order_append (RoundsOrder *self, RoundsRowKey key)
{
  g_return_if_fail (key >= 0);
  g_return_if_fail (self->length == 0 || key > self->last);

  if (self->length % BLOCK == 0)
    {
      Block block = { .first = key, .offset = self->distances->len };

      g_array_append_val (self->blocks, block);
    }
  else
    append_distance (self->distances, (guint64)(key - self->last));
  self->last = key;
  self->length++;
}

guint
rounds_order_get_length (const RoundsOrder *self)
{
  return self->length;
}

static void
enter_block (Walk *walk, guint block)
{
  const Block *start = &g_array_index (walk->order->blocks, Block, block);

  walk->position = block * BLOCK;
  walk->offset = start->offset;
  walk->key = start->first;
}

static void
go_on (Walk *walk)
{
  const guint8 *bytes = walk->order->distances->data;
  guint64 distance = 0;
  guint shift = 0;

  if ((walk->position + 1) % BLOCK == 0)
    {
      if (walk->position + 1 < walk->order->length)
        enter_block (walk, (walk->position + 1) / BLOCK);
      else
        walk->position++;
      return;
    }
  walk->position++;
  if (walk->position >= walk->order->length)
    return;
  do
    {
      distance |= (guint64)(bytes[walk->offset] & LOW_BITS) << shift;
      shift += 7;
    }
  while (bytes[walk->offset++] & MORE);
  walk->key += (RoundsRowKey)distance;
}

static Walk
begin_walk (const RoundsOrder *order)
{
  Walk walk = { .order = order };

  if (order->length > 0)
    enter_block (&walk, 0);
  return walk;
}

RoundsRowKey
rounds_order_get (const RoundsOrder *self, guint position)
{
  Walk walk = { .order = self };

  g_return_val_if_fail (position < self->length, 0);

  enter_block (&walk, position / BLOCK);
  while (walk.position < position)
    go_on (&walk);
  return walk.key;
}

gboolean
rounds_order_contains (const RoundsOrder *self, RoundsRowKey key)
{
  Walk walk = { .order = self };
  guint low = 0;
  guint high = self->blocks->len;

  if (self->length == 0 || key > self->last)
    return FALSE;
  /* The last block that does not begin after it. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->blocks, Block, middle).first <= key)
        low = middle;
      else
        high = middle;
    }
  enter_block (&walk, low);
  while (walk.position < self->length && walk.key < key)
    go_on (&walk);
  return walk.position < self->length && walk.key == key;
}

GArray *
rounds_order_compare (RoundsOrder *old, RoundsOrder *fresh, GHashTable *changed)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (RoundsHunk));
  Walk before = begin_walk (old);
  Walk after = begin_walk (fresh);

  while (before.position < old->length || after.position < fresh->length)
    {
      gboolean goes = after.position == fresh->length
                      || (before.position < old->length && before.key <= after.key);
      gboolean comes = before.position == old->length
                       || (after.position < fresh->length && after.key <= before.key);

      if (goes != comes || g_hash_table_contains (changed, &after.key))
        rounds_hunks_note (hunks, before.position, after.position, goes, comes);
      if (goes)
        go_on (&before);
      if (comes)
        go_on (&after);
    }
  return hunks;
}
