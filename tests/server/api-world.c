/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A running roundsd with the demo's people signed in, for the tests of the API.
 * Processes and HTTP are server-fixture.c's.
 */

#include "config.h"

#include "api-world.h"

#include "rounds-clock.h"
#include "rounds-sessions.h"
#include "rounds-user-repository.h"

#include <string.h>

static const char *const names[API_N_PEOPLE + 1]
    = { "doctor", "doctor2", "desk", "desk2", "admin", "patient", "patient2", "nobody" };

const char *
api_person_to_string (ApiPerson person)
{
  return names[person];
}

/* A session as a sign-in makes it, but for the password: to check those of everybody takes longer
 * than most tests of the API. That a sign-in leads to a session is for the tests of that. */
static char *
make_session (RoundsDb *db, const char *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsUser) user = NULL;
  g_auto (RoundsSessionTokens) tokens = { NULL };
  gint64 now = g_get_real_time ();

  rounds_user_repository_find_by_email (db, account, &user, NULL, &error);
  g_assert_no_error (error);
  RoundsSessionRequest request = {
    .user_id = user->id,
    .address = "127.0.0.1",
    .now = now,
    .access_expires_at = now + ROUNDS_HOUR,
    .refresh_expires_at = ROUNDS_TIME_NONE,
  };
  rounds_session_create (db, &request, &tokens, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&tokens.access);
}

static void
sign_all_in (ApiWorld *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (self->server);

  rounds_db_begin (db, &error);
  for (ApiPerson person = 0; error == NULL && person < API_N_PEOPLE; person++)
    {
      g_autofree char *account = g_strconcat (names[person], "@example.org", NULL);
      self->tokens[person] = make_session (db, account);
    }
  g_assert_no_error (error);
  rounds_db_commit (db, &error);
  g_assert_no_error (error);
}

static void
learn (ApiWorld *self, ApiPerson person)
{
  g_autoptr (ServerReply) reply = NULL;

  reply = api_expect (self, 200, person, "GET", "/api/users/me", NULL);
  self->ids[person] = g_strdup (api_text (api_document (reply, "user"), "_id"));
  if (person == DOCTOR)
    self->hospital = g_strdup (api_text (api_document (reply, "user"), "hospital"));
  if (person == DESK2)
    self->other_hospital = g_strdup (api_text (api_document (reply, "user"), "hospital"));
}

ApiWorld *
api_world_new (void)
{
  return api_world_new_for_jitsi (API_DOMAIN);
}

ApiWorld *
api_world_new_for_jitsi (const char *domain)
{
  g_autofree char *setting = g_strconcat ("JITSI_DOMAIN=", domain, NULL);
  const char *environment[] = { setting, NULL };

  return api_world_new_with (environment);
}

ApiWorld *
api_world_new_with (const char *const *environment)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  ApiWorld *self = g_new0 (ApiWorld, 1);

  g_strv_builder_add_many (builder, "JITSI_APP_ID=" API_APP_ID, "JITSI_SECRET=" API_SECRET,
                           "JITSI_DOMAIN=" API_DOMAIN, NULL);
  g_strv_builder_addv (builder, (const char **)environment);
  g_auto (GStrv) all = g_strv_builder_end (builder);
  self->server = server_fixture_new_with (
      &(ServerFixtureOptions){ .environment = (const char *const *)all });
  sign_all_in (self);
  for (ApiPerson person = 0; person < API_N_PEOPLE; person++)
    learn (self, person);
  g_assert_nonnull (self->hospital);
  g_assert_nonnull (self->other_hospital);
  g_assert_cmpstr (self->hospital, !=, self->other_hospital);
  return self;
}

void
api_world_free (ApiWorld *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < API_N_PEOPLE; i++)
    {
      g_free (self->tokens[i]);
      g_free (self->ids[i]);
    }
  g_free (self->hospital);
  g_free (self->other_hospital);
  server_fixture_free (self->server);
  g_free (self);
}

void
api_restart (ApiWorld *self)
{
  server_fixture_stop (self->server);
  server_fixture_start (self->server);
}

ServerReply *
api_call (ApiWorld *self, ApiPerson who, const char *method, const char *path, const char *body)
{
  return server_fixture_send (self->server, method, path, self->tokens[who], body);
}

ServerReply *
api_expect (ApiWorld *self, guint status, ApiPerson who, const char *method, const char *path,
            const char *body)
{
  g_autoptr (ServerReply) reply = api_call (self, who, method, path, body);

  if (reply->status != status)
    g_error ("%s: %s %s: %u instead of %u: %s", names[who], method, path, reply->status, status,
             reply->body);
  return g_steal_pointer (&reply);
}

ServerReply *
api_call_with (ApiWorld *self, ApiPerson who, const char *method, const char *path,
               const char *header, const char *body)
{
  return server_fixture_send_with (self->server, method, path, self->tokens[who], header, body);
}

ServerReply *
api_expect_with (ApiWorld *self, guint status, ApiPerson who, const char *method, const char *path,
                 const char *header, const char *body)
{
  g_autoptr (ServerReply) reply = api_call_with (self, who, method, path, header, body);

  if (reply->status != status)
    g_error ("%s: %s %s (%s): %u instead of %u: %s", names[who], method, path, header,
             reply->status, status, reply->body);
  return g_steal_pointer (&reply);
}

JsonObject *
api_document (ServerReply *reply, const char *member)
{
  JsonObject *data = server_reply_get_data (reply);

  g_assert_true (json_object_has_member (data, member));
  return json_object_get_object_member (data, member);
}

const char *
api_text (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

char *
api_appointment_body (const char *hospital, const char *more)
{
  return g_strdup_printf (
      "{\"hospital\":\"%s\",\"department\":\"Cardiology\",\"appointmentType\":\"virtual\","
      "\"appointmentDate\":\"2027-06-15\",\"appointmentTime\":\"10:00 AM\","
      "\"reasonForVisit\":\"Chest pain consultation\","
      "\"patientDetails\":{\"fullName\":\"John Doe\",\"email\":\"john@example.com\","
      "\"phoneNumber\":\"+1234567890\",\"age\":35,\"gender\":\"Male\"}%s%s}",
      hospital, more != NULL ? "," : "", more != NULL ? more : "");
}

char *
api_at_free_time (const char *body)
{
  static guint n_given = 0;
  const guint n = n_given++;
  g_autofree char *date = g_strdup_printf ("\"2028-03-%02u\"", 1 + n / 48);
  g_autofree char *time = g_strdup_printf ("\"%02u:%02u\"", n % 48 / 2, n % 2 * 30);
  g_autofree char *dated = api_with_member (body, "appointmentDate", date);

  g_assert_cmpuint (n / 48, <, 24); /* the clocks go forward after that */
  return api_with_member (dated, "appointmentTime", time);
}

char *
api_make_appointment (ApiWorld *self, ApiPerson who, const char *more)
{
  g_autofree char *plain = api_appointment_body (self->hospital, more);
  g_autofree char *body = api_at_free_time (plain);
  g_autoptr (ServerReply) reply = api_expect (self, 201, who, "POST", "/api/appointments", body);

  return g_strdup (api_text (api_document (reply, "appointment"), "_id"));
}

char *
api_make_meeting (ApiWorld *self, ApiPerson who, ApiPerson a, ApiPerson b)
{
  g_autofree char *body = g_strdup_printf (
      "{\"participants\":[\"%s\",\"%s\"],\"title\":\"Handover\"}", self->ids[a], self->ids[b]);
  g_autoptr (ServerReply) reply = api_expect (self, 201, who, "POST", "/api/meetings", body);

  return g_strdup (api_text (api_document (reply, "meeting"), "_id"));
}

char *
api_path (const char *format, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (id, parts);
}

char *
api_status_body (const char *status)
{
  return g_strdup_printf ("{\"status\":\"%s\"}", status);
}

char *
api_with_member (const char *text, const char *member, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);
  g_auto (GStrv) steps = g_strsplit (member, ".", -1);
  JsonObject *object = NULL;
  gsize last = g_strv_length (steps) - 1;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  for (gsize i = 0; i < last; i++)
    object = json_object_get_object_member (object, steps[i]);

  if (value == NULL)
    json_object_remove_member (object, steps[last]);
  else
    json_object_set_member (object, steps[last], json_from_string (value, &error));
  g_assert_no_error (error);
  return json_to_string (root, FALSE);
}

void
api_assert_refused (ServerReply *reply)
{
  static const char *const traces[]
      = { "\"data\"", "jwt", "roomName", "meetingLink", "jitsiLink", "\"fullName\":", API_DOMAIN };

  g_assert_nonnull (reply->json);
  g_assert_cmpstr (api_text (reply->json, "status"), ==, "fail");
  g_assert_nonnull (api_text (reply->json, "code"));
  g_assert_nonnull (api_text (reply->json, "message"));
  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    g_assert_null (strstr (reply->body, traces[i]));
}

void
api_assert_names_field (ServerReply *reply, const char *field)
{
  JsonArray *errors = NULL;

  g_assert_nonnull (reply->json);
  g_assert_true (json_object_has_member (reply->json, "errors"));
  errors = json_object_get_array_member (reply->json, "errors");
  for (guint i = 0; i < json_array_get_length (errors); i++)
    {
      JsonObject *one = json_array_get_object_element (errors, i);

      g_assert_nonnull (api_text (one, "message"));
      if (g_strcmp0 (api_text (one, "field"), field) == 0)
        return;
    }
  g_error ("No error names %s: %s", field, reply->body);
}
