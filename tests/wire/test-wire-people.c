/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the user and hospital documents.
 * What of them a viewer may see is tested in model and server.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-wire.h"
#include "wire-test.h"

#define USER                                                                                       \
  "{'_id':'" DOCTOR_ID "','id':'" DOCTOR_ID "','name':'Dr. Zoë','email':'zoe@example.org',"        \
  "'role':'doctor','hospital':'" HOSPITAL_ID "','department':'Cardiology',"                        \
  "'phoneNumber':'+1234567890','age':40,'gender':'Female'}"
#define ADMIN                                                                                      \
  "{'_id':'" DOCTOR_ID "','id':'" DOCTOR_ID "','name':'Root','role':'admin','hospital':null}"
#define HOSPITAL                                                                                   \
  "{'_id':'" HOSPITAL_ID "','id':'" HOSPITAL_ID "','name':'St. Mary','timezone':'Europe/Berlin',"  \
  "'departments':['Cardiology','Neurology']}"

static void
test_user_round_trip (void)
{
  static const char *const texts[] = { USER, ADMIN };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (texts[i]);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsUser) read = rounds_wire_user_from_json (object, problems);
      g_autoptr (JsonObject) written = NULL;
      g_autoptr (RoundsUser) again = NULL;

      wire_test_assert_no_problem (problems);
      written = rounds_wire_user_to_json (read);
      again = rounds_wire_user_from_json (written, problems);
      wire_test_assert_json (written, texts[i]);
      g_assert_true (rounds_user_equal (read, again));
    }
}

static void
test_user_tolerated (void)
{
  static const char *const texts[] = {
    "{'id':'" DOCTOR_ID "','name':'A','role':'doctor','hospital':{'_id':'" HOSPITAL_ID "'}}",
    "{'_id':'" DOCTOR_ID "','name':'A','role':'doctor','hospital':'" HOSPITAL_ID
    "','email':null,'age':null,'password':7,'__v':0}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (texts[i]);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsUser) read = rounds_wire_user_from_json (object, problems);

      wire_test_assert_no_problem (problems);
      g_assert_cmpstr (read->id, ==, DOCTOR_ID);
      g_assert_cmpstr (read->hospital_id, ==, HOSPITAL_ID);
      g_assert_null (read->email);
      g_assert_cmpint (read->age, ==, -1);
    }
}

static void
test_user_wrong (void)
{
  static const struct
  {
    const char *text, *field;
  } cases[] = {
    { "{'name':'A','role':'doctor'}", "_id" },
    { "{'id':7,'name':'A','role':'doctor'}", "id" },
    { "{'_id':'" DOCTOR_ID "','role':'doctor'}", "name" },
    { "{'_id':'" DOCTOR_ID "','name':[],'role':'doctor'}", "name" },
    { "{'_id':'" DOCTOR_ID "','name':'A'}", "role" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'god'}", "role" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':1}", "role" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'admin','hospital':7}", "hospital" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'admin','email':7}", "email" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'admin','age':-1}", "age" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'admin','phoneNumber':7}", "phoneNumber" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'admin','department':{}}", "department" },
    { "{'_id':'" DOCTOR_ID "','name':'A','role':'admin','gender':1}", "gender" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (cases[i].text);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();

      g_assert_null (rounds_wire_user_from_json (object, problems));
      wire_test_assert_problem (problems, cases[i].field);
    }
}

static void
test_hospital_round_trip (void)
{
  g_autoptr (JsonObject) object = wire_test_object (HOSPITAL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsHospital) read = rounds_wire_hospital_from_json (object, problems);
  g_autoptr (JsonObject) written = NULL;

  wire_test_assert_no_problem (problems);
  written = rounds_wire_hospital_to_json (read);
  wire_test_assert_json (written, HOSPITAL);
}

static void
test_hospital_no_departments (void)
{
  g_autoptr (JsonObject) object
      = wire_test_object ("{'_id':'" HOSPITAL_ID "','name':'A','timezone':'UTC'}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsHospital) read = rounds_wire_hospital_from_json (object, problems);

  wire_test_assert_no_problem (problems);
  g_assert_nonnull (read->departments);
  g_assert_cmpuint (g_strv_length (read->departments), ==, 0);
}

static void
test_hospital_wrong (void)
{
  static const struct
  {
    const char *text, *field;
  } cases[] = {
    { "{'name':'A','timezone':'UTC'}", "_id" },
    { "{'_id':'" HOSPITAL_ID "','timezone':'UTC'}", "name" },
    { "{'_id':'" HOSPITAL_ID "','name':'A'}", "timezone" },
    { "{'_id':'" HOSPITAL_ID "','name':'A','timezone':1}", "timezone" },
    { "{'_id':'" HOSPITAL_ID "','name':'A','timezone':'UTC','departments':'x'}", "departments" },
    { "{'_id':'" HOSPITAL_ID "','name':'A','timezone':'UTC','departments':['x',{}]}",
      "departments[1]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (cases[i].text);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();

      g_assert_null (rounds_wire_hospital_from_json (object, problems));
      wire_test_assert_problem (problems, cases[i].field);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-wire-people");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Wire/User/round-trip", test_user_round_trip);
  g_test_add_func ("/Rounds/Wire/User/tolerated", test_user_tolerated);
  g_test_add_func ("/Rounds/Wire/User/wrong", test_user_wrong);
  g_test_add_func ("/Rounds/Wire/Hospital/round-trip", test_hospital_round_trip);
  g_test_add_func ("/Rounds/Wire/Hospital/no-departments", test_hospital_no_departments);
  g_test_add_func ("/Rounds/Wire/Hospital/wrong", test_hospital_wrong);
  return g_test_run ();
}
