/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Answers that are written first while no thread waits for them: in a server of this process, whose
 * one worker and whose writer are held up.
 */

#include "own-listener.h"
#include "server-fixture.h"

#include "rounds-request-private.h"
#include "rounds-response-private.h"
#include "rounds-test.h"
#include "rounds-write.h"

#define N_WRITES 12

static GMutex gate; /* shut: a write stays in its transaction */
static int n_entered; /* atomic: writes that have begun */
static int n_freed; /* atomic */

static const char *
get_wish (gconstpointer request)
{
  const char *wish = rounds_request_get_query ((RoundsRequest *)request, "wish");

  return wish != NULL ? wish : "keep";
}

static RoundsWrite
write_row (RoundsRequest *request, gpointer data, GError **error)
{
  g_atomic_int_inc (&n_entered);
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  if (!rounds_db_exec (rounds_request_get_db (request),
                       "INSERT INTO audit_trims (seq, at, hash) VALUES"
                       " ((SELECT coalesce (max (seq), 0) + 1 FROM audit_trims), 1, zeroblob (32))",
                       error))
    return ROUNDS_WRITE_FAILED;
  if (g_str_equal (get_wish (request), "fail"))
    {
      g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_BUSY, "somebody else writes");
      return ROUNDS_WRITE_FAILED;
    }
  return g_str_equal (get_wish (request), "undo") ? ROUNDS_WRITE_UNDO : ROUNDS_WRITE_KEEP;
}

static gint64
count_rows (RoundsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT count (*) FROM audit_trims", &error);

  g_assert_no_error (error);
  g_assert_cmpint (rounds_db_step (statement, &error), ==, ROUNDS_DB_ROW);
  return rounds_db_get_int (statement, 0);
}

/* Says how many rows there are, as who answers sees them. */
static RoundsResponse *
answer_written (RoundsRequest *request, RoundsWrite outcome, gpointer data, const GError *error)
{
  g_autoptr (JsonObject) body = json_object_new ();

  g_assert_cmpstr (data, ==, "data");
  g_assert_true ((error != NULL) == (outcome == ROUNDS_WRITE_FAILED));
  if (outcome == ROUNDS_WRITE_FAILED)
    return rounds_response_unavailable (error->message);
  json_object_set_int_member (body, "rows", count_rows (rounds_request_get_db (request)));
  return rounds_response_success (outcome == ROUNDS_WRITE_KEEP ? 201 : 200,
                                  g_steal_pointer (&body));
}

static void
free_data (gpointer data)
{
  g_free (data);
  g_atomic_int_inc (&n_freed);
}

static RoundsResponse *
handle_write (RoundsRequest *request)
{
  return rounds_request_write_then (request, write_row, answer_written, g_strdup ("data"),
                                    free_data);
}

static RoundsResponse *
handle_read (RoundsRequest *request)
{
  return rounds_response_success (200, NULL);
}

static const RoundsRoute table[] = {
  { "GET", "/read", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_PUBLIC, 0, handle_read, "" },
  { "POST", "/write", ROUNDS_ROLES_ALL, ROUNDS_ROUTE_PUBLIC, 0, handle_write, "" },
};

#define READ "GET /read HTTP/1.1\r\nHost: x\r\n\r\n"
#define WRITE(wish) "POST /write?wish=" wish " HTTP/1.1\r\nHost: x\r\n\r\n"

static void
start (OwnListener *listener, const RoundsServerTuning *tuning)
{
  g_atomic_int_set (&n_entered, 0);
  g_atomic_int_set (&n_freed, 0);
  own_listener_start (listener, table, G_N_ELEMENTS (table), tuning);
}

static void
wait_for_entry (void)
{
  while (g_atomic_int_get (&n_entered) == 0)
    g_thread_yield ();
}

static guint
read_status (GSocketConnection *connection)
{
  g_autoptr (ServerReply) reply = server_reply_read (connection);

  g_assert_nonnull (reply);
  return reply->status;
}

static gint64
read_rows (GSocketConnection *connection, guint status)
{
  g_autoptr (ServerReply) reply = server_reply_read (connection);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (server_reply_get_header (reply, "cache-control"), ==, "no-store");
  return json_object_get_int_member (json_object_get_object_member (reply->json, "data"), "rows");
}

/* Whoever answers sees what was written, and nothing of what was not to be kept. */
static void
test_outcomes (void)
{
  OwnListener listener = { 0 };
  start (&listener, NULL);
  g_autoptr (GSocketConnection) keep = own_listener_send (&listener, WRITE ("keep"));
  g_assert_cmpint (read_rows (keep, 201), ==, 1);
  g_autoptr (GSocketConnection) undo = own_listener_send (&listener, WRITE ("undo"));
  g_assert_cmpint (read_rows (undo, 200), ==, 1);
  g_autoptr (GSocketConnection) fail = own_listener_send (&listener, WRITE ("fail"));
  g_assert_cmpuint (read_status (fail), ==, 503);
  g_autoptr (GSocketConnection) again = own_listener_send (&listener, WRITE ("keep"));
  g_assert_cmpint (read_rows (again, 201), ==, 2);
  own_listener_stop (&listener);
  g_assert_cmpint (n_freed, ==, 4);
}

/* There is one worker: it goes on while a dozen writes are under way. */
static void
test_worker_goes_on (void)
{
  GSocketConnection *writes[N_WRITES];
  OwnListener listener = { 0 };
  gint64 most = 0;
  start (&listener, NULL);

  g_mutex_lock (&gate);
  for (guint i = 0; i < N_WRITES; i++)
    writes[i] = own_listener_send (&listener, WRITE ("keep"));
  wait_for_entry ();
  g_autoptr (GSocketConnection) other = own_listener_send (&listener, READ);
  g_assert_cmpuint (read_status (other), ==, 200);
  g_mutex_unlock (&gate);
  for (guint i = 0; i < N_WRITES; i++)
    {
      gint64 rows = read_rows (writes[i], 201);

      most = MAX (most, rows);
      g_object_unref (writes[i]);
    }
  g_assert_cmpint (most, ==, N_WRITES);
  own_listener_stop (&listener);
}

/* One in its transaction, one that waits: no place for a third. */
static void
test_too_many (void)
{
  RoundsServerTuning tuning = { .max_waiting = 1 };
  OwnListener listener = { 0 };
  start (&listener, &tuning);

  g_mutex_lock (&gate);
  g_autoptr (GSocketConnection) first = own_listener_send (&listener, WRITE ("keep"));
  wait_for_entry ();
  g_autoptr (GSocketConnection) second = own_listener_send (&listener, WRITE ("keep"));
  g_autoptr (GSocketConnection) third = own_listener_send (&listener, WRITE ("keep"));
  GSocket *one = g_socket_connection_get_socket (second);
  GSocket *other = g_socket_connection_get_socket (third);
  /* Which of the two comes first is the kernel's affair. */
  while (g_socket_condition_check (one, G_IO_IN) == 0
         && g_socket_condition_check (other, G_IO_IN) == 0)
    g_thread_yield ();
  gboolean second_refused = g_socket_condition_check (one, G_IO_IN) != 0;
  g_assert_cmpuint (read_status (second_refused ? second : third), ==, 503);
  g_mutex_unlock (&gate);
  g_assert_cmpuint (read_status (first), ==, 201);
  g_assert_cmpuint (read_status (second_refused ? third : second), ==, 201);
  own_listener_stop (&listener);
}

static gpointer
stop_thread (gpointer listener)
{
  own_listener_stop_within (listener, 0);
  return NULL;
}

/* Without any patience for requests: what is being written is answered all the same. */
static void
test_stop (void)
{
  GSocketConnection *writes[N_WRITES];
  OwnListener listener = { 0 };
  start (&listener, NULL);

  g_mutex_lock (&gate);
  for (guint i = 0; i < N_WRITES; i++)
    writes[i] = own_listener_send (&listener, WRITE ("keep"));
  wait_for_entry ();
  g_autoptr (GThread) stopping = g_thread_new ("stop", stop_thread, &listener);
  g_mutex_unlock (&gate);
  g_thread_join (g_steal_pointer (&stopping));
  /* All were let go of, whether they had come so far or not. */
  g_assert_cmpint (n_freed, ==, n_entered);
  g_assert_cmpint (n_freed, >=, 1);
  for (guint i = 0; i < N_WRITES; i++)
    g_object_unref (writes[i]);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Server/Later/outcomes", test_outcomes);
  g_test_add_func ("/Rounds/Server/Later/worker-goes-on", test_worker_goes_on);
  g_test_add_func ("/Rounds/Server/Later/too-many", test_too_many);
  g_test_add_func ("/Rounds/Server/Later/stop", test_stop);
  return g_test_run ();
}
