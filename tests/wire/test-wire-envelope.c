/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of JSend envelopes and of the body of a change of status.
 * HTTP statuses are tested in server and net.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-json.h"
#include "rounds-wire.h"
#include "wire-test.h"

static RoundsWireAnswer *
parse (const char *text, GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return rounds_wire_answer_parse (json, -1, error);
}

static void
test_write (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (JsonObject) success = rounds_wire_success (wire_test_object ("{'a':1}"));
  g_autoptr (JsonObject) nothing = rounds_wire_success (NULL);
  g_autoptr (JsonObject) plain = rounds_wire_fail ("not_found", "There is no such meeting", NULL);
  g_autoptr (JsonObject) empty = rounds_wire_fail ("not_found", "No", problems);
  g_autoptr (JsonObject) error = rounds_wire_error ("Something went wrong");
  g_autoptr (JsonObject) fail = NULL;

  rounds_problems_add (problems, "appointmentTime", "Has to be %s", "a time");
  rounds_problems_add (problems, "", "Wrong");
  fail = rounds_wire_fail ("invalid", "Wrong", problems);
  wire_test_assert_json (success, "{'status':'success','data':{'a':1}}");
  wire_test_assert_json (nothing, "{'status':'success','data':null}");
  wire_test_assert_json (
      plain, "{'status':'fail','code':'not_found','message':'There is no such meeting'}");
  wire_test_assert_json (empty, "{'status':'fail','code':'not_found','message':'No'}");
  wire_test_assert_json (error, "{'status':'error','message':'Something went wrong'}");
  wire_test_assert_json (fail, "{'status':'fail','code':'invalid','message':'Wrong','errors':["
                               "{'field':'appointmentTime','message':'Has to be a time'},"
                               "{'field':'','message':'Wrong'}]}");
}

static void
test_success (void)
{
  static const struct
  {
    const char *text;
    guint n_members;
  } cases[] = {
    { "{'status':'success','data':{'meeting':{}}}", 1 }, { "{'status':'success'}", 0 },
    { "{'status':'success','data':null}", 0 },           { "{'status':'success','data':[1]}", 0 },
    { "{'status':'success','data':'x','errors':7}", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsWireAnswer) answer = parse (cases[i].text, &error);

      g_assert_no_error (error);
      g_assert_true (answer->success);
      g_assert_cmpuint (json_object_get_size (answer->data), ==, cases[i].n_members);
      wire_test_assert_no_problem (answer->problems);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text, *code, *message;
    guint n_problems;
    const char *field, *problem;
  } cases[] = {
    { "{'status':'fail','code':'slot_taken','message':'Taken','errors':[{'field':'a.b',"
      "'message':'no'},{'message':'whole'}]}",
      "slot_taken", "Taken", 2, "a.b", "no" },
    { "{'status':'error','message':'Internal'}", NULL, "Internal", 0, NULL, NULL },
    { "{'status':'fail'}", NULL, NULL, 0, NULL, NULL },
    /* JSend's own form. */
    { "{'status':'fail','data':{'title':'A title is required','n':7}}", NULL, NULL, 1, "title",
      "A title is required" },
    { "{'status':'fail','data':{'message':'Not authorised'}}", NULL, "Not authorised", 0, NULL,
      NULL },
    /* Odd ones are still refusals. */
    { "{'status':'fail','code':7,'message':[],'errors':{}}", NULL, NULL, 0, NULL, NULL },
    { "{'status':'fail','errors':[7,null,[],{},{'field':7,'message':'m'}],'data':[]}", NULL, NULL,
      1, "", "m" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsWireAnswer) answer = parse (cases[i].text, &error);

      g_assert_no_error (error);
      g_assert_false (answer->success);
      g_assert_null (answer->data);
      g_assert_cmpstr (answer->code, ==, cases[i].code);
      g_assert_cmpstr (answer->message, ==, cases[i].message);
      g_assert_cmpuint (rounds_problems_get_length (answer->problems), ==, cases[i].n_problems);
      if (cases[i].field != NULL)
        g_assert_cmpstr (rounds_problems_find (answer->problems, cases[i].field), ==,
                         cases[i].problem);
    }
}

static void
test_own_envelopes_come_back (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (RoundsWireAnswer) answer = NULL;

  rounds_problems_add (problems, "title", "100 %% “sure”\n");
  json_node_take_object (node, rounds_wire_fail ("invalid", "Wrong", problems));
  text = rounds_json_to_text (node);
  answer = rounds_wire_answer_parse (text, -1, NULL);
  g_assert_cmpstr (answer->code, ==, "invalid");
  g_assert_cmpstr (rounds_problems_find (answer->problems, "title"), ==, "100 % “sure”\n");
}

static void
test_no_envelope (void)
{
  g_autofree char *brackets = g_strnfill (100000, '{');
  const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", ROUNDS_JSON_ERROR_SYNTAX },
    { "<html>", ROUNDS_JSON_ERROR_SYNTAX },
    { "{'status':'success'", ROUNDS_JSON_ERROR_SYNTAX },
    { "[]", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
    { "{}", ROUNDS_JSON_ERROR_SYNTAX },
    { "{'status':200}", ROUNDS_JSON_ERROR_SYNTAX },
    { "{'status':'ok'}", ROUNDS_JSON_ERROR_SYNTAX },
    { "{'status':['success']}", ROUNDS_JSON_ERROR_SYNTAX },
    { "{'status':'\xff'}", ROUNDS_JSON_ERROR_NOT_UTF8 },
  };
  g_autoptr (GError) deep = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsWireAnswer) answer = parse (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (answer);
      g_assert_error (error, ROUNDS_JSON_ERROR, cases[i].code);
    }
  g_assert_null (rounds_wire_answer_parse (brackets, -1, &deep));
  g_assert_true (deep->domain == ROUNDS_JSON_ERROR);
}

static void
test_many_problems (void)
{
  g_autoptr (GString) text = g_string_new ("{\"status\":\"fail\",\"errors\":[{}");
  g_autoptr (RoundsWireAnswer) answer = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append (text, ",{\"field\":\"f\",\"message\":\"m\"}");
  g_string_append (text, "]}");
  answer = rounds_wire_answer_parse (text->str, (gssize)text->len, NULL);
  g_assert_cmpuint (rounds_problems_get_length (answer->problems), ==, 100);
}

static void
test_status_change (void)
{
  /* The guide's PATCH, comment included. */
  g_autoptr (JsonObject) object
      = wire_test_object ("{'status':'active',  // scheduled, active, completed, cancelled\n"
                          "'notes':'Meeting started on time'}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (JsonObject) with_notes = NULL;
  g_autoptr (JsonObject) without = rounds_wire_status_change_to_json ("cancelled", NULL);
  const char *status = NULL;
  const char *notes = NULL;

  g_assert_true (rounds_wire_status_change_from_json (object, &status, &notes, problems));
  g_assert_cmpstr (status, ==, "active");
  g_assert_cmpstr (notes, ==, "Meeting started on time");
  with_notes = rounds_wire_status_change_to_json (status, notes);
  wire_test_assert_json (with_notes, "{'status':'active','notes':'Meeting started on time'}");
  wire_test_assert_json (without, "{'status':'cancelled'}");
  g_assert_true (rounds_wire_status_change_from_json (without, &status, &notes, problems));
  g_assert_null (notes);
}

static void
test_status_change_wrong (void)
{
  g_autofree char *filler = g_strnfill (20001, 'x');
  g_autofree char *long_notes = g_strdup_printf ("{'status':'active','notes':'%s'}", filler);
  const struct
  {
    const char *text, *field;
  } cases[] = {
    { "{}", "status" },
    { "{'status':null}", "status" },
    { "{'status':7}", "status" },
    { "{'status':'active','notes':7}", "notes" },
    { "{'status':'active','notes':'a\\u0007'}", "notes" },
    { long_notes, "notes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (cases[i].text);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      const char *status = NULL;
      const char *notes = NULL;

      g_assert_false (rounds_wire_status_change_from_json (object, &status, &notes, problems));
      wire_test_assert_problem (problems, cases[i].field);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-wire-envelope");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Wire/Envelope/write", test_write);
  g_test_add_func ("/Rounds/Wire/Envelope/success", test_success);
  g_test_add_func ("/Rounds/Wire/Envelope/refusals", test_refusals);
  g_test_add_func ("/Rounds/Wire/Envelope/own-come-back", test_own_envelopes_come_back);
  g_test_add_func ("/Rounds/Wire/Envelope/no-envelope", test_no_envelope);
  g_test_add_func ("/Rounds/Wire/Envelope/many-problems", test_many_problems);
  g_test_add_func ("/Rounds/Wire/StatusChange/good", test_status_change);
  g_test_add_func ("/Rounds/Wire/StatusChange/wrong", test_status_change_wrong);
  return g_test_run ();
}
