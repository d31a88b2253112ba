/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From method and path to a row of the route table.
 * It knows no route itself (rounds-routes.c) and runs none (rounds-dispatch.c).
 */

#include "config.h"

#include "rounds-router.h"

#include "rounds-request-private.h"

#include <string.h>

#define MAX_SEGMENTS 16

/* The decoded parts of "/a/b%20c", or NULL when the path is none that we could have. */
static char **
split_path (const char *path)
{
  if (*path != '/')
    return NULL;
  g_auto (GStrv) encoded = g_strsplit (path + 1, "/", MAX_SEGMENTS + 1);
  guint length = g_strv_length (encoded);
  if (length > MAX_SEGMENTS)
    return NULL;
  /* "/api/meetings/" is "/api/meetings", as in most servers that the guide's clients know. */
  if (length > 1 && *encoded[length - 1] == '\0')
    length--;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < length; i++)
    {
      char *decoded = rounds_uri_decode (encoded[i], -1, FALSE);
      if (decoded == NULL)
        return NULL;
      g_strv_builder_take (builder, decoded);
    }
  return g_strv_builder_end (builder);
}

/* The number of parameters in @pattern when it fits @segments, else −1. */
static int
fit_pattern (const char *pattern, const char *const *segments)
{
  int n_params = 0;
  const char *part = pattern;
  for (gsize i = 0; segments[i] != NULL; i++)
    {
      if (*part != '/')
        return -1;
      part++;
      gsize length = strcspn (part, "/");
      if (*part == ':')
        {
          if (*segments[i] == '\0')
            return -1;
          n_params++;
        }
      else if (strlen (segments[i]) != length || strncmp (part, segments[i], length) != 0)
        {
          return -1;
        }
      part += length;
    }
  return *part == '\0' ? n_params : -1;
}

static GHashTable *
collect_params (const char *pattern, const char *const *segments)
{
  GHashTable *params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (pattern + 1, "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == ':')
        g_hash_table_insert (params, g_strdup (parts[i] + 1), g_strdup (segments[i]));
    }
  return params;
}

static const char *
find_best_pattern (const RoundsRoute *routes, gsize n_routes, const char *const *segments)
{
  const char *best = NULL;
  int fewest = G_MAXINT;
  for (gsize i = 0; i < n_routes; i++)
    {
      int n_params = fit_pattern (routes[i].path, segments);
      if (n_params >= 0 && n_params < fewest)
        {
          best = routes[i].path;
          fewest = n_params;
        }
    }
  return best;
}

static char *
list_methods (const RoundsRoute *routes, gsize n_routes, const char *pattern)
{
  g_autoptr (GString) methods = g_string_new (NULL);
  for (gsize i = 0; i < n_routes; i++)
    {
      if (!g_str_equal (routes[i].path, pattern))
        continue;
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", routes[i].method);
      if (g_str_equal (routes[i].method, "GET"))
        g_string_append (methods, ", HEAD");
    }
  return g_string_free (g_steal_pointer (&methods), FALSE);
}

void
rounds_router_match (const RoundsRoute *routes, gsize n_routes, const char *method,
                     const char *path, RoundsMatch *match)
{
  g_return_if_fail (routes != NULL || n_routes == 0);
  g_return_if_fail (method != NULL && path != NULL && match != NULL);

  *match = (RoundsMatch){ .verdict = ROUNDS_MATCH_UNKNOWN_PATH };
  g_auto (GStrv) segments = split_path (path);
  if (segments == NULL)
    return;
  const char *pattern = find_best_pattern (routes, n_routes, (const char *const *)segments);
  if (pattern == NULL)
    return;

  match->verdict = ROUNDS_MATCH_WRONG_METHOD;
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;
  for (gsize i = 0; i < n_routes; i++)
    {
      if (g_str_equal (routes[i].path, pattern) && g_str_equal (routes[i].method, wanted))
        {
          match->verdict = ROUNDS_MATCH_FOUND;
          match->route = &routes[i];
          match->params = collect_params (pattern, (const char *const *)segments);
          return;
        }
    }
  match->allow = list_methods (routes, n_routes, pattern);
}

void
rounds_match_clear (RoundsMatch *self)
{
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->allow, g_free);
}
