/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Jitsi's reservation API as Prosody's mod_reservations speaks it: a room opens for a call that is
 * booked, about now, and for nothing else.
 */

#include "config.h"

#include "api-world.h"
#include "jitsi-calls.h"
#include "rounds-json.h"
#include "rounds-test.h"

#include <string.h>

#define PATH "/jitsi/reservations/conference"

static ApiWorld *world;

/* As Lua's http.formencode() writes it. */
static ServerReply *
ask_to_open_as (const char *room, const char *secret, const char *type)
{
  g_autofree char *form = g_strdup_printf (
      "name=%s&start_time=2026-01-01T10%%3A00%%3A00.000Z&mail_owner=a%%40meet.example.org", room);
  g_autofree char *request = g_strdup_printf (
      "POST " PATH " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
      "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      secret, type, strlen (form), form);
  return server_fixture_send_raw (world->server, request, -1);
}

static ServerReply *
ask_to_open (const char *room)
{
  return ask_to_open_as (room, CALL_SECRET, "application/x-www-form-urlencoded");
}

static ServerReply *
send_about (const char *method, const char *id)
{
  g_autofree char *path = g_strconcat (PATH "/", id, NULL);
  return server_fixture_send (world->server, method, path, CALL_SECRET, NULL);
}

static void
assert_open (ServerReply *reply, Call *call)
{
  gint64 start = 0;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (api_text (reply->json, "id"), ==, call_get_id (call));
  g_assert_cmpstr (api_text (reply->json, "name"), ==, call_get_room (call));
  g_assert_nonnull (api_text (reply->json, "mail_owner"));
  g_assert_true (rounds_time_from_rfc3339 (api_text (reply->json, "start_time"), &start));
  gint64 end = start + json_object_get_int_member (reply->json, "duration") * ROUNDS_SECOND;
  g_assert_cmpint (start, <, g_get_real_time ());
  g_assert_cmpint (end, >, g_get_real_time ());
  g_assert_cmpint (json_object_get_int_member (reply->json, "max_occupants"), >=, 2);
}

static void
assert_refused (ServerReply *reply, guint status)
{
  g_assert_cmpuint (reply->status, ==, status);
  /* Shown to whoever wanted to open the room. */
  g_assert_nonnull (api_text (reply->json, "message"));
}

static void
test_life (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autoptr (ServerReply) opened = ask_to_open (call_get_room (call));
  assert_open (opened, call);

  /* Asked again while it is open: the conflict leads to what is reserved. */
  g_autoptr (ServerReply) again = ask_to_open (call_get_room (call));
  g_assert_cmpuint (again->status, ==, 409);
  const char *id = api_text (again->json, "conflict_id");
  g_assert_cmpstr (id, ==, call_get_id (call));
  g_autoptr (ServerReply) shown = send_about ("GET", id);
  assert_open (shown, call);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (ServerReply) ended = send_about ("DELETE", id);
      g_assert_cmpuint (ended->status, ==, 200);
      g_autoptr (ServerReply) gone = send_about ("GET", id);
      assert_refused (gone, 404);
    }
  g_autoptr (ServerReply) reopened = ask_to_open (call_get_room (call));
  assert_open (reopened, call);
}

static void
test_meeting (void)
{
  g_autoptr (Call) call = call_new_meeting (world, DOCTOR, DESK);
  g_autoptr (ServerReply) opened = ask_to_open (call_get_room (call));
  assert_open (opened, call);
}

static void
test_only_now (void)
{
  static const struct
  {
    const char *what;
    int minutes; /* after twenty minutes ago */
    guint status;
  } cases[] = {
    { "an hour too early", 20 + 60, 403 },   { "tomorrow", 24 * 60, 403 },
    { "half an hour before", 20 + 25, 200 }, { "running", 0, 200 },
    { "over for a short while", -35, 200 },  { "over for an hour", -75, 403 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Call) call = call_new_visit (world, cases[i].minutes);
      g_autoptr (ServerReply) reply = ask_to_open (call_get_room (call));
      g_test_message ("%s", cases[i].what);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
    }
}

static void
test_only_booked (void)
{
  g_autoptr (Call) cancelled = call_new_visit (world, 0);
  call_decide (cancelled, DOCTOR, "cancelled");
  g_autoptr (ServerReply) refused = ask_to_open (call_get_room (cancelled));
  assert_refused (refused, 403);

  static const char *const rooms[]
      = { "catchup", "appointment-ffffffffffffffffffffffff-0000000000000000", "%00", "..", "%F0" };
  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (ServerReply) reply = ask_to_open (rooms[i]);
      g_assert_cmpuint (reply->status, >=, 400);
      g_assert_cmpuint (reply->status, <, 500);
    }
  g_autoptr (ServerReply) unknown = send_about ("GET", API_UNKNOWN_ID);
  assert_refused (unknown, 404);
  g_autoptr (ServerReply) none = send_about ("DELETE", "x");
  assert_refused (none, 404);
}

/* A visit that was cancelled while its room was open is not let in again. */
static void
test_cancelled_meanwhile (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autoptr (ServerReply) opened = ask_to_open (call_get_room (call));
  assert_open (opened, call);
  call_decide (call, DESK, "cancelled");
  g_autoptr (ServerReply) shown = send_about ("GET", call_get_id (call));
  assert_refused (shown, 403);
}

/* Prosody died in the middle of the call and nobody comes back. Where it asked for the room, it
 * would have closed it half an hour after the call's end; elsewhere two hours of silence tell. */
static void
test_never_told (void)
{
  for (int reserved = 0; reserved < 2; reserved++)
    {
      g_autoptr (Call) call = call_new_visit (world, 0);
      g_autoptr (ServerReply) opened = reserved ? ask_to_open (call_get_room (call)) : NULL;

      call_tell_room (call, "created", 0);
      call_tell_joined (call, PATIENT, 5);
      call_tell_joined (call, DOCTOR, 10);
      call_sweep (call, 39);
      call_assert_status (call, "active");
      call_sweep (call, 46);
      call_assert_status (call, reserved ? "completed" : "active");
      call_sweep (call, 119);
      call_assert_status (call, reserved ? "completed" : "active");
      call_sweep (call, 121);
      call_assert_status (call, "completed");
      call_assert_moment (call, "endedAt", 30 * 60);
      /* The moment itself, when it is told after all. */
      call_tell_left (call, PATIENT, 5, 700);
      call_tell_left (call, DOCTOR, 10, 710);
      call_assert_moment (call, "endedAt", 710);
    }
}

static void
test_who_asks (void)
{
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autoptr (ServerReply) wrong
      = ask_to_open_as (call_get_room (call), "wrong", "application/x-www-form-urlencoded");
  g_autoptr (ServerReply) person = ask_to_open_as (call_get_room (call), world->tokens[ADMIN],
                                                   "application/x-www-form-urlencoded");
  g_autoptr (ServerReply) json
      = ask_to_open_as (call_get_room (call), CALL_SECRET, "application/json");
  g_autoptr (ServerReply) tenant = NULL;
  g_autofree char *room = g_strconcat ("%5Bhospital%5D", call_get_room (call), NULL);

  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpuint (person->status, ==, 401);
  g_assert_cmpuint (json->status, ==, 415);
  tenant = ask_to_open (room);
  g_assert_cmpuint (tenant->status, ==, 200);
  g_autofree char *name = g_strconcat ("[hospital]", call_get_room (call), NULL);
  /* Prosody compares it with what it asked for. */
  g_assert_cmpstr (api_text (tenant->json, "name"), ==, name);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = call_world_new (NULL);
  g_test_add_func ("/Rounds/Server/ApiReservations/life", test_life);
  g_test_add_func ("/Rounds/Server/ApiReservations/meeting", test_meeting);
  g_test_add_func ("/Rounds/Server/ApiReservations/only-now", test_only_now);
  g_test_add_func ("/Rounds/Server/ApiReservations/only-booked", test_only_booked);
  g_test_add_func ("/Rounds/Server/ApiReservations/cancelled-meanwhile", test_cancelled_meanwhile);
  g_test_add_func ("/Rounds/Server/ApiReservations/never-told", test_never_told);
  g_test_add_func ("/Rounds/Server/ApiReservations/who-asks", test_who_asks);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
