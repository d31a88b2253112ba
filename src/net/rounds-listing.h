/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One whole list as a server sent it: what could be read, and what could not.
 * It compares with nothing; what the cache makes of it is up to sync.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  GPtrArray *records; /* RoundsAppointment, RoundsMeeting, RoundsUser or RoundsHospital */
  GPtrArray *unreadable_ids; /* char *: records with an id of which the rest made no sense */
  guint n_unreadable; /* those and the ones without an id */
  gboolean is_known; /* FALSE: this server has no such list, or not for us; nothing else is set */
} RoundsListing;

#define ROUNDS_TYPE_LISTING (rounds_listing_get_type ())
GType rounds_listing_get_type (void) G_GNUC_CONST;

/* An empty known one whose records are freed with @free_record. */
RoundsListing *rounds_listing_new (GDestroyNotify free_record);
RoundsListing *rounds_listing_new_unknown (void);
RoundsListing *rounds_listing_ref (RoundsListing *self);
void rounds_listing_unref (RoundsListing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsListing, rounds_listing_unref)

G_END_DECLS
