/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Parsing a JSON text from outside under limits, and writing one.
 * Members are read in rounds-json-reader.c, times in rounds-json-time.c.
 */

#include "rounds-json.h"

#include <stdio.h>
#include <string.h>

#include "rounds-json-scan-private.h"

G_DEFINE_QUARK (rounds_json_error_quark, rounds_json_error)

/* Security: json-glib's message quotes the text, which may hold patient data; only the line that it
 * names is passed on. */
static void
set_syntax_error (const GError *parse_error, GError **error)
{
  guint line = 0;

  if (sscanf (parse_error->message, "<data>:%u:", &line) == 1)
    g_set_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_SYNTAX,
                 "The JSON has a mistake in line %u", line);
  else
    g_set_error_literal (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_SYNTAX,
                         "The JSON has a mistake");
}

static JsonObject *
parse_scanned (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) parse_error = NULL;
  JsonNode *root = NULL;

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, length, &parse_error))
    {
      set_syntax_error (parse_error, error);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_NOT_AN_OBJECT,
                           "The JSON has to be an object");
      return NULL;
    }

  return json_node_dup_object (root);
}

JsonObject *
rounds_json_parse_object (const char *text, gssize length, GError **error)
{
  g_autofree char *copy = NULL;
  gsize n_bytes;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n_bytes = length < 0 ? strlen (text) : (gsize)length;
  if (!g_utf8_validate_len (text, n_bytes, NULL))
    {
      g_set_error_literal (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_NOT_UTF8,
                           "The JSON is not valid UTF-8");
      return NULL;
    }
  if (n_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      n_bytes -= 3;
    }

  copy = g_strndup (text, n_bytes);
  if (!rounds_json_scan (copy, n_bytes, error))
    return NULL;

  return parse_scanned (copy, n_bytes, error);
}

const char *
rounds_json_peek_text (JsonObject *object, const char *member)
{
  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  JsonNode *node = json_object_get_member (object, member);
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

JsonObject *
rounds_json_peek_object (JsonObject *object, const char *member)
{
  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  JsonNode *node = json_object_get_member (object, member);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char *
rounds_json_to_text (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return json_to_string (node, FALSE);
}
