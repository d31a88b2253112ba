/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a visit can be booked with, by who books it and which record is changed.
 * How the form shows it is tested with the running app.
 */

#include "config.h"

#include "records.h"
#include "rounds-test.h"
#include "rounds-visit-choices.h"

/* Two hospitals; Anna and Bert work at the first one, Cleo at the other, Desk is staff. */
static RoundsStore *
open_directory (void)
{
  static const struct
  {
    int number;
    const char *name;
    RoundsRole role;
    int hospital;
  } people[] = {
    { 1, "Anna", ROUNDS_ROLE_DOCTOR, 9000 },
    { 2, "Bert", ROUNDS_ROLE_DOCTOR, 9000 },
    { 3, "Cleo", ROUNDS_ROLE_DOCTOR, 9001 },
    { 4, "Desk", ROUNDS_ROLE_HOSPITAL, 9000 },
  };
  RoundsStore *store = open_store ();
  g_autoptr (GPtrArray) users = new_users ();
  g_autoptr (GPtrArray) hospitals = new_hospitals ();

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      RoundsUser *user = make_user (people[i].number, people[i].name);

      user->role = people[i].role;
      g_free (user->hospital_id);
      user->hospital_id = make_id (people[i].hospital);
      g_ptr_array_add (users, user);
    }
  g_ptr_array_add (hospitals, make_hospital (9001, "Elsewhere"));
  g_ptr_array_add (hospitals, make_hospital (9000, "Here"));
  rounds_test_expect (rounds_store_replace (store, NULL, NULL, users, hospitals));
  return store;
}

static RoundsUser *
make_viewer (RoundsRole role)
{
  RoundsUser *user = make_user (1, "Anna");

  user->role = role;
  if (role == ROUNDS_ROLE_ADMIN || role == ROUNDS_ROLE_PATIENT)
    g_clear_pointer (&user->hospital_id, g_free);
  return user;
}

/* "Anna, Bert"; "Any" for NULL. (transfer full) */
static char *
join_doctors (GPtrArray *doctors)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < doctors->len; i++)
    {
      const RoundsUser *doctor = g_ptr_array_index (doctors, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                              doctor != NULL ? doctor->name : "Any");
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_hospitals (void)
{
  static const struct
  {
    RoundsRole role;
    guint n_hospitals;
  } cases[] = {
    { ROUNDS_ROLE_DOCTOR, 1 },
    { ROUNDS_ROLE_HOSPITAL, 1 },
    { ROUNDS_ROLE_PATIENT, 2 },
    { ROUNDS_ROLE_ADMIN, 2 },
  };
  g_autoptr (RoundsStore) store = open_directory ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsUser) viewer = make_viewer (cases[i].role);
      guint own = G_MAXUINT;
      g_autoptr (GPtrArray) hospitals = rounds_visit_choices_hospitals (store, viewer, &own);

      g_assert_cmpuint (hospitals->len, ==, cases[i].n_hospitals);
      g_assert_cmpuint (own, ==, 0);
      if (hospitals->len == 1)
        g_assert_cmpstr (((RoundsHospital *)hospitals->pdata[0])->name, ==, "Here");
    }
}

/* A patient who has a hospital chooses, and begins with that. */
static void
test_own_hospital (void)
{
  g_autoptr (RoundsStore) store = open_directory ();
  g_autoptr (RoundsUser) viewer = make_viewer (ROUNDS_ROLE_PATIENT);
  g_autoptr (GPtrArray) hospitals = NULL;
  guint own = G_MAXUINT;

  viewer->hospital_id = make_id (9000);
  hospitals = rounds_visit_choices_hospitals (store, viewer, &own);
  g_assert_cmpuint (hospitals->len, ==, 2);
  g_assert_cmpstr (((RoundsHospital *)hospitals->pdata[own])->name, ==, "Here");
}

static void
test_departments (void)
{
  static const struct
  {
    const char *of_user;
    gboolean has_record;
    const char *of_record;
    const char *names;
    guint chosen;
  } cases[] = {
    { NULL, FALSE, NULL, "Cardiology, Ear, nose and throat", 0 },
    { "Ear, nose and throat", FALSE, NULL, "Cardiology, Ear, nose and throat", 1 },
    { "Closed", FALSE, NULL, "Cardiology, Ear, nose and throat", 0 },
    { NULL, TRUE, "Ear, nose and throat", "Cardiology, Ear, nose and throat", 1 },
    { NULL, TRUE, "Closed", "Cardiology, Ear, nose and throat, Closed", 2 },
    { "Ear, nose and throat", TRUE, NULL, "Cardiology, Ear, nose and throat", 0 },
  };
  g_autoptr (RoundsHospital) hospital = make_hospital (9000, "Here");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsUser) viewer = make_viewer (ROUNDS_ROLE_DOCTOR);
      g_autoptr (RoundsAppointment) record = make_appointment (1, "Patient");
      guint chosen = G_MAXUINT;
      g_auto (GStrv) names = NULL;
      g_autofree char *joined = NULL;

      g_set_str (&viewer->department, cases[i].of_user);
      g_set_str (&record->department, cases[i].of_record);
      names = rounds_visit_choices_departments (hospital, viewer,
                                                cases[i].has_record ? record : NULL, &chosen);
      joined = g_strjoinv (", ", names);
      g_assert_cmpstr (joined, ==, cases[i].names);
      g_assert_cmpuint (chosen, ==, cases[i].chosen);
    }
}

static void
test_doctors (void)
{
  static const struct
  {
    RoundsRole role;
    gboolean has_record;
    int doctor; /* of the record; 0: none */
    const char *names;
  } cases[] = {
    { ROUNDS_ROLE_HOSPITAL, FALSE, 0, "Any, Anna, Bert" },
    { ROUNDS_ROLE_PATIENT, FALSE, 0, "Any, Anna, Bert" },
    { ROUNDS_ROLE_DOCTOR, FALSE, 0, "Anna" },
    { ROUNDS_ROLE_HOSPITAL, TRUE, 0, "Any, Anna, Bert" },
    { ROUNDS_ROLE_HOSPITAL, TRUE, 2, "Anna, Bert" },
    { ROUNDS_ROLE_HOSPITAL, TRUE, 77, "Anna, Bert, Somebody you can’t see" },
    { ROUNDS_ROLE_DOCTOR, TRUE, 1, "Anna" },
    { ROUNDS_ROLE_DOCTOR, TRUE, 77, "Anna, Somebody you can’t see" },
  };
  g_autoptr (RoundsStore) store = open_directory ();
  g_autoptr (RoundsHospital) hospital = make_hospital (9000, "Here");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsUser) viewer = make_viewer (cases[i].role);
      g_autoptr (RoundsAppointment) record = make_appointment (1, "Patient");
      g_autoptr (GPtrArray) doctors = NULL;
      g_autofree char *names = NULL;

      g_free (record->doctor_id);
      record->doctor_id = cases[i].doctor != 0 ? make_id (cases[i].doctor) : NULL;
      doctors = rounds_visit_choices_doctors (store, hospital, viewer,
                                              cases[i].has_record ? record : NULL);
      names = join_doctors (doctors);
      g_assert_cmpstr (names, ==, cases[i].names);
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/App/Choices/hospitals", test_hospitals);
  g_test_add_func ("/Rounds/App/Choices/own-hospital", test_own_hospital);
  g_test_add_func ("/Rounds/App/Choices/departments", test_departments);
  g_test_add_func ("/Rounds/App/Choices/doctors", test_doctors);

  return g_test_run ();
}
