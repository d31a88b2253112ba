/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The change feed: a client that follows it has what its person may see, no less and no more.
 * What waits for changes is in test-api-waiting.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-db.h"
#include "rounds-test.h"

#define N_WRITERS 64
#define WRITES_EACH 3
#define N_READERS 5
/* Runs with many writers: this many, or what ROUNDS_FEED_RUNS says. */
#define N_RUNS 1
/* A database that has grown for so many is left for a new one. */
#define RUNS_OF_WORLD 10

static ApiWorld *world;

/* A client: what it has, and how far it is. */
typedef struct
{
  ApiPerson who;
  char *cursor; /* or NULL */
  GHashTable *records; /* "kind/id" → version, as text */
  guint n_resets;
  gint64 total; /* of the last reset */
  guint n_removed;
  guint n_changes; /* of the last pull */
  guint n_pages; /* of the last pull */
} Client;

static Client *
client_new (ApiPerson who)
{
  Client *self = g_new0 (Client, 1);
  self->who = who;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
client_free (Client *self)
{
  g_hash_table_unref (self->records);
  g_free (self->cursor);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static char *
make_key (const char *kind, const char *id)
{
  return g_strconcat (kind, "/", id, NULL);
}

static void
take_change (Client *self, JsonObject *change)
{
  const char *kind = api_text (change, "kind");
  const char *id = api_text (change, "id");

  self->n_changes++;
  if (json_object_get_boolean_member_with_default (change, "removed", FALSE))
    {
      g_autofree char *key = make_key (kind, id);
      g_assert_false (json_object_has_member (change, kind));
      g_hash_table_remove (self->records, key);
      self->n_removed++;
      return;
    }
  JsonObject *record = json_object_get_object_member (change, kind);
  g_assert_cmpstr (api_text (record, "id"), ==, id);
  g_hash_table_insert (
      self->records, make_key (kind, id),
      g_strdup_printf ("%" G_GINT64_FORMAT,
                       json_object_get_int_member_with_default (record, "version", 0)));
}

/* One answer. TRUE when there are more. */
static gboolean
pull_page (Client *self, guint limit)
{
  g_autofree char *path = g_strdup_printf ("/api/changes?limit=%u&since=%s", limit,
                                           self->cursor != NULL ? self->cursor : "");
  g_autoptr (ServerReply) reply = api_expect (world, 200, self->who, "GET", path, NULL);
  JsonObject *data = server_reply_get_data (reply);
  JsonArray *changes = json_object_get_array_member (data, "changes");

  self->n_pages++;
  if (json_object_get_boolean_member (data, "reset"))
    {
      g_hash_table_remove_all (self->records);
      self->n_resets++;
      self->total = json_object_get_int_member (data, "total");
    }
  else
    g_assert_false (json_object_has_member (data, "total"));
  g_assert_cmpuint (json_array_get_length (changes), <=, limit);
  for (guint i = 0; i < json_array_get_length (changes); i++)
    take_change (self, json_array_get_object_element (changes, i));
  g_set_str (&self->cursor, api_text (data, "cursor"));
  return json_object_get_boolean_member (data, "more");
}

static void
pull (Client *self, guint limit)
{
  self->n_changes = 0;
  self->n_pages = 0;
  while (pull_page (self, limit))
    ;
}

static gboolean
has (Client *self, const char *kind, const char *id)
{
  g_autofree char *key = make_key (kind, id);
  return g_hash_table_contains (self->records, key);
}

static void
add_list (GHashTable *records, ApiPerson who, const char *path, const char *list, const char *kind)
{
  g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);
  JsonArray *array = json_object_get_array_member (server_reply_get_data (reply), list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *record = json_array_get_object_element (array, i);
      g_hash_table_insert (
          records, make_key (kind, api_text (record, "id")),
          g_strdup_printf ("%" G_GINT64_FORMAT,
                           json_object_get_int_member_with_default (record, "version", 0)));
    }
}

/* What the other calls say that @self's person may see. */
static void
assert_complete (Client *self)
{
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *visits = api_path ("/api/appointments/user/%s", world->ids[self->who]);
  g_autofree char *meetings = api_path ("/api/meetings/user/%s", world->ids[self->who]);
  GHashTableIter iter;
  gpointer key;
  gpointer version;

  add_list (expected, self->who, visits, "appointments", "appointment");
  add_list (expected, self->who, meetings, "meetings", "meeting");
  add_list (expected, self->who, "/api/users", "users", "user");
  add_list (expected, self->who, "/api/hospitals", "hospitals", "hospital");
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &key, &version))
    {
      g_test_message ("%s %s", api_person_to_string (self->who), (char *)key);
      g_assert_cmpstr (g_hash_table_lookup (self->records, key), ==, version);
    }
  g_assert_cmpuint (g_hash_table_size (self->records), ==, g_hash_table_size (expected));
}

/* Behind the server's back, as the handlers to come will do it. */
static void run_sql (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
run_sql (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autoptr (GError) error = NULL;
  g_assert_true (rounds_db_exec (db, sql, &error));
  g_assert_no_error (error);
}

static void
test_from_nothing (void)
{
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      g_autoptr (Client) client = client_new (who);
      pull (client, 500);
      g_assert_cmpuint (client->n_resets, ==, 1);
      g_assert_cmpuint (client->n_removed, ==, 0);
      assert_complete (client);
      pull (client, 500);
      g_assert_cmpuint (client->n_changes, ==, 0);
      g_assert_cmpuint (client->n_resets, ==, 1);
    }
}

static void
test_paging (void)
{
  /* Small pages for who has little: the desk's are a thousand records. */
  static const struct
  {
    ApiPerson who;
    guint limit;
  } rows[] = { { PATIENT, 1 }, { PATIENT, 3 }, { DESK, 7 }, { DESK, 100 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Client) client = client_new (rows[i].who);
      pull (client, rows[i].limit);
      g_assert_cmpuint (client->n_resets, ==, 1);
      g_assert_cmpuint (client->n_changes, >, 5 * rows[i].limit);
      g_assert_cmpuint (client->n_pages, >=, client->n_changes / rows[i].limit);
      g_assert_cmpint (client->total, >=, client->n_changes);
      g_assert_cmpint (client->total, <=, 2 * client->n_changes);
      assert_complete (client);
    }
}

static void
test_who_hears (void)
{
  static const ApiPerson hearing[] = { DOCTOR, DESK, ADMIN, PATIENT };
  static const ApiPerson deaf[] = { DOCTOR2, DESK2, PATIENT2 };
  Client *clients[API_N_PEOPLE];

  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      clients[who] = client_new (who);
      pull (clients[who], 500);
    }
  g_autofree char *more = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  g_autofree char *id = api_make_appointment (world, DOCTOR, more);
  g_autofree char *path = api_path ("/api/appointments/%s/status", id);
  g_autoptr (ServerReply) changed
      = api_expect (world, 200, DOCTOR, "PATCH", path, "{\"status\":\"arrived\"}");
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    pull (clients[who], 500);
  for (gsize i = 0; i < G_N_ELEMENTS (hearing); i++)
    {
      /* Made and changed since: the record comes once, as it is now. */
      g_assert_cmpuint (clients[hearing[i]]->n_changes, ==, 1);
      assert_complete (clients[hearing[i]]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (deaf); i++)
    g_assert_cmpuint (clients[deaf[i]]->n_changes, ==, 0);
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    client_free (clients[who]);
}

static void
test_participant_removed (void)
{
  g_autofree char *id = api_make_meeting (world, DOCTOR, DOCTOR, DESK);
  g_autoptr (Client) desk = client_new (DESK);
  g_autoptr (Client) doctor = client_new (DOCTOR);
  g_autoptr (Client) admin = client_new (ADMIN);
  g_autoptr (Client) stranger = client_new (DOCTOR2);

  pull (desk, 500);
  pull (doctor, 500);
  pull (admin, 500);
  pull (stranger, 500);
  g_assert_true (has (desk, "meeting", id));
  run_sql ("DELETE FROM meeting_participants WHERE meeting_id = '%s' AND user_id = '%s'", id,
           world->ids[DESK]);
  pull (desk, 500);
  pull (doctor, 500);
  pull (admin, 500);
  pull (stranger, 500);
  g_assert_false (has (desk, "meeting", id));
  g_assert_cmpuint (desk->n_removed, ==, 1);
  assert_complete (desk);
  /* The others see a meeting with one participant less. */
  g_assert_cmpuint (doctor->n_changes, ==, 1);
  g_assert_cmpuint (admin->n_changes, ==, 1);
  g_assert_cmpuint (stranger->n_changes, ==, 0);

  /* Who begins anew is not told of what he cannot have. */
  g_autoptr (Client) fresh = client_new (DESK);
  pull (fresh, 500);
  g_assert_cmpuint (fresh->n_removed, ==, 0);
  assert_complete (fresh);

  /* And back again. */
  run_sql (
      "INSERT INTO meeting_participants (meeting_id, user_id, position) VALUES ('%s', '%s', 9)", id,
      world->ids[DESK]);
  pull (desk, 500);
  g_assert_true (has (desk, "meeting", id));
}

static void
test_doctor_changed (void)
{
  g_autofree char *id = api_make_appointment (world, DOCTOR, NULL);
  g_autoptr (Client) before = client_new (DOCTOR);
  g_autoptr (Client) after = client_new (DOCTOR2);

  pull (before, 500);
  pull (after, 500);
  g_assert_true (has (before, "appointment", id));
  run_sql ("UPDATE appointments SET doctor_id = '%s', version = version + 1 WHERE id = '%s'",
           world->ids[DOCTOR2], id);
  pull (before, 500);
  pull (after, 500);
  g_assert_false (has (before, "appointment", id));
  g_assert_true (has (after, "appointment", id));
  assert_complete (before);
  assert_complete (after);
  run_sql ("DELETE FROM appointments WHERE id = '%s'", id);
  pull (after, 500);
  g_assert_false (has (after, "appointment", id));
}

/* Who moves to another hospital sees other things: he begins anew, once. */
static void
test_access_changed (void)
{
  g_autoptr (Client) desk = client_new (DESK);
  g_autoptr (Client) doctor = client_new (DOCTOR);

  pull (desk, 500);
  pull (doctor, 500);
  run_sql ("UPDATE users SET hospital_id = '%s' WHERE id = '%s'", world->other_hospital,
           world->ids[DESK]);
  pull (desk, 2);
  g_assert_cmpuint (desk->n_resets, ==, 2);
  assert_complete (desk);
  pull (desk, 2);
  g_assert_cmpuint (desk->n_resets, ==, 2);
  pull (doctor, 500);
  g_assert_false (has (doctor, "user", world->ids[DESK]));
  g_assert_cmpuint (doctor->n_resets, ==, 1);

  run_sql ("UPDATE users SET hospital_id = '%s' WHERE id = '%s'", world->hospital,
           world->ids[DESK]);
  pull (desk, 500);
  pull (doctor, 500);
  assert_complete (desk);
  assert_complete (doctor);
}

static void
test_switched_off (void)
{
  g_autoptr (Client) desk = client_new (DESK);
  g_autoptr (Client) patient = client_new (PATIENT);

  pull (desk, 500);
  pull (patient, 500);
  run_sql ("UPDATE users SET active = 0 WHERE id = '%s'", world->ids[PATIENT2]);
  pull (desk, 500);
  pull (patient, 500);
  g_assert_false (has (desk, "user", world->ids[PATIENT2]));
  g_assert_cmpuint (patient->n_changes, ==, 0);
  run_sql ("UPDATE users SET active = 1 WHERE id = '%s'", world->ids[PATIENT2]);
  /* A password is nobody's to see. */
  run_sql ("UPDATE users SET version = version + 1, updated_at = updated_at + 1");
  pull (desk, 500);
  g_assert_cmpuint (desk->n_changes, ==, 1);
}

static void
test_bad_questions (void)
{
  static const char *const paths[] = {
    "/api/changes?since=x",        "/api/changes?since=%00",
    "/api/changes?since=AAAA",     "/api/changes?since=eC4xLjIuMw", /* x.1.2.3 */
    "/api/changes?since=eC4tMS4x", /* x.-1.1 */
    "/api/changes?limit=0",        "/api/changes?limit=501",
    "/api/changes?limit=-1",       "/api/changes?limit=many",
  };
  g_autoptr (ServerReply) nobody = api_call (world, NOBODY, "GET", "/api/changes", NULL);
  /* x.1.1: a cursor, but of another database. */
  g_autoptr (ServerReply) foreign
      = api_expect (world, 200, DESK, "GET", "/api/changes?since=eC4xLjE", NULL);

  g_assert_cmpuint (nobody->status, ==, 401);
  g_assert_true (json_object_get_boolean_member (server_reply_get_data (foreign), "reset"));
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerReply) reply = api_call (world, DESK, "GET", paths[i], NULL);
      g_test_message ("%s", paths[i]);
      g_assert_cmpuint (reply->status, ==, 400);
    }
}

/* Many writers, and readers that never stop asking */

static int n_writing; /* atomic */

static gpointer
write_some (gpointer data)
{
  int number = GPOINTER_TO_INT (data);
  ApiPerson who = number % 2 == 0 ? DOCTOR : DESK;
  g_autofree char *patient = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);

  for (int i = 0; i < WRITES_EACH; i++)
    {
      if ((number + i) % 3 == 0)
        {
          g_autofree char *id = api_make_meeting (world, who, DOCTOR, DESK);
          g_autofree char *path = api_path ("/api/meetings/%s", id);
          g_autoptr (ServerReply) reply = api_expect (world, 200, who, "DELETE", path, NULL);
          continue;
        }
      /* Each in an hour of its own: nobody is in two places at once. */
      g_autofree char *date = g_strdup_printf ("\"%04d-%02d-%02d\"", 2030 + number, 1 + i % 12,
                                               1 + g_random_int_range (0, 27));
      g_autofree char *plain = api_appointment_body (world->hospital, i % 2 ? patient : NULL);
      g_autofree char *body = api_with_member (plain, "appointmentDate", date);
      g_autoptr (ServerReply) made = api_call (world, who, "POST", "/api/appointments", body);
      if (made->status == 409)
        continue;
      g_assert_cmpuint (made->status, ==, 201);
      g_autofree char *path = api_path ("/api/appointments/%s/status",
                                        api_text (api_document (made, "appointment"), "id"));
      g_autoptr (ServerReply) changed
          = api_expect (world, 200, who, "PATCH", path, "{\"status\":\"cancelled\"}");
    }
  g_atomic_int_add (&n_writing, -1);
  return NULL;
}

static gpointer
follow (gpointer data)
{
  Client *client = data;
  gboolean last = FALSE;

  while (!last)
    {
      last = g_atomic_int_get (&n_writing) == 0;
      pull (client, 1 + (guint)g_random_int_range (0, 10));
    }
  return NULL;
}

static void
run_many_writers (Client **clients)
{
  GThread *threads[N_WRITERS + N_READERS];

  g_atomic_int_set (&n_writing, N_WRITERS);
  for (int i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_some, GINT_TO_POINTER (i));
  for (gsize i = 0; i < N_READERS; i++)
    threads[N_WRITERS + i] = g_thread_new ("reader", follow, clients[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  for (gsize i = 0; i < N_READERS; i++)
    {
      g_assert_cmpuint (clients[i]->n_resets, ==, 1);
      assert_complete (clients[i]);
    }
}

static void
test_many_writers (void)
{
  static const ApiPerson readers[N_READERS] = { ADMIN, DOCTOR, DESK, PATIENT, DOCTOR2 };
  Client *clients[N_READERS];
  const char *wanted = g_getenv ("ROUNDS_FEED_RUNS");
  guint n_runs = wanted != NULL ? (guint)g_ascii_strtoull (wanted, NULL, 10) : N_RUNS;

  for (guint first = 0; first < n_runs; first += RUNS_OF_WORLD)
    {
      if (first > 0)
        {
          api_world_free (world);
          world = api_world_new ();
        }
      for (gsize i = 0; i < N_READERS; i++)
        {
          clients[i] = client_new (readers[i]);
          pull (clients[i], 500);
        }
      for (guint run = first; run < MIN (first + RUNS_OF_WORLD, n_runs); run++)
        {
          run_many_writers (clients);
          g_test_message ("run %u of %u", run + 1, n_runs);
        }
      for (gsize i = 0; i < N_READERS; i++)
        client_free (clients[i]);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  g_test_add_func ("/Rounds/Server/ApiChanges/from-nothing", test_from_nothing);
  g_test_add_func ("/Rounds/Server/ApiChanges/paging", test_paging);
  g_test_add_func ("/Rounds/Server/ApiChanges/who-hears", test_who_hears);
  g_test_add_func ("/Rounds/Server/ApiChanges/participant-removed", test_participant_removed);
  g_test_add_func ("/Rounds/Server/ApiChanges/doctor-changed", test_doctor_changed);
  g_test_add_func ("/Rounds/Server/ApiChanges/access-changed", test_access_changed);
  g_test_add_func ("/Rounds/Server/ApiChanges/switched-off", test_switched_off);
  g_test_add_func ("/Rounds/Server/ApiChanges/bad-questions", test_bad_questions);
  g_test_add_func ("/Rounds/Server/ApiChanges/many-writers", test_many_writers);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
