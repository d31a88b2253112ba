/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What people and programs send by mistake or with intent: wrong JSON, sizes, methods, ids, text.
 * Single fields are in test-api-fields.c, HTTP itself in the test-core files.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-route.h"
#include "rounds-test.h"

static ApiWorld *world;

/* @route's path with the ids of the person it is tried by. (transfer full) */
static char *
fill_path (const RoundsRoute *route)
{
  g_auto (GStrv) parts = g_strsplit (route->path, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] == ':')
      g_set_str (&parts[i], world->ids[DOCTOR]);
  return g_strjoinv ("/", parts);
}

static gboolean
route_exists (const char *method, const char *path)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    if (g_str_equal (routes[i].path, path) && g_str_equal (routes[i].method, method))
      return TRUE;
  return FALSE;
}

static void
test_wrong_methods (void)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW" };
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = fill_path (&routes[i]);

      for (gsize k = 0; k < G_N_ELEMENTS (methods); k++)
        {
          g_autoptr (ServerReply) reply = NULL;

          if (route_exists (methods[k], routes[i].path))
            continue;
          reply = api_call (world, DOCTOR, methods[k], path, NULL);
          g_assert_cmpuint (reply->status, ==, 405);
          g_assert_cmpstr (server_reply_get_code (reply), ==, "method_not_allowed");
          g_assert_nonnull (strstr (server_reply_get_header (reply, "allow"), routes[i].method));
          api_assert_refused (reply);
        }
    }
}

static void
test_unknown_routes (void)
{
  static const char *const paths[] = {
    "/",
    "/api/",
    "/api/appointment",
    "/api/appointments/66f1a2b3c4d5e6f708192a3b/notes",
    "/api/meetings/user",
    "/api/meetings/66f1a2b3c4d5e6f708192a3b/status/now",
    "/api/users/66f1a2b3c4d5e6f708192a3b",
    "/api/../etc/passwd",
    "/api/%2e%2e/rounds.db",
    "//api/hospitals",
    "/API/HOSPITALS",
    "/rounds.db",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerReply) reply = api_call (world, ADMIN, "GET", paths[i], NULL);

      g_test_message ("%s", paths[i]);
      /* "/api/" is "/api". */
      if (g_str_equal (paths[i], "/api/"))
        {
          g_assert_cmpuint (reply->status, ==, 200);
          continue;
        }
      g_assert_cmpuint (reply->status, ==, 404);
      api_assert_refused (reply);
    }
}

/* Somebody whose role may call, so that it is the body that is refused. */
static ApiPerson
choose_caller (const RoundsRoute *route)
{
  return (route->roles & ROUNDS_ROLE_BIT (ROUNDS_ROLE_DOCTOR)) != 0 ? DOCTOR : ADMIN;
}

static void
test_wrong_bodies (void)
{
  static const char *const bodies[] = {
    "",     "{",       "[]",          "\"text\"", "null", "{\"a\":}", "{} {}", "// only a comment",
    "\xff", "{'a':1}", "{\"a\":1,,}", "NaN",
  };
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = fill_path (&routes[i]);

      if ((routes[i].flags & ROUNDS_ROUTE_BODY) == 0)
        continue;
      for (gsize k = 0; k < G_N_ELEMENTS (bodies); k++)
        {
          g_autoptr (ServerReply) reply
              = api_call (world, choose_caller (&routes[i]), routes[i].method, path, bodies[k]);

          g_test_message ("%s %s %s", routes[i].method, routes[i].path, bodies[k]);
          g_assert_cmpuint (reply->status, ==, 400);
          api_assert_refused (reply);
        }
    }
}

static void
test_deep_and_large_bodies (void)
{
  const gsize ten_megabytes = 10 * 1024 * 1024;
  g_autofree char *large = g_malloc (ten_megabytes + 1);
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *deep_body = g_strconcat ("{\"a\":", deep, NULL);
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  memset (large, ' ', ten_megabytes);
  memcpy (large, "{\"a\":\"", 6);
  memcpy (large + ten_megabytes - 2, "\"}", 2);
  large[ten_megabytes] = '\0';

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *path = fill_path (&routes[i]);
      gboolean has_body = (routes[i].flags & ROUNDS_ROUTE_BODY) != 0;
      ApiPerson who = choose_caller (&routes[i]);
      g_autoptr (ServerReply) ten = api_call (world, who, routes[i].method, path, large);
      g_autoptr (ServerReply) nested = NULL;

      g_test_message ("%s %s", routes[i].method, routes[i].path);
      g_assert_cmpuint (ten->status, ==, 413);
      api_assert_refused (ten);
      if (!has_body || routes[i].max_body < 64 * 1024)
        continue;
      nested = api_call (world, who, routes[i].method, path, deep_body);
      g_assert_cmpuint (nested->status, ==, 400);
      api_assert_refused (nested);
    }
}

/* What is no id is nobody's and nothing's; it never reaches a statement as anything but a value. */
static void
test_malformed_ids (void)
{
  static const char *const ids[] = {
    "0",
    "me",
    "66f1a2b3c4d5e6f708192a3",
    "66f1a2b3c4d5e6f708192a3bb",
    "66F1A2B3C4D5E6F708192A3B",
    "66f1a2b3c4d5e6f708192a3%20",
    "'%20OR%201=1%20--%20aaaaaaaa",
    "%F0%9F%A9%BA",
    "..",
    "%2e%2e",
    "66f1a2b3c4d5e6f708192a3g",
  };
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } calls[] = {
    { "GET", "/api/appointments/%s", NULL },
    { "GET", "/api/appointments/user/%s", NULL },
    { "PATCH", "/api/appointments/%s/status", "{\"status\":\"arrived\"}" },
    { "GET", "/api/meetings/%s", NULL },
    { "GET", "/api/meetings/user/%s", NULL },
    { "DELETE", "/api/meetings/%s", NULL },
    { "PATCH", "/api/meetings/%s/status", "{\"status\":\"active\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (calls); k++)
        {
          g_autofree char *path = api_path (calls[k].path, ids[i]);
          g_autoptr (ServerReply) reply
              = api_expect (world, 404, ADMIN, calls[k].method, path, calls[k].body);

          api_assert_refused (reply);
        }
    }
}

/* Text of the world goes in and comes out unchanged. */
static void
test_text_of_the_world (void)
{
  static const char *const names[] = {
    "Nguyễn Thị Ánh",
    "محمد الأمين",
    "Ελευθέριος",
    "यशोदा",
    "欧阳娜娜",
    "Zoë 🩺👩🏽‍⚕️",
    "Ọ̀ṣúnbíyìí",
    "O'Brien; DROP TABLE users; --",
    "\\u0041\\\"\\\\ \\/",
    "<script>alert(1)</script>",
    "\xe2\x80\xabשלום\xe2\x80\xac",
  };
  g_autofree char *good = api_appointment_body (world->hospital, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = g_strdup_printf ("\"%s\"", names[i]);
      g_autofree char *named = api_with_member (good, "patientDetails.fullName", value);
      g_autofree char *body = api_at_free_time (named);
      g_autoptr (JsonNode) expected = json_from_string (value, NULL);
      g_autoptr (ServerReply) made
          = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", body);
      g_autofree char *path
          = api_path ("/api/appointments/%s", api_text (api_document (made, "appointment"), "_id"));
      g_autoptr (ServerReply) read = api_expect (world, 200, DOCTOR, "GET", path, NULL);
      JsonObject *patient
          = json_object_get_object_member (api_document (read, "appointment"), "patientDetails");

      g_assert_cmpstr (api_text (patient, "fullName"), ==, json_node_get_string (expected));
    }
}

/* Bytes that are no text, a NUL within a text, half a surrogate pair: refused, not cut short. */
static void
test_no_text (void)
{
  static const char *const titles[] = { "\"a\xff\"",    "\"a\\u0000b\"",    "\"a\\ud800\"",
                                        "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"a\\u001bb\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"participants\":[\"%s\"],\"title\":%s}",
                                               world->ids[DESK], titles[i]);
      g_autoptr (ServerReply) reply
          = api_expect (world, 400, DOCTOR, "POST", "/api/meetings", body);

      api_assert_refused (reply);
    }
}

static void
test_unknown_members (void)
{
  g_autofree char *good = api_appointment_body (
      world->hospital, "\"status\":\"completed\",\"_id\":\"66f1a2b3c4d5e6f708192a3b\","
                       "\"version\":9,\"meetingLink\":\"https://evil.example/\",\"x\":{\"y\":[]}");
  g_autoptr (ServerReply) reply
      = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", good);
  JsonObject *appointment = api_document (reply, "appointment");

  g_assert_cmpstr (api_text (appointment, "status"), ==, "confirmed");
  g_assert_cmpstr (api_text (appointment, "_id"), !=, "66f1a2b3c4d5e6f708192a3b");
  g_assert_cmpint (json_object_get_int_member (appointment, "version"), ==, 1);
  g_assert_null (strstr (reply->body, "evil"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestFunc function;
  } tests[] = {
    { "wrong-methods", test_wrong_methods },
    { "unknown-routes", test_unknown_routes },
    { "wrong-bodies", test_wrong_bodies },
    { "deep-and-large-bodies", test_deep_and_large_bodies },
    { "malformed-ids", test_malformed_ids },
    { "text-of-the-world", test_text_of_the_world },
    { "no-text", test_no_text },
    { "unknown-members", test_unknown_members },
  };
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Server/ApiInput/", tests[i].path, NULL);

      g_test_add_func (path, tests[i].function);
    }
  result = g_test_run ();
  api_world_free (world);
  return result;
}
