/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One answer of the change feed: what changed, what went, and from where to go on.
 * What the cache makes of it is up to sync.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  GPtrArray *appointments; /* RoundsAppointment, RoundsMeeting, RoundsUser, RoundsHospital */
  GPtrArray *meetings;
  GPtrArray *users;
  GPtrArray *hospitals;
  GPtrArray *gone_appointments; /* char *: ids of what the person does not see any more */
  GPtrArray *gone_meetings;
  GPtrArray *gone_users;
  GPtrArray *gone_hospitals;
  GPtrArray *unreadable_ids; /* char *: of records that made no sense, of any kind */
  guint n_unreadable; /* those and changes that say not even what they are about */
  char *cursor;
  gboolean more; /* ask again at once */
  gboolean reset; /* what comes from here on is all there is */
  guint total; /* with reset: about how many changes there are to come; 0: it does not say */
} RoundsChangePage;

#define ROUNDS_TYPE_CHANGE_PAGE (rounds_change_page_get_type ())
GType rounds_change_page_get_type (void) G_GNUC_CONST;

RoundsChangePage *rounds_change_page_new (void);
RoundsChangePage *rounds_change_page_ref (RoundsChangePage *self);
void rounds_change_page_unref (RoundsChangePage *self);
/* Whether it says that nothing changed. */
gboolean rounds_change_page_is_empty (const RoundsChangePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsChangePage, rounds_change_page_unref)

G_END_DECLS
