/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Reading members of what the meeting's page sent, whatever it sent.
 * It reports no problem: what is missing or of another type is simply not there.
 */

#include "config.h"

#include "rounds-call-json.h"

static JsonNode *
find_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

const char *
rounds_call_json_get_text (JsonObject *object, const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  node = find_value (object, member, G_TYPE_STRING);
  return node != NULL ? json_node_get_string (node) : NULL;
}

JsonObject *
rounds_call_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  node = json_object_get_member (object, member);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
rounds_call_json_get_boolean (JsonObject *object, const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, FALSE);

  node = find_value (object, member, G_TYPE_BOOLEAN);
  return node != NULL && json_node_get_boolean (node);
}

gint64
rounds_call_json_get_number (JsonObject *object, const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, 0);

  node = find_value (object, member, G_TYPE_INT64);
  return node != NULL ? json_node_get_int (node) : 0;
}

double
rounds_call_json_get_double (JsonObject *object, const char *member, double fallback)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, fallback);

  node = find_value (object, member, G_TYPE_DOUBLE);
  if (node == NULL)
    node = find_value (object, member, G_TYPE_INT64);
  return node != NULL ? json_node_get_double (node) : fallback;
}
