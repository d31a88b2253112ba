/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The small parts of an OpenAPI document: schemas, the envelope around answers, media types,
 * headers. What has which of them is rounds-openapi-operation.c's.
 */

#include "config.h"

#include "rounds-openapi-private.h"

#define SCHEMA "#/components/schemas/"

JsonObject *
rounds_openapi_make_schema (const char *type)
{
  JsonObject *schema = json_object_new ();

  if (g_ascii_isupper (*type))
    {
      g_autofree char *reference = g_strconcat (SCHEMA, type, NULL);

      json_object_set_string_member (schema, "$ref", reference);
    }
  else
    json_object_set_string_member (schema, "type", type);
  return schema;
}

/* A type, or a list of one. */
static JsonObject *
make_member_schema (JsonNode *node)
{
  JsonObject *schema = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return rounds_openapi_make_schema (json_node_get_string (node));
  schema = json_object_new ();
  json_object_set_string_member (schema, "type", "array");
  json_object_set_object_member (
      schema, "items",
      rounds_openapi_make_schema (json_array_get_string_element (json_node_get_array (node), 0)));
  return schema;
}

/* {"user": "User", "nextCursor?": "string"} as a schema. */
static JsonObject *
make_object_schema (JsonObject *members)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();
  g_autoptr (GList) names = json_object_get_members (members);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);

      if (g_str_has_suffix (name, "?"))
        name[strlen (name) - 1] = '\0';
      else
        json_array_add_string_element (required, name);
      json_object_set_object_member (
          properties, name, make_member_schema (json_object_get_member (members, l->data)));
    }
  json_object_set_string_member (schema, "type", "object");
  json_object_set_array_member (schema, "required", required);
  json_object_set_object_member (schema, "properties", properties);
  return schema;
}

/* JSend: what has nothing to say says null. */
static JsonObject *
make_data_schema (JsonNode *data)
{
  if (data == NULL)
    return rounds_openapi_make_schema ("null");
  return JSON_NODE_HOLDS_OBJECT (data) ? make_object_schema (json_node_get_object (data))
                                       : rounds_openapi_make_schema (json_node_get_string (data));
}

JsonObject *
rounds_openapi_make_envelope (JsonNode *data)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonObject *status = json_object_new ();
  JsonArray *required = json_array_new ();

  json_object_set_string_member (status, "const", "success");
  json_object_set_object_member (properties, "status", status);
  json_array_add_string_element (required, "status");
  json_array_add_string_element (required, "data");
  json_object_set_object_member (properties, "data", make_data_schema (data));
  json_object_set_string_member (schema, "type", "object");
  json_object_set_array_member (schema, "required", required);
  json_object_set_object_member (schema, "properties", properties);
  return schema;
}

void
rounds_openapi_add_content (JsonObject *content, const char *type, JsonObject *schema)
{
  JsonObject *media = json_object_new ();

  json_object_set_object_member (media, "schema", schema);
  json_object_set_object_member (content, type, media);
}

void
rounds_openapi_add_header (JsonObject *response, const char *name, const char *type,
                           const char *description)
{
  JsonObject *headers = json_object_new ();
  JsonObject *header = json_object_new ();

  json_object_set_string_member (header, "description", description);
  json_object_set_object_member (header, "schema", rounds_openapi_make_schema (type));
  json_object_set_object_member (headers, name, header);
  json_object_set_object_member (response, "headers", headers);
}
