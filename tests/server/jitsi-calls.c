/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A visit or a meeting about now, and Prosody's event_sync telling of its room.
 * The bodies are those of its README, with all their members.
 */

#include "jitsi-calls.h"

#include "rounds-call-sweep.h"
#include "rounds-db-writer.h"
#include "rounds-json.h"

#include <string.h>

#define LENGTH_MINUTES 30
#define BEGAN_BEFORE (20 * ROUNDS_MINUTE)
/* How long (ms) is waited for what is not to come, and for what is: nobody waits that long but on a
 * machine that is busy. */
#define SOON 100
#define PATIENCE 10000

struct _Call
{
  ApiWorld *world;
  gboolean meeting;
  char *id;
  char *room;
  gint64 began; /* µs UTC: second 0 */
  gint64 booked_end;
};

static gint64
get_second_zero (void)
{
  gint64 now = g_get_real_time ();
  return (now - BEGAN_BEFORE) / ROUNDS_SECOND * ROUNDS_SECOND;
}

static void run_sql (ApiWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
run_sql (ApiWorld *world, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autoptr (GError) error = NULL;
  rounds_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

void
call_clear_calendar (ApiWorld *world)
{
  run_sql (world, "UPDATE appointments SET status = 'cancelled' WHERE status <> 'cancelled'");
}

ApiWorld *
call_world_new (const char *more)
{
  const char *environment[] = { "JITSI_EVENTS_SECRET=" CALL_SECRET, more, NULL };
  ApiWorld *world = api_world_new_with (environment);

  call_clear_calendar (world);
  return world;
}

static char *
read_room (ApiWorld *world, const char *path, const char *member)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "GET", path, NULL);
  return g_strdup (api_text (api_document (reply, member), "roomName"));
}

Call *
call_new_visit (ApiWorld *world, int minutes)
{
  Call *self = g_new0 (Call, 1);
  g_autofree char *more = g_strdup_printf ("\"patient\":\"%s\",\"doctor\":\"%s\"",
                                           world->ids[PATIENT], world->ids[DOCTOR]);
  self->world = world;
  self->began = get_second_zero ();
  /* Only one visit at a time. */
  call_clear_calendar (world);
  self->id = api_make_appointment (world, DESK, more);
  run_sql (world,
           "UPDATE appointments SET starts_at = %" G_GINT64_FORMAT
           ", duration_minutes = %d, status = 'confirmed' WHERE id = '%s'",
           self->began + minutes * ROUNDS_MINUTE, LENGTH_MINUTES, self->id);
  self->booked_end = self->began + (minutes + LENGTH_MINUTES) * ROUNDS_MINUTE;
  g_autofree char *path = api_path ("/api/appointments/%s", self->id);
  self->room = read_room (world, path, "appointment");
  return self;
}

Call *
call_new_meeting (ApiWorld *world, ApiPerson host, ApiPerson guest)
{
  Call *self = g_new0 (Call, 1);

  self->world = world;
  self->meeting = TRUE;
  self->began = get_second_zero ();
  self->id = api_make_meeting (world, host, host, guest);
  run_sql (world,
           "UPDATE meetings SET scheduled_at = %" G_GINT64_FORMAT
           ", expected_minutes = %d WHERE id = '%s'",
           self->began, LENGTH_MINUTES, self->id);
  self->booked_end = self->began + LENGTH_MINUTES * ROUNDS_MINUTE;
  g_autofree char *path = api_path ("/api/meetings/%s", self->id);
  self->room = read_room (world, path, "meeting");
  return self;
}

void
call_free (Call *self)
{
  g_free (self->id);
  g_free (self->room);
  g_free (self);
}

const char *
call_get_id (Call *self)
{
  return self->id;
}

const char *
call_get_room (Call *self)
{
  return self->room;
}

gint64
call_get_seconds (Call *self, int at)
{
  return self->began / ROUNDS_SECOND + at;
}

ServerReply *
call_post (Call *self, const char *event, const char *body)
{
  g_autofree char *path = g_strconcat ("/jitsi/events/", event, NULL);
  g_autoptr (ServerReply) reply
      = server_fixture_send (self->world->server, "POST", path, CALL_SECRET, body);
  if (reply->status != 200)
    g_error ("%s: %u: %s", event, reply->status, reply->body);
  return g_steal_pointer (&reply);
}

void
call_tell_room (Call *self, const char *what, int at)
{
  g_autofree char *event = g_strconcat ("room/", what, NULL);
  g_autofree char *ended
      = g_str_equal (what, "destroyed")
            ? g_strdup_printf (",\"destroyed_at\":%" G_GINT64_FORMAT ",\"all_occupants\":[]",
                               call_get_seconds (self, at))
            : g_strdup ("");
  g_autofree char *body
      = g_strdup_printf ("{\"event_name\":\"muc-room-%s\",\"room_name\":\"%s\","
                         "\"room_jid\":\"%s@conference.meet.example.org\",\"is_breakout\":false,"
                         "\"created_at\":%" G_GINT64_FORMAT "%s}",
                         what, self->room, self->room, call_get_seconds (self, 0), ended);
  g_autoptr (ServerReply) reply = call_post (self, event, body);
}

void
call_tell_breakout_destroyed (Call *self, int at)
{
  g_autofree char *body = g_strdup_printf (
      "{\"event_name\":\"muc-room-destroyed\",\"room_name\":\"%s\","
      "\"room_jid\":\"%s@conference.meet.example.org\",\"is_breakout\":true,"
      "\"breakout_room_id\":\"b\",\"created_at\":%" G_GINT64_FORMAT
      ",\"destroyed_at\":%" G_GINT64_FORMAT ",\"all_occupants\":{}}",
      self->room, self->room, call_get_seconds (self, 0), call_get_seconds (self, at));
  g_autoptr (ServerReply) reply = call_post (self, "room/destroyed", body);
}

static char *
make_occupant (Call *self, const char *occupant, const char *id, int joined, int left)
{
  g_autofree char *who
      = id != NULL
            ? g_strdup_printf ("\"name\":\"N\",\"email\":\"n@example.org\",\"id\":\"%s\",", id)
            : g_strdup ("");
  g_autofree char *gone = left >= 0 ? g_strdup_printf (",\"left_at\":%" G_GINT64_FORMAT,
                                                       call_get_seconds (self, left))
                                    : g_strdup ("");
  return g_strdup_printf ("{\"room_name\":\"%s\",\"room_jid\":\"%s@conference.meet.example.org\","
                          "\"is_breakout\":false,\"active_occupants_count\":1,"
                          "\"occupant\":{%s\"occupant_jid\":\"%s\","
                          "\"joined_at\":%" G_GINT64_FORMAT "%s}}",
                          self->room, self->room, who, occupant, call_get_seconds (self, joined),
                          gone);
}

static char *
make_jid (ApiPerson who)
{
  return g_strdup_printf ("%s@meet.example.org/r", api_person_to_string (who));
}

void
call_take_account (Call *self)
{
  run_sql (self->world, "UPDATE appointments SET patient_id = NULL WHERE id = '%s'", self->id);
}

void
call_tell_joined_as (Call *self, const char *occupant, const char *id, int at)
{
  g_autofree char *body = make_occupant (self, occupant, id, at, -1);
  g_autoptr (ServerReply) reply = call_post (self, "occupant/joined", body);
}

void
call_tell_joined (Call *self, ApiPerson who, int at)
{
  g_autofree char *jid = make_jid (who);
  call_tell_joined_as (self, jid, self->world->ids[who], at);
}

void
call_tell_left (Call *self, ApiPerson who, int joined, int left)
{
  g_autofree char *jid = make_jid (who);
  g_autofree char *body = make_occupant (self, jid, self->world->ids[who], joined, left);
  g_autoptr (ServerReply) reply = call_post (self, "occupant/left", body);
}

void
call_sweep (Call *self, int minutes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (self->world->server);
  g_autoptr (RoundsDbWriter) writer = rounds_db_writer_new_direct ();

  rounds_call_sweep_look (db, writer, self->booked_end + minutes * ROUNDS_MINUTE, &error);
  g_assert_no_error (error);
}

void
call_add_sample (Call *self, ApiPerson who, int minutes)
{
  run_sql (self->world,
           "INSERT INTO call_quality (kind, record_id, user_id, at, quality)"
           " VALUES ('%s', '%s', '%s', %" G_GINT64_FORMAT ", 90)",
           self->meeting ? "meeting" : "appointment", self->id, self->world->ids[who],
           self->booked_end + minutes * ROUNDS_MINUTE);
}

static char *
make_path (Call *self, const char *end)
{
  return g_strconcat (self->meeting ? "/api/meetings/" : "/api/appointments/", self->id, end, NULL);
}

void
call_ask_for_link (Call *self, ApiPerson who)
{
  g_autofree char *path = make_path (self, "/join");
  g_autoptr (ServerReply) reply = api_expect (self->world, 200, who, "POST", path, NULL);
}

void
call_wait_in_crowd (Call *self, ApiPerson who)
{
  run_sql (self->world,
           "BEGIN; INSERT INTO call_waits (kind, record_id, user_id, side, since)"
           " VALUES ('appointment', '%s', '%s', 'guest', %" G_GINT64_FORMAT ");"
           " UPDATE appointments SET updated_at = updated_at; COMMIT",
           self->id, self->world->ids[who], g_get_real_time ());
}

void
call_decide (Call *self, ApiPerson who, const char *status)
{
  g_autofree char *path = make_path (self, "/status");
  g_autofree char *body = api_status_body (status);
  g_autoptr (ServerReply) reply = api_expect (self->world, 200, who, "PATCH", path, body);
}

static JsonObject *
read_waiting (SocketClient *client, int milliseconds)
{
  while (socket_client_has_more (client, milliseconds))
    {
      g_autoptr (Frame) frame = socket_client_read (client);
      g_assert_nonnull (frame);
      if (frame->type != FRAME_TEXT)
        continue;
      g_autoptr (JsonNode) node = json_from_string (frame->text, NULL);
      JsonObject *object = json_node_get_object (node);
      if (g_strcmp0 (api_text (object, "type"), "waiting") == 0)
        return json_object_ref (object);
    }
  return NULL;
}

JsonObject *
call_read_waiting (SocketClient *client)
{
  return read_waiting (client, SOON);
}

JsonObject *
call_expect_waiting (SocketClient *client)
{
  JsonObject *told = read_waiting (client, PATIENCE);

  g_assert_nonnull (told);
  return told;
}

static JsonObject *
read_record (Call *self)
{
  g_autofree char *path = make_path (self, "");
  g_autoptr (ServerReply) reply = api_expect (self->world, 200, DOCTOR, "GET", path, NULL);
  return json_object_ref (api_document (reply, self->meeting ? "meeting" : "appointment"));
}

char *
call_dup_text (Call *self, const char *member)
{
  g_autoptr (JsonObject) record = read_record (self);
  return g_strdup (api_text (record, member));
}

char *
call_dup_status (Call *self)
{
  return call_dup_text (self, "status");
}

void
call_assert_status (Call *self, const char *status)
{
  g_autofree char *now = call_dup_status (self);
  g_assert_cmpstr (now, ==, status);
}

void
call_assert_moment (Call *self, const char *member, int at)
{
  gint64 moment = 0;
  g_autoptr (JsonObject) record = read_record (self);
  g_assert_true (rounds_time_from_rfc3339 (api_text (record, member), &moment));
  g_assert_cmpint ((moment - self->began) / ROUNDS_SECOND, ==, at);
}

gint64
call_get_version (Call *self)
{
  g_autoptr (JsonObject) record = read_record (self);
  return json_object_get_int_member (record, "version");
}

char *
call_dup_cause (Call *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (self->world->server);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "SELECT cause FROM call_steps WHERE record_id = $1 AND status = 'no-show'", &error);
  g_assert_no_error (error);
  rounds_db_bind_text (statement, 1, self->id);
  if (rounds_db_step (statement, &error) != ROUNDS_DB_ROW)
    return NULL;
  return g_strdup (rounds_db_get_text (statement, 0));
}
