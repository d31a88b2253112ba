/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Links in answers: exactly the claims, personal for each, for nobody else, and nowhere kept.
 * How tokens are made is tested in jitsi.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-jitsi-link.h"
#include "rounds-jitsi-token.h"
#include "rounds-json.h"
#include "rounds-test.h"

static ApiWorld *world;

/* The payload of the token in @link, after its signature was checked. */
static JsonObject *
open_token (const char *link, const char *room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiLink) parsed = rounds_jitsi_link_parse (link, &error);
  g_autoptr (RoundsJitsiToken) token = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *payload = NULL;
  gsize length = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (parsed->origin, ==, "https://" API_DOMAIN);
  g_assert_cmpstr (parsed->room, ==, room);
  token = rounds_jitsi_token_verify (parsed->token, API_SECRET, &error);
  g_assert_no_error (error);

  parts = g_strsplit (parsed->token, ".", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  payload = g_strconcat (g_strdelimit (parts[1], "-", '+'), "===", NULL);
  g_strdelimit (payload, "_", '/');
  payload[strlen (parts[1]) + (4 - strlen (parts[1]) % 4) % 4] = '\0';
  g_base64_decode_inplace (payload, &length);
  payload[length] = '\0';

  g_autoptr (JsonNode) node = json_from_string (payload, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* call-and-jitsi: exactly these claims, none of them null. */
static void
check_claims (JsonObject *claims, ApiPerson who, const char *room, gboolean moderator)
{
  g_autoptr (ServerReply) me = api_expect (world, 200, who, "GET", "/api/users/me", NULL);
  JsonObject *user = api_document (me, "user");
  JsonObject *context = json_object_get_object_member (claims, "context");
  JsonObject *person = json_object_get_object_member (context, "user");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 nbf = json_object_get_int_member (claims, "nbf");

  g_assert_cmpuint (json_object_get_size (claims), ==, 7);
  g_assert_cmpstr (api_text (claims, "iss"), ==, API_APP_ID);
  g_assert_cmpstr (api_text (claims, "aud"), ==, "jitsi");
  g_assert_cmpstr (api_text (claims, "sub"), ==, API_DOMAIN);
  g_assert_cmpstr (api_text (claims, "room"), ==, room);
  g_assert_cmpint (nbf, <=, now - 9);
  g_assert_cmpint (nbf, >, now - 120);
  g_assert_cmpint (json_object_get_int_member (claims, "exp"), >=, nbf + 24 * 3600);

  g_assert_cmpuint (json_object_get_size (context), ==, 1);
  g_assert_cmpuint (json_object_get_size (person), ==, 4);
  g_assert_cmpstr (api_text (person, "id"), ==, world->ids[who]);
  g_assert_cmpstr (api_text (person, "name"), ==, api_text (user, "name"));
  g_assert_cmpstr (api_text (person, "email"), ==, api_text (user, "email"));
  g_assert_cmpint (json_object_get_boolean_member (person, "moderator"), ==, moderator);
}

typedef struct
{
  ApiPerson who;
  gboolean moderator;
} Joiner;

static void
check_joiners (const char *path, const char *member, const char *link_member, const Joiner *joiners,
               gsize n_joiners)
{
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_joiners; i++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 200, joiners[i].who, "GET", path, NULL);
      JsonObject *document = api_document (reply, member);
      const char *link = api_text (document, link_member);
      const char *room = api_text (document, "roomName");
      g_autoptr (JsonObject) claims = open_token (link, room);

      check_claims (claims, joiners[i].who, room, joiners[i].moderator);
      g_hash_table_add (links, g_strdup (link));
    }
  g_assert_cmpuint (g_hash_table_size (links), ==, n_joiners);
}

static void
test_appointment_claims (void)
{
  static const Joiner joiners[]
      = { { DOCTOR, TRUE }, { PATIENT, FALSE }, { DESK, TRUE }, { ADMIN, TRUE } };
  g_autofree char *more = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  g_autofree char *id = api_make_appointment (world, DOCTOR, more);
  g_autofree char *path = api_path ("/api/appointments/%s", id);

  check_joiners (path, "appointment", "meetingLink", joiners, G_N_ELEMENTS (joiners));
}

static void
test_meeting_claims (void)
{
  static const Joiner joiners[] = { { DOCTOR2, TRUE }, { PATIENT2, FALSE }, { DESK, TRUE } };
  g_autofree char *id = api_make_meeting (world, DESK, DOCTOR2, PATIENT2);
  g_autofree char *path = api_path ("/api/meetings/%s", id);

  check_joiners (path, "meeting", "jitsiLink", joiners, G_N_ELEMENTS (joiners));
}

static gint64
read_expiry (const char *scheduled_at, int minutes)
{
  g_autofree char *body = g_strdup_printf (
      "{\"participants\":[\"%s\"],\"title\":\"How long\",\"expectedDuration\":%d,"
      "\"scheduledAt\":\"%s\"}",
      world->ids[DESK], minutes, scheduled_at);
  g_autoptr (ServerReply) reply = api_expect (world, 201, DOCTOR, "POST", "/api/meetings", body);
  JsonObject *meeting = api_document (reply, "meeting");
  g_autoptr (JsonObject) claims
      = open_token (api_text (meeting, "jitsiLink"), api_text (meeting, "roomName"));

  return json_object_get_int_member (claims, "exp");
}

/* A token that ends before the call does would throw people out at the next reconnect; one for a
 * call that is far away ends with its 24 hours all the same. */
static void
test_good_until_the_end (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 soon = now + 23 * 3600;
  g_autofree char *soon_text = rounds_time_to_rfc3339 (soon * G_USEC_PER_SEC);

  g_assert_cmpint (read_expiry (soon_text, 300), >=, soon + 300 * 60);
  g_assert_cmpint (read_expiry ("2099-03-01T10:00:00+02:00", 90), <=, now + 25 * 3600);
}

static void
expect_no_link (ApiPerson who, const char *path, const char *member)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);

  g_assert_false (json_object_has_member (api_document (reply, member), "meetingLink"));
  g_assert_false (json_object_has_member (api_document (reply, member), "jitsiLink"));
  g_assert_null (strstr (reply->body, "jwt"));
}

static void
test_nothing_to_join (void)
{
  static const char *const ends[] = { "cancelled", "completed" };
  g_autofree char *in_person_id = NULL;
  g_autofree char *in_person_path = NULL;
  g_autofree char *body = api_appointment_body (world->hospital, NULL);
  g_autofree char *in_person = api_with_member (body, "appointmentType", "\"in-person\"");
  g_autoptr (ServerReply) made
      = api_expect (world, 201, DOCTOR, "POST", "/api/appointments", in_person);

  g_assert_null (api_text (api_document (made, "appointment"), "roomName"));
  in_person_id = g_strdup (api_text (api_document (made, "appointment"), "_id"));
  in_person_path = api_path ("/api/appointments/%s", in_person_id);
  expect_no_link (DOCTOR, in_person_path, "appointment");

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
      g_autofree char *path = api_path ("/api/meetings/%s", id);
      g_autofree char *status_path = api_path ("/api/meetings/%s/status", id);
      g_autofree char *end = api_status_body (ends[i]);
      g_autoptr (ServerReply) first
          = api_expect (world, 200, DOCTOR, "PATCH", status_path, "{\"status\":\"active\"}");
      g_autoptr (ServerReply) last = api_expect (world, 200, DOCTOR, "PATCH", status_path, end);

      g_assert_nonnull (strstr (first->body, "jwt="));
      g_assert_null (strstr (last->body, "jwt"));
      expect_no_link (DOCTOR, path, "meeting");
      expect_no_link (ADMIN, path, "meeting");
    }
}

/* In lists as well: a link for each that can be joined, one's own, and for no other. */
static void
test_lists (void)
{
  g_autofree char *path = api_path ("/api/appointments/user/%s", world->ids[PATIENT]);
  g_autoptr (ServerReply) reply = api_expect (world, 200, DESK, "GET", path, NULL);
  JsonArray *appointments
      = json_object_get_array_member (server_reply_get_data (reply), "appointments");
  guint n_links = 0;

  for (guint i = 0; i < json_array_get_length (appointments); i++)
    {
      JsonObject *one = json_array_get_object_element (appointments, i);
      const char *status = api_text (one, "status");
      gboolean over = g_str_equal (status, "completed") || g_str_equal (status, "cancelled")
                      || g_str_equal (status, "no-show");
      gboolean joinable = g_str_equal (api_text (one, "appointmentType"), "virtual") && !over;

      g_assert_cmpint (json_object_has_member (one, "meetingLink"), ==, joinable);
      if (!joinable)
        continue;
      g_autoptr (JsonObject) claims
          = open_token (api_text (one, "meetingLink"), api_text (one, "roomName"));
      JsonObject *context = json_object_get_object_member (claims, "context");
      g_assert_cmpstr (api_text (json_object_get_object_member (context, "user"), "id"), ==,
                       world->ids[DESK]);
      n_links++;
    }
  g_assert_cmpuint (n_links, >, 0);
}

/* The public Jitsi takes nobody's tokens: telling it who the person is would serve nobody. */
static void
test_public_jitsi (void)
{
  g_autoptr (ApiWorld) public = api_world_new_for_jitsi ("meet.jit.si");
  g_autofree char *body = api_appointment_body (public->hospital, NULL);
  g_autoptr (ServerReply) reply
      = api_expect (public, 201, DOCTOR, "POST", "/api/appointments", body);
  JsonObject *appointment = api_document (reply, "appointment");
  g_autofree char *link
      = g_strconcat ("https://meet.jit.si/", api_text (appointment, "roomName"), NULL);

  g_assert_cmpstr (api_text (appointment, "meetingLink"), ==, link);
  g_assert_null (strstr (reply->body, "jwt"));
}

/* Security: the part of a token that every token of HS256 begins with. */
#define TOKEN_BEGINNING "eyJhbGciOi"

static void
assert_no_token_in_file (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (bytes, length, TOKEN_BEGINNING, strlen (TOKEN_BEGINNING)));
  g_assert_null (memmem (bytes, length, "jwt=", strlen ("jwt=")));
  g_assert_null (memmem (bytes, length, API_SECRET, strlen (API_SECRET)));
  for (int i = 0; i < API_N_PEOPLE; i++)
    g_assert_null (memmem (bytes, length, world->tokens[i], strlen (world->tokens[i])));
}

/* All that this test has asked for so far, and then some, left no token behind: not in the
 * database, not in its journal, not in the log. */
static void
test_nothing_kept (void)
{
  g_autofree char *body = api_appointment_body (world->hospital, NULL);
  g_autofree char *bad = api_with_member (body, "appointmentDate", "7");
  g_autofree char *log = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
      g_autoptr (ServerReply) refused
          = api_expect (world, 400, DOCTOR, "POST", "/api/appointments", bad);
    }
  server_fixture_kill (world->server);

  dir = g_dir_open (server_fixture_get_data_dir (world->server), 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path
          = g_build_filename (server_fixture_get_data_dir (world->server), name, NULL);

      assert_no_token_in_file (path);
      n_files++;
    }
  /* On PostgreSQL the same handlers store the same columns; here is only its log. */
  g_assert_cmpuint (n_files, >=, server_fixture_get_database (world->server) != NULL ? 1 : 2);

  log = server_fixture_dup_log (world->server);
  g_assert_null (strstr (log, "John Doe"));
  g_assert_null (strstr (log, "@example"));
  g_assert_null (strstr (log, "Chest pain"));
  server_fixture_start (world->server);
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiLinks/appointment-claims", test_appointment_claims);
  g_test_add_func ("/Rounds/Server/ApiLinks/meeting-claims", test_meeting_claims);
  g_test_add_func ("/Rounds/Server/ApiLinks/good-until-the-end", test_good_until_the_end);
  g_test_add_func ("/Rounds/Server/ApiLinks/nothing-to-join", test_nothing_to_join);
  g_test_add_func ("/Rounds/Server/ApiLinks/lists", test_lists);
  g_test_add_func ("/Rounds/Server/ApiLinks/public-jitsi", test_public_jitsi);
  g_test_add_func ("/Rounds/Server/ApiLinks/nothing-kept", test_nothing_kept);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
