/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the cells of the access matrix need: a record of the right relation and a body for it.
 * Who may do what with it is written in test-api-matrix.c.
 */

#include "config.h"

#include "api-matrix.h"

const char *
api_relation_to_string (ApiRelation relation)
{
  static const char *const words[] = { "one's own", "others", "another hospital", "nobody" };

  return words[relation];
}

char *
api_body_empty (ApiWorld *world, ApiRelation relation)
{
  return g_strdup ("{}");
}

static const char *
get_hospital (ApiWorld *world, ApiRelation relation)
{
  if (relation == API_UNKNOWN)
    return API_UNKNOWN_ID;
  return relation == API_FOREIGN ? world->other_hospital : world->hospital;
}

char *
api_body_visit (ApiWorld *world, ApiRelation relation)
{
  g_autofree char *patient = relation == API_OTHERS
                                 ? g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT2])
                                 : NULL;
  g_autofree char *body = api_appointment_body (get_hospital (world, relation), patient);

  return api_at_free_time (body);
}

/* Two people of the relation who make a context. */
static void
get_pair (ApiWorld *world, ApiRelation relation, const char **a, const char **b)
{
  *a = world->ids[relation == API_FOREIGN ? DESK2 : relation == API_OTHERS ? DOCTOR2 : DOCTOR];
  *b = world->ids[relation == API_FOREIGN ? ADMIN : relation == API_OTHERS ? PATIENT2 : PATIENT];
  if (relation == API_UNKNOWN)
    *b = API_UNKNOWN_ID;
}

char *
api_body_meeting (ApiWorld *world, ApiRelation relation)
{
  const char *a = NULL;
  const char *b = NULL;

  get_pair (world, relation, &a, &b);
  return g_strdup_printf ("{\"participants\":[\"%s\",\"%s\"],\"title\":\"Handover\"}", a, b);
}

char *
api_body_person (ApiWorld *world, ApiRelation relation)
{
  static guint n_people = 0;

  return g_strdup_printf ("{\"name\":\"Somebody New\",\"email\":\"new%u@example.org\","
                          "\"role\":\"%s\",\"hospital\":\"%s\"}",
                          n_people++, relation == API_OTHERS ? "doctor" : "patient",
                          get_hospital (world, relation));
}

char *
api_body_phone (ApiWorld *world, ApiRelation relation)
{
  return g_strdup ("{\"phoneNumber\":\"+49 30 23125 001\"}");
}

char *
api_body_hospital (ApiWorld *world, ApiRelation relation)
{
  return g_strdup ("{\"name\":\"A new house\",\"timezone\":\"Europe/Lisbon\"}");
}

char *
api_body_guest (ApiWorld *world, ApiRelation relation)
{
  return g_strdup ("{\"name\":\"An Interpreter\",\"part\":\"interpreter\"}");
}

char *
api_body_quality (ApiWorld *world, ApiRelation relation)
{
  return g_strdup ("{\"samples\":[{\"at\":\"2026-01-01T10:00:00Z\",\"quality\":90}]}");
}

char *
api_body_notes (ApiWorld *world, ApiRelation relation)
{
  return g_strdup ("{\"notes\":\"Seen\"}");
}

char *
api_body_arrived (ApiWorld *world, ApiRelation relation)
{
  return api_status_body ("arrived");
}

char *
api_body_active (ApiWorld *world, ApiRelation relation)
{
  return api_status_body ("active");
}

static char *
make_visit (ApiWorld *world, ApiRelation relation)
{
  ApiPerson doctor = relation == API_OTHERS ? DOCTOR2 : DOCTOR;
  ApiPerson patient = relation == API_OTHERS ? PATIENT2 : PATIENT;
  g_autofree char *with = NULL;
  g_autofree char *body = NULL;
  g_autoptr (ServerReply) reply = NULL;

  if (relation != API_FOREIGN)
    {
      with = g_strdup_printf ("\"patient\":\"%s\"", world->ids[patient]);
      return api_make_appointment (world, doctor, with);
    }
  body = api_body_visit (world, relation);
  reply = api_expect (world, 201, DESK2, "POST", "/api/appointments", body);
  return g_strdup (api_text (api_document (reply, "appointment"), "id"));
}

static char *
make_meeting (ApiWorld *world, ApiRelation relation)
{
  if (relation == API_FOREIGN)
    return api_make_meeting (world, DESK2, DESK2, ADMIN);
  return relation == API_OTHERS ? api_make_meeting (world, DOCTOR2, DOCTOR2, PATIENT2)
                                : api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
}

/* A session of its own, beside the one that the tests go on with. */
static char *
make_session (ApiWorld *world, ApiRelation relation)
{
  ApiPerson owner = relation == API_OWN ? DOCTOR : relation == API_OTHERS ? PATIENT : DESK2;
  g_autofree char *account = g_strconcat (api_person_to_string (owner), "@example.org", NULL);
  g_autofree char *token = server_fixture_sign_in (world->server, account);
  g_autoptr (ServerReply) reply
      = server_fixture_send (world->server, "GET", "/api/auth/sessions", token, NULL);
  JsonArray *sessions = json_object_get_array_member (server_reply_get_data (reply), "sessions");

  for (guint i = 0; i < json_array_get_length (sessions); i++)
    {
      JsonObject *one = json_array_get_object_element (sessions, i);

      if (json_object_get_boolean_member (one, "current"))
        return g_strdup (api_text (one, "id"));
    }
  g_assert_not_reached ();
}

static char *
make_record (ApiWorld *world, RoundsRecordKind kind, ApiRelation relation)
{
  if (relation == API_UNKNOWN)
    return g_strdup (API_UNKNOWN_ID);
  switch (kind)
    {
    case ROUNDS_RECORD_APPOINTMENT:
      return make_visit (world, relation);
    case ROUNDS_RECORD_MEETING:
      return make_meeting (world, relation);
    case ROUNDS_RECORD_SESSION:
      return make_session (world, relation);
    case ROUNDS_RECORD_USER:
      return g_strdup (world->ids[relation == API_OWN      ? PATIENT
                                  : relation == API_OTHERS ? DOCTOR2
                                                           : DESK2]);
    case ROUNDS_RECORD_HOSPITAL:
      return g_strdup (get_hospital (world, relation));
    case ROUNDS_RECORD_NONE:
    default:
      g_assert_not_reached ();
    }
}

char *
api_matrix_path (ApiWorld *world, const RoundsRoute *route, ApiRelation relation)
{
  g_auto (GStrv) parts = g_strsplit (route->path, "/", -1);

  if (g_str_equal (route->path, "/api/availability"))
    return g_strdup_printf ("%s?doctor=%s", route->path,
                            relation == API_OWN ? world->ids[DOCTOR] : API_UNKNOWN_ID);
  if (g_str_has_prefix (route->path, "/calendar/"))
    return g_strdup ("/calendar/nobodys.ics");
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == ':')
        {
          g_free (parts[i]);
          parts[i] = make_record (world, route->record, relation);
        }
    }
  return g_strjoinv ("/", parts);
}

char *
api_matrix_token (ApiWorld *world, const RoundsRoute *route, ApiPerson who)
{
  g_autofree char *account = g_strconcat (api_person_to_string (who), "@example.org", NULL);

  if (who == NOBODY)
    return NULL;
  if (g_str_equal (route->path, "/api/auth/logout"))
    return server_fixture_sign_in (world->server, account);
  return g_strdup (world->tokens[who]);
}
