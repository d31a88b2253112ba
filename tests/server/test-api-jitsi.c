/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What Jitsi tells of calls, as Prosody's event_sync sends it: who waits, what begins and ends, and
 * what a person decided stays. Reservations are tested in test-api-reservations.c.
 */

#include "config.h"

#include "api-world.h"
#include "jitsi-calls.h"
#include "rounds-test.h"
#include "socket-client.h"

#include <string.h>

#define N_ORDERS 12

static ApiWorld *world;

static void
test_whose_secret (void)
{
  static const char body[] = "{\"room_name\":\"x\",\"created_at\":1625823996}";
  static const char *const paths[]
      = { "/jitsi/events/room/created", "/jitsi/events/room/destroyed",
          "/jitsi/events/occupant/joined", "/jitsi/events/occupant/left" };
  g_autoptr (ServerFixture) closed = server_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const char *const tokens[] = { NULL, "x", CALL_SECRET "x", world->tokens[ADMIN] };
      for (gsize j = 0; j < G_N_ELEMENTS (tokens); j++)
        {
          g_autoptr (ServerReply) reply
              = server_fixture_send (world->server, "POST", paths[i], tokens[j], body);
          g_assert_cmpuint (reply->status, ==, 401);
        }
      /* Where no secret is set, there is nothing. */
      g_autoptr (ServerReply) nothing
          = server_fixture_send (closed, "POST", paths[i], CALL_SECRET, body);
      g_assert_cmpuint (nothing->status, ==, 404);
    }
}

static void
test_visit (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);

  call_tell_room (call, "created", 900);
  call_assert_status (call, "confirmed");
  call_tell_joined (call, PATIENT, 1000);
  call_assert_status (call, "arrived");
  call_assert_moment (call, "arrivedAt", 1000);
  call_tell_joined (call, DOCTOR, 1010);
  call_assert_status (call, "active");
  call_assert_moment (call, "startedAt", 1010);
  /* A connection that breaks ends nothing. */
  call_tell_left (call, PATIENT, 1000, 1080);
  call_assert_status (call, "active");
  call_tell_joined (call, PATIENT, 1090);
  call_tell_left (call, PATIENT, 1090, 1180);
  call_tell_left (call, DOCTOR, 1010, 1190);
  call_assert_status (call, "active");
  call_tell_room (call, "destroyed", 1191);
  call_assert_status (call, "completed");
  call_assert_moment (call, "endedAt", 1190);

  /* Told late, that he had been there before: another version of the record, and once only. */
  gint64 version = call_get_version (call);
  call_tell_left (call, PATIENT, 950, 960);
  call_tell_left (call, PATIENT, 950, 960);
  call_assert_moment (call, "arrivedAt", 950);
  call_assert_moment (call, "startedAt", 1010);
  g_assert_cmpint (call_get_version (call), ==, version + 1);
}

static void
test_meeting (void)
{
  g_autoptr (Call) call = call_new_meeting (world, DOCTOR, DESK);

  /* Whose meeting it is begins it. */
  call_tell_joined (call, DESK, 5);
  call_assert_status (call, "scheduled");
  call_tell_joined (call, DOCTOR, 30);
  call_assert_status (call, "active");
  call_assert_moment (call, "startedAt", 30);
  call_tell_left (call, DESK, 5, 400);
  call_tell_left (call, DOCTOR, 30, 410);
  call_tell_room (call, "created", 0);
  call_tell_room (call, "destroyed", 412);
  call_assert_status (call, "completed");
  call_assert_moment (call, "endedAt", 410);
}

static void
tell_nth (Call *call, int number)
{
  switch (number)
    {
    case 0:
      call_tell_room (call, "created", 0);
      break;
    case 1:
      call_tell_joined (call, DESK, 5);
      break;
    case 2:
      call_tell_joined (call, DOCTOR, 30);
      break;
    case 3:
      call_tell_left (call, DESK, 5, 400);
      break;
    case 4:
      call_tell_left (call, DOCTOR, 30, 410);
      break;
    default:
      call_tell_room (call, "destroyed", 412);
      break;
    }
}

/* Retries and two connections of Prosody: each event up to twice, in any order. */
static void
test_any_order (void)
{
  for (int n = 0; n < N_ORDERS; n++)
    {
      g_autoptr (Call) call = call_new_meeting (world, DOCTOR, DESK);
      int numbers[] = { 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5 };

      for (gsize i = G_N_ELEMENTS (numbers) - 1; i > 0; i--)
        {
          gsize other = (gsize)g_test_rand_int_range (0, (int)i + 1);
          int kept = numbers[i];
          numbers[i] = numbers[other];
          numbers[other] = kept;
        }
      for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
        tell_nth (call, numbers[i]);
      call_assert_status (call, "completed");
      call_assert_moment (call, "startedAt", 30);
      gint64 version = call_get_version (call);
      for (int i = 0; i < 6; i++)
        tell_nth (call, i);
      g_assert_cmpint (call_get_version (call), ==, version);
    }
}

/* With the record itself, and in the list of it. */
static void
assert_told (Call *call, const char *cause)
{
  g_autofree char *path = api_path ("/api/appointments/user/%s", world->ids[DOCTOR]);
  g_autofree char *shown = call_dup_text (call, "noShowCause");
  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "GET", path, NULL);
  JsonArray *list = json_object_get_array_member (server_reply_get_data (reply), "appointments");

  g_assert_cmpstr (shown, ==, cause);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);
      if (g_strcmp0 (api_text (one, "id"), call_get_id (call)) == 0)
        g_assert_cmpstr (api_text (one, "noShowCause"), ==, cause);
    }
}

/* All that a person decided stays, whatever Jitsi tells afterwards. */
static void
test_person_decides (void)
{
  static const char *const steps[][4] = {
    { "cancelled", NULL },
    { "no-show", NULL },
    { "arrived", "no-show", NULL },
    { "arrived", "active", "completed", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (Call) call = call_new_visit (world, 0);
      const char *last = NULL;
      for (gsize j = 0; steps[i][j] != NULL; j++)
        {
          last = steps[i][j];
          call_decide (call, DOCTOR, last);
        }
      gint64 version = call_get_version (call);
      call_tell_joined (call, PATIENT, 10);
      call_tell_joined (call, DOCTOR, 20);
      call_tell_left (call, PATIENT, 10, 300);
      call_tell_left (call, DOCTOR, 20, 310);
      call_tell_room (call, "destroyed", 311);
      call_sweep (call, 600);
      call_assert_status (call, last);
      g_assert_cmpint (call_get_version (call), ==, version);
      assert_told (call, NULL);
    }
}

/* What a person began without Jitsi, by telephone for instance, a person ends. */
static void
test_by_telephone (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);

  call_decide (call, DOCTOR, "arrived");
  call_decide (call, DOCTOR, "active");
  gint64 version = call_get_version (call);
  call_tell_joined (call, PATIENT, 10);
  call_tell_left (call, PATIENT, 10, 300);
  call_tell_room (call, "destroyed", 301);
  call_sweep (call, 600);
  call_assert_status (call, "active");
  /* Nor is it put right when he came. */
  g_assert_cmpint (call_get_version (call), ==, version);
}

static const struct
{
  const char *what;
  ApiPerson asked[2], came[2]; /* NOBODY: nobody */
  const char *status;
  const char *cause;
} no_shows[] = {
  { "nobody came: they may have telephoned",
    { NOBODY, NOBODY },
    { NOBODY, NOBODY },
    "confirmed",
    NULL },
  { "only the doctor", { NOBODY, NOBODY }, { DOCTOR, NOBODY }, "no-show", "patient" },
  { "staff count as well", { NOBODY, NOBODY }, { DESK, NOBODY }, "no-show", "patient" },
  { "only the patient", { NOBODY, NOBODY }, { PATIENT, NOBODY }, "no-show", "staff" },
  { "the patient could not get in",
    { PATIENT, NOBODY },
    { DOCTOR, NOBODY },
    "no-show",
    "technical" },
  { "the doctor could not get in",
    { DOCTOR, NOBODY },
    { PATIENT, NOBODY },
    "no-show",
    "technical" },
  { "nobody could get in", { DOCTOR, PATIENT }, { NOBODY, NOBODY }, "no-show", "technical" },
  { "the patient only tried", { PATIENT, NOBODY }, { NOBODY, NOBODY }, "no-show", "staff" },
  { "the doctor came when the patient had gone",
    { NOBODY, NOBODY },
    { PATIENT, DOCTOR },
    "no-show",
    "staff" },
  { "the patient came when the doctor had gone",
    { NOBODY, NOBODY },
    { DOCTOR, PATIENT },
    "no-show",
    "patient" },
};

/* Only this visit is not cancelled: the report of the day counts it alone. */
static void
assert_reported (const char *cause)
{
  static const char *const causes[] = { "patient", "staff", "technical", "unknown" };
  g_autoptr (ServerReply) reply
      = api_expect (world, 200, DESK, "GET", "/api/reports/summary", NULL);
  JsonObject *counts = json_object_get_object_member (api_document (reply, "total"), "noShows");

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    g_assert_cmpint (json_object_get_int_member (counts, causes[i]), ==,
                     g_strcmp0 (causes[i], cause) == 0);
}

/* Who asks the log who said that somebody did not come finds the rule, once. */
static void
assert_noted (Call *call, const char *cause)
{
  g_autofree char *path = g_strdup_printf ("/api/audit?record=%s", call_get_id (call));
  g_autoptr (ServerReply) reply = api_expect (world, 200, ADMIN, "GET", path, NULL);
  g_autofree char *words = g_strdup_printf ("\"cause\":\"%s\"", cause);
  g_auto (GStrv) parts = g_strsplit (reply->body, cause != NULL ? words : "\"cause\"", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, cause != NULL ? 2 : 1);
  g_assert_true (cause == NULL || strstr (reply->body, "\"action\":\"call rules\"") != NULL);
}

/* The minutes are those after the booked end. */
static void
test_no_show (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_shows); i++)
    {
      g_autoptr (Call) call = call_new_visit (world, 0);
      g_test_message ("%s", no_shows[i].what);
      for (int j = 0; j < 2 && no_shows[i].asked[j] != NOBODY; j++)
        call_ask_for_link (call, no_shows[i].asked[j]);
      for (int j = 0; j < 2 && no_shows[i].came[j] != NOBODY; j++)
        {
          call_tell_joined (call, no_shows[i].came[j], 10 + j * 600);
          call_tell_left (call, no_shows[i].came[j], 10 + j * 600, 300 + j * 600);
        }
      g_autofree char *before = call_dup_status (call);
      call_sweep (call, 9);
      call_assert_status (call, before);
      call_sweep (call, 11);
      call_assert_status (call, no_shows[i].status);
      g_autofree char *cause = call_dup_cause (call);
      g_assert_cmpstr (cause, ==, no_shows[i].cause);
      assert_reported (cause);
      assert_told (call, cause);
      gint64 version = call_get_version (call);
      call_sweep (call, 12);
      g_assert_cmpint (call_get_version (call), ==, version);
      assert_noted (call, cause);
    }
}

/* "Arrived" was said by a person: that he did not come after all is for a person to say. */
static void
test_no_show_not_over_person (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  call_decide (call, DESK, "arrived");
  call_tell_joined (call, DOCTOR, 10);
  call_tell_left (call, DOCTOR, 10, 300);
  call_sweep (call, 60);
  call_assert_status (call, "arrived");
}

static void
test_strangers (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autoptr (ServerReply) unknown = call_post (
      call, "room/created",
      "{\"event_name\":\"muc-room-created\",\"room_name\":\"catchup\",\"created_at\":1625823996}");

  g_assert_false (json_object_get_boolean_member (server_reply_get_data (unknown), "known"));
  /* A recorder is nobody's patient, and a side room is not the end of the call. */
  call_tell_joined_as (call, "recorder@recorder.meet.example.org/x", NULL, 5);
  call_tell_joined_as (call, "x@meet.example.org/y", "not an id", 5);
  call_assert_status (call, "confirmed");
  call_tell_joined (call, PATIENT, 10);
  call_tell_joined (call, DOCTOR, 20);
  call_tell_breakout_destroyed (call, 300);
  call_assert_status (call, "active");
}

/* The id of a guest whom the doctor lets in as @part. (transfer full) */
static char *
make_guest (Call *call, const char *part)
{
  g_autofree char *path = g_strdup_printf ("/api/appointments/%s/guests", call_get_id (call));
  g_autofree char *body = g_strdup_printf ("{\"name\":\"Robin\",\"part\":\"%s\"}", part);
  g_autoptr (ServerReply) reply = api_expect (world, 201, DOCTOR, "POST", path, body);

  return g_strdup (api_text (api_document (reply, "guest"), "id"));
}

/* He comes as a guest or as nobody in particular; but not everybody who does is the patient. */
static void
test_patient_without_account (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autofree char *interpreter = make_guest (call, "interpreter");
  g_autofree char *relative = make_guest (call, "relative");

  call_take_account (call);
  call_tell_joined_as (call, "recorder@recorder.meet.example.org/x", NULL, 5);
  call_tell_joined_as (call, "transcriber@hidden.meet.jitsi/x", NULL, 6);
  call_tell_joined_as (call, "i@meet.example.org/x", interpreter, 7);
  call_assert_status (call, "confirmed");
  call_tell_joined_as (call, "r@meet.example.org/x", relative, 10);
  call_assert_status (call, "arrived");
  call_tell_joined (call, DOCTOR, 20);
  call_assert_status (call, "active");
}

static void
test_bad_events (void)
{
  static const struct
  {
    const char *event;
    const char *body;
  } bad[] = {
    { "room/created", "{}" },
    { "room/created", "{\"room_name\":7,\"created_at\":1625823996}" },
    { "room/created", "{\"room_name\":\"x\",\"created_at\":\"now\"}" },
    { "room/created", "{\"room_name\":\"x\",\"created_at\":99999999999}" },
    { "room/created", "{\"room_name\":\"x\",\"created_at\":-1}" },
    { "room/destroyed", "{\"room_name\":\"x\",\"created_at\":1625823996}" },
    { "room/destroyed",
      "{\"room_name\":\"x\",\"created_at\":1,\"destroyed_at\":2,\"all_occupants\":[7]}" },
    { "occupant/joined", "{\"room_name\":\"x\"}" },
    { "occupant/joined", "{\"room_name\":\"x\",\"occupant\":{\"occupant_jid\":\"a\"}}" },
    { "occupant/left",
      "{\"room_name\":\"x\",\"occupant\":{\"occupant_jid\":\"a\",\"joined_at\":1}}" },
  };
  g_autoptr (Call) call = call_new_visit (world, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/jitsi/events/", bad[i].event, NULL);
      g_autoptr (ServerReply) reply
          = server_fixture_send (world->server, "POST", path, CALL_SECRET, bad[i].body);
      g_test_message ("%s %s", bad[i].event, bad[i].body);
      g_assert_cmpuint (reply->status, ==, 400);
    }
  /* Lua's empty list. */
  g_autoptr (ServerReply) empty = call_post (
      call, "room/destroyed",
      "{\"room_name\":\"x\",\"created_at\":1,\"destroyed_at\":2,\"all_occupants\":{}}");
  g_assert_cmpuint (empty->status, ==, 200);
}

/* Whoever opens his WebSocket later is told as well, as long as there is something to wait for. */
static void
test_waiting_before (void)
{
  static const struct
  {
    ApiPerson who;
    gboolean told;
  } rows[] = {
    { DOCTOR, TRUE },   { DESK, TRUE },   { PATIENT, FALSE },  { ADMIN, FALSE },
    { DOCTOR2, FALSE }, { DESK2, FALSE }, { PATIENT2, FALSE },
  };
  g_autoptr (Call) visit = call_new_visit (world, 0);
  g_autoptr (Call) meeting = call_new_meeting (world, DOCTOR, DESK);

  call_ask_for_link (visit, PATIENT);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SocketClient) client
          = socket_client_new (world->server, "/api/events", world->tokens[rows[i].who]);
      g_autoptr (Frame) hello = socket_client_read (client);
      g_assert_nonnull (strstr (hello->text, "\"hello\""));
      g_test_message ("%s", api_person_to_string (rows[i].who));
      g_autoptr (JsonObject) told
          = rows[i].told ? call_expect_waiting (client) : call_read_waiting (client);
      g_assert_cmpint (told != NULL, ==, rows[i].told);
      if (told != NULL)
        g_assert_cmpstr (api_text (told, "id"), ==, call_get_id (visit));
    }
  call_ask_for_link (meeting, DESK);
  g_autoptr (SocketClient) host
      = socket_client_new (world->server, "/api/events", world->tokens[DOCTOR]);
  g_autoptr (JsonObject) first = call_expect_waiting (host);
  g_autoptr (JsonObject) second = call_expect_waiting (host);
  g_assert_cmpstr (api_text (first, "id"), ==, call_get_id (visit));
  g_assert_cmpstr (api_text (second, "id"), ==, call_get_id (meeting));
  call_decide (visit, DOCTOR, "no-show");
  g_autoptr (SocketClient) late
      = socket_client_new (world->server, "/api/events", world->tokens[DESK]);
  g_assert_null (call_read_waiting (late));
}

/* "NAME is waiting": who asks for his link is announced to the others of the call, once. */
static void
test_waiting (void)
{
  static const ApiPerson hearing[] = { DOCTOR, DESK };
  static const ApiPerson deaf[] = { PATIENT, ADMIN, DOCTOR2, DESK2, PATIENT2 };
  SocketClient *clients[API_N_PEOPLE];
  g_autoptr (Call) call = call_new_visit (world, 0);

  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      clients[who] = socket_client_new (world->server, "/api/events", world->tokens[who]);
      g_autoptr (Frame) hello = socket_client_read (clients[who]);
    }
  call_ask_for_link (call, PATIENT);
  for (gsize i = 0; i < G_N_ELEMENTS (hearing); i++)
    {
      g_autoptr (JsonObject) told = call_expect_waiting (clients[hearing[i]]);
      g_assert_cmpstr (api_text (told, "id"), ==, call_get_id (call));
      g_assert_cmpstr (api_text (told, "kind"), ==, "appointment");
      g_assert_nonnull (api_text (told, "name"));
      g_assert_cmpint (json_object_get_size (told), ==, 5);
    }
  call_ask_for_link (call, PATIENT);
  for (gsize i = 0; i < G_N_ELEMENTS (deaf); i++)
    g_assert_null (call_read_waiting (clients[deaf[i]]));
  for (gsize i = 0; i < G_N_ELEMENTS (hearing); i++)
    g_assert_null (call_read_waiting (clients[hearing[i]]));
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    socket_client_free (clients[who]);

  /* Who looks at his link the day before waits for nobody. */
  g_autoptr (Call) tomorrow = call_new_visit (world, 24 * 60);
  g_autoptr (SocketClient) doctor
      = socket_client_new (world->server, "/api/events", world->tokens[DOCTOR]);
  call_ask_for_link (tomorrow, PATIENT);
  g_assert_null (call_read_waiting (doctor));
}

/* An import at the same time keeps nobody waiting unheard. */
static void
test_waiting_in_crowd (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autoptr (SocketClient) doctor
      = socket_client_new (world->server, "/api/events", world->tokens[DOCTOR]);
  g_autoptr (Frame) hello = socket_client_read (doctor);

  call_wait_in_crowd (call, PATIENT);
  /* Who waits for a call of a test before this one may come first. */
  for (gboolean heard = FALSE; !heard;)
    {
      g_autoptr (JsonObject) told = call_expect_waiting (doctor);
      heard = g_strcmp0 (api_text (told, "id"), call_get_id (call)) == 0;
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = call_world_new (NULL);
  g_test_add_func ("/Rounds/Server/ApiJitsi/whose-secret", test_whose_secret);
  g_test_add_func ("/Rounds/Server/ApiJitsi/visit", test_visit);
  g_test_add_func ("/Rounds/Server/ApiJitsi/meeting", test_meeting);
  g_test_add_func ("/Rounds/Server/ApiJitsi/any-order", test_any_order);
  g_test_add_func ("/Rounds/Server/ApiJitsi/person-decides", test_person_decides);
  g_test_add_func ("/Rounds/Server/ApiJitsi/by-telephone", test_by_telephone);
  g_test_add_func ("/Rounds/Server/ApiJitsi/no-show", test_no_show);
  g_test_add_func ("/Rounds/Server/ApiJitsi/no-show-not-over-person", test_no_show_not_over_person);
  g_test_add_func ("/Rounds/Server/ApiJitsi/strangers", test_strangers);
  g_test_add_func ("/Rounds/Server/ApiJitsi/patient-without-account", test_patient_without_account);
  g_test_add_func ("/Rounds/Server/ApiJitsi/bad-events", test_bad_events);
  g_test_add_func ("/Rounds/Server/ApiJitsi/waiting", test_waiting);
  g_test_add_func ("/Rounds/Server/ApiJitsi/waiting-before", test_waiting_before);
  g_test_add_func ("/Rounds/Server/ApiJitsi/waiting-in-crowd", test_waiting_in_crowd);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
