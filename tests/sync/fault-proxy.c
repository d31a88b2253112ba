/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bad network: each request is carried or not, once or twice, and its answer comes, or does
 * not. Which of it happens is the seed's; what must hold all the same is the test's.
 */

#include "config.h"

#include "fault-proxy.h"

#include <libsoup/soup.h>
#include <string.h>

typedef enum
{
  FAULT_CUT_BEFORE, /* the request never arrives */
  FAULT_CUT_AFTER, /* it does, and the answer is lost */
  FAULT_TRUNCATE, /* half the answer comes */
  FAULT_GARBAGE, /* a page of somebody else's comes instead */
  FAULT_TWICE, /* the server gets it twice */
  FAULT_CONFLICT, /* refusals that are made up: the request does not arrive */
  FAULT_BUSY,
  FAULT_BROKEN,
  N_FAULTS
} Fault;

/* Of ten requests this many are let through. */
#define N_GOOD_OF_TEN 6

struct _FaultProxy
{
  SoupServer *front;
  SoupSession *back;
  GRand *random; /* borrowed */
  char *server;
  char *url;
  gboolean is_bad;
  guint n_faults;
  guint n_passages;
};

typedef struct
{
  FaultProxy *proxy;
  SoupServerMessage *message;
  int fault; /* -1: none */
  gboolean again; /* carry it once more */
} Passage;

static void
passage_free (Passage *passage)
{
  passage->proxy->n_passages--;
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
refuse (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
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
  const char *path = g_uri_get_path (soup_server_message_get_uri (passage->message));
  g_autofree char *url = g_strconcat (passage->proxy->server, path, NULL);
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
give_answer (Passage *passage, SoupMessage *answer, GBytes *bytes)
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
                              g_bytes_get_size (bytes) + 100);
      hang_up (message, half);
      break;
    case FAULT_GARBAGE:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>Guests</p>",
                                        13);
      soup_server_message_unpause (message);
      break;
    default:
      soup_server_message_set_status (message, soup_message_get_status (answer), NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                        g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      copy_header ("Retry-After", soup_message_get_response_headers (answer),
                   soup_server_message_get_response_headers (message));
      soup_server_message_unpause (message);
    }
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Passage *passage = data;
  SoupMessage *answer = soup_session_get_async_result_message (SOUP_SESSION (object), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  /* The run is over. */
  if (bytes == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      passage_free (passage);
      return;
    }
  if (passage->again)
    {
      passage->again = FALSE;
      carry (passage);
      return;
    }
  give_answer (passage, answer, bytes);
  passage_free (passage);
}

static void
carry (Passage *passage)
{
  g_autoptr (SoupMessage) copy = copy_request (passage);

  soup_session_send_and_read_async (passage->proxy->back, copy, G_PRIORITY_DEFAULT, NULL,
                                    answered_cb, passage);
}

static int
choose_fault (FaultProxy *self)
{
  if (!self->is_bad || g_rand_int_range (self->random, 0, 10) < N_GOOD_OF_TEN)
    return -1;
  self->n_faults++;
  return g_rand_int_range (self->random, 0, N_FAULTS);
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  FaultProxy *self = data;
  int fault = choose_fault (self);
  Passage *passage;

  switch (fault)
    {
    case FAULT_CUT_BEFORE:
      hang_up (message, NULL);
      return;
    case FAULT_CONFLICT:
      refuse (message, 409, "{\"status\":\"fail\",\"code\":\"x\",\"message\":\"Made up\"}");
      return;
    case FAULT_BUSY:
      refuse (message, 429, "{\"status\":\"fail\",\"code\":\"x\",\"message\":\"Made up\"}");
      return;
    case FAULT_BROKEN:
      refuse (message, 500, "{\"status\":\"error\",\"message\":\"Made up\"}");
      return;
    default:
      break;
    }
  passage = g_new0 (Passage, 1);
  passage->proxy = self;
  self->n_passages++;
  passage->message = g_object_ref (message);
  passage->fault = fault;
  passage->again = fault == FAULT_TWICE;
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
  self->back = soup_session_new ();
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
  soup_session_abort (self->back);
  while (self->n_passages > 0)
    g_main_context_iteration (NULL, TRUE);
  soup_server_disconnect (self->front);
  g_clear_object (&self->front);
  g_clear_object (&self->back);
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
