/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A person's record.
 * It decides nothing about what the person may do.
 */

#include "rounds-user.h"

G_DEFINE_BOXED_TYPE (RoundsUser, rounds_user, rounds_user_ref, rounds_user_unref)

static void
clear_user (gpointer data)
{
  RoundsUser *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->hospital_id);
  g_free (self->department);
  g_free (self->phone);
  g_free (self->gender);
}

RoundsUser *
rounds_user_new (void)
{
  RoundsUser *self = g_atomic_rc_box_new0 (RoundsUser);

  self->age = -1;
  return self;
}

RoundsUser *
rounds_user_ref (RoundsUser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_user_unref (RoundsUser *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_user);
}

gboolean
rounds_user_equal (const RoundsUser *a, const RoundsUser *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b
         || (a->role == b->role && a->age == b->age && g_strcmp0 (a->id, b->id) == 0
             && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->email, b->email) == 0
             && g_strcmp0 (a->hospital_id, b->hospital_id) == 0
             && g_strcmp0 (a->department, b->department) == 0 && g_strcmp0 (a->phone, b->phone) == 0
             && g_strcmp0 (a->gender, b->gender) == 0);
}
