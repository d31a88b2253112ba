/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital's record, and what it may not be like.
 * Who may change it is in rounds-access.h.
 */

#include "rounds-hospital.h"

#include "rounds-draft-private.h"
#include "rounds-text.h"
#include "rounds-wall-time.h"

#define MAX_NAME 200
#define MAX_DEPARTMENTS 200

G_DEFINE_BOXED_TYPE (RoundsHospital, rounds_hospital, rounds_hospital_ref, rounds_hospital_unref)

static void
clear_hospital (gpointer data)
{
  RoundsHospital *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->timezone);
  g_strfreev (self->departments);
  g_array_unref (self->openings);
}

RoundsHospital *
rounds_hospital_new (void)
{
  RoundsHospital *self = g_atomic_rc_box_new0 (RoundsHospital);

  self->departments = g_new0 (char *, 1);
  self->openings = rounds_openings_new ();
  return self;
}

RoundsHospital *
rounds_hospital_copy (const RoundsHospital *self)
{
  RoundsHospital *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rounds_hospital_new ();
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->timezone = g_strdup (self->timezone);
  g_strfreev (copy->departments);
  copy->departments = g_strdupv (self->departments);
  g_array_append_vals (copy->openings, self->openings->data, self->openings->len);
  copy->version = self->version;
  return copy;
}

static void
check_departments (char *const *departments, RoundsProblems *problems)
{
  if (g_strv_length ((char **)departments) > MAX_DEPARTMENTS)
    rounds_problems_add (problems, "departments", "May be %d at most", MAX_DEPARTMENTS);
  for (gsize i = 0; departments[i] != NULL; i++)
    {
      g_autofree char *place = g_strdup_printf ("departments[%" G_GSIZE_FORMAT "]", i);

      rounds_draft_check_line (departments[i], place, TRUE, MAX_NAME, problems);
    }
}

void
rounds_hospital_check (const RoundsHospital *self, RoundsProblems *problems)
{
  g_return_if_fail (self != NULL && problems != NULL);

  rounds_draft_check_line (self->name, "name", TRUE, MAX_NAME, problems);
  if (rounds_text_is_blank (self->timezone))
    rounds_problems_add (problems, "timezone", "Required");
  else if (!rounds_zone_is_valid (self->timezone))
    rounds_problems_add (problems, "timezone", "Has to be an IANA zone, such as Europe/Berlin");
  check_departments (self->departments, problems);
  rounds_openings_check (self->openings, "openingHours", problems);
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
                              (const char *const *)b->departments)
             && rounds_openings_equal (a->openings, b->openings) && a->version == b->version);
}

gboolean
rounds_hospital_knows_openings (const RoundsHospital *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->version > 0 || self->openings->len > 0;
}
