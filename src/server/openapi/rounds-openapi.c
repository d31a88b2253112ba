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
#include "rounds-openapi-private.h"
#include "rounds-response-private.h"

#include <gio/gio.h>
#include <string.h>

#define PARTS "/io/github/rounds_app/server/openapi/openapi-parts.json"

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

static void
add_route (JsonObject *paths, const RoundsRoute *route, JsonObject *parts)
{
  JsonObject *operations = json_object_get_object_member (parts, "operations");
  g_autofree char *name = g_strdup_printf ("%s %s", route->method, route->path);
  g_autofree char *path = rounds_openapi_make_path (route->path);
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  RoundsOpenapiOperation operation
      = { route, NULL, json_object_get_object_member (parts, "refusals") };

  if (!json_object_has_member (operations, name))
    return;
  operation.part = json_object_get_object_member (operations, name);
  if (!json_object_has_member (paths, path))
    json_object_set_object_member (paths, path, json_object_new ());
  json_object_set_object_member (json_object_get_object_member (paths, path), method,
                                 rounds_openapi_make_operation (&operation));
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
