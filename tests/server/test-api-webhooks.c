/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What JaaS tells by its webhooks: signed, retried, in any order; and what follows from it.
 * The bodies are those of developer.8x8.com/jaas/docs/webhooks-payload, with all their members.
 */

#include "config.h"

#include "../jitsi/jitsi-test-keys.h"
#include "api-world.h"
#include "jitsi-calls.h"
#include "rounds-clock.h"
#include "rounds-test.h"

#include <string.h>

#define PATH "/jitsi/webhooks"
#define APP "vpaas-magic-cookie-96f0941768964ab380ed0fbada7a502f"
#define OTHER_APP "vpaas-magic-cookie-96f0941768964ab380ed0fbada7a502e"
#define SECRET "whsec_9635df66714a4cf088ee9d0979dd3bf6"
#define OLD_SECRET "whsec_0123456789abcdef0123456789abcdef"
#define NAME "Erika Mustermann"
#define N_ORDERS 8
#define TOO_LARGE (128 * 1024 + 1)

static ApiWorld *world;

/* "X-Jaas-Signature: t=…,v1=…" of @body at @seconds, with the algorithm of another library. */
static char *
sign (const char *body, const char *secret, gint64 seconds)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%s", seconds, body);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));

  g_hmac_update (hmac, (const guchar *)text, (gssize)strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
  g_autofree char *base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("X-Jaas-Signature: t=%" G_GINT64_FORMAT ",v1=%s", seconds, base64);
}

static gint64
get_now (void)
{
  return g_get_real_time () / ROUNDS_SECOND;
}

static ServerReply *
post (const char *header, const char *body)
{
  return server_fixture_send_with (world->server, "POST", PATH, NULL, header, body);
}

static ServerReply *
post_signed (const char *body)
{
  g_autofree char *header = sign (body, SECRET, get_now ());

  return post (header, body);
}

static char *
make_event (const char *app, const char *room, const char *type, gint64 milliseconds,
            const char *data)
{
  return g_strdup_printf ("{\"idempotencyKey\":\"45892714-7bf6-49b8-8c6a-856a92ff6d8a\","
                          "\"customerId\":\"96f0941768964ab380ed0fbada7a502f\","
                          "\"appId\":\"%s\",\"eventType\":\"%s\","
                          "\"sessionId\":\"c3348153-1027-4382-afad-5ae91b433c26\","
                          "\"timestamp\":%" G_GINT64_FORMAT ",\"fqn\":\"%s/%s\",\"data\":%s}",
                          app, type, milliseconds, app, room, data);
}

static char *
make_person (ApiPerson who, const char *more)
{
  return g_strdup_printf ("{\"moderator\":\"true\",\"name\":\"" NAME "\",\"group\":\"" APP "\","
                          "\"email\":\"erika@example.org\",\"id\":\"%s\","
                          "\"participantJid\":\"%s-a6ef-40cf-8b1b-f5097f46fbf7@8x8.vc\","
                          "\"participantId\":\"3988218d\",\"avatar\":\"\"%s}",
                          world->ids[who], api_person_to_string (who), more);
}

/* Told at second @at of @call, and taken; whether anything of it was of use. */
static gboolean
tell (Call *call, const char *type, int at, const char *data)
{
  g_autofree char *body
      = make_event (APP, call_get_room (call), type, call_get_seconds (call, at) * 1000, data);
  g_autoptr (ServerReply) reply = post_signed (body);

  if (reply->status != 200)
    g_error ("%s: %u: %s", type, reply->status, reply->body);
  return json_object_get_boolean_member (server_reply_get_data (reply), "known");
}

static void
tell_room (Call *call, const char *type, int at)
{
  g_assert_true (tell (call, type, at, "{\"conference\":\"x@conference." APP ".8x8.vc\"}"));
}

static void
tell_person (Call *call, const char *type, ApiPerson who, int at)
{
  g_autofree char *data = make_person (who, "");
  g_assert_true (tell (call, type, at, data));
}

static void
tell_joined (Call *call, ApiPerson who, int at)
{
  tell_person (call, "PARTICIPANT_JOINED", who, at);
}

static void
tell_left (Call *call, ApiPerson who, int at)
{
  g_autofree char *data = make_person (who, ",\"disconnectReason\":\"left\"");
  g_assert_true (tell (call, "PARTICIPANT_LEFT", at, data));
}

static void
test_whose_signature (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autofree char *person = make_person (PATIENT, "");
  g_autofree char *body = make_event (APP, call_get_room (call), "PARTICIPANT_JOINED",
                                      call_get_seconds (call, 0) * 1000, person);
  gint64 now = get_now ();
  struct
  {
    char *header; /* owned */
    guint status;
  } rows[] = {
    { NULL, 401 },
    { g_strdup ("X-Jaas-Signature: "), 401 },
    { g_strdup ("X-Jaas-Signature: t=1,v1=x"), 401 },
    { g_strdup ("Authorization: Bearer " SECRET), 401 },
    { sign (body, "whsec_another", now), 401 },
    { sign ("{}", SECRET, now), 401 },
    { sign (body, SECRET, now - 25 * 3600), 401 },
    { sign (body, SECRET, now + 600), 401 },
    /* While the secret is changed, both count; and what is tried again comes late. */
    { sign (body, OLD_SECRET, now), 200 },
    { sign (body, SECRET, now - 23 * 3600), 200 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerReply) reply = post (rows[i].header, body);
      g_test_message ("%s", rows[i].header);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
      call_assert_status (call, rows[i].status == 200 ? "arrived" : "confirmed");
      if (reply->status == 401)
        {
          api_assert_refused (reply);
          g_assert_cmpstr (server_reply_get_code (reply), ==, "bad_signature");
          g_assert_nonnull (server_reply_get_header (reply, "www-authenticate"));
        }
      g_free (rows[i].header);
    }
}

/* Where no secret is set, there is nothing; and what is there twice is nobody's. */
static void
test_closed (void)
{
  g_autoptr (ServerFixture) closed = server_fixture_new ();
  g_autofree char *header = sign ("{}", SECRET, get_now ());
  g_autofree char *twice = g_strconcat (header, "\r\n", header, NULL);
  g_autoptr (ServerReply) nothing
      = server_fixture_send_with (closed, "POST", PATH, NULL, header, "{}");
  g_autoptr (ServerReply) repeated = post (twice, "{}");

  g_assert_cmpuint (nothing->status, ==, 404);
  g_assert_cmpuint (repeated->status, ==, 400);
}

static void
test_visit (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);

  tell_room (call, "ROOM_CREATED", 900);
  call_assert_status (call, "confirmed");
  tell_joined (call, PATIENT, 1000);
  call_assert_status (call, "arrived");
  call_assert_moment (call, "arrivedAt", 1000);
  tell_joined (call, DOCTOR, 1010);
  call_assert_status (call, "active");
  call_assert_moment (call, "startedAt", 1010);
  /* A connection that breaks ends nothing. */
  tell_left (call, PATIENT, 1080);
  call_assert_status (call, "active");
  tell_joined (call, PATIENT, 1090);
  tell_left (call, PATIENT, 1180);
  tell_left (call, DOCTOR, 1190);
  call_assert_status (call, "active");
  tell_room (call, "ROOM_DESTROYED", 1191);
  call_assert_status (call, "completed");
  call_assert_moment (call, "endedAt", 1190);

  /* Told late, that he had been there before: another version of the record, and once only. */
  gint64 version = call_get_version (call);
  tell_left (call, PATIENT, 960);
  tell_joined (call, PATIENT, 950);
  tell_joined (call, PATIENT, 950);
  call_assert_moment (call, "arrivedAt", 950);
  call_assert_moment (call, "startedAt", 1010);
  g_assert_cmpint (call_get_version (call), <=, version + 2);
}

/* A visit with all that may happen: he looks in, goes, comes back; a side room; a second opening.
 */
static const struct
{
  const char *type;
  ApiPerson who; /* NOBODY: the room */
  int at;
  gboolean aside;
} story[] = {
  { "ROOM_CREATED", NOBODY, 0, FALSE },         { "PARTICIPANT_JOINED", PATIENT, 1, FALSE },
  { "PARTICIPANT_LEFT", PATIENT, 20, FALSE },   { "ROOM_DESTROYED", NOBODY, 21, FALSE },
  { "ROOM_CREATED", NOBODY, 60, FALSE },        { "PARTICIPANT_JOINED", DOCTOR, 60, FALSE },
  { "PARTICIPANT_JOINED", PATIENT, 90, FALSE }, { "ROOM_CREATED", NOBODY, 200, TRUE },
  { "PARTICIPANT_JOINED", DOCTOR, 200, TRUE },  { "PARTICIPANT_LEFT", DOCTOR, 201, FALSE },
  { "PARTICIPANT_JOINED", DOCTOR, 299, FALSE }, { "PARTICIPANT_LEFT", DOCTOR, 300, TRUE },
  { "ROOM_DESTROYED", NOBODY, 300, TRUE },      { "PARTICIPANT_LEFT", PATIENT, 410, FALSE },
  { "PARTICIPANT_LEFT", DOCTOR, 411, FALSE },   { "ROOM_DESTROYED", NOBODY, 412, FALSE },
};

static void
tell_nth (Call *call, gsize number)
{
  const char *more = story[number].aside ? ",\"isBreakout\":true,\"breakoutRoomId\":\"e0f49fd5\""
                                         : ",\"isBreakout\":false";
  g_autofree char *data = story[number].who != NOBODY
                              ? make_person (story[number].who, more)
                              : g_strdup_printf ("{\"conference\":\"x\"%s}", more);
  g_assert_cmpint (tell (call, story[number].type, story[number].at, data), ==, TRUE);
}

static void
test_any_order (void)
{
  for (int n = 0; n < N_ORDERS; n++)
    {
      g_autoptr (Call) call = call_new_visit (world, 0);
      gsize numbers[2 * G_N_ELEMENTS (story)];

      for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
        numbers[i] = i % G_N_ELEMENTS (story);
      /* In order first. */
      for (gsize i = G_N_ELEMENTS (numbers) - 1; i > 0 && n > 0; i--)
        {
          gsize other = (gsize)g_test_rand_int_range (0, (int)i + 1);
          gsize kept = numbers[i];
          numbers[i] = numbers[other];
          numbers[other] = kept;
        }
      for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
        tell_nth (call, numbers[i]);
      call_assert_status (call, "completed");
      call_assert_moment (call, "arrivedAt", 1);
      call_assert_moment (call, "startedAt", 90);
      call_assert_moment (call, "endedAt", 411);
      gint64 version = call_get_version (call);
      for (gsize i = 0; i < G_N_ELEMENTS (story); i++)
        tell_nth (call, i);
      g_assert_cmpint (call_get_version (call), ==, version);
    }
}

/* Of a side room, the call is no less a call. */
static void
test_side_room (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);

  for (gsize i = 0; i < 13; i++)
    tell_nth (call, i);
  call_assert_status (call, "active");
  call_sweep (call, 0);
  call_assert_status (call, "active");
}

/* Whose going was lost went when the room was closed, or was opened anew. */
static void
test_lost (void)
{
  g_autoptr (Call) closed = call_new_visit (world, 0);

  tell_joined (closed, PATIENT, 10);
  tell_joined (closed, DOCTOR, 20);
  tell_room (closed, "ROOM_DESTROYED", 300);
  call_assert_status (closed, "completed");
  call_assert_moment (closed, "endedAt", 300);

  g_autoptr (Call) anew = call_new_visit (world, 0);
  tell_room (anew, "ROOM_CREATED", 5);
  tell_joined (anew, PATIENT, 10);
  tell_joined (anew, DOCTOR, 20);
  tell_room (anew, "ROOM_CREATED", 300);
  call_sweep (anew, 0);
  call_assert_status (anew, "completed");
  call_assert_moment (anew, "endedAt", 300);

  /* Of one whose coming was lost, it is known that he was there. */
  g_autoptr (Call) alone = call_new_visit (world, 0);
  tell_left (alone, DOCTOR, 400);
  call_assert_status (alone, "confirmed");
  tell_left (alone, PATIENT, 700);
  call_assert_status (alone, "arrived");
  call_assert_moment (alone, "arrivedAt", 700);
  call_sweep (alone, 20);
  call_assert_status (alone, "no-show");
}

static void
test_no_show (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);

  tell_joined (call, DOCTOR, 10);
  tell_left (call, DOCTOR, 600);
  call_sweep (call, 9);
  call_assert_status (call, "confirmed");
  call_sweep (call, 11);
  call_assert_status (call, "no-show");
  g_autofree char *cause = call_dup_cause (call);
  g_assert_cmpstr (cause, ==, "patient");
}

/* Who is kept before the door waits; he has not arrived yet, but he tried. */
static void
test_lobby (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autoptr (SocketClient) doctor
      = socket_client_new (world->server, "/api/events", world->tokens[DOCTOR]);
  g_autoptr (Frame) hello = socket_client_read (doctor);
  g_autofree char *guest = make_person (DOCTOR2, ",\"disconnectReason\":\"left\"");

  tell_person (call, "PARTICIPANT_JOINED_LOBBY", PATIENT, 1100);
  g_autoptr (JsonObject) told = call_expect_waiting (doctor);
  g_assert_cmpstr (api_text (told, "id"), ==, call_get_id (call));
  call_assert_status (call, "confirmed");
  tell_person (call, "PARTICIPANT_JOINED_LOBBY", PATIENT, 1100);
  g_assert_null (call_read_waiting (doctor));
  g_assert_false (tell (call, "PARTICIPANT_LEFT_LOBBY", 1110, guest));
  call_sweep (call, 11);
  call_assert_status (call, "no-show");
  g_autofree char *cause = call_dup_cause (call);
  g_assert_cmpstr (cause, ==, "staff");

  /* Told when he has come in already: he waits no more. */
  g_autoptr (Call) late = call_new_visit (world, 0);
  tell_joined (late, DOCTOR, 1090);
  tell_joined (late, PATIENT, 1105);
  tell_person (late, "PARTICIPANT_JOINED_LOBBY", PATIENT, 1100);
  g_assert_null (call_read_waiting (doctor));
}

/* "NAME is waiting" is for who is there, not for who was. */
static void
test_waiting (void)
{
  g_autoptr (SocketClient) doctor
      = socket_client_new (world->server, "/api/events", world->tokens[DOCTOR]);
  g_autoptr (Frame) hello = socket_client_read (doctor);
  g_autoptr (Call) gone = call_new_visit (world, 0);
  tell_left (gone, PATIENT, 1150);
  tell_joined (gone, PATIENT, 1100);
  g_assert_null (call_read_waiting (doctor));

  g_autoptr (Call) there = call_new_visit (world, 0);
  tell_joined (there, PATIENT, 1100);
  g_autoptr (JsonObject) told = call_expect_waiting (doctor);
  g_assert_cmpstr (api_text (told, "id"), ==, call_get_id (there));
}

#define ROOM "\"fqn\":\"" APP "/x\""
#define MOMENT "\"timestamp\":1600951818143"
#define JOINED "\"eventType\":\"PARTICIPANT_JOINED\""

static const struct
{
  const char *body;
  guint status;
  const char *field; /* that is named, or NULL */
} strange[] = {
  { "{}", 400, "eventType" },
  { "{\"eventType\":7}", 400, "eventType" },
  { "{" JOINED "}", 400, "fqn" },
  { "{" JOINED "," ROOM "," MOMENT "}", 400, "data" },
  { "{" JOINED "," ROOM "," MOMENT ",\"data\":[]}", 400, "data" },
  { "{" JOINED "," ROOM "," MOMENT ",\"data\":{}}", 400, "data.participantJid" },
  { "{" JOINED "," ROOM "," MOMENT ",\"data\":{\"participantJid\":\"\"}}", 400,
    "data.participantJid" },
  { "{" JOINED "," ROOM "," MOMENT ",\"data\":{\"participantJid\":\"a\",\"isBreakout\":\"b\"}}",
    400, "data.isBreakout" },
  { "{" JOINED "," ROOM ",\"data\":{\"participantJid\":\"a\"}}", 400, "timestamp" },
  /* Seconds; another century; no number. */
  { "{" JOINED "," ROOM ",\"timestamp\":1600951818,\"data\":{\"participantJid\":\"a\"}}", 400,
    "timestamp" },
  { "{" JOINED "," ROOM ",\"timestamp\":99999999999999,\"data\":{\"participantJid\":\"a\"}}", 400,
    "timestamp" },
  { "{" JOINED "," ROOM ",\"timestamp\":\"now\",\"data\":{\"participantJid\":\"a\"}}", 400,
    "timestamp" },
  { "{\"eventType\":\"ROOM_CREATED\",\"fqn\":\"" APP "/\"," MOMENT "}", 400, "fqn" },
  { "{\"eventType\":\"ROOM_CREATED\",\"fqn\":7," MOMENT "}", 400, "fqn" },
  /* Another application's, whichever member says so. */
  { "{\"eventType\":\"ROOM_CREATED\",\"fqn\":\"" OTHER_APP "/x\"," MOMENT "}", 422, "appId" },
  { "{\"eventType\":\"ROOM_CREATED\",\"fqn\":\"" APP "x/x\"," MOMENT "}", 422, "appId" },
  { "{\"eventType\":\"ROOM_CREATED\",\"fqn\":\"x\"," MOMENT "}", 422, "appId" },
  { "{\"eventType\":\"ROOM_CREATED\",\"appId\":\"" OTHER_APP "\"," ROOM "," MOMENT "}", 422,
    "appId" },
  { "{\"eventType\":\"USAGE\",\"appId\":\"" OTHER_APP "\"}", 422, "appId" },
  /* Nothing to us, however it looks. */
  { "{\"eventType\":\"USAGE\",\"data\":[{\"deviceId\":\"x\"}]}", 200, NULL },
  { "{\"eventType\":\"RECORDING_STARTED\"," ROOM "}", 200, NULL },
  { "{\"eventType\":\"ROLE_CHANGED\"," ROOM "," MOMENT ",\"data\":7}", 200, NULL },
  { "{\"eventType\":\"WHAT_JAAS_WILL_THINK_OF\"}", 200, NULL },
  { "{\"eventType\":\"ROOM_CREATED\"," ROOM "," MOMENT "}", 200, NULL },
  { "{" JOINED "," ROOM "," MOMENT ",\"data\":{\"participantJid\":\"a\"}}", 200, NULL },
};

static void
test_strange (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autoptr (ServerReply) reply = post_signed (strange[i].body);
      g_test_message ("%s", strange[i].body);
      g_assert_cmpuint (reply->status, ==, strange[i].status);
      if (strange[i].field != NULL)
        api_assert_names_field (reply, strange[i].field);
      else
        g_assert_false (json_object_get_boolean_member (server_reply_get_data (reply), "known"));
    }
  g_autofree char *large = g_strnfill (TOO_LARGE, ' ');
  g_autoptr (ServerReply) refused = post_signed (large);
  g_assert_cmpuint (refused->status, ==, 413);
}

/* A room whose name, occupant and side room are as long as can be, and one longer. */
static void
test_absurd_lengths (void)
{
  static const struct
  {
    gsize jid, side_room;
    guint status;
  } rows[] = { { 1024, 300, 200 }, { 1025, 300, 400 }, { 1024, 301, 400 } };
  g_autoptr (Call) call = call_new_visit (world, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *jid = g_strnfill (rows[i].jid, 'j');
      g_autofree char *side_room = g_strnfill (rows[i].side_room, 's');
      g_autofree char *data = g_strdup_printf ("{\"participantJid\":\"%s\",\"isBreakout\":true,"
                                               "\"breakoutRoomId\":\"%s\"}",
                                               jid, side_room);
      g_autofree char *body = make_event (APP, call_get_room (call), "PARTICIPANT_JOINED",
                                          call_get_seconds (call, 0) * 1000, data);
      g_autoptr (ServerReply) reply = post_signed (body);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
    }
}

static void
rename_table (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s RENAME TO %s", from, to);

  g_assert_true (rounds_db_exec (db, sql, &error));
  g_assert_no_error (error);
}

/* What we could not keep, JaaS tells again. */
static void
test_retried (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autofree char *data = make_person (PATIENT, "");
  g_autofree char *body = make_event (APP, call_get_room (call), "PARTICIPANT_JOINED",
                                      call_get_seconds (call, 30) * 1000, data);
  g_autofree char *header = sign (body, SECRET, get_now ());

  rename_table ("call_marks", "call_marks_away");
  g_autoptr (ServerReply) failed = post (header, body);
  g_assert_cmpuint (failed->status, ==, 500);
  call_assert_status (call, "confirmed");
  rename_table ("call_marks_away", "call_marks");
  g_autoptr (ServerReply) again = post (header, body);
  g_assert_cmpuint (again->status, ==, 200);
  call_assert_status (call, "arrived");
  gint64 version = call_get_version (call);
  /* A replay, with the signature that was seen. */
  g_autoptr (ServerReply) replayed = post (header, body);
  g_assert_cmpuint (replayed->status, ==, 200);
  g_assert_cmpint (call_get_version (call), ==, version);
}

static gint64
read_count (const char *outcome)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, NOBODY, "GET", "/metrics", NULL);
  g_autofree char *name = g_strdup_printf ("rounds_webhook_events_total{outcome=\"%s\"} ", outcome);
  const char *found = strstr (reply->body, name);

  g_assert_nonnull (found);
  return g_ascii_strtoll (found + strlen (name), NULL, 10);
}

/* What became of events is counted; who was in them stands nowhere. */
static void
test_counted (void)
{
  static const char *const outcomes[]
      = { "taken", "nothing-new", "unknown-room", "ignored", "refused" };
  gint64 before[G_N_ELEMENTS (outcomes)];
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autofree char *data = make_person (PATIENT, "");
  g_autofree char *elsewhere
      = make_event (APP, "x", "PARTICIPANT_JOINED", G_GINT64_CONSTANT (1600951818143), data);
  g_autofree char *ignored
      = make_event (APP, "x", "ROLE_CHANGED", G_GINT64_CONSTANT (1600951818143), data);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    before[i] = read_count (outcomes[i]);
  tell_joined (call, PATIENT, 3);
  tell_joined (call, PATIENT, 3);
  g_autoptr (ServerReply) third = post_signed (elsewhere);
  g_autoptr (ServerReply) fourth = post_signed (ignored);
  g_autoptr (ServerReply) fifth = post (NULL, elsewhere);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_assert_cmpint (read_count (outcomes[i]), ==, before[i] + 1);

  g_autofree char *log = server_fixture_dup_log (world->server);
  g_assert_null (strstr (log, NAME));
  g_assert_null (strstr (log, "erika@"));
  g_assert_null (strstr (log, "8x8.vc\""));
  g_assert_null (strstr (log, SECRET));
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *key = g_build_filename (folder, "jaas.pem", NULL);
  g_autofree char *key_setting = g_strconcat ("JITSI_PRIVATE_KEY_FILE=", key, NULL);
  const char *environment[] = {
    /* A request that fails is a warning, and one of these here is meant to. */
    "G_DEBUG=fatal-criticals",
    "JITSI_DOMAIN=8x8.vc",
    "JITSI_APP_ID=" APP,
    "JITSI_KID=" APP "/4f4910",
    key_setting,
    "JITSI_WEBHOOK_SECRET=" SECRET "," OLD_SECRET,
    NULL,
  };
  g_assert_true (g_file_set_contents (key, TEST_PRIVATE_KEY, -1, NULL));
  world = api_world_new_with (environment);
  call_clear_calendar (world);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/whose-signature", test_whose_signature);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/closed", test_closed);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/visit", test_visit);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/any-order", test_any_order);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/side-room", test_side_room);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/lost", test_lost);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/no-show", test_no_show);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/lobby", test_lobby);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/waiting", test_waiting);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/strange", test_strange);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/absurd-lengths", test_absurd_lengths);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/retried", test_retried);
  g_test_add_func ("/Rounds/Server/ApiWebhooks/counted", test_counted);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
