/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The access matrix: every row of the route table, for every person, on records of one's own, of
 * others, of another hospital and on none at all. A route without its lines here fails.
 * The rules themselves are tested in model; here it is shown that no call forgets to ask them.
 */

#include "config.h"

#include <string.h>

#include "api-matrix.h"
#include "rounds-route.h"
#include "rounds-test.h"

static ApiWorld *world;

/* Whose record the call is about, and the status that each person gets. */
typedef struct
{
  const char *route; /* "GET /api/meetings/:id", as in the route table */
  ApiRelation relation;
  ApiBody body; /* or NULL */
  const char *statuses; /* doctor doctor2 desk desk2 admin patient patient2 nobody */
} Line;

#define OWN API_OWN
#define OTHERS API_OTHERS
#define FOREIGN API_FOREIGN
#define UNKNOWN API_UNKNOWN

#define ANYBODY "200 200 200 200 200 200 200 200"
#define SIGNED_IN "200 200 200 200 200 200 200 401"
#define MALFORMED "400 400 400 400 400 400 400 400"
#define NOWHERE "404 404 404 404 404 404 404 401"
/* Jitsi's own servers only, where there is one. */
#define NO_JITSI "404 404 404 404 404 404 404 404"
/* Who attends to a visit, and its patient. */
#define VISIT_OWN "200 404 200 404 200 200 404 401"
#define VISIT_OTHERS "404 200 200 404 200 404 200 401"
#define VISIT_FOREIGN "404 404 404 200 200 404 404 401"
/* The same without the patient, who may see it. */
#define CARE_OWN "200 404 200 404 200 403 404 401"
#define CARE_OTHERS "404 200 200 404 200 404 403 401"
/* The people of a meeting, and the same where patients may only look on. */
#define MEET_OWN "200 404 404 404 200 200 404 401"
#define MEET_OTHERS "404 200 404 404 200 404 200 401"
#define MEET_FOREIGN "404 404 404 200 200 404 404 401"
#define HOST_OWN "200 404 404 404 200 403 404 401"
#define HOST_OTHERS "404 200 404 404 200 404 403 401"

static const Line lines[] = {
  { "GET /healthz", OWN, NULL, ANYBODY },
  { "GET /readyz", OWN, NULL, ANYBODY },
  /* A test is a program of this machine. */
  { "GET /metrics", OWN, NULL, ANYBODY },
  { "GET /api", OWN, NULL, ANYBODY },
  { "GET /api/openapi.json", OWN, NULL, SIGNED_IN },

  { "POST /api/auth/login", OWN, api_body_empty, MALFORMED },
  { "POST /api/auth/refresh", OWN, api_body_empty, MALFORMED },
  { "POST /api/auth/logout", OWN, NULL, SIGNED_IN },
  { "GET /api/auth/sessions", OWN, NULL, SIGNED_IN },
  { "DELETE /api/auth/sessions", OWN, NULL, SIGNED_IN },
  /* A session is nobody's but its owner's, an admin's neither. Here it is the first doctor's. */
  { "DELETE /api/auth/sessions/:id", OWN, NULL, "200 404 404 404 404 404 404 401" },
  { "DELETE /api/auth/sessions/:id", OTHERS, NULL, "404 404 404 404 404 200 404 401" },
  { "DELETE /api/auth/sessions/:id", FOREIGN, NULL, "404 404 404 200 404 404 404 401" },
  { "DELETE /api/auth/sessions/:id", UNKNOWN, NULL, NOWHERE },

  /* At the first hospital for oneself or nobody; for another patient; at the other hospital, where
   * no doctor of the first one works. */
  { "POST /api/appointments", OWN, api_body_visit, "201 201 201 403 201 201 201 401" },
  { "POST /api/appointments", OTHERS, api_body_visit, "201 201 201 403 201 403 201 401" },
  { "POST /api/appointments", FOREIGN, api_body_visit, "422 422 403 201 201 201 201 401" },
  { "POST /api/appointments", UNKNOWN, api_body_visit, "422 422 422 422 422 422 422 401" },
  { "GET /api/appointments/:id", OWN, NULL, VISIT_OWN },
  { "GET /api/appointments/:id", OTHERS, NULL, VISIT_OTHERS },
  { "GET /api/appointments/:id", FOREIGN, NULL, VISIT_FOREIGN },
  { "GET /api/appointments/:id", UNKNOWN, NULL, NOWHERE },
  { "PATCH /api/appointments/:id", OWN, api_body_notes, CARE_OWN },
  { "PATCH /api/appointments/:id", OTHERS, api_body_notes, CARE_OTHERS },
  { "PATCH /api/appointments/:id", FOREIGN, api_body_notes, VISIT_FOREIGN },
  { "PATCH /api/appointments/:id", UNKNOWN, api_body_notes, NOWHERE },
  { "DELETE /api/appointments/:id", OWN, NULL, VISIT_OWN },
  { "DELETE /api/appointments/:id", OTHERS, NULL, VISIT_OTHERS },
  { "DELETE /api/appointments/:id", FOREIGN, NULL, VISIT_FOREIGN },
  { "DELETE /api/appointments/:id", UNKNOWN, NULL, NOWHERE },
  { "PATCH /api/appointments/:id/status", OWN, api_body_arrived, CARE_OWN },
  { "PATCH /api/appointments/:id/status", OTHERS, api_body_arrived, CARE_OTHERS },
  { "PATCH /api/appointments/:id/status", FOREIGN, api_body_arrived, VISIT_FOREIGN },
  { "PATCH /api/appointments/:id/status", UNKNOWN, api_body_arrived, NOWHERE },
  { "POST /api/appointments/:id/join", OWN, NULL, VISIT_OWN },
  { "POST /api/appointments/:id/join", OTHERS, NULL, VISIT_OTHERS },
  { "POST /api/appointments/:id/join", FOREIGN, NULL, VISIT_FOREIGN },
  { "POST /api/appointments/:id/join", UNKNOWN, NULL, NOWHERE },
  { "GET /api/availability", OWN, NULL, "200 200 200 404 200 200 200 401" },
  { "GET /api/availability", UNKNOWN, NULL, NOWHERE },

  /* Of the first doctor and patient; of the second ones; of the other hospital's desk. */
  { "POST /api/meetings", OWN, api_body_meeting, "201 201 201 403 201 403 403 401" },
  { "POST /api/meetings", OTHERS, api_body_meeting, "201 201 201 403 201 403 403 401" },
  { "POST /api/meetings", FOREIGN, api_body_meeting, "403 403 201 201 201 403 403 401" },
  { "POST /api/meetings", UNKNOWN, api_body_meeting, "422 422 422 422 422 403 403 401" },
  { "GET /api/meetings/:id", OWN, NULL, MEET_OWN },
  { "GET /api/meetings/:id", OTHERS, NULL, MEET_OTHERS },
  { "GET /api/meetings/:id", FOREIGN, NULL, MEET_FOREIGN },
  { "GET /api/meetings/:id", UNKNOWN, NULL, NOWHERE },
  { "PATCH /api/meetings/:id", OWN, api_body_notes, HOST_OWN },
  { "PATCH /api/meetings/:id", OTHERS, api_body_notes, HOST_OTHERS },
  { "PATCH /api/meetings/:id", FOREIGN, api_body_notes, MEET_FOREIGN },
  { "PATCH /api/meetings/:id", UNKNOWN, api_body_notes, NOWHERE },
  { "DELETE /api/meetings/:id", OWN, NULL, HOST_OWN },
  { "DELETE /api/meetings/:id", OTHERS, NULL, HOST_OTHERS },
  { "DELETE /api/meetings/:id", FOREIGN, NULL, MEET_FOREIGN },
  { "DELETE /api/meetings/:id", UNKNOWN, NULL, NOWHERE },
  { "PATCH /api/meetings/:id/status", OWN, api_body_active, HOST_OWN },
  { "PATCH /api/meetings/:id/status", OTHERS, api_body_active, HOST_OTHERS },
  { "PATCH /api/meetings/:id/status", FOREIGN, api_body_active, MEET_FOREIGN },
  { "PATCH /api/meetings/:id/status", UNKNOWN, api_body_active, NOWHERE },
  { "POST /api/meetings/:id/join", OWN, NULL, MEET_OWN },
  { "POST /api/meetings/:id/join", OTHERS, NULL, MEET_OTHERS },
  { "POST /api/meetings/:id/join", FOREIGN, NULL, MEET_FOREIGN },
  { "POST /api/meetings/:id/join", UNKNOWN, NULL, NOWHERE },

  /* The first patient's list, the second doctor's, the other desk's. Whom one does not find in the
   * directory is not there; whom one finds has a list that is none of one's business. */
  { "GET /api/appointments/user/:userId", OWN, NULL, "403 403 200 404 200 200 404 401" },
  { "GET /api/appointments/user/:userId", OTHERS, NULL, "403 200 200 404 200 403 403 401" },
  { "GET /api/appointments/user/:userId", FOREIGN, NULL, "404 404 404 200 200 404 404 401" },
  { "GET /api/appointments/user/:userId", UNKNOWN, NULL, NOWHERE },
  { "GET /api/meetings/user/:userId", OWN, NULL, "403 403 200 404 200 200 404 401" },
  { "GET /api/meetings/user/:userId", OTHERS, NULL, "403 200 200 404 200 403 403 401" },
  { "GET /api/meetings/user/:userId", FOREIGN, NULL, "404 404 404 200 200 404 404 401" },
  { "GET /api/meetings/user/:userId", UNKNOWN, NULL, NOWHERE },

  { "GET /api/changes", OWN, NULL, SIGNED_IN },
  /* Nobody here asks for a WebSocket. */
  { "GET /api/events", OWN, NULL, "426 426 426 426 426 426 426 401" },

  { "POST /api/appointments/:id/guests", OWN, api_body_guest, "201 404 201 404 201 403 404 401" },
  { "POST /api/appointments/:id/guests", OTHERS, api_body_guest,
    "404 201 201 404 201 404 403 401" },
  { "POST /api/appointments/:id/guests", FOREIGN, api_body_guest,
    "404 404 404 201 201 404 404 401" },
  { "POST /api/appointments/:id/guests", UNKNOWN, api_body_guest, NOWHERE },
  { "POST /api/appointments/:id/quality", OWN, api_body_quality,
    "201 404 201 404 201 201 404 401" },
  { "POST /api/appointments/:id/quality", OTHERS, api_body_quality,
    "404 201 201 404 201 404 201 401" },
  { "POST /api/appointments/:id/quality", FOREIGN, api_body_quality,
    "404 404 404 201 201 404 404 401" },
  { "POST /api/appointments/:id/quality", UNKNOWN, api_body_quality, NOWHERE },
  { "POST /api/meetings/:id/guests", OWN, api_body_guest, "201 404 404 404 201 403 404 401" },
  { "POST /api/meetings/:id/guests", OTHERS, api_body_guest, "404 201 404 404 201 404 403 401" },
  { "POST /api/meetings/:id/guests", FOREIGN, api_body_guest, "404 404 404 201 201 404 404 401" },
  { "POST /api/meetings/:id/guests", UNKNOWN, api_body_guest, NOWHERE },
  { "POST /api/meetings/:id/quality", OWN, api_body_quality, "201 404 404 404 201 201 404 401" },
  { "POST /api/meetings/:id/quality", OTHERS, api_body_quality, "404 201 404 404 201 404 201 401" },
  { "POST /api/meetings/:id/quality", FOREIGN, api_body_quality,
    "404 404 404 201 201 404 404 401" },
  { "POST /api/meetings/:id/quality", UNKNOWN, api_body_quality, NOWHERE },
  { "GET /api/reports/summary", OWN, NULL, "403 403 200 200 200 403 403 401" },
  { "POST /api/users/me/calendar", OWN, NULL, "201 201 201 201 201 201 201 401" },
  { "DELETE /api/users/me/calendar", OWN, NULL, SIGNED_IN },
  /* Whoever knows the address; nobody knows this one. */
  { "GET /calendar/:token.ics", OWN, NULL, "404 404 404 404 404 404 404 404" },

  { "GET /api/audit", OWN, NULL, "403 403 403 403 200 403 403 401" },

  { "GET /api/users", OWN, NULL, SIGNED_IN },
  { "GET /api/users/me", OWN, NULL, SIGNED_IN },
  { "PATCH /api/users/me", OWN, api_body_empty, "400 400 400 400 400 400 400 401" },
  /* The first patient, the second doctor, the other desk. */
  { "GET /api/users/:id", OWN, NULL, "200 200 200 404 200 200 404 401" },
  { "GET /api/users/:id", OTHERS, NULL, "200 200 200 404 200 200 200 401" },
  { "GET /api/users/:id", FOREIGN, NULL, "404 404 404 200 200 404 404 401" },
  { "GET /api/users/:id", UNKNOWN, NULL, NOWHERE },
  { "PATCH /api/users/:id", OWN, api_body_phone, "403 403 200 404 200 403 403 401" },
  { "PATCH /api/users/:id", OTHERS, api_body_phone, "403 403 403 404 200 403 403 401" },
  { "PATCH /api/users/:id", FOREIGN, api_body_phone, "403 403 404 403 200 403 403 401" },
  { "PATCH /api/users/:id", UNKNOWN, api_body_phone, "403 403 404 404 404 403 403 401" },
  /* A patient of the first hospital, a doctor of it, a patient of the other one. */
  { "POST /api/users", OWN, api_body_person, "403 403 201 403 201 403 403 401" },
  { "POST /api/users", OTHERS, api_body_person, "403 403 403 403 201 403 403 401" },
  { "POST /api/users", FOREIGN, api_body_person, "403 403 403 201 201 403 403 401" },
  { "POST /api/users", UNKNOWN, api_body_person, "403 403 403 403 422 403 403 401" },

  { "GET /api/hospitals", OWN, NULL, SIGNED_IN },
  { "GET /api/hospitals/:id", OWN, NULL, SIGNED_IN },
  { "GET /api/hospitals/:id", OTHERS, NULL, SIGNED_IN },
  { "GET /api/hospitals/:id", FOREIGN, NULL, SIGNED_IN },
  { "GET /api/hospitals/:id", UNKNOWN, NULL, NOWHERE },
  { "POST /api/hospitals", OWN, api_body_hospital, "403 403 403 403 201 403 403 401" },
  { "PATCH /api/hospitals/:id", OWN, api_body_empty, "403 403 200 403 200 403 403 401" },
  { "PATCH /api/hospitals/:id", OTHERS, api_body_empty, "403 403 200 403 200 403 403 401" },
  { "PATCH /api/hospitals/:id", FOREIGN, api_body_empty, "403 403 403 200 200 403 403 401" },
  { "PATCH /api/hospitals/:id", UNKNOWN, api_body_empty, "403 403 404 404 404 403 403 401" },

  { "POST /jitsi/events/room/created", OWN, api_body_empty, NO_JITSI },
  { "POST /jitsi/events/room/destroyed", OWN, api_body_empty, NO_JITSI },
  { "POST /jitsi/events/occupant/joined", OWN, api_body_empty, NO_JITSI },
  { "POST /jitsi/events/occupant/left", OWN, api_body_empty, NO_JITSI },
  { "POST /jitsi/webhooks", OWN, api_body_empty, NO_JITSI },
  /* JSON is no form. */
  { "POST /jitsi/reservations/conference", OWN, api_body_empty, "415 415 415 415 415 415 415 415" },
  { "GET /jitsi/reservations/conference/:id", OWN, NULL, NO_JITSI },
  { "GET /jitsi/reservations/conference/:id", OTHERS, NULL, NO_JITSI },
  { "GET /jitsi/reservations/conference/:id", FOREIGN, NULL, NO_JITSI },
  { "GET /jitsi/reservations/conference/:id", UNKNOWN, NULL, NO_JITSI },
  { "DELETE /jitsi/reservations/conference/:id", OWN, NULL, NO_JITSI },
  { "DELETE /jitsi/reservations/conference/:id", OTHERS, NULL, NO_JITSI },
  { "DELETE /jitsi/reservations/conference/:id", FOREIGN, NULL, NO_JITSI },
  { "DELETE /jitsi/reservations/conference/:id", UNKNOWN, NULL, NO_JITSI },
};

static gboolean
is_of (const Line *line, const RoundsRoute *route)
{
  g_autofree char *name = g_strdup_printf ("%s %s", route->method, route->path);

  return g_str_equal (line->route, name);
}

static void
check_cell (const Line *line, const RoundsRoute *route, ApiPerson who, guint status)
{
  g_autofree char *path = api_matrix_path (world, route, line->relation);
  g_autofree char *body = line->body != NULL ? line->body (world, line->relation) : NULL;
  g_autofree char *token = api_matrix_token (world, route, who);
  g_autoptr (ServerReply) reply
      = server_fixture_send (world->server, route->method, path, token, body);

  if (reply->status != status)
    g_error ("%s of %s as %s: %u instead of %u: %s", line->route,
             api_relation_to_string (line->relation), api_person_to_string (who), reply->status,
             status, reply->body);
  if (reply->status >= 400)
    api_assert_refused (reply);
}

static void
check_line (const Line *line, const RoundsRoute *route)
{
  g_auto (GStrv) statuses = g_strsplit (line->statuses, " ", -1);

  g_assert_cmpuint (g_strv_length (statuses), ==, API_N_PEOPLE + 1);
  for (ApiPerson who = 0; who <= NOBODY; who++)
    check_cell (line, route, who, (guint)g_ascii_strtoull (statuses[who], NULL, 10));
}

/* All lines of one route; there has to be one for each relation that the route can have. */
static void
test_route (gconstpointer data)
{
  const RoundsRoute *route = data;
  gboolean seen[API_N_RELATIONS] = { FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      if (!is_of (&lines[i], route))
        continue;
      g_assert_false (seen[lines[i].relation]);
      seen[lines[i].relation] = TRUE;
      check_line (&lines[i], route);
    }

  for (ApiRelation relation = 0; relation < API_N_RELATIONS; relation++)
    {
      if (!seen[relation] && (relation == API_OWN || route->record != ROUNDS_RECORD_NONE))
        g_error ("%s %s: the matrix does not say who may do it on a record of: %s", route->method,
                 route->path, api_relation_to_string (relation));
    }
}

/* No line is left of a route that is not there any more. */
static void
test_lines_have_routes (void)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gboolean found = FALSE;

      for (gsize k = 0; k < n_routes && !found; k++)
        found = is_of (&lines[i], &routes[k]);
      if (!found)
        g_error ("There is no route %s", lines[i].route);
    }
}

/* What is invisible and what is not there cannot be told apart by a single byte. */
static void
test_invisible_is_unknown (void)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      for (gsize k = 0; k < n_routes; k++)
        {
          /* Everybody sees all hospitals. */
          if (lines[i].relation != FOREIGN || routes[k].record == ROUNDS_RECORD_NONE
              || routes[k].record == ROUNDS_RECORD_HOSPITAL || !is_of (&lines[i], &routes[k]))
            continue;
          g_autofree char *body = lines[i].body != NULL ? lines[i].body (world, FOREIGN) : NULL;
          g_autofree char *there = api_matrix_path (world, &routes[k], FOREIGN);
          g_autofree char *nowhere = api_matrix_path (world, &routes[k], UNKNOWN);
          g_autoptr (ServerReply) invisible
              = api_call (world, PATIENT2, routes[k].method, there, body);
          g_autoptr (ServerReply) unknown
              = api_call (world, PATIENT2, routes[k].method, nowhere, body);

          g_assert_cmpuint (invisible->status, ==, unknown->status);
          g_assert_cmpstr (invisible->body, ==, unknown->body);
        }
    }
}

int
main (int argc, char **argv)
{
  gsize n_routes = 0;
  const RoundsRoute *routes = rounds_routes_get (&n_routes);
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  for (gsize i = 0; i < n_routes; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%s", routes[i].method, routes[i].path);
      g_autofree char *path = NULL;

      g_strdelimit (name, "/:.", '-');
      path = g_strconcat ("/Rounds/Server/ApiMatrix/", name, NULL);
      g_test_add_data_func (path, &routes[i], test_route);
    }
  g_test_add_func ("/Rounds/Server/ApiMatrix/lines-have-routes", test_lines_have_routes);
  g_test_add_func ("/Rounds/Server/ApiMatrix/invisible-is-unknown", test_invisible_is_unknown);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
