/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Waiting for changes: who waits hears of what concerns him at once, of nothing else, and holds up
 * nobody.
 * What an answer contains is tested in test-api-changes.c.
 */

#include "config.h"

#include <string.h>

#include "api-world.h"
#include "rounds-db.h"
#include "rounds-test.h"

/* Long enough that no test ends by it. */
#define LONG "55"
/* Of one person; rounds-event-hub.c. */
#define MOST_WAITING 16
#define N_PATIENT_CLIENTS 100
#define N_ROUNDS 30

static ApiWorld *world;

/* As far as there is anything. */
static char *
get_cursor (ApiPerson who)
{
  g_autofree char *cursor = g_strdup ("");
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *path = g_strconcat ("/api/changes?since=", cursor, NULL);
      g_autoptr (ServerReply) reply = api_expect (world, 200, who, "GET", path, NULL);
      JsonObject *data = server_reply_get_data (reply);
      g_set_str (&cursor, api_text (data, "cursor"));
      more = json_object_get_boolean_member (data, "more");
    }
  return g_steal_pointer (&cursor);
}

/* Asks and does not read the answer. */
static GSocketConnection *
ask (ApiPerson who, const char *cursor, const char *wait)
{
  g_autofree char *request = g_strdup_printf (
      "GET /api/changes?since=%s&wait=%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
      "Authorization: Bearer %s\r\n\r\n",
      cursor, wait, world->tokens[who]);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = server_fixture_connect (world->server);

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* Whether an answer, or the end, comes within @ms. */
static gboolean
is_answered (GSocketConnection *connection, int ms)
{
  return g_socket_condition_timed_wait (g_socket_connection_get_socket (connection), G_IO_IN,
                                        ms * G_TIME_SPAN_MILLISECOND, NULL, NULL);
}

static guint
count_changes (ServerReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_array_get_length (
      json_object_get_array_member (server_reply_get_data (reply), "changes"));
}

static void
make_visit (void)
{
  g_autofree char *more = g_strdup_printf ("\"patient\":\"%s\"", world->ids[PATIENT]);
  g_autofree char *id = api_make_appointment (world, DOCTOR, more);
}

static void
test_told_at_once (void)
{
  static const ApiPerson hearing[] = { DOCTOR, DESK, ADMIN, PATIENT };
  static const ApiPerson deaf[] = { DOCTOR2, DESK2, PATIENT2 };
  GSocketConnection *connections[API_N_PEOPLE];

  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      g_autofree char *cursor = get_cursor (who);
      connections[who] = ask (who, cursor, LONG);
    }
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    g_assert_false (is_answered (connections[who], 20));
  make_visit ();
  for (gsize i = 0; i < G_N_ELEMENTS (hearing); i++)
    {
      g_autoptr (ServerReply) reply = server_reply_read (connections[hearing[i]]);
      g_assert_cmpuint (count_changes (reply), ==, 1);
      g_assert_cmpstr (server_reply_get_header (reply, "cache-control"), ==, "no-store");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (deaf); i++)
    g_assert_false (is_answered (connections[deaf[i]], 20));
  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    g_object_unref (connections[who]);
}

static void
test_time_over (void)
{
  g_autofree char *cursor = get_cursor (DOCTOR2);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GSocketConnection) connection = ask (DOCTOR2, cursor, "1");
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  JsonObject *data = server_reply_get_data (reply);

  g_assert_cmpint (g_get_monotonic_time () - began, >=, 900 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (count_changes (reply), ==, 0);
  g_assert_cmpstr (api_text (data, "cursor"), ==, cursor);
  g_assert_false (json_object_get_boolean_member (data, "more"));
  g_assert_false (json_object_get_boolean_member (data, "reset"));
}

/* What is there already is no reason to wait; nor is a beginning. */
static void
test_no_need_to_wait (void)
{
  g_autofree char *cursor = get_cursor (DOCTOR);
  make_visit ();
  g_autoptr (GSocketConnection) connection = ask (DOCTOR, cursor, LONG);
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  g_assert_cmpuint (count_changes (reply), ==, 1);

  g_autoptr (GSocketConnection) first = ask (DOCTOR, "", LONG);
  g_autoptr (ServerReply) all = server_reply_read (first);
  g_assert_true (json_object_get_boolean_member (server_reply_get_data (all), "reset"));
}

static void
test_bad_waits (void)
{
  static const char *const waits[] = { "-1", "56", "1.5", "long", "99999999999999999999" };
  g_autofree char *cursor = get_cursor (DOCTOR);

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (GSocketConnection) connection = ask (DOCTOR, cursor, waits[i]);
      g_autoptr (ServerReply) reply = server_reply_read (connection);
      g_assert_cmpuint (reply->status, ==, 400);
      api_assert_names_field (reply, "wait");
    }
  g_autoptr (GSocketConnection) connection = ask (DOCTOR, cursor, "0");
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  g_assert_cmpuint (count_changes (reply), ==, 0);
}

/* A reader who asks again as soon as he has something: each commit comes, whether it happens
 * before he waits, while he does, or in between. */
static gpointer
follow (gpointer data)
{
  char *cursor = data;
  guint n_seen = 0;

  while (n_seen < N_ROUNDS)
    {
      g_autoptr (GSocketConnection) connection = ask (DOCTOR, cursor, LONG);
      g_autoptr (ServerReply) reply = server_reply_read (connection);
      n_seen += count_changes (reply);
      g_set_str (&cursor, api_text (server_reply_get_data (reply), "cursor"));
    }
  g_free (cursor);
  return NULL;
}

static void
test_none_missed (void)
{
  GThread *thread = g_thread_new ("follow", follow, get_cursor (DOCTOR));

  for (int i = 0; i < N_ROUNDS; i++)
    make_visit ();
  g_thread_join (thread);
}

/* Many wait, more than there are workers by far, and others are served as ever. */
static void
test_hold_up_nobody (void)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

  for (ApiPerson who = 0; who < API_N_PEOPLE; who++)
    {
      g_autofree char *cursor = get_cursor (who);
      for (guint i = 0; i < N_PATIENT_CLIENTS / API_N_PEOPLE; i++)
        g_ptr_array_add (connections, ask (who, cursor, LONG));
    }
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (ServerReply) reply = api_expect (world, 200, DOCTOR, "GET", "/api/users/me", NULL);
    }
}

static guint
count_answered (GPtrArray *connections)
{
  guint n_answered = 0;
  for (guint i = 0; i < connections->len; i++)
    n_answered += is_answered (g_ptr_array_index (connections, i), 0) ? 1 : 0;
  return n_answered;
}

/* Of one person, only so many: one is let go for each that is too much. */
static void
test_too_many_of_one (void)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *cursor = get_cursor (PATIENT2);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  guint n_told = 0;

  for (guint i = 0; i < MOST_WAITING + 2; i++)
    g_ptr_array_add (connections, ask (PATIENT2, cursor, LONG));
  while (count_answered (connections) < 2 && g_get_monotonic_time () < end)
    g_thread_yield ();
  for (guint i = 0; i < connections->len; i++)
    {
      GSocketConnection *connection = g_ptr_array_index (connections, i);
      if (!is_answered (connection, 0))
        continue;
      g_autoptr (ServerReply) reply = server_reply_read (connection);
      g_assert_cmpuint (count_changes (reply), ==, 0);
      n_told++;
    }
  g_assert_cmpuint (n_told, ==, 2);
}

/* The open sockets of the server. */
static guint
count_sockets (void)
{
  g_autofree char *path
      = g_strdup_printf ("/proc/%d/fd", (int)server_fixture_get_pid (world->server));
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_sockets = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename (path, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);
      if (target != NULL && g_str_has_prefix (target, "socket:"))
        n_sockets++;
    }
  return n_sockets;
}

static void
wait_for_sockets (guint n_sockets)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (count_sockets () > n_sockets && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_cmpuint (count_sockets (), <=, n_sockets);
}

/* A client that goes leaves nothing behind, long before its time is over. */
static void
test_client_goes (void)
{
  g_autofree char *cursor = get_cursor (DOCTOR2);
  g_autoptr (GSocketConnection) first = ask (DOCTOR2, cursor, LONG);
  g_assert_false (is_answered (first, 20));
  guint before = count_sockets ();

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (GSocketConnection) connection = ask (DOCTOR2, cursor, LONG);
      g_assert_false (is_answered (connection, 10));
    }
  wait_for_sockets (before);
  g_assert_false (is_answered (first, 0));
}

/* `roundsd user` beside the server, or another node: nothing tells of it, it is noticed anyway. */
static void
test_other_process (void)
{
  g_autofree char *cursor = get_cursor (DESK2);
  g_autoptr (GSocketConnection) connection = ask (DESK2, cursor, LONG);
  g_assert_false (is_answered (connection, 20));

  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_assert_true (rounds_db_exec (db, "UPDATE hospitals SET name = name || ' (new)'", &error));
  g_assert_no_error (error);
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  g_assert_cmpuint (count_changes (reply), >, 0);
}

/* Somebody whose role ends while he waits is not served as who he was. */
static void
test_switched_off_meanwhile (void)
{
  g_autofree char *cursor = get_cursor (PATIENT2);
  g_autoptr (GSocketConnection) connection = ask (PATIENT2, cursor, LONG);
  g_assert_false (is_answered (connection, 20));

  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = server_fixture_open_db (world->server);
  g_autofree char *sql
      = g_strdup_printf ("UPDATE users SET active = 0 WHERE id = '%s'", world->ids[PATIENT2]);
  g_assert_true (rounds_db_exec (db, sql, &error));
  g_assert_no_error (error);
  g_autoptr (ServerReply) reply = server_reply_read (connection);
  g_assert_cmpuint (reply->status, ==, 401);
}

/* The end of the server answers all that wait, and does not wait for them. */
static void
test_server_stops (void)
{
  GSocketConnection *connections[5];

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autofree char *cursor = get_cursor (i);
      connections[i] = ask (i, cursor, LONG);
      /* What it has not read by the end it cannot answer: a sanitized one takes its time. */
      g_assert_false (is_answered (connections[i], 200));
    }
  gint64 began = g_get_monotonic_time ();
  server_fixture_ask_to_end (world->server);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autoptr (ServerReply) reply = server_reply_read (connections[i]);
      g_assert_nonnull (reply);
      g_assert_cmpuint (count_changes (reply), ==, 0);
      g_object_unref (connections[i]);
    }
  server_fixture_wait_for_end (world->server);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 8 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = api_world_new ();
  g_test_add_func ("/Rounds/Server/ApiWaiting/told-at-once", test_told_at_once);
  g_test_add_func ("/Rounds/Server/ApiWaiting/time-over", test_time_over);
  g_test_add_func ("/Rounds/Server/ApiWaiting/no-need-to-wait", test_no_need_to_wait);
  g_test_add_func ("/Rounds/Server/ApiWaiting/bad-waits", test_bad_waits);
  g_test_add_func ("/Rounds/Server/ApiWaiting/none-missed", test_none_missed);
  g_test_add_func ("/Rounds/Server/ApiWaiting/hold-up-nobody", test_hold_up_nobody);
  g_test_add_func ("/Rounds/Server/ApiWaiting/too-many-of-one", test_too_many_of_one);
  g_test_add_func ("/Rounds/Server/ApiWaiting/client-goes", test_client_goes);
  g_test_add_func ("/Rounds/Server/ApiWaiting/other-process", test_other_process);
  g_test_add_func ("/Rounds/Server/ApiWaiting/switched-off-meanwhile", test_switched_off_meanwhile);
  g_test_add_func ("/Rounds/Server/ApiWaiting/server-stops", test_server_stops);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
