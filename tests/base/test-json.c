/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of what JSON text is let in: limits, syntax, comments, encodings.
 * Members are read in test-json-reader.c.
 */

#include "rounds-json.h"

#include <string.h>

#include "rounds-init.h"

static const struct
{
  const char *text;
  RoundsJsonError code;
} refused[] = {
  { "", ROUNDS_JSON_ERROR_SYNTAX },
  { " \n\t", ROUNDS_JSON_ERROR_SYNTAX },
  { "// only a comment", ROUNDS_JSON_ERROR_SYNTAX },
  { "{", ROUNDS_JSON_ERROR_SYNTAX },
  { "}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{]", ROUNDS_JSON_ERROR_SYNTAX },
  { "[{]}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1}}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1,}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{,}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\" 1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1 \"b\":2}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":[1,2,]}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1} x", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1}{\"b\":2}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{'a':1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{a:1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "var a = {\"a\":1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":True}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":NaN}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":Infinity}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":0x10}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":010}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":+1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":.5}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1.}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":-}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":--1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1e}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"x\ty\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"x\ny\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"open}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"open\\", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"\\x\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"\\u12\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"\\ud800\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"\\udc00\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":\"admin\\u0000x\"}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"role\\u0000x\":1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1 / 2}", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1} /", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1} /* open", ROUNDS_JSON_ERROR_SYNTAX },
  { "{\"a\":1} /*/", ROUNDS_JSON_ERROR_SYNTAX },
  { "# {\"a\":1}", ROUNDS_JSON_ERROR_SYNTAX },
  { "[]", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
  { "[{\"a\":1}]", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
  { "null", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
  { "true", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
  { "12", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
  { "\"text\"", ROUNDS_JSON_ERROR_NOT_AN_OBJECT },
  { "{\"a\":\"\xff\"}", ROUNDS_JSON_ERROR_NOT_UTF8 },
  { "{\"a\":\"\xc0\xaf\"}", ROUNDS_JSON_ERROR_NOT_UTF8 },
  { "{\"a\":\"\xed\xa0\x80\"}", ROUNDS_JSON_ERROR_NOT_UTF8 },
  { "{\"a\":\"\xc3", ROUNDS_JSON_ERROR_NOT_UTF8 },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = rounds_json_parse_object (refused[i].text, -1, &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_null (object);
      g_assert_error (error, ROUNDS_JSON_ERROR, (int)refused[i].code);
    }
}

static void
test_taken (void)
{
  static const struct
  {
    const char *text;
    const char *read; /* as compact JSON */
  } cases[] = {
    { "{}", "{}" },
    { " \r\n{ }\t", "{}" },
    { "\xef\xbb\xbf{}", "{}" },
    { "{\"a\":[1,-2,3.5,true,null,\"x\"]}", "{\"a\":[1,-2,3.5,true,null,\"x\"]}" },
    { "// what it is\n{\"a\":1}", "{\"a\":1}" },
    { "{\"a\":1, // why\n \"b\":2} // end", "{\"a\":1,\"b\":2}" },
    { "{/**/\"a\"/* { [ \" */:/***/1}", "{\"a\":1}" },
    { "{\"a\":\"// no comment /* */\"}", "{\"a\":\"// no comment /* */\"}" },
    { "{\"a\":\"\\\\\",\"b\":\"\\\"{\"}", "{\"a\":\"\\\\\",\"b\":\"\\\"{\"}" },
    { "{\"a\":\"\\\\u0000\"}", "{\"a\":\"\\\\u0000\"}" },
    { "{\"a\":\"]}\"}", "{\"a\":\"]}\"}" },
    { "{\"\":1}", "{\"\":1}" },
    /* The last of two counts, as in every browser. */
    { "{\"a\":1,\"a\":\"x\"}", "{\"a\":\"x\"}" },
    { "{\"a\":9223372036854775807}", "{\"a\":9223372036854775807}" },
    { "{\"a\":-9223372036854775808}", "{\"a\":-9223372036854775808}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = rounds_json_parse_object (cases[i].text, -1, &error);
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      json_node_set_object (node, object);
      text = rounds_json_to_text (node);
      g_assert_cmpstr (text, ==, cases[i].read);
    }
}

static void
test_unicode (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object
      = rounds_json_parse_object ("{\"a\":\"\\ud83e\\uddd1 \\u00e9 عبد\"}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (object, "a"), ==, "\U0001F9D1 é عبد");
}

/* @depth levels in all, the top one an object. */
static char *
nest (guint depth, char opening, char closing)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 1; i < depth; i++)
    g_string_append_c (text, opening);
  if (depth == 1 || opening == '[')
    g_string_append_c (text, '1');
  for (guint i = 1; i < depth; i++)
    g_string_append_c (text, closing);
  g_string_append_c (text, '}');
  return g_string_free_and_steal (text);
}

static void
test_depth (void)
{
  static const struct
  {
    guint depth;
    gboolean taken;
  } cases[] = {
    { 1, TRUE },
    { ROUNDS_JSON_MAX_DEPTH, TRUE },
    { ROUNDS_JSON_MAX_DEPTH + 1, FALSE },
    { 1024, FALSE },
    { 5000000, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = nest (cases[i].depth, '[', ']');
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = rounds_json_parse_object (text, -1, &error);

      g_assert_cmpint (object != NULL, ==, cases[i].taken);
      if (!cases[i].taken)
        g_assert_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_TOO_DEEP);
    }
}

static void
test_brackets_in_text_are_no_depth (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "[{");
  g_string_append (text, "\" /* [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ */ }");

  object = rounds_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "a")), ==, 2000);
}

static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = rounds_json_parse_object ("{\"a\":1}garbage", 7, &error);
  g_autoptr (JsonObject) empty = NULL;
  g_autoptr (JsonObject) with_nul = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (object, "a"), ==, 1);

  empty = rounds_json_parse_object ("{}", 0, &error);
  g_assert_null (empty);
  g_assert_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_SYNTAX);
  g_clear_error (&error);

  with_nul = rounds_json_parse_object ("{}\0{", 4, &error);
  g_assert_null (with_nul);
  g_assert_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_NOT_UTF8);
}

/* Every cut of a good text is a mistake, and none is read beyond its end. */
static void
test_truncated (void)
{
  static const char text[] = "{\"a\":[1,{\"b\":\"\\u00e9\\\\\"}],/* x */\"n\":-12.5e3,\"l\":null}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      /* A copy of just that size: a sanitizer sees a read past it. */
      g_autofree char *cut = g_memdup2 (text, MAX (length, 1));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = rounds_json_parse_object (cut, length, &error);

      g_assert_null (object);
      g_assert_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_SYNTAX);
    }
}

/* Errors go to logs and to people: the line is named, the text is not. */
static void
test_error_quotes_nothing (void)
{
  static const char *const texts[] = { "{\n\"name\": Jane }", "{\n\"name\": 'Jane' }",
                                       "{\n\"name\": \"Jane", "{\n\"Jane\" \"x\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = rounds_json_parse_object (texts[i], -1, &error);

      g_assert_null (object);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "line 2"));
      g_assert_null (strstr (error->message, "Jane"));
    }
}

static void
test_random (void)
{
  static const char alphabet[] = "{}[]\":,\\/*-.0123456789eE+ntu \nx\xc3\xa9";

  for (int i = 0; i < 20000; i++)
    {
      gsize length = g_test_rand_int_range (0, 40);
      g_autofree char *text = g_malloc (length + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = NULL;

      for (gsize j = 0; j < length; j++)
        text[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (length > 0)
        text[0] = '{';
      object = rounds_json_parse_object (text, length, &error);
      g_assert_true ((object == NULL) == (error != NULL));
    }
}

/* What is not of the asked for kind is as if it were not there. */
static void
test_peek (void)
{
  static const char *const others[] = { "number", "flag", "nothing", "list", "absent" };
  g_autoptr (JsonObject) object = rounds_json_parse_object (
      "{\"text\":\"é\",\"empty\":\"\",\"inside\":{\"text\":\"x\"},\"number\":1,\"flag\":true,"
      "\"nothing\":null,\"list\":[\"x\"]}",
      -1, NULL);

  g_assert_cmpstr (rounds_json_peek_text (object, "text"), ==, "é");
  g_assert_cmpstr (rounds_json_peek_text (object, "empty"), ==, "");
  g_assert_null (rounds_json_peek_text (object, "inside"));
  g_assert_cmpstr (rounds_json_peek_text (rounds_json_peek_object (object, "inside"), "text"), ==,
                   "x");
  g_assert_null (rounds_json_peek_object (object, "text"));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_null (rounds_json_peek_text (object, others[i]));
      g_assert_null (rounds_json_peek_object (object, others[i]));
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-json");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Json/refused", test_refused);
  g_test_add_func ("/Rounds/Base/Json/taken", test_taken);
  g_test_add_func ("/Rounds/Base/Json/unicode", test_unicode);
  g_test_add_func ("/Rounds/Base/Json/depth", test_depth);
  g_test_add_func ("/Rounds/Base/Json/brackets-in-text-are-no-depth",
                   test_brackets_in_text_are_no_depth);
  g_test_add_func ("/Rounds/Base/Json/length", test_length);
  g_test_add_func ("/Rounds/Base/Json/truncated", test_truncated);
  g_test_add_func ("/Rounds/Base/Json/error-quotes-nothing", test_error_quotes_nothing);
  g_test_add_func ("/Rounds/Base/Json/random", test_random);

  g_test_add_func ("/Rounds/Base/Json/peek", test_peek);
  return g_test_run ();
}
