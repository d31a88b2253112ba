/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a real Prosody 13.0.1 with Jitsi's own modules sent, request by request: recorded once,
 * told again here. How it was recorded is in docs/jitsi.md.
 */

#include "config.h"

#include "api-world.h"
#include "jitsi-calls.h"
#include "rounds-test.h"

#include <stdlib.h>
#include <string.h>

#define N_ORDERS 4
#define END_OF_REQUEST "\n>>> "

/* One request, and what is expected of it. */
typedef struct
{
  char *text; /* with @NAMES@ for what differs from run to run */
  guint status; /* of the answer */
  char *state; /* of the visit afterwards, or NULL: not looked at */
} Exchange;

static ApiWorld *world;

static void
free_exchange (gpointer data)
{
  Exchange *self = data;

  g_free (self->text);
  g_free (self->state);
  g_free (self);
}

/* Requests end in lines such as ">>> 200 arrived"; lines before the first that begin with # say
 * what happens. */
static GPtrArray *
load_recording (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "prosody", name, NULL);
  GPtrArray *exchanges = g_ptr_array_new_with_free_func (free_exchange);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  const char *next = text;
  while (*next == '#')
    next = strchr (next, '\n') + 1;
  for (const char *end; (end = strstr (next, END_OF_REQUEST)) != NULL;)
    {
      Exchange *exchange = g_new0 (Exchange, 1);
      char *rest = NULL;
      const char *line_end = strchr (end + 1, '\n');

      exchange->text = g_strndup (next, end - next);
      exchange->status = (guint)strtoul (end + strlen (END_OF_REQUEST), &rest, 10);
      if (*rest == ' ')
        exchange->state = g_strndup (rest + 1, line_end - rest - 1);
      g_ptr_array_add (exchanges, exchange);
      next = line_end + 1;
    }
  g_assert_cmpuint (exchanges->len, >, 0);
  return exchanges;
}

/* "@T+12@" is the twelfth second of @call. */
static void
fill_in_times (GString *text, Call *call)
{
  for (char *at; (at = strstr (text->str, "@T+")) != NULL;)
    {
      char *end = NULL;
      int second = (int)strtol (at + strlen ("@T+"), &end, 10);
      gssize position = at - text->str;
      g_autofree char *moment
          = g_strdup_printf ("%" G_GINT64_FORMAT, call_get_seconds (call, second));

      g_assert_true (*end == '@');
      g_string_erase (text, position, end + 1 - at);
      g_string_insert (text, position, moment);
    }
}

static ServerReply *
tell (const Exchange *exchange, Call *call)
{
  g_autoptr (GString) text = g_string_new (exchange->text);
  g_autofree char *length = NULL;

  fill_in_times (text, call);
  g_string_replace (text, "@ROOM@", call_get_room (call), 0);
  g_string_replace (text, "@ID@", call_get_id (call), 0);
  g_string_replace (text, "@PATIENT@", world->ids[PATIENT], 0);
  g_string_replace (text, "@DOCTOR@", world->ids[DOCTOR], 0);
  g_string_replace (text, "@SECRET@", CALL_SECRET, 0);
  char *head_end = strstr (text->str, "\n\n");
  g_autofree char *body = head_end != NULL ? g_strdup (head_end + 2) : g_strdup ("");
  if (head_end != NULL)
    g_string_truncate (text, head_end - text->str);
  length = g_strdup_printf ("%" G_GSIZE_FORMAT, strlen (body));
  g_string_replace (text, "@LENGTH@", length, 0);
  g_string_replace (text, "\n", "\r\n", 0);
  g_string_append_printf (text, "\r\n\r\n%s", body);
  return server_fixture_send_raw (world->server, text->str, -1);
}

/* In seconds of the recording; -1: it did not. */
static const struct
{
  const char *name;
  int arrived, started, ended;
} recordings[] = {
  { "visit.txt", 0, 2, 67 },
  { "killed.txt", 1, 1, 75 },
  { "outage.txt", 1, 1, 70 },
  { "side-room.txt", 0, 0, -1 },
};

static void
assert_times (Call *call, gsize i)
{
  call_assert_moment (call, "arrivedAt", recordings[i].arrived);
  call_assert_moment (call, "startedAt", recordings[i].started);
  if (recordings[i].ended >= 0)
    call_assert_moment (call, "endedAt", recordings[i].ended);
}

static void
test_as_it_came (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      g_autoptr (GPtrArray) exchanges = load_recording (recordings[i].name);
      g_autoptr (Call) call = call_new_visit (world, 0);

      g_test_message ("%s", recordings[i].name);
      for (guint j = 0; j < exchanges->len; j++)
        {
          const Exchange *exchange = g_ptr_array_index (exchanges, j);
          g_autoptr (ServerReply) reply = tell (exchange, call);

          g_test_message ("request %u", j);
          g_assert_cmpuint (reply->status, ==, exchange->status);
          if (exchange->state != NULL)
            call_assert_status (call, exchange->state);
        }
      assert_times (call, i);
    }
}

/* What the recording's events are, each twice, in an order that nobody would expect. */
static GPtrArray *
shuffle_events (GPtrArray *exchanges)
{
  GPtrArray *events = g_ptr_array_new ();

  for (guint i = 0; i < 2 * exchanges->len; i++)
    {
      Exchange *exchange = g_ptr_array_index (exchanges, i % exchanges->len);
      if (g_str_has_prefix (exchange->text, "POST /jitsi/events/"))
        g_ptr_array_add (events, exchange);
    }
  for (guint i = events->len - 1; i > 0; i--)
    {
      guint other = (guint)g_test_rand_int_range (0, (gint32)i + 1);
      gpointer kept = events->pdata[i];
      events->pdata[i] = events->pdata[other];
      events->pdata[other] = kept;
    }
  return events;
}

static void
tell_all (GPtrArray *events, Call *call)
{
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr (ServerReply) reply = tell (g_ptr_array_index (events, i), call);
      g_assert_cmpuint (reply->status, ==, 200);
    }
}

static void
test_any_order (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      g_autoptr (GPtrArray) exchanges = load_recording (recordings[i].name);
      const Exchange *last = g_ptr_array_index (exchanges, exchanges->len - 1);

      g_test_message ("%s", recordings[i].name);
      for (int n = 0; n < N_ORDERS; n++)
        {
          g_autoptr (Call) call = call_new_visit (world, 0);
          g_autoptr (GPtrArray) events = shuffle_events (exchanges);

          tell_all (events, call);
          call_assert_status (call, last->state);
          assert_times (call, i);
          /* And all of it again changes nothing. */
          gint64 version = call_get_version (call);
          tell_all (events, call);
          g_assert_cmpint (call_get_version (call), ==, version);
        }
    }
}

/* Below a tenant, Prosody asks for "[tenant]room", and opens nothing when it gets another name
 * back: not even when it asks a second time, because it was killed and has forgotten. */
static void
test_tenant (void)
{
  g_autoptr (GPtrArray) exchanges = load_recording ("tenant.txt");
  g_autoptr (Call) call = call_new_visit (world, 0);
  g_autofree char *name = g_strconcat ("[clinic]", call_get_room (call), NULL);
  g_autoptr (ServerReply) first = tell (g_ptr_array_index (exchanges, 0), call);

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (api_text (first->json, "name"), ==, name);
  for (guint i = 0; i < exchanges->len; i++)
    {
      const Exchange *exchange = g_ptr_array_index (exchanges, i);
      g_autoptr (ServerReply) reply = tell (exchange, call);

      g_assert_cmpuint (reply->status, ==, exchange->status);
      if (g_str_has_prefix (exchange->text, "GET "))
        g_assert_cmpstr (api_text (reply->json, "name"), ==, name);
      if (exchange->state != NULL)
        call_assert_status (call, exchange->state);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  world = call_world_new ("JITSI_TENANT=clinic");
  g_test_add_func ("/Rounds/Server/ApiProsody/as-it-came", test_as_it_came);
  g_test_add_func ("/Rounds/Server/ApiProsody/any-order", test_any_order);
  g_test_add_func ("/Rounds/Server/ApiProsody/tenant", test_tenant);
  int result = g_test_run ();
  api_world_free (world);
  return result;
}
