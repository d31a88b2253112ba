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

/* A part of a path between two "/", decoded. */
typedef struct
{
  const char *text; /* not ended by a NUL */
  gsize length;
  char *decoded; /* what @text points into, where it is not the path itself */
} Segment;

typedef struct
{
  Segment segments[MAX_SEGMENTS];
  gsize n_segments;
} Path;

static void
clear_path (Path *self)
{
  for (gsize i = 0; i < self->n_segments; i++)
    g_free (self->segments[i].decoded);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Path, clear_path)

struct _RoundsRouter
{
  const RoundsRoute *routes;
  gsize n_routes;
  guint16 *outlines; /* of each route's path; see make_outline() */
};

/* The number of segments and the first letter of the second one: in this most paths differ from
 * most routes, so that few have to be compared. */
static guint16
make_outline (gsize n_segments, char letter)
{
  return (guint16)(n_segments << 8 | (guchar)letter);
}

static guint16
outline_pattern (const char *pattern)
{
  gsize n_segments = 0;
  char letter = '\0';

  for (const char *p = pattern; *p != '\0'; p++)
    {
      if (*p == '/' && ++n_segments == 2)
        letter = p[1];
    }
  return make_outline (n_segments, letter);
}

static guint16
outline_path (const Path *path)
{
  const Segment *second = path->n_segments > 1 ? &path->segments[1] : NULL;

  return make_outline (path->n_segments,
                       second != NULL && second->length > 0 ? second->text[0] : '\0');
}

static guint
count_params (const char *pattern)
{
  guint n_params = 0;

  for (const char *p = pattern; *p != '\0'; p++)
    n_params += p[0] == '/' && p[1] == ':';
  return n_params;
}

RoundsRouter *
rounds_router_new (const RoundsRoute *routes, gsize n_routes)
{
  g_return_val_if_fail (routes != NULL || n_routes == 0, NULL);

  RoundsRouter *self = g_new0 (RoundsRouter, 1);
  self->routes = routes;
  self->n_routes = n_routes;
  self->outlines = g_new0 (guint16, n_routes);
  for (gsize i = 0; i < n_routes; i++)
    {
      g_assert (count_params (routes[i].path) <= ROUNDS_MAX_PARAMS);
      self->outlines[i] = outline_pattern (routes[i].path);
    }
  return self;
}

void
rounds_router_free (RoundsRouter *self)
{
  if (self == NULL)
    return;
  g_free (self->outlines);
  g_free (self);
}

static gboolean
add_segment (Path *self, const char *text, gsize length)
{
  if (self->n_segments == MAX_SEGMENTS)
    return FALSE;
  Segment *segment = &self->segments[self->n_segments++];
  *segment = (Segment){ text, length, NULL };
  if (memchr (text, '%', length) == NULL)
    return g_utf8_validate_len (text, length, NULL);
  segment->decoded = rounds_uri_decode (text, (gssize)length, FALSE);
  if (segment->decoded == NULL)
    return FALSE;
  segment->text = segment->decoded;
  segment->length = strlen (segment->decoded);
  return TRUE;
}

/* The parts of "/a/b%20c". FALSE when the path is none that we could have. */
static gboolean
split_path (const char *path, Path *self)
{
  while (*path == '/')
    {
      const char *part = path + 1;
      path = part + strcspn (part, "/");
      if (!add_segment (self, part, (gsize)(path - part)))
        return FALSE;
    }
  if (*path != '\0' || self->n_segments == 0)
    return FALSE;
  /* "/api/meetings/" is "/api/meetings", as in most servers that the guide's clients know. */
  if (self->n_segments > 1 && self->segments[self->n_segments - 1].length == 0)
    g_clear_pointer (&self->segments[--self->n_segments].decoded, g_free);
  return TRUE;
}

/* Letter by letter: nearly all patterns differ in the first one, or in that of their second part.
 */
static gboolean
is_at (const char *part, const Segment *segment)
{
  gsize i = 0;

  while (i < segment->length && part[i] == segment->text[i])
    i++;
  return i == segment->length && (part[i] == '/' || part[i] == '\0');
}

/* The number of parameters in @pattern when it fits @path, else −1. */
static int
fit_pattern (const char *pattern, const Path *path)
{
  int n_params = 0;
  const char *part = pattern;
  for (gsize i = 0; i < path->n_segments; i++)
    {
      const Segment *segment = &path->segments[i];
      if (*part != '/')
        return -1;
      part++;
      if (*part == ':' && segment->length > 0)
        {
          n_params++;
          part += strcspn (part, "/");
          continue;
        }
      if (*part == ':' || !is_at (part, segment))
        return -1;
      part += segment->length;
    }
  return *part == '\0' ? n_params : -1;
}

static void
collect_params (const char *pattern, const Path *path, char **params)
{
  const char *part = pattern;
  for (gsize i = 0; i < path->n_segments; i++)
    {
      const Segment *segment = &path->segments[i];
      gsize length = strcspn (part + 1, "/");
      if (part[1] == ':')
        *params++ = g_strndup (segment->text, segment->length);
      part += 1 + length;
    }
}

/* The pattern with the fewest parameters of those that fit, and its route for @method, if it has
 * one.
 */
static const char *
find_best_pattern (const RoundsRouter *self, const Path *path, const char *method,
                   const RoundsRoute **route)
{
  const RoundsRoute *routes = self->routes;
  const guint16 outline = outline_path (path);
  const guint16 with_parameter = make_outline (path->n_segments, ':');
  const char *best = NULL;
  int fewest = G_MAXINT;
  for (gsize i = 0; i < self->n_routes; i++)
    {
      if (self->outlines[i] != outline && self->outlines[i] != with_parameter)
        continue;
      int n_params = fit_pattern (routes[i].path, path);
      if (n_params < 0 || n_params > fewest
          || (n_params == fewest && !g_str_equal (routes[i].path, best)))
        continue;
      if (n_params < fewest)
        *route = NULL;
      best = routes[i].path;
      fewest = n_params;
      if (*route == NULL && g_str_equal (routes[i].method, method))
        *route = &routes[i];
    }
  return best;
}

static char *
list_methods (const RoundsRouter *self, const char *pattern)
{
  const RoundsRoute *routes = self->routes;
  g_autoptr (GString) methods = g_string_new (NULL);
  for (gsize i = 0; i < self->n_routes; i++)
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
rounds_router_match (const RoundsRouter *self, const char *method, const char *path,
                     RoundsMatch *match)
{
  g_return_if_fail (self != NULL && method != NULL && path != NULL && match != NULL);

  *match = (RoundsMatch){ .verdict = ROUNDS_MATCH_UNKNOWN_PATH };
  g_auto (Path) parts = { .n_segments = 0 };
  if (!split_path (path, &parts))
    return;
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;
  const char *pattern = find_best_pattern (self, &parts, wanted, &match->route);
  if (pattern == NULL)
    return;

  match->verdict = match->route != NULL ? ROUNDS_MATCH_FOUND : ROUNDS_MATCH_WRONG_METHOD;
  if (match->route != NULL)
    collect_params (pattern, &parts, match->params);
  else
    match->allow = list_methods (self, pattern);
}

const char *
rounds_match_get_param (const RoundsMatch *self, const char *name)
{
  g_return_val_if_fail (self != NULL && self->route != NULL && name != NULL, NULL);

  const gsize length = strlen (name);
  const char *part = strstr (self->route->path, "/:");
  for (guint i = 0; part != NULL; i++, part = strstr (part + 2, "/:"))
    {
      if (strncmp (part + 2, name, length) == 0
          && (part[2 + length] == '/' || part[2 + length] == '\0'))
        return self->params[i];
    }
  return NULL;
}

void
rounds_match_clear (RoundsMatch *self)
{
  for (gsize i = 0; i < ROUNDS_MAX_PARAMS; i++)
    g_clear_pointer (&self->params[i], g_free);
  g_clear_pointer (&self->allow, g_free);
}
