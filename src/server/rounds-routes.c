/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The route table: every call that roundsd answers, one row each.
 * What a row's handler may touch is decided in the handler; matching is in rounds-router.c.
 */

#include "config.h"

#include "rounds-route.h"

#include "rounds-info-handlers.h"
#include "rounds-login-handlers.h"

#define PUBLIC ROUNDS_ROUTE_PUBLIC
#define BODY ROUNDS_ROUTE_BODY
#define SLOW ROUNDS_ROUTE_SLOW
#define ALL ROUNDS_ROLES_ALL

/* A login is an address and a password, a status change has notes of at most 20,000 characters. */
#define SMALL (4 * 1024)
#define LARGE (128 * 1024)

/* Resource by resource; the rows of a resource stand together. */
static const RoundsRoute routes[] = {
  /* The server itself */
  { "GET", "/healthz", ALL, PUBLIC, 0, rounds_handle_health, "Whether it answers" },
  { "GET", "/api", ALL, PUBLIC, 0, rounds_handle_info, "Name, version, capabilities" },

  /* Signing in and out */
  { "POST", "/api/auth/login", ALL, PUBLIC | BODY | SLOW, SMALL, rounds_handle_login,
    "Sign in with e-mail address and password" },
  { "POST", "/api/auth/logout", ALL, ROUNDS_ROUTE_NONE, LARGE, rounds_handle_logout,
    "End the session of the token" },
};

const RoundsRoute *
rounds_routes_get (gsize *n_routes)
{
  g_return_val_if_fail (n_routes != NULL, NULL);

  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
