/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who gets what beyond the matrix: lists and what is in them, records with no one's name on them,
 * tokens that are none. Every call for every person is in test-api-matrix.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-route.h"
#include "rounds-test.h"

#define N_COLUMNS (API_N_PEOPLE + 1)

static ApiWorld *world;

/* A visit of "patient" to "doctor". */
static char *
make_visit (void)
{
  g_autofree char *more = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);

  return api_make_appointment (world, DOCTOR, more);
}

/* A visit that nobody with an account has is its desk's and the admins'. */
static void
test_open_visit (void)
{
  static const guint statuses[N_COLUMNS] = { 404, 404, 200, 404, 200, 404, 404, 401 };
  g_autofree char *id = api_make_appointment (world, DESK, NULL);
  g_autofree char *path = api_path ("/api/appointments/%s", id);

  for (ApiPerson who = 0; who < N_COLUMNS; who++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, statuses[who], who, "GET", path, NULL);

      if (reply->status >= 400)
        api_assert_refused (reply);
    }
}

/* Whoever made a meeting sees it without having a part in it. */
static void
test_creator_without_part (void)
{
  static const guint statuses[N_COLUMNS] = { 404, 200, 200, 404, 200, 200, 404, 401 };
  g_autofree char *id = api_make_meeting (world, DESK, DOCTOR2, PATIENT);
  g_autofree char *path = api_path ("/api/meetings/%s", id);

  for (ApiPerson who = 0; who < N_COLUMNS; who++)
    g_clear_pointer (&(ServerReply *){ api_expect (world, statuses[who], who, "GET", path, NULL) },
                     server_reply_free);
}

/* Rows: who asks; columns: whose list. */
static const guint lists[N_COLUMNS][API_N_PEOPLE] = {
  [DOCTOR] = { 200, 403, 403, 404, 403, 403, 403 },
  [DOCTOR2] = { 403, 200, 403, 404, 403, 403, 403 },
  [DESK] = { 200, 200, 200, 404, 403, 200, 200 },
  [DESK2] = { 404, 404, 404, 200, 403, 404, 404 },
  [ADMIN] = { 200, 200, 200, 200, 200, 200, 200 },
  [PATIENT] = { 403, 403, 403, 404, 404, 200, 404 },
  [PATIENT2] = { 403, 403, 403, 404, 404, 404, 200 },
  [NOBODY] = { 401, 401, 401, 401, 401, 401, 401 },
};

static void
test_lists (gconstpointer data)
{
  const char *format = data;

  for (ApiPerson who = 0; who < N_COLUMNS; who++)
    {
      for (ApiPerson whose = 0; whose < API_N_PEOPLE; whose++)
        {
          g_autofree char *path = api_path (format, world->ids[whose]);
          g_autoptr (ServerReply) reply
              = api_expect (world, lists[who][whose], who, "GET", path, NULL);

          if (reply->status >= 400)
            api_assert_refused (reply);
        }
    }
}

/* A list holds only what its reader may see, whoever's it is. */
static void
test_lists_are_filtered (void)
{
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      g_autofree char *path = api_path ("/api/appointments/user/%s", world->ids[who]);
      g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);
      JsonArray *appointments
          = json_object_get_array_member (server_reply_get_data (reply), "appointments");

      g_assert_cmpuint (json_array_get_length (appointments), >, 0);
      for (guint i = 0; i < json_array_get_length (appointments); i++)
        {
          JsonObject *one = json_array_get_object_element (appointments, i);

          if (who == PATIENT || who == PATIENT2)
            g_assert_cmpstr (api_text (one, "patient"), ==, world->ids[who]);
          if (who == DOCTOR || who == DOCTOR2)
            g_assert_cmpstr (api_text (one, "doctor"), ==, world->ids[who]);
          if (who == DESK)
            g_assert_cmpstr (api_text (one, "hospital"), ==, world->hospital);
          if (who == DESK2)
            g_assert_cmpstr (api_text (one, "hospital"), ==, world->other_hospital);
        }
    }
}

/* Staff look at a doctor's meetings and see those of which they are part. */
static void
test_meetings_of_others_are_filtered (void)
{
  g_autofree char *with_desk = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autofree char *without = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *path = api_path ("/api/meetings/user/%s", world->ids[DOCTOR]);
  g_autoptr (ServerReply) own = api_expect (world, 200, DOCTOR, "GET", path, NULL);
  g_autoptr (ServerReply) staff = api_expect (world, 200, DESK, "GET", path, NULL);
  g_autoptr (ServerReply) admin = api_expect (world, 200, ADMIN, "GET", path, NULL);

  g_assert_nonnull (strstr (own->body, with_desk));
  g_assert_nonnull (strstr (own->body, without));
  g_assert_nonnull (strstr (staff->body, with_desk));
  g_assert_null (strstr (staff->body, without));
  g_assert_nonnull (strstr (admin->body, without));
}

/* Every row of the table that wants a token, with none, a forged one and others' kinds of one. */
static void
test_every_route_wants_a_token (void)
{
  static const char *const tokens[] = {
    NULL,
    "x",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZG1pbiJ9.",
    "' OR 1=1 --",
  };
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);
  guint n_checked = 0;

  for (gsize i = 0; i < n_routes; i++)
    {
      g_auto (GStrv) parts = g_strsplit (routes[i].path, "/", -1);
      g_autofree char *path = NULL;

      if (routes[i].flags & ROUNDS_ROUTE_PUBLIC)
        continue;
      for (gsize k = 0; parts[k] != NULL; k++)
        if (*parts[k] == ':')
          g_set_str (&parts[k], world->ids[DOCTOR]);
      path = g_strjoinv ("/", parts);
      for (gsize k = 0; k < G_N_ELEMENTS (tokens); k++)
        {
          g_autoptr (ServerReply) reply
              = server_fixture_send (world->server, routes[i].method, path, tokens[k],
                                     routes[i].flags & ROUNDS_ROUTE_BODY ? "{}" : NULL);

          g_assert_cmpuint (reply->status, ==, 401);
          g_assert_nonnull (server_reply_get_header (reply, "www-authenticate"));
          api_assert_refused (reply);
        }
      n_checked++;
    }
  g_assert_cmpuint (n_checked, >=, 13);
}

/* A session that ended is nobody's. */
static void
test_signed_out (void)
{
  g_autofree char *token = server_fixture_sign_in (world->server, "doctor@example.org");
  g_autofree char *id = make_visit ();
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autoptr (ServerReply) before = server_fixture_send (world->server, "GET", path, token, NULL);
  g_autoptr (ServerReply) out
      = server_fixture_send (world->server, "POST", "/api/auth/logout", token, NULL);
  g_autoptr (ServerReply) after = server_fixture_send (world->server, "GET", path, token, NULL);

  g_assert_cmpuint (before->status, ==, 200);
  g_assert_cmpuint (out->status, ==, 200);
  g_assert_cmpuint (after->status, ==, 401);
  api_assert_refused (after);
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiAccess/open-visit", test_open_visit);
  g_test_add_func ("/Rounds/Server/ApiAccess/creator-without-part", test_creator_without_part);
  g_test_add_data_func ("/Rounds/Server/ApiAccess/appointment-lists", "/api/appointments/user/%s",
                        test_lists);
  g_test_add_data_func ("/Rounds/Server/ApiAccess/meeting-lists", "/api/meetings/user/%s",
                        test_lists);
  g_test_add_func ("/Rounds/Server/ApiAccess/lists-are-filtered", test_lists_are_filtered);
  g_test_add_func ("/Rounds/Server/ApiAccess/meetings-of-others",
                   test_meetings_of_others_are_filtered);
  g_test_add_func ("/Rounds/Server/ApiAccess/every-route-wants-a-token",
                   test_every_route_wants_a_token);
  g_test_add_func ("/Rounds/Server/ApiAccess/signed-out", test_signed_out);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
