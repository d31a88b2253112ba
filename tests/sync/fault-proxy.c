/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bad network: each request is carried or not, once or twice, and its answer comes, or does
 * not, or late, or as something else. Which of it happens is the seed's; what must hold all the
 * same is the test's.
 */

#include "config.h"

#include "fault-proxy.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fault-tunnel.h"

typedef enum
{
  FAULT_CUT_BEFORE, /* the request never arrives */
  FAULT_CUT_AFTER, /* it does, and the answer is lost */
  FAULT_TRUNCATE, /* half the answer comes */
  FAULT_GARBAGE, /* a page of somebody else's comes instead */
  FAULT_WRONG_TYPE, /* the answer comes as plain text */
  FAULT_TWICE, /* the server gets it twice */
  FAULT_LATE, /* the answer waits a little, so that others overtake it */
  FAULT_REDIRECT, /* refusals that are made up: the request does not arrive */
  FAULT_SIGNED_OUT,
  FAULT_CONFLICT,
  FAULT_MOVED_ON,
  FAULT_BUSY,
  FAULT_BROKEN,
  N_FAULTS
} Fault;

/* Of ten requests this many are let through. */
#define N_GOOD_OF_TEN 6
#define MAX_LATE_MS 12
#define MAX_CONNECTIONS 100
#define EVENTS_PATH "/api/events"

struct _FaultProxy
{
  SoupServer *front;
  SoupSession *back;
  GRand *random; /* borrowed */
  char *server;
  char *url;
  gboolean is_bad;
  guint n_faults;
  guint n_requests;
  guint n_passages;
  GCancellable *end; /* of the run */
  guint n_tunnels;
};

typedef struct
{
  FaultProxy *proxy;
  SoupServerMessage *message;
  SoupMessage *answer; /* once it is there */
  GBytes *bytes;
  int fault; /* -1: none */
  gboolean again; /* carry it once more */
  guint late_ms;
} Passage;

static const struct
{
  Fault fault;
  guint status;
  const char *body;
} refusals[] = {
  { FAULT_REDIRECT, 307, "{\"status\":\"fail\",\"message\":\"Elsewhere\"}" },
  { FAULT_SIGNED_OUT, 401, "{\"status\":\"fail\",\"code\":\"session_ended\",\"message\":\"Out\"}" },
  { FAULT_CONFLICT, 409, "{\"status\":\"fail\",\"code\":\"x\",\"message\":\"Made up\"}" },
  { FAULT_MOVED_ON, 412, "{\"status\":\"fail\",\"code\":\"x\",\"message\":\"Made up\"}" },
  { FAULT_BUSY, 429, "{\"status\":\"fail\",\"code\":\"x\",\"message\":\"Made up\"}" },
  { FAULT_BROKEN, 500, "{\"status\":\"error\",\"message\":\"Made up\"}" },
};

static void
passage_free (Passage *passage)
{
  passage->proxy->n_passages--;
  g_clear_object (&passage->answer);
  g_clear_pointer (&passage->bytes, g_bytes_unref);
  g_object_unref (passage->message);
  g_free (passage);
}

static void
hang_up (SoupServerMessage *message, const char *bytes)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (bytes != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, strlen (bytes), NULL,
                               NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
copy_header (const char *name, SoupMessageHeaders *from, SoupMessageHeaders *to)
{
  const char *value = soup_message_headers_get_one (from, name);

  if (value != NULL)
    soup_message_headers_replace (to, name, value);
}

static SoupMessage *
copy_request (Passage *passage)
{
  static const char *const names[] = { "Authorization", "Accept", "Idempotency-Key", "If-Match" };
  GUri *uri = soup_server_message_get_uri (passage->message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *url = g_strconcat (passage->proxy->server, g_uri_get_path (uri),
                                      query != NULL ? "?" : "", query != NULL ? query : "", NULL);
  SoupMessage *copy = soup_message_new (soup_server_message_get_method (passage->message), url);
  SoupMessageBody *body = soup_server_message_get_request_body (passage->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    copy_header (names[i], soup_server_message_get_request_headers (passage->message),
                 soup_message_get_request_headers (copy));
  if (g_bytes_get_size (bytes) > 0)
    soup_message_set_request_body_from_bytes (copy, "application/json", bytes);
  return copy;
}

static void carry (Passage *passage);

static void
pass_on (Passage *passage, const char *type)
{
  SoupServerMessage *message = passage->message;
  GBytes *bytes = passage->bytes;

  soup_server_message_set_status (message, soup_message_get_status (passage->answer), NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes));
  copy_header ("Retry-After", soup_message_get_response_headers (passage->answer),
               soup_server_message_get_response_headers (message));
  soup_server_message_unpause (message);
}

static void
give_answer (Passage *passage)
{
  SoupServerMessage *message = passage->message;
  g_autofree char *half = NULL;

  switch (passage->fault)
    {
    case FAULT_CUT_AFTER:
      hang_up (message, NULL);
      break;
    case FAULT_TRUNCATE:
      half = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n{\"status\":",
                              g_bytes_get_size (passage->bytes) + 100);
      hang_up (message, half);
      break;
    case FAULT_GARBAGE:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>Guests</p>",
                                        13);
      soup_server_message_unpause (message);
      break;
    case FAULT_WRONG_TYPE:
      pass_on (passage, "text/plain");
      break;
    default:
      pass_on (passage, "application/json");
    }
  passage_free (passage);
}

static gboolean
late_cb (gpointer data)
{
  give_answer (data);
  return G_SOURCE_REMOVE;
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Passage *passage = data;
  g_autoptr (GError) error = NULL;

  g_clear_object (&passage->answer);
  g_clear_pointer (&passage->bytes, g_bytes_unref);
  passage->answer
      = g_object_ref (soup_session_get_async_result_message (SOUP_SESSION (object), result));
  passage->bytes = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  /* The run is over. */
  if (passage->bytes == NULL)
    {
      passage_free (passage);
      return;
    }
  if (passage->again)
    {
      passage->again = FALSE;
      carry (passage);
      return;
    }
  if (passage->late_ms > 0)
    g_timeout_add (passage->late_ms, late_cb, passage);
  else
    give_answer (passage);
}

static void
carry (Passage *passage)
{
  g_autoptr (SoupMessage) copy = copy_request (passage);

  soup_session_send_and_read_async (passage->proxy->back, copy, G_PRIORITY_DEFAULT, NULL,
                                    answered_cb, passage);
}

/* A made-up refusal of a refresh token would end a session that the server keeps. */
static gboolean
may_refuse (SoupServerMessage *message)
{
  return !g_str_has_prefix (g_uri_get_path (soup_server_message_get_uri (message)), "/api/auth/");
}

static int
choose_fault (FaultProxy *self, SoupServerMessage *message)
{
  int fault;

  if (!self->is_bad || g_rand_int_range (self->random, 0, 10) < N_GOOD_OF_TEN)
    return -1;
  fault = g_rand_int_range (self->random, 0, N_FAULTS);
  if (fault >= FAULT_REDIRECT && !may_refuse (message))
    return -1;
  self->n_faults++;
  return fault;
}

static gboolean
refuse (SoupServerMessage *message, int fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if ((int)refusals[i].fault == fault)
      {
        soup_server_message_set_status (message, refusals[i].status, NULL);
        soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC,
                                          refusals[i].body, strlen (refusals[i].body));
        if (fault == FAULT_REDIRECT)
          soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                        "Location", "/elsewhere");
        return TRUE;
      }
  return FALSE;
}

static FaultTunnelFate
choose_fate (gpointer data)
{
  FaultProxy *self = data;
  FaultTunnelFate fate;

  if (!self->is_bad || g_rand_int_range (self->random, 0, 10) < N_GOOD_OF_TEN)
    return FAULT_TUNNEL_PASS;
  fate = (FaultTunnelFate)g_rand_int_range (self->random, FAULT_TUNNEL_LATE, FAULT_TUNNEL_CUT + 1);
  self->n_faults++;
  return fate;
}

static void
tunnel_ended (gpointer data)
{
  ((FaultProxy *)data)->n_tunnels--;
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  FaultProxy *self = data;
  int fault = choose_fault (self, message);
  Passage *passage;

  self->n_requests++;
  if (fault == FAULT_CUT_BEFORE)
    {
      hang_up (message, NULL);
      return;
    }
  if (refuse (message, fault))
    return;
  /* A soup server does not notice that whoever waits for an answer has hung up. */
  if (g_str_equal (path, EVENTS_PATH) || (query != NULL && g_hash_table_contains (query, "wait")))
    {
      self->n_tunnels++;
      fault_tunnel_open (message, self->server, self->end, choose_fate, tunnel_ended, self);
      return;
    }

  passage = g_new0 (Passage, 1);
  passage->proxy = self;
  self->n_passages++;
  passage->message = g_object_ref (message);
  passage->fault = fault;
  passage->again = fault == FAULT_TWICE;
  if (fault == FAULT_LATE)
    passage->late_ms = (guint)g_rand_int_range (self->random, 1, MAX_LATE_MS);
  soup_server_message_pause (message);
  carry (passage);
}

FaultProxy *
fault_proxy_new (const char *server, GRand *random)
{
  FaultProxy *self = g_new0 (FaultProxy, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = g_strdup (server);
  self->random = random;
  self->end = g_cancellable_new ();
  self->back = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS, "max-conns-per-host",
                                              MAX_CONNECTIONS, "timeout", 0, NULL);
  self->front = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->front, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->front, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->front);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return self;
}

void
fault_proxy_free (FaultProxy *self)
{
  g_cancellable_cancel (self->end);
  soup_session_abort (self->back);
  while (self->n_passages + self->n_tunnels > 0)
    g_main_context_iteration (NULL, TRUE);
  soup_server_disconnect (self->front);
  g_clear_object (&self->front);
  g_clear_object (&self->back);
  g_clear_object (&self->end);
  g_free (self->server);
  g_free (self->url);
  g_free (self);
}

const char *
fault_proxy_get_url (FaultProxy *self)
{
  return self->url;
}

void
fault_proxy_set_bad (FaultProxy *self, gboolean is_bad)
{
  self->is_bad = is_bad;
}

guint
fault_proxy_count_faults (FaultProxy *self)
{
  return self->n_faults;
}

guint
fault_proxy_count_requests (FaultProxy *self)
{
  return self->n_requests;
}
