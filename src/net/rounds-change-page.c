/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One answer of the change feed, as a value.
 * It is asked for and read in rounds-api-changes.c.
 */

#include "config.h"

#include "rounds-change-page.h"

#include "rounds-appointment.h"
#include "rounds-hospital.h"
#include "rounds-meeting.h"
#include "rounds-user.h"

G_DEFINE_BOXED_TYPE (RoundsChangePage, rounds_change_page, rounds_change_page_ref,
                     rounds_change_page_unref)

static void
clear_page (gpointer data)
{
  RoundsChangePage *self = data;

  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  g_clear_pointer (&self->meetings, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_clear_pointer (&self->hospitals, g_ptr_array_unref);
  g_clear_pointer (&self->gone_appointments, g_ptr_array_unref);
  g_clear_pointer (&self->gone_meetings, g_ptr_array_unref);
  g_clear_pointer (&self->gone_users, g_ptr_array_unref);
  g_clear_pointer (&self->gone_hospitals, g_ptr_array_unref);
  g_clear_pointer (&self->unreadable_ids, g_ptr_array_unref);
  g_clear_pointer (&self->cursor, g_free);
}

/* With the NULL at its end that lists of ids have. */
static GPtrArray *
new_ids (void)
{
  return g_ptr_array_new_null_terminated (0, g_free, TRUE);
}

RoundsChangePage *
rounds_change_page_new (void)
{
  RoundsChangePage *self = g_atomic_rc_box_new0 (RoundsChangePage);

  self->appointments = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_appointment_unref);
  self->meetings = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_meeting_unref);
  self->users = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);
  self->hospitals = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_hospital_unref);
  self->gone_appointments = new_ids ();
  self->gone_meetings = new_ids ();
  self->gone_users = new_ids ();
  self->gone_hospitals = new_ids ();
  self->unreadable_ids = new_ids ();
  return self;
}

RoundsChangePage *
rounds_change_page_ref (RoundsChangePage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_change_page_unref (RoundsChangePage *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_page);
}

gboolean
rounds_change_page_is_empty (const RoundsChangePage *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !self->reset && self->n_unreadable == 0
         && self->appointments->len + self->meetings->len + self->users->len + self->hospitals->len
                    + self->gone_appointments->len + self->gone_meetings->len
                    + self->gone_users->len + self->gone_hospitals->len
                == 0;
}
