/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One operation of the OpenAPI document: a row of the route table with its part of
 * openapi-parts.json.
 * How schemas are written is rounds-openapi-schema.c's.
 */

#include "config.h"

#include "rounds-openapi-private.h"

#include <string.h>

/* Whose answers carry the version of a record, which If-Match takes back. */
static gboolean
is_versioned (const RoundsOpenapiOperation *self)
{
  return json_object_get_boolean_member_with_default (self->part, "versioned", FALSE);
}

static void
add_tag (JsonObject *response)
{
  rounds_openapi_add_header (response, "ETag", "string", "The record's version, for If-Match");
}

static JsonObject *
make_success (const RoundsOpenapiOperation *self)
{
  const char *plain = json_object_get_string_member_with_default (self->part, "plain", NULL);
  JsonNode *data = json_object_get_member (self->part, "data");
  JsonObject *response = json_object_new ();
  JsonObject *content = json_object_new ();

  json_object_set_string_member (response, "description", self->route->summary);
  if (plain == NULL || data != NULL)
    rounds_openapi_add_content (content, "application/json", rounds_openapi_make_envelope (data));
  if (plain != NULL && !g_str_equal (plain, "none"))
    rounds_openapi_add_content (
        content, plain,
        rounds_openapi_make_schema (g_str_equal (plain, "application/json") ? "object" : "string"));
  if (json_object_get_size (content) > 0)
    json_object_set_object_member (response, "content", json_object_ref (content));
  if (is_versioned (self))
    add_tag (response);
  json_object_unref (content);
  return response;
}

static void
add_refusal (const RoundsOpenapiOperation *self, JsonObject *responses, const char *status)
{
  const char *schema = json_object_get_string_member_with_default (self->part, "refusal", "Fail");
  JsonObject *response = json_object_new ();
  JsonObject *content = json_object_new ();

  rounds_openapi_add_content (content, "application/json", rounds_openapi_make_schema (schema));
  json_object_set_string_member (response, "description",
                                 json_object_get_string_member (self->refusals, status));
  json_object_set_object_member (response, "content", content);
  if (g_str_equal (status, "429"))
    rounds_openapi_add_header (response, "Retry-After", "integer", "Seconds to wait");
  if (g_str_equal (status, "412"))
    add_tag (response);
  json_object_set_object_member (responses, status, response);
}

static gboolean
is_method (const RoundsOpenapiOperation *self, const char *method)
{
  return g_str_equal (self->route->method, method);
}

/* It changes a record that may have moved on. */
static gboolean
takes_version (const RoundsOpenapiOperation *self)
{
  return is_versioned (self) && (is_method (self, "PATCH") || is_method (self, "DELETE"));
}

static const char *
get_success (const RoundsOpenapiOperation *self)
{
  if (self->route->flags & ROUNDS_ROUTE_SOCKET)
    return "101";
  return (self->route->flags & ROUNDS_ROUTE_MAKES) != 0 ? "201" : "200";
}

static JsonObject *
make_responses (const RoundsOpenapiOperation *self)
{
  const RoundsRoute *route = self->route;
  JsonObject *responses = json_object_new ();
  JsonObject *error = json_object_new ();
  JsonObject *content = json_object_new ();
  JsonArray *more = json_object_has_member (self->part, "refusals")
                        ? json_object_get_array_member (self->part, "refusals")
                        : NULL;
  gboolean public = (route->flags & ROUNDS_ROUTE_PUBLIC) != 0;

  json_object_set_object_member (responses, get_success (self), make_success (self));
  add_refusal (self, responses, "400");
  if (!public)
    add_refusal (self, responses, "401");
  if (!public)
    add_refusal (self, responses, "403");
  if (route->record != ROUNDS_RECORD_NONE)
    add_refusal (self, responses, "404");
  if (takes_version (self))
    add_refusal (self, responses, "412");
  if (!is_method (self, "GET"))
    add_refusal (self, responses, "413");
  if (route->flags & ROUNDS_ROUTE_BODY)
    add_refusal (self, responses, "415");
  if (!public && (is_method (self, "POST") || is_method (self, "PATCH")))
    add_refusal (self, responses, "422");
  add_refusal (self, responses, "429");
  for (guint i = 0; more != NULL && i < json_array_get_length (more); i++)
    add_refusal (self, responses, json_array_get_string_element (more, i));

  rounds_openapi_add_content (content, "application/json", rounds_openapi_make_schema ("Error"));
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
add_path_parameters (const RoundsOpenapiOperation *self, JsonArray *parameters)
{
  g_auto (GStrv) parts = g_strsplit (self->route->path, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *name = NULL;

      if (*parts[i] != ':')
        continue;
      name = g_strndup (parts[i] + 1, strcspn (parts[i] + 1, "."));
      add_parameter (
          parameters, "path", name, TRUE, NULL,
          rounds_openapi_make_schema (self->route->record != ROUNDS_RECORD_NONE ? "Id" : "string"));
    }
}

static void
add_query_parameters (const RoundsOpenapiOperation *self, JsonArray *parameters)
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
                     rounds_openapi_make_schema (json_object_get_string_member (query, l->data)));
    }
  if (!json_object_get_boolean_member_with_default (self->part, "pages", FALSE))
    return;
  add_parameter (parameters, "query", "limit", FALSE, "How many at most; all without it",
                 rounds_openapi_make_schema ("Limit"));
  add_parameter (parameters, "query", "cursor", FALSE, "The nextCursor of the page before",
                 rounds_openapi_make_schema ("string"));
}

static void
add_headers (const RoundsOpenapiOperation *self, JsonArray *parameters)
{
  JsonObject *own = json_object_has_member (self->part, "headers")
                        ? json_object_get_object_member (self->part, "headers")
                        : NULL;
  g_autoptr (GList) names = own != NULL ? json_object_get_members (own) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    add_parameter (parameters, "header", l->data, TRUE,
                   json_object_get_string_member (own, l->data),
                   rounds_openapi_make_schema ("string"));
  if (is_method (self, "POST") && (self->route->flags & ROUNDS_ROUTE_PUBLIC) == 0)
    add_parameter (parameters, "header", "Idempotency-Key", FALSE,
                   "The same key and body make nothing twice",
                   rounds_openapi_make_schema ("string"));
  if (takes_version (self))
    add_parameter (parameters, "header", "If-Match", FALSE,
                   "The ETag of the record as the client knows it",
                   rounds_openapi_make_schema ("string"));
}

static JsonObject *
make_body (const RoundsOpenapiOperation *self, const char *schema)
{
  const char *type = (self->route->flags & ROUNDS_ROUTE_FORM) != 0
                         ? "application/x-www-form-urlencoded"
                         : "application/json";
  JsonObject *body = json_object_new ();
  JsonObject *content = json_object_new ();

  rounds_openapi_add_content (content, type, rounds_openapi_make_schema (schema));
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

JsonObject *
rounds_openapi_make_operation (const RoundsOpenapiOperation *self)
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
    json_object_set_object_member (operation, "requestBody", make_body (self, body));
  json_object_set_object_member (operation, "responses", make_responses (self));
  if (route->flags & ROUNDS_ROUTE_PUBLIC)
    json_object_set_array_member (operation, "security", json_array_new ());
  else
    json_object_set_array_member (operation, "x-roles", list_roles (route->roles));
  if (route->max_body > 0)
    json_object_set_int_member (operation, "x-max-body", (gint64)route->max_body);
  return operation;
}
