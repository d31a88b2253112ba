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

typedef struct
{
  RoundsMatchVerdict verdict;
  const RoundsRoute *route; /* FOUND only; static */
  GHashTable *params; /* FOUND only: char * → char *, owned */
  char *allow; /* FOUND and WRONG_METHOD: "GET, HEAD, PATCH", owned */
} RoundsMatch;

/* Finds the row of @routes for @path, still percent-encoded and without its query. A literal part
 * of a path goes before a parameter; HEAD is answered by GET's row; one "/" at the end is taken. */
void rounds_router_match (const RoundsRoute *routes, gsize n_routes, const char *method,
                          const char *path, RoundsMatch *match);
void rounds_match_clear (RoundsMatch *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsMatch, rounds_match_clear)

G_END_DECLS
