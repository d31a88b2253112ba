/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital's record.
 * Whether its zone exists is checked where it comes in, by rounds_zone_is_valid().
 */

#include "rounds-hospital.h"

G_DEFINE_BOXED_TYPE (RoundsHospital, rounds_hospital, rounds_hospital_ref, rounds_hospital_unref)

static void
clear_hospital (gpointer data)
{
  RoundsHospital *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->timezone);
  g_strfreev (self->departments);
}

RoundsHospital *
rounds_hospital_new (void)
{
  RoundsHospital *self = g_atomic_rc_box_new0 (RoundsHospital);

  self->departments = g_new0 (char *, 1);
  return self;
}

RoundsHospital *
rounds_hospital_ref (RoundsHospital *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_hospital_unref (RoundsHospital *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_hospital);
}

gboolean
rounds_hospital_equal (const RoundsHospital *a, const RoundsHospital *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b
         || (g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->name, b->name) == 0
             && g_strcmp0 (a->timezone, b->timezone) == 0
             && g_strv_equal ((const char *const *)a->departments,
                              (const char *const *)b->departments));
}
