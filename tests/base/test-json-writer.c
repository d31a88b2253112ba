/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * JSON text as it is written: json-glib reads back what was meant, wherever in a text something has
 * to be escaped.
 */

#include "config.h"

#include "rounds-json-writer.h"

#include "rounds-clock.h"
#include "rounds-init.h"
#include "rounds-json.h"

#include <string.h>

static char *
write_text (const char *value)
{
  GString *text = g_string_new (NULL);
  RoundsJsonWriter writer = { text };

  rounds_json_begin_object (&writer, NULL);
  rounds_json_write_text (&writer, "value", value);
  rounds_json_end_object (&writer);
  g_assert_cmpuint (strlen (text->str), ==, text->len);
  return g_string_free_and_steal (text);
}

static void
assert_read_back (const char *value)
{
  g_autofree char *json = write_text (value);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = rounds_json_parse_object (json, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "value"), ==, value);
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *value;
    const char *json;
  } cases[] = {
    { "", "{\"value\":\"\"}" },
    { "plain", "{\"value\":\"plain\"}" },
    { "\"", "{\"value\":\"\\\"\"}" },
    { "a\\b", "{\"value\":\"a\\\\b\"}" },
    { "\b\f\n\r\t", "{\"value\":\"\\b\\f\\n\\r\\t\"}" },
    { "\x01\x1f\x7f", "{\"value\":\"\\u0001\\u001f\\u007f\"}" },
    { "Jürgen 李 🩺 مريم", "{\"value\":\"Jürgen 李 🩺 مريم\"}" },
    { "eight ch", "{\"value\":\"eight ch\"}" },
    { "eight ch\"", "{\"value\":\"eight ch\\\"\"}" },
    { "</script>", "{\"value\":\"</script>\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = write_text (cases[i].value);

      g_assert_cmpstr (json, ==, cases[i].json);
      assert_read_back (cases[i].value);
    }
}

/* Text is looked at in words of eight bytes: each byte there is, at each place of a word and in
 * what is left over behind the last one, among letters and among bytes of UTF-8. */
static void
test_every_byte_everywhere (void)
{
  static const char *const others[] = { "abcdefghijklmnopqrs", "ééééééééé!" };

  for (gsize other = 0; other < G_N_ELEMENTS (others); other++)
    {
      gsize length = strlen (others[other]);

      for (guint byte = 1; byte < 0x80; byte++)
        {
          for (gsize place = 0; place < length; place += 1 + other)
            {
              g_autofree char *head = g_strndup (others[other], place);
              g_autofree char *value
                  = g_strdup_printf ("%s%c%s", head, (char)byte, others[other] + place);

              assert_read_back (value);
            }
        }
    }
}

/* What does not fit any more moves; nothing is lost on the way. */
static void
test_long (void)
{
  for (gsize length = 0; length < 700; length++)
    {
      g_autofree char *plain = g_strnfill (length, 'x');
      g_autofree char *worst = g_strnfill (length, '\x02');

      assert_read_back (plain);
      assert_read_back (worst);
    }
}

static void
test_shape (void)
{
  static const char expected[]
      = "{\"a\":[\"x\",-9223372036854775808,9223372036854775807,0,true,{},[]],"
        "\"b\":{\"when\":\"1970-01-01T00:00:00.000Z\"},\"words\":[\"p\",\"q\"]}";
  char *const words[] = { (char *)"p", (char *)"q", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  RoundsJsonWriter writer = { text };

  rounds_json_begin_object (&writer, NULL);
  rounds_json_begin_array (&writer, "a");
  rounds_json_write_text (&writer, NULL, "x");
  rounds_json_write_text (&writer, NULL, NULL);
  rounds_json_write_int (&writer, NULL, G_MININT64);
  rounds_json_write_int (&writer, NULL, G_MAXINT64);
  rounds_json_write_int (&writer, NULL, 0);
  rounds_json_write_boolean (&writer, NULL, TRUE);
  rounds_json_begin_object (&writer, NULL);
  rounds_json_end_object (&writer);
  rounds_json_begin_array (&writer, NULL);
  rounds_json_end_array (&writer);
  rounds_json_end_array (&writer);
  rounds_json_begin_object (&writer, "b");
  rounds_json_write_text (&writer, "absent", NULL);
  rounds_json_write_time (&writer, "never", ROUNDS_TIME_NONE);
  rounds_json_write_time (&writer, "when", 0);
  rounds_json_end_object (&writer);
  rounds_json_write_strv (&writer, "words", words);
  rounds_json_end_object (&writer);
  g_assert_cmpstr (text->str, ==, expected);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-json-writer");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Base/JsonWriter/escapes", test_escapes);
  g_test_add_func ("/Rounds/Base/JsonWriter/every-byte-everywhere", test_every_byte_everywhere);
  g_test_add_func ("/Rounds/Base/JsonWriter/long", test_long);
  g_test_add_func ("/Rounds/Base/JsonWriter/shape", test_shape);
  return g_test_run ();
}
