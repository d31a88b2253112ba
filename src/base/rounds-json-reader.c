/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Reading the members of an object, each with its type and bounds, each mistake named.
 * It never fails as a whole; the caller looks at the problems when all is read.
 */

#include "rounds-json.h"

#include <math.h>

#include "rounds-id.h"
#include "rounds-text.h"

/* Up to here each integer has a double of its own. */
#define LARGEST_EXACT_DOUBLE 9007199254740992.0

static void
add_problem (RoundsJsonReader *reader, const char *member, const char *message)
{
  g_autofree char *field = g_strconcat (reader->prefix, member, NULL);

  rounds_problems_add (reader->problems, field, "%s", message);
}

/* The member's node, or NULL when it is absent or null (a problem when @required). */
static JsonNode *
find_node (RoundsJsonReader *reader, const char *member, gboolean required)
{
  JsonNode *node = json_object_get_member (reader->object, member);

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    return node;

  if (required)
    add_problem (reader, member, "Required");
  return NULL;
}

static gboolean
holds_value (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
holds_string (JsonNode *node)
{
  return holds_value (node, G_TYPE_STRING);
}

static gboolean
holds_boolean (JsonNode *node)
{
  return holds_value (node, G_TYPE_BOOLEAN);
}

static gboolean
holds_id (JsonNode *node)
{
  return holds_string (node) && rounds_id_is_valid (json_node_get_string (node));
}

static gboolean
holds_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node);
}

static gboolean
holds_array (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node);
}

/* The member's node when @is_right; a problem in the words of @message when it is not. */
static JsonNode *
find_right_node (RoundsJsonReader *reader, const char *member, gboolean required,
                 gboolean (*is_right) (JsonNode *node), const char *message)
{
  JsonNode *node = find_node (reader, member, required);

  if (node == NULL || is_right (node))
    return node;

  add_problem (reader, member, message);
  return NULL;
}

/* A whole number may come as 35 or as 35.0: languages with one number type write either. */
static gboolean
get_whole_number (JsonNode *node, gint64 *out)
{
  if (holds_value (node, G_TYPE_INT64))
    {
      *out = json_node_get_int (node);
      return TRUE;
    }
  if (holds_value (node, G_TYPE_DOUBLE))
    {
      double value = json_node_get_double (node);

      if (!isfinite (value) || fabs (value) > LARGEST_EXACT_DOUBLE || value != trunc (value))
        return FALSE;
      *out = (gint64)value;
      return TRUE;
    }
  return FALSE;
}

gboolean
rounds_json_read_string (RoundsJsonReader *reader, const char *member, gboolean required,
                         const char **out)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);

  node = find_right_node (reader, member, required, holds_string, "Has to be a text");
  if (node == NULL)
    return FALSE;

  *out = json_node_get_string (node);
  return TRUE;
}

gboolean
rounds_json_read_text (RoundsJsonReader *reader, const char *member, gboolean required,
                       gsize max_chars, const char **out)
{
  const char *text = NULL;

  g_return_val_if_fail (out != NULL, FALSE);

  if (!rounds_json_read_string (reader, member, required, &text))
    return FALSE;
  if (rounds_text_is_longer_than (text, max_chars))
    {
      g_autofree char *message
          = g_strdup_printf ("Has to be at most %" G_GSIZE_FORMAT " characters long", max_chars);

      add_problem (reader, member, message);
      return FALSE;
    }
  if (rounds_text_has_controls (text, TRUE))
    {
      add_problem (reader, member, "Has characters that cannot be shown");
      return FALSE;
    }

  *out = text;
  return TRUE;
}

gboolean
rounds_json_read_int (RoundsJsonReader *reader, const char *member, gboolean required,
                      gint64 minimum, gint64 maximum, gint64 *out)
{
  JsonNode *node = NULL;
  gint64 value;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);
  g_return_val_if_fail (minimum <= maximum, FALSE);

  node = find_node (reader, member, required);
  if (node == NULL)
    return FALSE;
  if (!get_whole_number (node, &value) || value < minimum || value > maximum)
    {
      /* What is only the largest that fits is no rule that anybody has to know. */
      g_autofree char *message
          = maximum >= G_MAXINT
                ? g_strdup_printf ("Has to be a whole number, %" G_GINT64_FORMAT " at least",
                                   minimum)
                : g_strdup_printf ("Has to be a whole number from %" G_GINT64_FORMAT
                                   " to %" G_GINT64_FORMAT,
                                   minimum, maximum);

      add_problem (reader, member, message);
      return FALSE;
    }

  *out = value;
  return TRUE;
}

gboolean
rounds_json_read_boolean (RoundsJsonReader *reader, const char *member, gboolean required,
                          gboolean *out)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);

  node = find_right_node (reader, member, required, holds_boolean, "Has to be true or false");
  if (node == NULL)
    return FALSE;

  *out = json_node_get_boolean (node);
  return TRUE;
}

gboolean
rounds_json_read_time (RoundsJsonReader *reader, const char *member, gboolean required, gint64 *out)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);

  node = find_node (reader, member, required);
  if (node == NULL)
    return FALSE;
  if (!holds_string (node) || !rounds_time_from_rfc3339 (json_node_get_string (node), out))
    {
      add_problem (reader, member, "Has to be a time such as 2024-01-15T14:00:00Z");
      return FALSE;
    }

  return TRUE;
}

gboolean
rounds_json_read_id (RoundsJsonReader *reader, const char *member, gboolean required,
                     const char **out)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);

  node = find_right_node (reader, member, required, holds_id,
                          "Has to be an id of 24 lower-case hexadecimal digits");
  if (node == NULL)
    return FALSE;

  *out = json_node_get_string (node);
  return TRUE;
}

gboolean
rounds_json_read_object (RoundsJsonReader *reader, const char *member, gboolean required,
                         JsonObject **out)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);

  node = find_right_node (reader, member, required, holds_object, "Has to be an object");
  if (node == NULL)
    return FALSE;

  *out = json_node_get_object (node);
  return TRUE;
}

gboolean
rounds_json_read_array (RoundsJsonReader *reader, const char *member, gboolean required,
                        JsonArray **out)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (reader != NULL && member != NULL && out != NULL, FALSE);

  node = find_right_node (reader, member, required, holds_array, "Has to be a list");
  if (node == NULL)
    return FALSE;

  *out = json_node_get_array (node);
  return TRUE;
}
