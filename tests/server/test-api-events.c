/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api/events: who hears what, from where on, and until when.
 * Frames that no good client sends are in test-api-frames.c.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"
#include "socket-client.h"

#include <string.h>

#define ORIGIN "https://portal.example.org"
/* Of one person; rounds-event-clients.c. */
#define MOST_LISTENING 32

static ApiWorld *world;

static SocketClient *
listen_as (ApiPerson who)
{
  return socket_client_new (world->server, "/api/events", world->tokens[who]);
}

/* The next message, which has to be a JSON object of @type. */
static JsonObject *
expect (SocketClient *client, const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Frame) frame = socket_client_read_message (client);
  g_assert_nonnull (frame);
  g_assert_cmpint (frame->type, ==, FRAME_TEXT);
  g_autoptr (JsonNode) node = json_from_string (frame->text, &error);
  g_assert_no_error (error);
  JsonObject *object = json_node_dup_object (node);
  g_assert_cmpstr (api_text (object, "type"), ==, type);
  return object;
}

static char *
expect_cursor (SocketClient *client, const char *type, const char *member)
{
  g_autoptr (JsonObject) object = expect (client, type);
  g_assert_cmpint (json_object_get_size (object), ==, g_str_equal (type, "hello") ? 3 : 2);
  return g_strdup (api_text (object, member));
}

/* Commits come together when they are close to each other; the states come after the news. */
static void
expect_status (SocketClient *client, const char *kind, const char *id, const char *status)
{
  g_autoptr (JsonObject) object = expect (client, "status");
  g_assert_cmpstr (api_text (object, "kind"), ==, kind);
  g_assert_cmpstr (api_text (object, "id"), ==, id);
  g_assert_cmpstr (api_text (object, "status"), ==, status);
}

static guint
count_changes (ApiPerson who, const char *since)
{
  g_autofree char *path = g_strconcat ("/api/changes?since=", since, NULL);
  g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);
  JsonObject *data = server_reply_get_data (reply);
  g_assert_false (json_object_get_boolean_member (data, "reset"));
  return json_array_get_length (json_object_get_array_member (data, "changes"));
}

static char *
make_visit (void)
{
  g_autofree char *more = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  return api_make_appointment (world, DOCTOR, more);
}

static void
test_who_hears (void)
{
  static const ApiPerson hearing[] = { DOCTOR, DESK, ADMIN, PATIENT };
  static const ApiPerson deaf[] = { DOCTOR2, DESK2, PATIENT2 };
  SocketClient *clients[API_N_PEOPLE];

  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      clients[who] = listen_as (who);
      g_autofree char *cursor = expect_cursor (clients[who], "hello", "cursor");
      g_assert_cmpuint (count_changes (who, cursor), ==, 0);
    }
  g_autofree char *id = make_visit ();
  for (gsize i = 0; i < G_N_ELEMENTS (hearing); i++)
    {
      SocketClient *client = clients[hearing[i]];
      g_autofree char *after = expect_cursor (client, "changes", "after");
      g_assert_cmpuint (count_changes (hearing[i], after), ==, 1);
      expect_status (client, "appointment", id, "confirmed");
    }
  g_autofree char *path = api_path ("/api/appointments/%s/status", id);
  g_autoptr (ServerReply) changed
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"arrived\"}");
  for (gsize i = 0; i < G_N_ELEMENTS (hearing); i++)
    {
      g_autofree char *after = expect_cursor (clients[hearing[i]], "changes", "after");
      expect_status (clients[hearing[i]], "appointment", id, "arrived");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (deaf); i++)
    g_assert_false (socket_client_has_more (clients[deaf[i]], 20));
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    socket_client_free (clients[who]);
}

/* Nobody learns anything of a record but those who may see it now. */
static void
test_no_more_for_former (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DOCTOR2);
  g_autofree char *path = api_path ("/api/meetings/%s", id);
  g_autoptr (SocketClient) former = listen_as (DOCTOR2);
  g_autofree char *cursor = expect_cursor (former, "hello", "cursor");
  g_autofree char *body = g_strdup_printf ("{\"participants\":[\"%s\",\"%s\"]}", world->ids[DOCTOR],
                                           world->ids[DESK]);
  g_autoptr (ServerReply) moved = api_call (world, DOCTOR, "PATCH", path, body);

  /* Where an edit refuses another kind of people, take him out by hand. */
  if (moved->status != 200)
    {
      g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
      g_autofree char *sql = g_strdup_printf (
          "DELETE FROM meeting_participants WHERE meeting_id = '%s' AND user_id = '%s'", id,
          world->ids[DOCTOR2]);
      g_assert_true (rounds_db_exec (db, sql, NULL));
    }
  /* That it was made may still be on its way to him, from when he belonged to it. */
  for (gboolean told = FALSE; !told;)
    {
      g_autoptr (Frame) frame = socket_client_read_message (former);
      g_assert_nonnull (frame);
      told = strstr (frame->text, "\"changes\"") != NULL;
    }
  g_assert_false (socket_client_has_more (former, 30));
}

static void
test_resume (void)
{
  g_autoptr (SocketClient) first = listen_as (DOCTOR);
  g_autofree char *cursor = expect_cursor (first, "hello", "cursor");
  g_autofree char *path = g_strconcat ("/api/events?since=", cursor, NULL);
  g_autoptr (SocketClient) same = socket_client_new (world->server, path, world->tokens[DOCTOR]);
  g_autofree char *again = expect_cursor (same, "hello", "cursor");

  g_assert_cmpstr (again, ==, cursor);
  g_assert_false (socket_client_has_more (same, 20));
  g_autofree char *id = make_visit ();
  /* Away while it happened. */
  g_autoptr (SocketClient) later = socket_client_new (world->server, path, world->tokens[DOCTOR]);
  g_autofree char *hello = expect_cursor (later, "hello", "cursor");
  g_autofree char *after = expect_cursor (later, "changes", "after");
  g_assert_cmpstr (after, ==, cursor);
  g_assert_cmpuint (count_changes (DOCTOR, after), ==, 1);
  /* A cursor of another database: there is something, and asking says what. */
  g_autoptr (SocketClient) foreign
      = socket_client_new (world->server, "/api/events?since=eC4xLjE", world->tokens[DOCTOR]);
  g_autofree char *welcome = expect_cursor (foreign, "hello", "cursor");
  g_autofree char *anything = expect_cursor (foreign, "changes", "after");
}

static ServerReply *
knock (const char *method, const char *path, const char *token, const char *more)
{
  g_autofree char *plain = socket_client_handshake (path, token, more);
  g_autofree char *request = g_strconcat (method, plain + strlen ("GET"), NULL);
  return server_fixture_send_raw (world->server, request, -1);
}

static void
test_refused (void)
{
  const char *token = world->tokens[DOCTOR];
  g_autofree char *with_token = g_strconcat ("/api/events?token=", token, NULL);
  g_autofree char *with_bearer = g_strconcat ("/api/events?access_token=", token, NULL);
  const struct
  {
    const char *method, *path, *token, *more;
    guint status;
  } knocks[] = {
    { "GET", "/api/events", NULL, NULL, 401 },
    { "GET", "/api/events", "wrong", NULL, 401 },
    { "GET", with_token, NULL, NULL, 401 },
    { "GET", with_bearer, NULL, NULL, 401 },
    { "GET", "/api/events", NULL, "Sec-WebSocket-Protocol: rounds.token.wrong\r\n", 401 },
    { "GET", "/api/events", NULL, "Sec-WebSocket-Protocol: rounds.token.\r\n", 401 },
    { "GET", "/api/events", token, "Origin: https://evil.example.org\r\n", 403 },
    { "GET", "/api/events", token, "Origin: null\r\n", 403 },
    { "GET", "/api/events", token, "Origin: " ORIGIN ".evil.example.org\r\n", 403 },
    { "GET", "/api/events?since=x", token, NULL, 400 },
    { "POST", "/api/events", token, NULL, 405 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (knocks); i++)
    {
      g_autoptr (ServerReply) reply
          = knock (knocks[i].method, knocks[i].path, knocks[i].token, knocks[i].more);
      g_test_message ("%s %s %s", knocks[i].method, knocks[i].path, knocks[i].more);
      g_assert_cmpuint (reply->status, ==, knocks[i].status);
    }
  g_autoptr (ServerReply) plain = api_expect (world, 426, DOCTOR, "GET", "/api/events", NULL);
  g_assert_cmpstr (server_reply_get_header (plain, "upgrade"), ==, "websocket");
  g_assert_cmpstr (server_reply_get_header (plain, "sec-websocket-version"), ==, "13");
}

/* A page cannot set Authorization; its token comes among the protocols and never goes back. */
static void
test_page (void)
{
  g_autofree char *more
      = g_strdup_printf ("Origin: " ORIGIN "\r\n"
                         "Sec-WebSocket-Protocol: rounds.events, rounds.token.%s\r\n",
                         world->tokens[DOCTOR]);
  g_autofree char *handshake = socket_client_handshake ("/api/events", NULL, more);
  g_autoptr (GSocketConnection) connection = server_fixture_connect (world->server);
  char answer[2048] = "";

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 handshake, strlen (handshake), NULL, NULL, NULL));
  while (strstr (answer, "hello") == NULL)
    g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                          answer + strlen (answer),
                                          sizeof answer - strlen (answer) - 1, NULL, NULL),
                     >, 0);
  g_assert_nonnull (strstr (answer, "Sec-WebSocket-Protocol: rounds.events\r\n"));
  g_assert_null (strstr (answer, world->tokens[DOCTOR]));
}

static void
test_signed_out (void)
{
  g_autofree char *token = server_fixture_sign_in (world->server, "desk@example.org");
  g_autoptr (SocketClient) client = socket_client_new (world->server, "/api/events", token);
  g_autoptr (SocketClient) other = listen_as (DESK);
  g_autofree char *cursor = expect_cursor (client, "hello", "cursor");
  g_autofree char *same = expect_cursor (other, "hello", "cursor");
  g_autoptr (ServerReply) reply
      = server_fixture_send (world->server, "POST", "/api/auth/logout", token, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (socket_client_read_close (client), ==, 4401);
  g_assert_false (socket_client_has_more (other, 20));
}

/* By `roundsd user` or on another node: nobody tells this one, it looks. */
static void
test_moved (void)
{
  g_autoptr (SocketClient) client = listen_as (DESK2);
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autofree char *move = g_strdup_printf ("UPDATE users SET hospital_id = '%s' WHERE id = '%s'",
                                           world->hospital, world->ids[DESK2]);
  g_autofree char *off
      = g_strdup_printf ("UPDATE users SET active = 0 WHERE id = '%s'", world->ids[DESK2]);

  g_assert_true (rounds_db_exec (db, move, NULL));
  g_assert_cmpuint (socket_client_read_close (client), ==, 4403);
  g_autoptr (SocketClient) moved = listen_as (DESK2);
  g_assert_true (rounds_db_exec (db, off, NULL));
  g_assert_cmpuint (socket_client_read_close (moved), ==, 4401);
}

static void
test_too_many_of_one (void)
{
  g_autoptr (GPtrArray) clients
      = g_ptr_array_new_with_free_func ((GDestroyNotify)socket_client_free);

  for (int i = 0; i < MOST_LISTENING; i++)
    {
      g_ptr_array_add (clients, listen_as (PATIENT2));
      g_autofree char *cursor = expect_cursor (g_ptr_array_index (clients, i), "hello", "cursor");
    }
  /* Each further one sends away another, also while the first ones have not gone yet. */
  for (int i = 0; i < 3; i++)
    g_ptr_array_add (clients, listen_as (PATIENT2));
  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (socket_client_read_close (g_ptr_array_index (clients, i)), ==, 1008);
  g_assert_false (socket_client_has_more (g_ptr_array_index (clients, 3), 20));
}

static void
test_server_stops (void)
{
  g_autoptr (SocketClient) client = listen_as (DOCTOR);
  g_autoptr (SocketClient) silent = listen_as (DESK);

  server_fixture_ask_to_end (world->server);
  g_assert_cmpuint (socket_client_read_close (client), ==, 1001);
  socket_client_send (client, FRAME_CLOSE, "\x03\xe9", 2);
  /* One that never says goodbye does not hold it up. */
  server_fixture_wait_for_end (world->server);
}

int
main (int argc, char **argv)
{
  const char *environment[] = { "ROUNDS_CORS_ORIGINS=" ORIGIN, NULL };

  rounds_test_init (&argc, &argv);
  world = api_world_new_with (environment);
  g_test_add_func ("/Rounds/Server/ApiEvents/who-hears", test_who_hears);
  g_test_add_func ("/Rounds/Server/ApiEvents/no-more-for-former", test_no_more_for_former);
  g_test_add_func ("/Rounds/Server/ApiEvents/resume", test_resume);
  g_test_add_func ("/Rounds/Server/ApiEvents/refused", test_refused);
  g_test_add_func ("/Rounds/Server/ApiEvents/page", test_page);
  g_test_add_func ("/Rounds/Server/ApiEvents/signed-out", test_signed_out);
  g_test_add_func ("/Rounds/Server/ApiEvents/too-many-of-one", test_too_many_of_one);
  g_test_add_func ("/Rounds/Server/ApiEvents/moved", test_moved);
  g_test_add_func ("/Rounds/Server/ApiEvents/server-stops", test_server_stops);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
