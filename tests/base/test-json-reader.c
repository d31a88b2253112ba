/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of typed reading: every reader against every kind of value.
 * What is JSON at all is tested in test-json.c.
 */

#include "rounds-json.h"

#include "rounds-init.h"

typedef enum
{
  READ_STRING,
  READ_TEXT, /* up to 5 characters */
  READ_INT, /* −5 to 130 */
  READ_BOOLEAN,
  READ_TIME,
  READ_ID,
  READ_OBJECT,
  READ_ARRAY,
  N_READERS,
} Reader;

static gboolean
read_member (RoundsJsonReader *reader, Reader kind, gboolean required)
{
  const char *text = "untouched";
  gint64 number = -77;
  gboolean boolean = -77;
  JsonObject *object = NULL;
  JsonArray *array = NULL;
  gboolean found = FALSE;

  switch (kind)
    {
    case READ_STRING:
      found = rounds_json_read_string (reader, "m", required, &text);
      break;
    case READ_TEXT:
      found = rounds_json_read_text (reader, "m", required, 5, &text);
      break;
    case READ_INT:
      found = rounds_json_read_int (reader, "m", required, -5, 130, &number);
      break;
    case READ_BOOLEAN:
      found = rounds_json_read_boolean (reader, "m", required, &boolean);
      break;
    case READ_TIME:
      found = rounds_json_read_time (reader, "m", required, &number);
      break;
    case READ_ID:
      found = rounds_json_read_id (reader, "m", required, &text);
      break;
    case READ_OBJECT:
      found = rounds_json_read_object (reader, "m", required, &object);
      break;
    case READ_ARRAY:
      found = rounds_json_read_array (reader, "m", required, &array);
      break;
    case N_READERS:
    default:
      g_assert_not_reached ();
    }

  if (!found)
    {
      g_assert_cmpstr (text, ==, "untouched");
      g_assert_cmpint (number, ==, -77);
      g_assert_cmpint (boolean, ==, -77);
      g_assert_null (object);
      g_assert_null (array);
    }
  return found;
}

#define BIT(reader) (1u << (reader))
#define TEXTS (BIT (READ_STRING) | BIT (READ_TEXT))

/* Which readers take which value; all others have to name the field. */
static const struct
{
  const char *value;
  guint readers;
} values[] = {
  { "\"\"", TEXTS },
  { "\"text\"", TEXTS },
  { "\"12345\"", TEXTS },
  { "\"123456\"", BIT (READ_STRING) },
  { "\"éàüöß\"", TEXTS },
  { "\"a\\tb\\nc\"", TEXTS },
  { "\"a\\r\\nb\"", TEXTS },
  { "\"a\\u0001\"", BIT (READ_STRING) },
  { "\"a\\u001b\"", BIT (READ_STRING) },
  { "\"a\\u0085\"", BIT (READ_STRING) },
  { "\"true\"", TEXTS },
  { "\"35\"", TEXTS },
  { "35", BIT (READ_INT) },
  { "35.0", BIT (READ_INT) },
  { "3.5e1", BIT (READ_INT) },
  { "-5", BIT (READ_INT) },
  { "-0", BIT (READ_INT) },
  { "-0.0", BIT (READ_INT) },
  { "130", BIT (READ_INT) },
  { "0", BIT (READ_INT) },
  { "1", BIT (READ_INT) },
  { "131", 0 },
  { "-6", 0 },
  { "35.5", 0 },
  { "0.1", 0 },
  { "9223372036854775807", 0 },
  /* json-glib alone would make −1 or the largest number of these. */
  { "9223372036854775808", 0 },
  { "18446744073709551615", 0 },
  { "18446744073709551616", 0 },
  { "-9223372036854775809", 0 },
  { "100000000000000000000000000000000000000000", 0 },
  { "1e400", 0 },
  { "-1e400", 0 },
  { "1e19", 0 },
  { "true", BIT (READ_BOOLEAN) },
  { "false", BIT (READ_BOOLEAN) },
  { "\"2024-01-15T14:00:00Z\"", BIT (READ_STRING) | BIT (READ_TIME) },
  { "\"2024-01-15\"", BIT (READ_STRING) },
  { "\"65a51c2f9b1e8a0012345678\"", BIT (READ_STRING) | BIT (READ_ID) },
  { "\"65A51C2F9B1E8A0012345678\"", BIT (READ_STRING) },
  { "{}", BIT (READ_OBJECT) },
  { "{\"a\":1}", BIT (READ_OBJECT) },
  { "[]", BIT (READ_ARRAY) },
  { "[1]", BIT (READ_ARRAY) },
};

static void
test_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"m\":%s}", values[i].value);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = rounds_json_parse_object (text, -1, &error);

      g_assert_no_error (error);
      for (guint kind = 0; kind < N_READERS; kind++)
        {
          g_autoptr (RoundsProblems) problems = rounds_problems_new ();
          RoundsJsonReader reader = { object, "patientDetails.", problems };
          gboolean expected = (values[i].readers & BIT (kind)) != 0;

          g_test_message ("reader %u, %s", kind, values[i].value);
          g_assert_cmpint (read_member (&reader, kind, FALSE), ==, expected);
          g_assert_cmpuint (rounds_problems_get_length (problems), ==, expected ? 0 : 1);
          if (!expected)
            g_assert_nonnull (rounds_problems_find (problems, "patientDetails.m"));
        }
    }
}

static void
test_absent (void)
{
  static const char *const texts[] = { "{}", "{\"m\":null}", "{\"M\":1}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = rounds_json_parse_object (texts[i], -1, NULL);

      for (guint kind = 0; kind < N_READERS; kind++)
        {
          g_autoptr (RoundsProblems) problems = rounds_problems_new ();
          RoundsJsonReader reader = { object, "", problems };

          g_assert_false (read_member (&reader, kind, FALSE));
          g_assert_cmpuint (rounds_problems_get_length (problems), ==, 0);
          g_assert_false (read_member (&reader, kind, TRUE));
          g_assert_cmpstr (rounds_problems_find (problems, "m"), ==, "Required");
        }
    }
}

static void
test_values (void)
{
  g_autoptr (JsonObject) object = rounds_json_parse_object (
      "{\"s\":\"x\",\"i\":-3.0,\"b\":true,\"t\":\"1970-01-01T00:00:01Z\",\"o\":{\"k\":1},"
      "\"l\":[1,2],\"min\":-9223372036854775808,\"max\":9223372036854775807}",
      -1, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { object, "", problems };
  const char *text = NULL;
  gint64 number;
  gboolean boolean = FALSE;
  JsonObject *member = NULL;
  JsonArray *list = NULL;

  g_assert_true (rounds_json_read_string (&reader, "s", TRUE, &text));
  g_assert_cmpstr (text, ==, "x");
  g_assert_true (rounds_json_read_int (&reader, "i", TRUE, -10, 10, &number));
  g_assert_cmpint (number, ==, -3);
  g_assert_true (rounds_json_read_int (&reader, "min", TRUE, G_MININT64, G_MAXINT64, &number));
  g_assert_cmpint (number, ==, G_MININT64);
  g_assert_true (rounds_json_read_int (&reader, "max", TRUE, G_MININT64, G_MAXINT64, &number));
  g_assert_cmpint (number, ==, G_MAXINT64);
  g_assert_true (rounds_json_read_boolean (&reader, "b", TRUE, &boolean));
  g_assert_true (boolean);
  g_assert_true (rounds_json_read_time (&reader, "t", TRUE, &number));
  g_assert_cmpint (number, ==, G_USEC_PER_SEC);
  g_assert_true (rounds_json_read_object (&reader, "o", TRUE, &member));
  g_assert_true (json_object_has_member (member, "k"));
  g_assert_true (rounds_json_read_array (&reader, "l", TRUE, &list));
  g_assert_cmpuint (json_array_get_length (list), ==, 2);
  g_assert_cmpuint (rounds_problems_get_length (problems), ==, 0);
}

static void
test_messages (void)
{
  g_autoptr (JsonObject) object
      = rounds_json_parse_object ("{\"age\":131,\"title\":\"toolong\",\"version\":0}", -1, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { object, "", problems };
  const char *text = NULL;
  gint64 number;

  g_assert_false (rounds_json_read_int (&reader, "age", TRUE, 0, 130, &number));
  g_assert_false (rounds_json_read_text (&reader, "title", TRUE, 3, &text));
  g_assert_cmpstr (rounds_problems_find (problems, "age"), ==,
                   "Has to be a whole number from 0 to 130");
  g_assert_false (rounds_json_read_int (&reader, "version", TRUE, 1, G_MAXINT, &number));
  g_assert_cmpstr (rounds_problems_find (problems, "version"), ==,
                   "Has to be a whole number, 1 at least");
  g_assert_cmpstr (rounds_problems_find (problems, "title"), ==,
                   "Has to be at most 3 characters long");
}

int
main (int argc, char **argv)
{
  rounds_init ("test-json-reader");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/JsonReader/types", test_types);
  g_test_add_func ("/Rounds/Base/JsonReader/absent", test_absent);
  g_test_add_func ("/Rounds/Base/JsonReader/values", test_values);
  g_test_add_func ("/Rounds/Base/JsonReader/messages", test_messages);

  return g_test_run ();
}
