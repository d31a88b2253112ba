/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From method and path to a row of the route table.
 * It knows no route itself (rounds-routes.c) and runs none (rounds-dispatch.c).
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_MATCH_FOUND,
  ROUNDS_MATCH_UNKNOWN_PATH,
  ROUNDS_MATCH_WRONG_METHOD,
} RoundsMatchVerdict;

#define ROUNDS_MAX_PARAMS 2

typedef struct
{
  RoundsMatchVerdict verdict;
  const RoundsRoute *route; /* FOUND only; static */
  char *params[ROUNDS_MAX_PARAMS]; /* FOUND only: in the order of the route's path, owned */
  char *allow; /* FOUND and WRONG_METHOD: "GET, HEAD, PATCH", owned */
} RoundsMatch;

/* Read-only once it is made: any thread. */
typedef struct _RoundsRouter RoundsRouter;

/* @routes: borrowed; static. */
RoundsRouter *rounds_router_new (const RoundsRoute *routes, gsize n_routes);
void rounds_router_free (RoundsRouter *self);

/* Finds the row for @path, still percent-encoded and without its query. A literal part of a path
 * goes before a parameter; HEAD is answered by GET's row; one "/" at the end is taken. */
void rounds_router_match (const RoundsRouter *self, const char *method, const char *path,
                          RoundsMatch *match);

/* What stood in the path for ":@name" of the route's; NULL when it has no such parameter. */
const char *rounds_match_get_param (const RoundsMatch *self, const char *name);
void rounds_match_clear (RoundsMatch *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsMatch, rounds_match_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsRouter, rounds_router_free)

G_END_DECLS
