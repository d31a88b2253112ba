/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * That no slot is given away twice, whoever asks and however many at once.
 * Which times are free is in test-free-slots.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-test.h"

#define N_CLIENTS 50

static ApiWorld *world;

/* A virtual visit with @doctor and @patient (either may be NOBODY) on a day of this test's own.
 * (transfer full) */
static char *
make_body (ApiPerson doctor, ApiPerson patient, const char *date, const char *time, int minutes)
{
  g_autofree char *plain = api_appointment_body (world->hospital, NULL);
  g_autoptr (JsonNode) root = json_from_string (plain, NULL);
  JsonObject *body = json_node_get_object (root);

  json_object_set_string_member (body, "appointmentDate", date);
  json_object_set_string_member (body, "appointmentTime", time);
  json_object_set_int_member (body, "durationMinutes", minutes);
  if (doctor != NOBODY)
    json_object_set_string_member (body, "doctor", world->ids[doctor]);
  if (patient != NOBODY)
    json_object_set_string_member (body, "patient", world->ids[patient]);
  return json_to_string (root, FALSE);
}

/* (transfer full) */
static char *
book (guint status, ApiPerson who, const char *body)
{
  g_autoptr (ServerReply) reply
      = api_expect (world, status, who, "POST", "/api/appointments", body);

  if (status != 201)
    {
      g_assert_cmpstr (server_reply_get_code (reply), ==, "slot_taken");
      return NULL;
    }
  return g_strdup (api_text (api_document (reply, "appointment"), "_id"));
}

/* What stands beside a visit from 10:00 to 10:30 of the same doctor or the same patient. */
static void
test_overlaps (void)
{
  static const struct
  {
    ApiPerson doctor;
    ApiPerson patient;
    const char *time;
    int minutes;
    guint status;
  } cases[] = {
    { DOCTOR, PATIENT2, "10:00", 30, 409 }, /* the same time */
    { DOCTOR2, PATIENT, "10:00", 30, 409 }, /* the same patient */
    { DOCTOR, NOBODY, "09:45", 30, 409 },
    { DOCTOR, NOBODY, "10:15", 30, 409 },
    { DOCTOR, NOBODY, "10:10", 5, 409 }, /* within */
    { DOCTOR, NOBODY, "06:00", 480, 409 }, /* around */
    { DOCTOR, NOBODY, "10:25", 5, 409 },
    { DOCTOR, NOBODY, "09:30", 30, 201 }, /* what only touches */
    { DOCTOR, NOBODY, "10:30", 30, 201 },
    { DOCTOR2, PATIENT2, "10:00", 30, 201 }, /* other people */
    { NOBODY, NOBODY, "10:00", 30, 201 }, /* nobody's time */
    { NOBODY, NOBODY, "10:00", 30, 201 },
  };
  g_autofree char *body = make_body (DOCTOR, PATIENT, "2028-05-01", "10:00", 30);
  g_autofree char *id = book (201, DESK, body);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *other = make_body (cases[i].doctor, cases[i].patient, "2028-05-01",
                                          cases[i].time, cases[i].minutes);
      g_autofree char *made = book (cases[i].status, DESK, other);

      g_test_message ("%" G_GSIZE_FORMAT, i);
    }
}

/* When, and when else; nothing of whose it is. */
static void
test_answer (void)
{
  g_autofree char *body = make_body (DOCTOR, PATIENT2, "2028-05-02", "5:00 PM", 30);
  g_autofree char *id = book (201, DESK, body);
  g_autofree char *wanted = make_body (DOCTOR, NOBODY, "2028-05-02", "5:15 PM", 30);
  g_autoptr (ServerReply) reply
      = api_expect (world, 409, PATIENT, "POST", "/api/appointments", wanted);
  JsonObject *data = json_object_get_object_member (reply->json, "data");
  JsonObject *conflict = json_object_get_object_member (data, "conflict");
  JsonArray *next = json_object_get_array_member (data, "nextSlots");
  static const char *const starts[]
      = { "2028-05-02T15:30:00.000Z", "2028-05-03T06:00:00.000Z", "2028-05-03T06:15:00.000Z" };

  g_assert_cmpstr (api_text (conflict, "startsAt"), ==, "2028-05-02T15:00:00.000Z");
  g_assert_cmpstr (api_text (conflict, "endsAt"), ==, "2028-05-02T15:30:00.000Z");
  g_assert_cmpuint (json_object_get_size (conflict), ==, 2);
  g_assert_cmpuint (json_array_get_length (next), ==, G_N_ELEMENTS (starts));
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    g_assert_cmpstr (api_text (json_array_get_object_element (next, i), "startsAt"), ==, starts[i]);
  g_assert_null (strstr (reply->body, world->ids[PATIENT2]));
  g_assert_null (strstr (reply->body, "John"));
  g_assert_null (strstr (reply->body, id));
}

/* What was cancelled or missed gives its time back. */
static void
test_given_back (void)
{
  static const char *const states[] = { "cancelled", "no-show" };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *body
          = make_body (DOCTOR, PATIENT, "2028-05-03", i == 0 ? "10:00" : "11:00", 30);
      g_autofree char *status = api_status_body (states[i]);
      g_autofree char *first = book (201, DESK, body);
      g_autofree char *refused = book (409, DESK, body);
      g_autofree char *path = api_path ("/api/appointments/%s/status", first);
      g_autoptr (ServerReply) ended = api_expect (world, 200, DESK, "PATCH", path, status);
      g_autofree char *second = book (201, DESK, body);
    }
}

static void
test_override (void)
{
  g_autofree char *plain = make_body (DOCTOR, PATIENT, "2028-05-04", "10:00", 30);
  g_autofree char *first = book (201, DESK, plain);
  g_autofree char *body = api_with_member (plain, "override", "{\"reason\":\"Emergency\"}");
  g_autofree char *blank = api_with_member (plain, "override", "{\"reason\":\"  \"}");
  g_autofree char *empty = api_with_member (plain, "override", "{}");
  g_autofree char *wrong = api_with_member (plain, "override", "true");
  g_autofree char *made = NULL;
  g_autofree char *admins = NULL;
  static const ApiPerson refused[] = { DOCTOR, PATIENT };
  const struct
  {
    const char *body;
    const char *field;
  } malformed[]
      = { { blank, "override.reason" }, { empty, "override.reason" }, { wrong, "override" } };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect (world, 403, refused[i], "POST", "/api/appointments", body);
      api_assert_refused (reply);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (ServerReply) reply
          = api_expect (world, 400, DESK, "POST", "/api/appointments", malformed[i].body);
      api_assert_names_field (reply, malformed[i].field);
    }
  made = book (201, DESK, body);
  admins = book (201, ADMIN, body);

  /* It goes on like any other, and moves like any other. */
  g_autofree char *path = api_path ("/api/appointments/%s", made);
  g_autofree char *status = g_strconcat (path, "/status", NULL);
  g_autoptr (ServerReply) arrived
      = api_expect (world, 200, DESK, "PATCH", status, "{\"status\":\"arrived\"}");
  g_autoptr (ServerReply) noted
      = api_expect (world, 200, DESK, "PATCH", path, "{\"notes\":\"Two at once\"}");
  g_autoptr (ServerReply) moved
      = api_expect (world, 409, DESK, "PATCH", path, "{\"appointmentTime\":\"10:15\"}");
  g_autoptr (ServerReply) moved_all_the_same
      = api_expect (world, 200, DESK, "PATCH", path,
                    "{\"appointmentTime\":\"10:15\",\"override\":{\"reason\":\"Late\"}}");
}

/* Moving, lengthening and giving to another doctor ask the same question as booking. */
static void
test_moves (void)
{
  static const char *const clashing[] = {
    "{\"appointmentTime\":\"10:15\"}",
    "{\"appointmentTime\":\"9:50 AM\"}",
    "{\"durationMinutes\":61}",
  };
  g_autofree char *taken_body = make_body (DOCTOR, NOBODY, "2028-05-05", "10:00", 30);
  g_autofree char *taken = book (201, DESK, taken_body);
  g_autofree char *body = make_body (DOCTOR, NOBODY, "2028-05-05", "9:00 AM", 30);
  g_autofree char *id = book (201, DESK, body);
  g_autofree char *path = api_path ("/api/appointments/%s", id);
  g_autofree char *others_body = make_body (DOCTOR2, NOBODY, "2028-05-05", "10:00", 30);
  g_autofree char *others = book (201, DESK, others_body);
  g_autofree char *others_path = api_path ("/api/appointments/%s", others);
  g_autofree char *assign = g_strdup_printf ("{\"doctor\":\"%s\"}", world->ids[DOCTOR]);

  for (gsize i = 0; i < G_N_ELEMENTS (clashing); i++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 409, DOCTOR, "PATCH", path, clashing[i]);
      g_assert_cmpstr (server_reply_get_code (reply), ==, "slot_taken");
    }
  g_autoptr (ServerReply) assigned = api_expect (world, 409, DESK, "PATCH", others_path, assign);
  g_autoptr (ServerReply) touching
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"durationMinutes\":60}");
  g_autoptr (ServerReply) onto_itself = api_expect (world, 200, DOCTOR, "PATCH", path,
                                                    "{\"appointmentTime\":\"9:10 AM\","
                                                    "\"durationMinutes\":50}");
}

typedef struct
{
  ApiPerson who;
  const char *body;
  guint status;
} Client;

static gpointer
book_at_once (gpointer data)
{
  Client *client = data;
  g_autoptr (ServerReply) reply
      = api_call (world, client->who, "POST", "/api/appointments", client->body);

  client->status = reply->status;
  if (reply->status != 201)
    g_assert_cmpstr (server_reply_get_code (reply), ==, "slot_taken");
  return NULL;
}

/* Desk, doctor, patients and admin reach for one slot: one of them gets it. */
static void
test_at_once (void)
{
  static const ApiPerson people[] = { DESK, DOCTOR, ADMIN };
  g_autofree char *body = make_body (DOCTOR, PATIENT, "2028-05-08", "10:00", 30);
  Client clients[N_CLIENTS];
  GThread *threads[N_CLIENTS];
  guint n_booked = 0;

  for (gsize i = 0; i < N_CLIENTS; i++)
    {
      clients[i] = (Client){ people[i % G_N_ELEMENTS (people)], body, 0 };
      threads[i] = g_thread_new ("client", book_at_once, &clients[i]);
    }
  for (gsize i = 0; i < N_CLIENTS; i++)
    {
      g_thread_join (threads[i]);
      g_assert_true (clients[i].status == 201 || clients[i].status == 409);
      n_booked += clients[i].status == 201;
    }
  g_assert_cmpuint (n_booked, ==, 1);
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiSlots/overlaps", test_overlaps);
  g_test_add_func ("/Rounds/Server/ApiSlots/answer", test_answer);
  g_test_add_func ("/Rounds/Server/ApiSlots/given-back", test_given_back);
  g_test_add_func ("/Rounds/Server/ApiSlots/override", test_override);
  g_test_add_func ("/Rounds/Server/ApiSlots/moves", test_moves);
  g_test_add_func ("/Rounds/Server/ApiSlots/at-once", test_at_once);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
