/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Idempotency-Key: what a client sends twice is made once.
 * Slots that are taken are in test-api-slots.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-test.h"

static ApiWorld *world;

/* A body for either POST that makes a record, at a time of its own. (transfer full) */
static char *
make_body (gboolean meeting)
{
  g_autofree char *plain = NULL;

  if (meeting)
    return g_strdup_printf ("{\"participants\":[\"%s\"],\"title\":\"Talk\"}", world->ids[DOCTOR2]);
  plain = api_appointment_body (world->hospital, NULL);
  return api_at_free_time (plain);
}

static const char *
get_path (gboolean meeting)
{
  return meeting ? "/api/meetings" : "/api/appointments";
}

/* The list's length, as @who sees its own. */
static guint
count_records (ApiPerson who, gboolean meeting)
{
  g_autofree char *path = g_strconcat (get_path (meeting), "/user/", world->ids[who], NULL);
  g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);

  return json_array_get_length (json_object_get_array_member (
      server_reply_get_data (reply), meeting ? "meetings" : "appointments"));
}

static void
test_again (void)
{
  for (int meeting = 0; meeting <= 1; meeting++)
    {
      const char *kind = meeting ? "meeting" : "appointment";
      const char *link = meeting ? "jitsiLink" : "meetingLink";
      g_autofree char *body = make_body (meeting);
      guint before = count_records (DOCTOR, meeting);
      g_autofree char *key = g_strdup_printf ("Idempotency-Key: again-%d", meeting);
      g_autoptr (ServerReply) first
          = api_expect_with (world, 201, DOCTOR, "POST", get_path (meeting), key, body);
      g_autoptr (ServerReply) second
          = api_expect_with (world, 201, DOCTOR, "POST", get_path (meeting), key, body);

      g_assert_cmpstr (api_text (api_document (first, kind), "_id"), ==,
                       api_text (api_document (second, kind), "_id"));
      g_assert_cmpstr (server_reply_get_header (second, "etag"), ==, "\"1\"");
      g_assert_nonnull (strstr (api_text (api_document (second, kind), link), "?jwt="));
      if (meeting)
        g_assert_nonnull (api_text (api_document (second, "jitsiDetails"), "meetingLink"));
      g_assert_cmpuint (count_records (DOCTOR, meeting), ==, before + 1);
    }
}

/* The members of @body in the opposite order, in the objects inside it as well. (transfer full) */
static JsonNode *
reverse (JsonNode *body)
{
  JsonObject *object = json_node_get_object (body);
  g_autoptr (GList) names = g_list_reverse (json_object_get_members (object));
  JsonObject *reversed = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *member = json_object_get_member (object, name->data);

      json_object_set_member (reversed, name->data,
                              JSON_NODE_HOLDS_OBJECT (member) ? reverse (member)
                                                              : json_node_copy (member));
    }
  json_node_take_object (node, reversed);
  return node;
}

/* The same words in another layout are the same body. */
static void
test_layout (void)
{
  g_autofree char *body = make_body (FALSE);
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  g_autofree char *indented = json_to_string (node, TRUE);
  g_autoptr (ServerReply) first = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments",
                                                   "Idempotency-Key: layout", body);
  g_autoptr (JsonNode) backwards = reverse (node);
  g_autofree char *reordered = json_to_string (backwards, FALSE);
  g_autoptr (ServerReply) second = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments",
                                                    "Idempotency-Key: layout", indented);
  g_autoptr (ServerReply) third = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments",
                                                   "Idempotency-Key: layout", reordered);

  g_assert_cmpstr (body, !=, reordered);
  g_assert_cmpstr (api_text (api_document (first, "appointment"), "_id"), ==,
                   api_text (api_document (third, "appointment"), "_id"));

  g_assert_cmpstr (api_text (api_document (first, "appointment"), "_id"), ==,
                   api_text (api_document (second, "appointment"), "_id"));
}

static void
test_reused (void)
{
  static const char key[] = "Idempotency-Key: reused";
  g_autofree char *body = make_body (FALSE);
  g_autofree char *other = make_body (FALSE);
  g_autofree char *meeting = make_body (TRUE);
  g_autoptr (ServerReply) first
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments", key, body);
  g_autoptr (ServerReply) second
      = api_expect_with (world, 422, DOCTOR, "POST", "/api/appointments", key, other);
  g_autoptr (ServerReply) elsewhere
      = api_expect_with (world, 422, DOCTOR, "POST", "/api/meetings", key, meeting);

  g_assert_cmpstr (server_reply_get_code (second), ==, "idempotency_key_reused");
  g_assert_cmpstr (server_reply_get_code (elsewhere), ==, "idempotency_key_reused");
  api_assert_refused (second);
}

/* A key is its user's own: another one's gives no sight of anything and stands in nobody's way. */
static void
test_of_others (void)
{
  static const char key[] = "Idempotency-Key: mine";
  g_autofree char *body = make_body (FALSE);
  g_autofree char *other = make_body (FALSE);
  g_autoptr (ServerReply) first
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments", key, body);
  g_autoptr (ServerReply) second
      = api_expect_with (world, 201, DOCTOR2, "POST", "/api/appointments", key, other);

  g_assert_cmpstr (api_text (api_document (first, "appointment"), "_id"), !=,
                   api_text (api_document (second, "appointment"), "_id"));
}

/* A refusal makes nothing, so its key is free for the next try. */
static void
test_after_refusal (void)
{
  static const char key[] = "Idempotency-Key: refused";
  g_autofree char *body = make_body (FALSE);
  g_autofree char *wrong = api_with_member (body, "hospital", "\"" API_UNKNOWN_ID "\"");
  g_autoptr (ServerReply) first
      = api_expect_with (world, 422, DOCTOR, "POST", "/api/appointments", key, wrong);
  g_autoptr (ServerReply) second
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments", key, body);

  g_assert_cmpstr (server_reply_get_code (first), ==, "impossible");
}

static void
test_no_keys (void)
{
  g_autofree char *letters = g_strnfill (256, 'k');
  g_autofree char *too_long = g_strconcat ("Idempotency-Key: ", letters, NULL);
  const char *const headers[] = { "Idempotency-Key:", "Idempotency-Key: schlüssel", too_long };
  g_autofree char *body = make_body (FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect_with (world, 400, DOCTOR, "POST", "/api/appointments", headers[i], body);

      api_assert_names_field (reply, "Idempotency-Key");
    }
}

/* The answer shows the record as it is now: a link to what is over would lead nowhere. */
static void
test_again_after_the_end (void)
{
  static const char key[] = "Idempotency-Key: over";
  g_autofree char *body = make_body (TRUE);
  g_autoptr (ServerReply) first
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/meetings", key, body);
  g_autofree char *path
      = api_path ("/api/meetings/%s", api_text (api_document (first, "meeting"), "_id"));
  g_autoptr (ServerReply) cancelled = api_expect (world, 200, DOCTOR, "DELETE", path, NULL);
  g_autoptr (ServerReply) again
      = api_expect_with (world, 201, DOCTOR, "POST", "/api/meetings", key, body);

  g_assert_cmpstr (api_text (api_document (again, "meeting"), "status"), ==, "cancelled");
  g_assert_null (strstr (again->body, "jwt="));
}

typedef struct
{
  gboolean meeting;
  const char *body;
  char *id;
} Sender;

static gpointer
send_body (gpointer data)
{
  Sender *sender = data;
  g_autoptr (ServerReply) reply = api_expect_with (
      world, 201, DOCTOR, "POST", get_path (sender->meeting),
      sender->meeting ? "Idempotency-Key: m" : "Idempotency-Key: a", sender->body);

  sender->id = g_strdup (
      api_text (api_document (reply, sender->meeting ? "meeting" : "appointment"), "_id"));
  return NULL;
}

/* All of them get an answer, and it is one record. */
static void
check_at_once (gboolean meeting)
{
  g_autofree char *body = make_body (meeting);
  guint before = count_records (DOCTOR, meeting);
  Sender senders[20];
  GThread *threads[G_N_ELEMENTS (senders)];

  for (gsize i = 0; i < G_N_ELEMENTS (senders); i++)
    {
      senders[i] = (Sender){ meeting, body, NULL };
      threads[i] = g_thread_new ("sender", send_body, &senders[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (senders); i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpstr (senders[i].id, ==, senders[0].id);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (senders); i++)
    g_free (senders[i].id);
  g_assert_cmpuint (count_records (DOCTOR, meeting), ==, before + 1);
}

static void
test_at_once (void)
{
  check_at_once (FALSE);
  check_at_once (TRUE);
}

/* The server dies in the middle of a write and the client, who got no answer, asks again. */
static void
test_killed (void)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *body = make_body (FALSE);
      g_autofree char *key = g_strdup_printf ("Idempotency-Key: killed-%u", i);
      guint before = count_records (DOCTOR, FALSE);
      g_autofree char *request = g_strdup_printf (
          "POST /api/appointments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
          "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
          world->tokens[DOCTOR], key, strlen (body), body);
      g_autoptr (GSocketConnection) connection = server_fixture_connect (world->server);
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

      g_assert_true (g_output_stream_write_all (out, request, strlen (request), NULL, NULL, NULL));
      /* At another moment each time: what comes of it must not depend on when. */
      for (guint k = 0; k < i * 200; k++)
        g_thread_yield ();
      server_fixture_kill (world->server);
      server_fixture_start (world->server);

      g_autoptr (ServerReply) again
          = api_expect_with (world, 201, DOCTOR, "POST", "/api/appointments", key, body);
      g_assert_cmpuint (count_records (DOCTOR, FALSE), ==, before + 1);
    }
}

/* POSTs that make no record: the key stands for one of them as well. */
static void
test_without_record (void)
{
  g_autofree char *one = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *two = api_make_meeting (world, DOCTOR, DOCTOR, PATIENT);
  g_autofree char *join = api_path ("/api/meetings/%s/join", one);
  g_autofree char *other = api_path ("/api/meetings/%s/join", two);
  static const char key[] = "Idempotency-Key: join-1";
  g_autoptr (ServerReply) first = api_expect_with (world, 200, PATIENT, "POST", join, key, NULL);
  g_autoptr (ServerReply) again = api_expect_with (world, 200, PATIENT, "POST", join, key, NULL);
  g_autoptr (ServerReply) reused = api_expect_with (world, 422, PATIENT, "POST", other, key, NULL);
  g_autoptr (ServerReply) own = api_expect_with (world, 200, DOCTOR, "POST", other, key, NULL);
  g_autoptr (ServerReply) malformed
      = api_expect_with (world, 400, PATIENT, "POST", join, "Idempotency-Key: \xc3\xa4", NULL);

  g_assert_cmpstr (server_reply_get_code (reused), ==, "idempotency_key_reused");
  api_assert_refused (reused);
  api_assert_names_field (malformed, "Idempotency-Key");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestFunc function;
  } tests[] = {
    { "again", test_again },
    { "layout", test_layout },
    { "reused", test_reused },
    { "of-others", test_of_others },
    { "after-refusal", test_after_refusal },
    { "no-keys", test_no_keys },
    { "again-after-the-end", test_again_after_the_end },
    { "at-once", test_at_once },
    { "without-record", test_without_record },
    { "killed", test_killed },
  };
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/Rounds/Server/ApiIdempotency/", tests[i].path, NULL);
      g_test_add_func (path, tests[i].function);
    }
  result = g_test_run ();
  api_world_free (world);
  return result;
}
