/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The three-way merge of changed fields, case by case.
 * Status and the joining of notes are in test-merge.c.
 */

#include "config.h"

#include "rounds-json.h"
#include "rounds-sync-merge.h"
#include "rounds-test.h"

#define AT_10 "\"appointmentDate\":\"2024-01-15\",\"appointmentTime\":\"10:00\""
#define AT_11 "\"appointmentDate\":\"2024-01-15\",\"appointmentTime\":\"11:00\""
#define NEXT_DAY_AT_10 "\"appointmentDate\":\"2024-01-16\",\"appointmentTime\":\"10:00 AM\""

typedef struct
{
  const char *name;
  const char *base;
  const char *mine;
  const char *theirs;
  RoundsMergeResult result;
  const char *sent; /* NULL in a conflict */
  RoundsSyncFields conflicts;
} MergeCase;

static const MergeCase cases[] = {
  { "nobody else did anything", "{" AT_10 "}", "{" AT_11 "}", "{" AT_10 "}", ROUNDS_MERGE_SEND,
    "{" AT_11 "}", 0 },
  { "another field changed", "{" AT_10 "}", "{" AT_11 "}", "{" AT_10 ",\"department\":\"X\"}",
    ROUNDS_MERGE_SEND, "{" AT_11 "}", 0 },
  { "both moved it to the same time", "{" AT_10 "}", "{" AT_11 "}", "{" AT_11 "}",
    ROUNDS_MERGE_DONE, "{}", 0 },
  { "the same time in other words", "{" AT_11 "}",
    "{\"appointmentDate\":\"2024-01-15\",\"appointmentTime\":\"10:00 AM\"}", "{" AT_10 "}",
    ROUNDS_MERGE_DONE, "{}", 0 },
  { "both moved it", "{" AT_10 "}", "{" AT_11 "}", "{" NEXT_DAY_AT_10 "}", ROUNDS_MERGE_CONFLICT,
    NULL, ROUNDS_SYNC_FIELD_WHEN },
  { "moved, and lengthened there", "{" AT_10 ",\"durationMinutes\":30}",
    "{" AT_11 ",\"durationMinutes\":30}", "{" AT_10 ",\"durationMinutes\":60}", ROUNDS_MERGE_SEND,
    "{" AT_11 "}", 0 },
  { "one of two is so already", "{" AT_10 ",\"doctor\":\"a\"}", "{" AT_11 ",\"doctor\":\"b\"}",
    "{" AT_10 ",\"doctor\":\"b\"}", ROUNDS_MERGE_SEND, "{" AT_11 "}", 0 },
  { "two fields in conflict", "{\"doctor\":\"a\",\"department\":\"A\"}",
    "{\"doctor\":\"b\",\"department\":\"B\"}", "{\"doctor\":\"c\",\"department\":\"C\"}",
    ROUNDS_MERGE_CONFLICT, NULL, ROUNDS_SYNC_FIELD_DOCTOR | ROUNDS_SYNC_FIELD_DEPARTMENT },
  { "notes keep both", "{\"notes\":\"\"}", "{\"notes\":\"Mine\"}", "{\"notes\":\"Theirs\"}",
    ROUNDS_MERGE_SEND, "{\"notes\":\"Theirs\\n\\n— H —\\nMine\"}", 0 },
  { "notes cleared here, written there", "{\"notes\":\"Old\"}", "{\"notes\":\"\"}",
    "{\"notes\":\"New\"}", ROUNDS_MERGE_DONE, "{}", 0 },
  { "a text taken away", "{\"reasonForVisit\":\"Pain\"}", "{\"reasonForVisit\":\"\"}",
    "{\"reasonForVisit\":\"Pain\"}", ROUNDS_MERGE_SEND, "{\"reasonForVisit\":\"\"}", 0 },
  { "a text taken away on both sides", "{\"reasonForVisit\":\"Pain\"}", "{\"reasonForVisit\":\"\"}",
    "{}", ROUNDS_MERGE_DONE, "{}", 0 },
  { "both let people in", "{\"participants\":[\"a\",\"b\"]}",
    "{\"participants\":[\"a\",\"b\",\"c\"]}", "{\"participants\":[\"a\",\"b\",\"d\"]}",
    ROUNDS_MERGE_SEND, "{\"participants\":[\"a\",\"b\",\"d\",\"c\"]}", 0 },
  { "one lets in, one sends away", "{\"participants\":[\"a\",\"b\"]}", "{\"participants\":[\"a\"]}",
    "{\"participants\":[\"a\",\"b\",\"d\"]}", ROUNDS_MERGE_SEND, "{\"participants\":[\"a\",\"d\"]}",
    0 },
  { "different details of the patient", "{\"patientDetails\":{\"email\":\"a\"}}",
    "{\"patientDetails\":{\"email\":\"b\"}}",
    "{\"patientDetails\":{\"fullName\":\"X\",\"email\":\"a\",\"age\":3}}", ROUNDS_MERGE_SEND,
    "{\"patientDetails\":{\"email\":\"b\"}}", 0 },
  { "one detail is so already", "{\"patientDetails\":{\"email\":\"a\",\"age\":1}}",
    "{\"patientDetails\":{\"email\":\"b\",\"age\":2}}",
    "{\"patientDetails\":{\"fullName\":\"X\",\"email\":\"b\",\"age\":1}}", ROUNDS_MERGE_SEND,
    "{\"patientDetails\":{\"age\":2}}", 0 },
  { "the same detail of the patient", "{\"patientDetails\":{\"email\":\"a\"}}",
    "{\"patientDetails\":{\"email\":\"b\"}}",
    "{\"patientDetails\":{\"fullName\":\"X\",\"email\":\"c\"}}", ROUNDS_MERGE_CONFLICT, NULL,
    ROUNDS_SYNC_FIELD_PATIENT },
};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = rounds_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MergeCase *c = &cases[i];
      g_autoptr (JsonObject) base = parse (c->base);
      g_autoptr (JsonObject) mine = parse (c->mine);
      g_autoptr (JsonObject) theirs = parse (c->theirs);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *sent = NULL;
      RoundsSyncFields conflicts = ROUNDS_SYNC_ALL_FIELDS;

      g_test_message ("%s", c->name);
      g_assert_cmpint (rounds_merge_changes (base, mine, theirs, "— H —", &conflicts), ==,
                       c->result);
      g_assert_cmphex (conflicts, ==, c->conflicts);
      node = json_node_init_object (json_node_alloc (), mine);
      sent = rounds_json_to_text (node);
      if (c->sent != NULL)
        g_assert_cmpstr (sent, ==, c->sent);
    }
}

static void
test_fields (void)
{
  g_assert_cmphex (rounds_sync_fields_from_member ("appointmentDate"), ==, ROUNDS_SYNC_FIELD_WHEN);
  g_assert_cmphex (rounds_sync_fields_from_member ("scheduledAt"), ==, ROUNDS_SYNC_FIELD_WHEN);
  g_assert_cmphex (rounds_sync_fields_from_member ("meetingLink"), ==, ROUNDS_SYNC_NO_FIELDS);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Sync/MergeChanges/cases", test_cases);
  g_test_add_func ("/Rounds/Sync/MergeChanges/fields", test_fields);
  return g_test_run ();
}
