/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Matching of methods and paths, decoding of addresses, and what has to be true of the real table.
 * What the handlers answer is in the test-api- files.
 */

#include "rounds-router.h"

#include "rounds-cors.h"
#include "rounds-request-private.h"
#include "rounds-test.h"

#include <string.h>

static RoundsResponse *
answer_nothing (RoundsRequest *request)
{
  return rounds_response_success (200, NULL);
}

static const RoundsRoute table[] = {
  { "GET", "/a", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_NONE, 0, answer_nothing, "" },
  { "POST", "/a", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_BODY, 10, answer_nothing, "" },
  { "GET", "/a/:id", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_NONE, 0, answer_nothing, "" },
  { "GET", "/a/me", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_NONE, 0, answer_nothing, "" },
  { "PATCH", "/a/:id/b/:other", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_NONE, 0, answer_nothing, "" },
};

static void
test_match (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    RoundsMatchVerdict verdict;
    int row;
    const char *id;
    const char *other;
  } rows[] = {
    { "GET", "/a", ROUNDS_MATCH_FOUND, 0, NULL, NULL },
    { "HEAD", "/a", ROUNDS_MATCH_FOUND, 0, NULL, NULL },
    { "POST", "/a", ROUNDS_MATCH_FOUND, 1, NULL, NULL },
    { "GET", "/a/", ROUNDS_MATCH_FOUND, 0, NULL, NULL },
    { "GET", "/a/7", ROUNDS_MATCH_FOUND, 2, "7", NULL },
    { "GET", "/a/me", ROUNDS_MATCH_FOUND, 3, NULL, NULL },
    { "GET", "/a/m%65", ROUNDS_MATCH_FOUND, 3, NULL, NULL },
    { "GET", "/a/x%20y", ROUNDS_MATCH_FOUND, 2, "x y", NULL },
    { "GET", "/a/x+y", ROUNDS_MATCH_FOUND, 2, "x+y", NULL },
    { "GET", "/a/x%2Fy", ROUNDS_MATCH_FOUND, 2, "x/y", NULL },
    { "PATCH", "/a/1/b/2", ROUNDS_MATCH_FOUND, 4, "1", "2" },
    { "DELETE", "/a", ROUNDS_MATCH_WRONG_METHOD, -1, NULL, NULL },
    { "get", "/a", ROUNDS_MATCH_WRONG_METHOD, -1, NULL, NULL },
    { "HEAD", "/a/1/b/2", ROUNDS_MATCH_WRONG_METHOD, -1, NULL, NULL },
    { "PATCH", "/a/me", ROUNDS_MATCH_WRONG_METHOD, -1, NULL, NULL },
    { "GET", "/", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "a", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/A", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "//a", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/a//", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/a//b/2", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/ab", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/a/%00", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/a/%4", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/a/%c3%28", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL, NULL },
    { "GET", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t", ROUNDS_MATCH_UNKNOWN_PATH, -1, NULL,
      NULL },
  };

  g_autoptr (RoundsRouter) router = rounds_router_new (table, G_N_ELEMENTS (table));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (RoundsMatch) match = { 0 };
      g_test_message ("%s %s", rows[i].method, rows[i].path);
      rounds_router_match (router, rows[i].method, rows[i].path, &match);
      g_assert_cmpint (match.verdict, ==, rows[i].verdict);
      if (rows[i].row < 0)
        {
          g_assert_null (match.route);
          continue;
        }
      g_assert_true (match.route == &table[rows[i].row]);
      g_assert_cmpstr (rounds_match_get_param (&match, "id"), ==, rows[i].id);
      g_assert_cmpstr (rounds_match_get_param (&match, "other"), ==, rows[i].other);
    }
}

static void
test_allow (void)
{
  g_auto (RoundsMatch) match = { 0 };
  g_autoptr (RoundsRouter) router = rounds_router_new (table, G_N_ELEMENTS (table));
  rounds_router_match (router, "PUT", "/a", &match);
  g_assert_cmpstr (match.allow, ==, "GET, HEAD, POST");
}

static void
test_decode (void)
{
  static const struct
  {
    const char *text;
    gboolean plus;
    const char *decoded; /* NULL: refused */
  } rows[] = {
    { "", FALSE, "" },           { "abc", FALSE, "abc" },  { "%41%62", FALSE, "Ab" },
    { "a+b", FALSE, "a+b" },     { "a+b", TRUE, "a b" },   { "%2B", TRUE, "+" },
    { "%e2%82%AC", FALSE, "€" }, { "%", FALSE, NULL },     { "%4", FALSE, NULL },
    { "%g1", FALSE, NULL },      { "a%00b", FALSE, NULL }, { "%ff", FALSE, NULL },
    { "\xff", FALSE, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *decoded = rounds_uri_decode (rows[i].text, -1, rows[i].plus);
      g_assert_cmpstr (decoded, ==, rows[i].decoded);
    }
}

static void
test_query (void)
{
  g_auto (RoundsRequest) request = { .raw_query = "a=1&b=x%20y+z&a=2&&=empty&flag&bad=%zz&c=d=e" };

  g_assert_cmpstr (rounds_request_get_query (&request, "a"), ==, "1");
  g_assert_cmpstr (rounds_request_get_query (&request, "b"), ==, "x y z");
  g_assert_cmpstr (rounds_request_get_query (&request, "flag"), ==, "");
  g_assert_cmpstr (rounds_request_get_query (&request, "bad"), ==, "\uFFFD");
  g_assert_cmpstr (rounds_request_get_query (&request, "c"), ==, "d=e");
  g_assert_cmpstr (rounds_request_get_query (&request, "absent"), ==, NULL);
  g_assert_cmpstr (rounds_request_get_query (&request, ""), ==, NULL);
}

/* What no row of the real table may get wrong. */
static void
test_real_table (void)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (n_routes, >, 8);
  for (gsize i = 0; i < n_routes; i++)
    {
      const RoundsRoute *route = &routes[i];
      gboolean public = (route->flags & ROUNDS_ROUTE_PUBLIC) != 0;
      g_test_message ("%s %s", route->method, route->path);
      g_assert_true (
          g_hash_table_add (seen, g_strdup_printf ("%s %s", route->method, route->path)));
      g_assert_true (route->path[0] == '/' && !g_str_has_suffix (route->path, "/"));
      g_assert_nonnull (route->handler);
      g_assert_cmpstr (route->summary, !=, "");
      g_assert_cmpuint (route->roles & ~ROUNDS_ROLES_ALL, ==, 0);
      g_assert_cmpuint (route->roles, !=, 0);
      g_assert_cmpuint (route->max_body, <=, 1024 * 1024);
      if (g_str_has_prefix (route->path, "/api/"))
        g_assert_cmpint (strchr (route->path, ':') != NULL, ==,
                         route->record != ROUNDS_RECORD_NONE);
      if (route->flags & ROUNDS_ROUTE_BODY)
        g_assert_cmpuint (route->max_body, >, 0);
      if (g_str_equal (route->method, "GET"))
        g_assert_cmpuint (route->max_body, ==, 0);
      if (public)
        g_assert_true (g_str_equal (route->path, "/api") || g_str_equal (route->path, "/healthz")
                       || g_str_equal (route->path, "/readyz")
                       || g_str_equal (route->path, "/metrics")
                       || g_str_equal (route->path, "/calendar/:token.ics")
                       || g_str_equal (route->path, "/api/auth/login")
                       || g_str_equal (route->path, "/api/auth/refresh")
                       /* The conference server's own, with a secret of their own. */
                       || g_str_has_prefix (route->path, "/jitsi/"));
    }
}

static void
test_origins (void)
{
  static const struct
  {
    const char *origin;
    gboolean valid;
  } rows[] = {
    { "https://portal.example.org", TRUE },
    { "https://portal.example.org:8443", TRUE },
    { "http://localhost:3000", TRUE },
    { "*", FALSE },
    { "null", FALSE },
    { "portal.example.org", FALSE },
    { "https://", FALSE },
    { "https://portal.example.org/", FALSE },
    { "https://portal.example.org/app", FALSE },
    { "https://portal.example.org?x", FALSE },
    { "https://user@portal.example.org", FALSE },
    { "ftp://portal.example.org", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (rounds_cors_origin_is_valid (rows[i].origin), ==, rows[i].valid);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Router/match", test_match);
  g_test_add_func ("/Rounds/Server/Router/allow", test_allow);
  g_test_add_func ("/Rounds/Server/Router/decode", test_decode);
  g_test_add_func ("/Rounds/Server/Router/query", test_query);
  g_test_add_func ("/Rounds/Server/Router/real-table", test_real_table);
  g_test_add_func ("/Rounds/Server/Cors/origins", test_origins);
  return g_test_run ();
}
