/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One whole list as a server sent it: what could be read, and what could not.
 * It compares with nothing; what the cache makes of it is up to sync.
 */

#include "config.h"

#include "rounds-listing.h"

G_DEFINE_BOXED_TYPE (RoundsListing, rounds_listing, rounds_listing_ref, rounds_listing_unref)

static void
clear_listing (gpointer data)
{
  RoundsListing *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->unreadable_ids, g_ptr_array_unref);
}

RoundsListing *
rounds_listing_new (GDestroyNotify free_record)
{
  RoundsListing *self = g_atomic_rc_box_new0 (RoundsListing);

  self->records = g_ptr_array_new_with_free_func (free_record);
  self->unreadable_ids = g_ptr_array_new_with_free_func (g_free);
  self->is_known = TRUE;
  return self;
}

RoundsListing *
rounds_listing_new_unknown (void)
{
  RoundsListing *self = rounds_listing_new (NULL);

  self->is_known = FALSE;
  return self;
}

RoundsListing *
rounds_listing_ref (RoundsListing *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_listing_unref (RoundsListing *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_listing);
}
