/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a visit can be booked with: hospitals, departments and doctors, by who books it and which
 * record is changed. The rows that show it are RoundsVisitGroup's.
 */

#include "config.h"

#include "rounds-visit-choices.h"

#include <glib/gi18n.h>

#include "rounds-person.h"
#include "rounds-place.h"

/**
 * rounds_visit_choices_hospitals:
 * @own: (out): the position of @user's own, or 0
 *
 * Staff and doctors have one hospital; patients and administrators choose.
 *
 * Returns: (transfer full) (element-type RoundsHospital): those that @user can book at
 */
GPtrArray *
rounds_visit_choices_hospitals (RoundsStore *store, const RoundsUser *user, guint *own)
{
  GListModel *places = rounds_store_get_hospitals (store);
  gboolean is_fixed = user->role == ROUNDS_ROLE_DOCTOR || user->role == ROUNDS_ROLE_HOSPITAL;
  GPtrArray *hospitals = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_hospital_unref);

  *own = 0;
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (RoundsPlace) place = g_list_model_get_item (places, i);
      RoundsHospital *hospital = rounds_place_get_hospital (place);
      gboolean is_own = g_strcmp0 (hospital->id, user->hospital_id) == 0;

      if (is_fixed && !is_own)
        continue;
      if (is_own)
        *own = hospitals->len;
      g_ptr_array_add (hospitals, rounds_hospital_ref (hospital));
    }
  return hospitals;
}

/**
 * rounds_visit_choices_departments:
 * @record: (nullable): what is changed
 * @chosen: (out): the position of its department, or else of @user's own, or 0
 *
 * Returns: (transfer full): the hospital's, and the one that a record has from other days
 */
GStrv
rounds_visit_choices_departments (const RoundsHospital *hospital, const RoundsUser *user,
                                  const RoundsAppointment *record, guint *chosen)
{
  const char *own = record != NULL ? record->department : user->department;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv names = NULL;

  g_strv_builder_addv (builder, (const char **)hospital->departments);
  if (record != NULL && own != NULL
      && !g_strv_contains ((const char *const *)hospital->departments, own))
    g_strv_builder_add (builder, own);
  names = g_strv_builder_end (builder);

  *chosen = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_strcmp0 (names[i], own) == 0)
        *chosen = i;
    }
  return names;
}

static void
unref_doctor (gpointer doctor)
{
  if (doctor != NULL)
    rounds_user_unref (doctor);
}

static gboolean
has_doctor (GPtrArray *doctors, const char *id)
{
  for (guint i = 0; i < doctors->len; i++)
    {
      RoundsUser *doctor = g_ptr_array_index (doctors, i);

      if (doctor != NULL && g_str_equal (doctor->id, id))
        return TRUE;
    }
  return FALSE;
}

static void
add_doctors_of (GPtrArray *doctors, RoundsStore *store, const RoundsHospital *hospital)
{
  GListModel *people = rounds_store_get_people (store);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (people, i);
      RoundsUser *doctor = rounds_person_get_user (person);

      if (doctor->role == ROUNDS_ROLE_DOCTOR && g_strcmp0 (doctor->hospital_id, hospital->id) == 0)
        g_ptr_array_add (doctors, rounds_user_ref (doctor));
    }
}

/* A record's doctor who is not in the directory any more stays what can be chosen. */
static void
add_recorded_doctor (GPtrArray *doctors, const char *id)
{
  RoundsUser *doctor = NULL;

  if (id == NULL || has_doctor (doctors, id))
    return;
  doctor = rounds_user_new ();
  doctor->id = g_strdup (id);
  doctor->name = g_strdup (_ ("Somebody you can’t see"));
  g_ptr_array_add (doctors, doctor);
}

/**
 * rounds_visit_choices_doctors:
 * @record: (nullable): what is changed
 *
 * Returns: (transfer full) (element-type RoundsUser): those at @hospital whom @user can book; %NULL
 *   stands for any of them
 */
GPtrArray *
rounds_visit_choices_doctors (RoundsStore *store, const RoundsHospital *hospital, RoundsUser *user,
                              const RoundsAppointment *record)
{
  const char *recorded = record != NULL ? record->doctor_id : NULL;
  GPtrArray *doctors = g_ptr_array_new_with_free_func (unref_doctor);

  if (user->role == ROUNDS_ROLE_DOCTOR)
    g_ptr_array_add (doctors, rounds_user_ref (user)); /* doctors book for themselves (api.md) */
  else
    {
      if (recorded == NULL)
        g_ptr_array_add (doctors, NULL);
      add_doctors_of (doctors, store, hospital);
    }
  add_recorded_doctor (doctors, recorded);
  return doctors;
}
