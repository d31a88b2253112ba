/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The route table's shape: method, path, who, limits, handler.
 * The table itself is rounds-routes.c; matching a request to a row is rounds-router.c.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* Plain blocking code on a worker thread; reads top to bottom. Never returns NULL. */
typedef RoundsResponse *(*RoundsHandler) (RoundsRequest *request);

typedef enum
{
  ROUNDS_ROUTE_NONE = 0,
  ROUNDS_ROUTE_PUBLIC = 1 << 0, /* no bearer token asked */
  ROUNDS_ROUTE_BODY = 1 << 1, /* a JSON object has to come with it */
  ROUNDS_ROUTE_SLOW = 1 << 2, /* hashes passwords: answered by the few threads kept for that */
  ROUNDS_ROUTE_SOCKET = 1 << 3, /* opens a WebSocket: a page's token comes with its handshake */
  ROUNDS_ROUTE_DETAILS = 1 << 4, /* shows what is said of patients: noted in the audit log */
  ROUNDS_ROUTE_FORM = 1 << 5, /* takes a form (application/x-www-form-urlencoded) */
  /* Who gets a good answer has shown a secret other than a session's token, or watches over us: it
   * costs his address nothing. */
  ROUNDS_ROUTE_FREE = 1 << 6,
  ROUNDS_ROUTE_RECALL = 1 << 7, /* only shows the record that its path names: where that and the
                                   session are in memory, it is answered without a database */
  ROUNDS_ROUTE_MAKES = 1 << 8, /* what it does well is answered 201 */
} RoundsRouteFlags;

/* Which kind of record the ":id" (or ":userId") of a path names. Whether it is the caller's own is
 * asked of model, by the handler; the access matrix of the tests and the audit log go by this. */
typedef enum
{
  ROUNDS_RECORD_NONE,
  ROUNDS_RECORD_APPOINTMENT,
  ROUNDS_RECORD_MEETING,
  ROUNDS_RECORD_USER,
  ROUNDS_RECORD_SESSION,
  ROUNDS_RECORD_HOSPITAL,
} RoundsRecordKind;

/* Bits of RoundsRole that may call at all; what they may touch is the handler's. */
#define ROUNDS_ROLE_BIT(role) (1u << (role))
#define ROUNDS_ROLES_ALL 0xfu

typedef struct
{
  const char *method; /* "GET" */
  const char *path; /* "/api/meetings/:id/status" */
  guint roles;
  RoundsRouteFlags flags;
  gsize max_body; /* bytes; 0 = no body taken; without ROUNDS_ROUTE_BODY one is read and ignored */
  RoundsHandler handler;
  const char *summary; /* one line for the documentation */
  RoundsRecordKind record; /* what its parameter names */
} RoundsRoute;

const RoundsRoute *rounds_routes_get (gsize *n_routes);

G_END_DECLS
