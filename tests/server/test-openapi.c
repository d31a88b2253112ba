/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The OpenAPI document against the route table: no call is missing in it, none is made up, and what
 * it refers to is there. Whether answers are what it says is checked by tests/openapi.
 */

#include "config.h"

#include "rounds-openapi.h"

#include <string.h>

#include "rounds-json.h"
#include "rounds-test.h"

static JsonObject *
make_document (void)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  return rounds_openapi_make (routes, n_routes);
}

static JsonObject *
find_operation (JsonObject *document, const RoundsRoute *route)
{
  JsonObject *paths = json_object_get_object_member (document, "paths");
  g_autofree char *path = rounds_openapi_make_path (route->path);
  g_autofree char *method = g_ascii_strdown (route->method, -1);

  if (!json_object_has_member (paths, path)
      || !json_object_has_member (json_object_get_object_member (paths, path), method))
    g_error ("openapi-parts.json says nothing of %s %s", route->method, route->path);
  return json_object_get_object_member (json_object_get_object_member (paths, path), method);
}

static void
check_parameters (JsonObject *operation, const RoundsRoute *route)
{
  gboolean keyed = g_str_equal (route->method, "POST") && !(route->flags & ROUNDS_ROUTE_PUBLIC);
  /* What has a version to compare; a session and a calendar's address have none. */
  gboolean matched = g_str_equal (route->method, "PATCH")
                     || (g_str_equal (route->method, "DELETE")
                         && (route->record == ROUNDS_RECORD_APPOINTMENT
                             || route->record == ROUNDS_RECORD_MEETING)
                         && !(route->flags & ROUNDS_ROUTE_PUBLIC));
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), operation);
  g_autofree char *text = rounds_json_to_text (node);

  g_assert_cmpint (strstr (text, "\"Idempotency-Key\"") != NULL, ==, keyed);
  g_assert_cmpint (strstr (text, "\"If-Match\"") != NULL, ==, matched);
  g_assert_cmpint (strstr (text, "\"in\":\"path\"") != NULL, ==, strchr (route->path, ':') != NULL);
}

/* What it answers with, and that a 412 has the version it speaks of. */
static void
check_responses (JsonObject *operation, const RoundsRoute *route)
{
  JsonObject *responses = json_object_get_object_member (operation, "responses");
  const char *success = "200";

  if (route->flags & ROUNDS_ROUTE_MAKES)
    success = "201";
  else if (route->flags & ROUNDS_ROUTE_SOCKET)
    success = "101";
  g_assert_true (json_object_has_member (responses, success));
  g_assert_cmpint (json_object_has_member (responses, "403"), ==,
                   !(route->flags & ROUNDS_ROUTE_PUBLIC)
                       || (g_str_has_prefix (route->path, "/jitsi/reservations")
                           && !g_str_equal (route->method, "DELETE")));
  g_assert_true (
      json_object_has_member (json_object_get_object_member (responses, "429"), "headers"));
  if (json_object_has_member (responses, "412"))
    g_assert_true (
        json_object_has_member (json_object_get_object_member (responses, "412"), "headers"));
}

static void
test_routes (void)
{
  g_autoptr (JsonObject) document = make_document ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      JsonObject *operation = find_operation (document, &routes[i]);
      gboolean public = (routes[i].flags & ROUNDS_ROUTE_PUBLIC) != 0;

      g_test_message ("%s %s", routes[i].method, routes[i].path);
      g_assert_true (g_hash_table_add (
          names, (gpointer)json_object_get_string_member (operation, "operationId")));
      g_assert_cmpstr (json_object_get_string_member (operation, "summary"), ==, routes[i].summary);
      /* Without a word about it, a call wants the token. */
      g_assert_cmpint (json_object_has_member (operation, "security"), ==, public);
      g_assert_cmpint (json_object_has_member (operation, "requestBody"), ==,
                       (routes[i].flags & (ROUNDS_ROUTE_BODY | ROUNDS_ROUTE_FORM)) != 0);
      check_parameters (operation, &routes[i]);
      check_responses (operation, &routes[i]);
    }
}

/* Nothing is left of calls that are not there any more. */
static void
test_paths (void)
{
  g_autoptr (JsonObject) document = make_document ();
  g_autoptr (JsonObject) none = rounds_openapi_make ((const RoundsRoute[]){ { 0 } }, 0);
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    g_hash_table_add (expected, rounds_openapi_make_path (routes[i].path));
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (document, "paths")), ==,
                    g_hash_table_size (expected));
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (none, "paths")), ==, 0);
}

static void
test_path_names (void)
{
  static const struct
  {
    const char *pattern;
    const char *path;
  } rows[] = {
    { "/api", "/api" },
    { "/api/meetings/:id", "/api/meetings/{id}" },
    { "/api/meetings/:id/status", "/api/meetings/{id}/status" },
    { "/calendar/:token.ics", "/calendar/{token}.ics" },
    { "/api/openapi.json", "/api/openapi.json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = rounds_openapi_make_path (rows[i].pattern);

      g_assert_cmpstr (path, ==, rows[i].path);
    }
}

/* Every "$ref" leads somewhere, and every schema is referred to. */
static void
test_references (void)
{
  static const char mark[] = "\"$ref\":\"#/components/schemas/";
  g_autoptr (JsonObject) document = make_document ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), document);
  g_autofree char *text = rounds_json_to_text (node);
  JsonObject *schemas = json_object_get_object_member (
      json_object_get_object_member (document, "components"), "schemas");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *p = strstr (text, mark); p != NULL; p = strstr (p + 1, mark))
    {
      const char *name = p + strlen (mark);
      char *schema = g_strndup (name, strcspn (name, "\""));

      if (!json_object_has_member (schemas, schema))
        g_error ("There is no schema %s", schema);
      g_hash_table_add (seen, schema);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, json_object_get_size (schemas));
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/OpenApi/routes", test_routes);
  g_test_add_func ("/Rounds/Server/OpenApi/paths", test_paths);
  g_test_add_func ("/Rounds/Server/OpenApi/path-names", test_path_names);
  g_test_add_func ("/Rounds/Server/OpenApi/references", test_references);
  return g_test_run ();
}
