/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The OpenAPI 3.1 document, made from the route table: paths, roles, limits and headers are the
 * table's, bodies and answers are openapi-parts.json's.
 * It checks no request; handlers do.
 */

#include "config.h"

#include "rounds-openapi.h"

#include "rounds-json.h"
#include "rounds-response-private.h"

#include <gio/gio.h>
#include <string.h>

#define PARTS "/io/github/rounds_app/server/openapi/openapi-parts.json"
#define SCHEMA "#/components/schemas/"

/* One operation that is being written. Borrowed. */
typedef struct
{
  const RoundsRoute *route;
  JsonObject *part; /* of openapi-parts.json */
  JsonObject *refusals; /* words for each status */
} Operation;

static JsonObject *
load_parts (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (PARTS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *parts = NULL;

  g_assert (bytes != NULL);
  parts = rounds_json_parse_object (g_bytes_get_data (bytes, NULL),
                                    (gssize)g_bytes_get_size (bytes), &error);
  if (parts == NULL)
    g_error ("openapi-parts.json: %s", error->message);
  return parts;
}

char *
rounds_openapi_make_path (const char *pattern)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (pattern != NULL && *pattern == '/', NULL);

  parts = g_strsplit (pattern + 1, "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      gsize length = strcspn (parts[i], ".");

      if (*parts[i] == ':')
        g_string_append_printf (path, "/{%.*s}%s", (int)length - 1, parts[i] + 1,
                                parts[i] + length);
      else
        g_string_append_printf (path, "/%s", parts[i]);
    }
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* "User", "string" … as a schema. */
static JsonObject *
make_schema (const char *type)
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
    return make_schema (json_node_get_string (node));
  schema = json_object_new ();
  json_object_set_string_member (schema, "type", "array");
  json_object_set_object_member (
      schema, "items", make_schema (json_array_get_string_element (json_node_get_array (node), 0)));
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

static JsonObject *
make_envelope (JsonNode *data)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonObject *status = json_object_new ();
  JsonArray *required = json_array_new ();

  json_object_set_string_member (status, "const", "success");
  json_object_set_object_member (properties, "status", status);
  json_array_add_string_element (required, "status");
  if (data != NULL)
    {
      json_object_set_object_member (properties, "data",
                                     JSON_NODE_HOLDS_OBJECT (data)
                                         ? make_object_schema (json_node_get_object (data))
                                         : make_schema (json_node_get_string (data)));
      json_array_add_string_element (required, "data");
    }
  json_object_set_string_member (schema, "type", "object");
  json_object_set_array_member (schema, "required", required);
  json_object_set_object_member (schema, "properties", properties);
  return schema;
}

/* {TYPE: {"schema": @schema}}; takes @schema. */
static void
add_content (JsonObject *content, const char *type, JsonObject *schema)
{
  JsonObject *media = json_object_new ();

  json_object_set_object_member (media, "schema", schema);
  json_object_set_object_member (content, type, media);
}

static void
add_header (JsonObject *response, const char *name, const char *type, const char *description)
{
  JsonObject *headers = json_object_new ();
  JsonObject *header = json_object_new ();

  json_object_set_string_member (header, "description", description);
  json_object_set_object_member (header, "schema", make_schema (type));
  json_object_set_object_member (headers, name, header);
  json_object_set_object_member (response, "headers", headers);
}

static JsonObject *
make_success (const Operation *self)
{
  const char *plain = json_object_get_string_member_with_default (self->part, "plain", NULL);
  JsonNode *data = json_object_get_member (self->part, "data");
  JsonObject *response = json_object_new ();
  JsonObject *content = json_object_new ();

  json_object_set_string_member (response, "description", self->route->summary);
  if (plain == NULL || data != NULL)
    add_content (content, "application/json", make_envelope (data));
  if (plain != NULL && !g_str_equal (plain, "none"))
    add_content (content, plain,
                 make_schema (g_str_equal (plain, "application/json") ? "object" : "string"));
  if (json_object_get_size (content) > 0)
    json_object_set_object_member (response, "content", json_object_ref (content));
  if (json_object_get_boolean_member_with_default (self->part, "versioned", FALSE))
    add_header (response, "ETag", "string", "The record's version, for If-Match");
  json_object_unref (content);
  return response;
}

static void
add_refusal (const Operation *self, JsonObject *responses, const char *status)
{
  JsonObject *response = json_object_new ();
  JsonObject *content = json_object_new ();

  add_content (content, "application/json", make_schema ("Fail"));
  json_object_set_string_member (response, "description",
                                 json_object_get_string_member (self->refusals, status));
  json_object_set_object_member (response, "content", content);
  if (g_str_equal (status, "429"))
    add_header (response, "Retry-After", "integer", "Seconds to wait");
  json_object_set_object_member (responses, status, response);
}

static gboolean
is_method (const Operation *self, const char *method)
{
  return g_str_equal (self->route->method, method);
}

static JsonObject *
make_responses (const Operation *self)
{
  const RoundsRoute *route = self->route;
  JsonObject *responses = json_object_new ();
  JsonObject *error = json_object_new ();
  JsonObject *content = json_object_new ();
  JsonArray *more = json_object_has_member (self->part, "refusals")
                        ? json_object_get_array_member (self->part, "refusals")
                        : NULL;
  gboolean public = (route->flags & ROUNDS_ROUTE_PUBLIC) != 0;

  json_object_set_object_member (
      responses, json_object_get_string_member_with_default (self->part, "status", "200"),
      make_success (self));
  add_refusal (self, responses, "400");
  if (!public)
    add_refusal (self, responses, "401");
  if (!public)
    add_refusal (self, responses, "403");
  if (route->record != ROUNDS_RECORD_NONE)
    add_refusal (self, responses, "404");
  if (is_method (self, "PATCH") || is_method (self, "DELETE"))
    add_refusal (self, responses, "412");
  if (!is_method (self, "GET"))
    add_refusal (self, responses, "413");
  if (route->flags & ROUNDS_ROUTE_BODY)
    add_refusal (self, responses, "415");
  if (is_method (self, "POST") || is_method (self, "PATCH"))
    add_refusal (self, responses, "422");
  add_refusal (self, responses, "429");
  for (guint i = 0; more != NULL && i < json_array_get_length (more); i++)
    add_refusal (self, responses, json_array_get_string_element (more, i));

  add_content (content, "application/json", make_schema ("Error"));
  json_object_set_string_member (error, "description", "The server's own failure, or it is busy");
  json_object_set_object_member (error, "content", content);
  json_object_set_object_member (responses, "5XX", error);
  return responses;
}

/* Takes @schema. */
static void
add_parameter (JsonArray *parameters, const char *place, const char *name, gboolean required,
               const char *description, JsonObject *schema)
{
  JsonObject *parameter = json_object_new ();

  json_object_set_string_member (parameter, "name", name);
  json_object_set_string_member (parameter, "in", place);
  if (required)
    json_object_set_boolean_member (parameter, "required", TRUE);
  if (description != NULL)
    json_object_set_string_member (parameter, "description", description);
  json_object_set_object_member (parameter, "schema", schema);
  json_array_add_object_element (parameters, parameter);
}

static void
add_path_parameters (const Operation *self, JsonArray *parameters)
{
  g_auto (GStrv) parts = g_strsplit (self->route->path, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *name = NULL;

      if (*parts[i] != ':')
        continue;
      name = g_strndup (parts[i] + 1, strcspn (parts[i] + 1, "."));
      add_parameter (parameters, "path", name, TRUE, NULL,
                     make_schema (self->route->record != ROUNDS_RECORD_NONE ? "Id" : "string"));
    }
}

static void
add_query_parameters (const Operation *self, JsonArray *parameters)
{
  g_autoptr (GList) names = NULL;
  JsonObject *query = NULL;

  if (json_object_has_member (self->part, "query"))
    {
      query = json_object_get_object_member (self->part, "query");
      names = json_object_get_members (query);
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);
      gboolean required = g_str_has_suffix (name, "!");

      if (required)
        name[strlen (name) - 1] = '\0';
      add_parameter (parameters, "query", name, required, NULL,
                     make_schema (json_object_get_string_member (query, l->data)));
    }
  if (!json_object_get_boolean_member_with_default (self->part, "pages", FALSE))
    return;
  add_parameter (parameters, "query", "limit", FALSE, "How many at most; all without it",
                 make_schema ("Limit"));
  add_parameter (parameters, "query", "cursor", FALSE, "The nextCursor of the page before",
                 make_schema ("string"));
}

static void
add_headers (const Operation *self, JsonArray *parameters)
{
  if (is_method (self, "POST") && (self->route->flags & ROUNDS_ROUTE_PUBLIC) == 0)
    add_parameter (parameters, "header", "Idempotency-Key", FALSE,
                   "The same key and body make nothing twice", make_schema ("string"));
  if (is_method (self, "PATCH") || is_method (self, "DELETE"))
    add_parameter (parameters, "header", "If-Match", FALSE,
                   "The ETag of the record as the client knows it", make_schema ("string"));
}

static JsonObject *
make_body (const char *schema)
{
  JsonObject *body = json_object_new ();
  JsonObject *content = json_object_new ();

  add_content (content, "application/json", make_schema (schema));
  json_object_set_boolean_member (body, "required", TRUE);
  json_object_set_object_member (body, "content", content);
  return body;
}

static JsonArray *
list_roles (guint roles)
{
  JsonArray *array = json_array_new ();

  for (int role = 0; role < ROUNDS_N_ROLES; role++)
    {
      if (roles & ROUNDS_ROLE_BIT (role))
        json_array_add_string_element (array, rounds_role_to_string (role));
    }
  return array;
}

static JsonObject *
make_operation (const Operation *self)
{
  const RoundsRoute *route = self->route;
  JsonObject *operation = json_object_new ();
  JsonArray *tags = json_array_new ();
  JsonArray *parameters = json_array_new ();
  const char *body = json_object_get_string_member_with_default (self->part, "body", NULL);

  json_array_add_string_element (tags, json_object_get_string_member (self->part, "tag"));
  json_object_set_string_member (operation, "operationId",
                                 json_object_get_string_member (self->part, "id"));
  json_object_set_string_member (operation, "summary", route->summary);
  json_object_set_array_member (operation, "tags", tags);
  add_path_parameters (self, parameters);
  add_query_parameters (self, parameters);
  add_headers (self, parameters);
  if (json_array_get_length (parameters) > 0)
    json_object_set_array_member (operation, "parameters", json_array_ref (parameters));
  json_array_unref (parameters);
  if (body != NULL)
    json_object_set_object_member (operation, "requestBody", make_body (body));
  json_object_set_object_member (operation, "responses", make_responses (self));
  if (route->flags & ROUNDS_ROUTE_PUBLIC)
    json_object_set_array_member (operation, "security", json_array_new ());
  else
    json_object_set_array_member (operation, "x-roles", list_roles (route->roles));
  if (route->max_body > 0)
    json_object_set_int_member (operation, "x-max-body", (gint64)route->max_body);
  return operation;
}

static void
add_route (JsonObject *paths, const RoundsRoute *route, JsonObject *parts)
{
  JsonObject *operations = json_object_get_object_member (parts, "operations");
  g_autofree char *name = g_strdup_printf ("%s %s", route->method, route->path);
  g_autofree char *path = rounds_openapi_make_path (route->path);
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  Operation operation = { route, NULL, json_object_get_object_member (parts, "refusals") };

  if (!json_object_has_member (operations, name))
    return;
  operation.part = json_object_get_object_member (operations, name);
  if (!json_object_has_member (paths, path))
    json_object_set_object_member (paths, path, json_object_new ());
  json_object_set_object_member (json_object_get_object_member (paths, path), method,
                                 make_operation (&operation));
}

static JsonObject *
make_info (void)
{
  JsonObject *info = json_object_new ();
  JsonObject *license = json_object_new ();

  json_object_set_string_member (license, "name", "GNU General Public License v3.0 or later");
  json_object_set_string_member (license, "identifier", "GPL-3.0-or-later");
  json_object_set_string_member (info, "title", "Rounds");
  json_object_set_string_member (info, "version", ROUNDS_VERSION);
  json_object_set_string_member (info, "description",
                                 "Appointments and video consultations of hospitals");
  json_object_set_object_member (info, "license", license);
  return info;
}

static JsonArray *
make_tags (JsonObject *words)
{
  JsonArray *tags = json_array_new ();
  g_autoptr (GList) names = json_object_get_members (words);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *tag = json_object_new ();

      json_object_set_string_member (tag, "name", l->data);
      json_object_set_string_member (tag, "description",
                                     json_object_get_string_member (words, l->data));
      json_array_add_object_element (tags, tag);
    }
  return tags;
}

/* The token, and that every call wants it that does not say otherwise. */
static void
add_security (JsonObject *document, JsonObject *components)
{
  JsonObject *schemes = json_object_new ();
  JsonObject *bearer = json_object_new ();
  JsonObject *wanted = json_object_new ();
  JsonArray *security = json_array_new ();

  json_object_set_string_member (bearer, "type", "http");
  json_object_set_string_member (bearer, "scheme", "bearer");
  json_object_set_object_member (schemes, "token", bearer);
  json_object_set_object_member (components, "securitySchemes", schemes);
  json_object_set_array_member (wanted, "token", json_array_new ());
  json_array_add_object_element (security, wanted);
  json_object_set_array_member (document, "security", security);
}

JsonObject *
rounds_openapi_make (const RoundsRoute *routes, gsize n_routes)
{
  g_autoptr (JsonObject) parts = load_parts ();
  JsonObject *document = json_object_new ();
  JsonObject *paths = json_object_new ();
  JsonObject *components = json_object_new ();
  JsonObject *server = json_object_new ();
  JsonArray *servers = json_array_new ();

  g_return_val_if_fail (routes != NULL, NULL);

  for (gsize i = 0; i < n_routes; i++)
    add_route (paths, &routes[i], parts);
  json_object_set_string_member (server, "url", "/");
  json_array_add_object_element (servers, server);
  json_object_set_string_member (document, "openapi", "3.1.0");
  json_object_set_object_member (document, "info", make_info ());
  json_object_set_array_member (document, "servers", servers);
  json_object_set_array_member (document, "tags",
                                make_tags (json_object_get_object_member (parts, "tags")));
  json_object_set_object_member (document, "paths", paths);
  json_object_set_object_member (
      components, "schemas", json_object_ref (json_object_get_object_member (parts, "schemas")));
  add_security (document, components);
  json_object_set_object_member (document, "components", components);
  return document;
}

RoundsResponse *
rounds_openapi_handlers_show (RoundsRequest *request)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);
  g_autoptr (JsonObject) document = rounds_openapi_make (routes, n_routes);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), document);
  RoundsResponse *response = rounds_response_new_empty (200);

  response->body = rounds_json_to_text (node);
  rounds_response_add_header (response, "Content-Type", "application/json; charset=utf-8");
  return response;
}
