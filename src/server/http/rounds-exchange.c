/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One request on its way through the server: what came in, how far it is, what goes out.
 * It lives from the complete head to the last byte of the answer; rounds-server.c moves it.
 */

#include "config.h"

#include "rounds-exchange.h"

#include "rounds-client-address.h"
#include "rounds-shared-body.h"

#include <gio/gio.h>
#include <string.h>

/* A body that is too large is read away up to here and then answered with 413: closing the
 * connection on a client that is still sending resets it, and the answer would be lost. */
#define MAX_READ_AWAY (16 * 1024 * 1024)

RoundsExchange *
rounds_exchange_new (struct MHD_Connection *connection, char *target)
{
  g_return_val_if_fail (target != NULL, NULL);

  RoundsExchange *self = g_new0 (RoundsExchange, 1);
  self->connection = connection;
  self->began = g_get_monotonic_time ();
  self->incoming.target_too_long = strlen (target) > ROUNDS_MAX_TARGET;
  self->target = target;
  if (self->incoming.target_too_long)
    self->target[ROUNDS_MAX_TARGET] = '\0';
  return self;
}

void
rounds_exchange_free (RoundsExchange *self)
{
  if (self == NULL)
    return;
  rounds_match_clear (&self->match);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->held, rounds_response_free);
  g_clear_pointer (&self->admission, rounds_event_admission_free);
  g_clear_pointer (&self->shared, rounds_shared_body_unref);
  g_free (self->target);
  g_free (self->address);
  g_free (self);
}

/* Splits the target in place. A proxy's form ("http://host/path") is taken as well, as HTTP/1.1
 * asks for. */
static void
split_target (RoundsExchange *self)
{
  char *path = self->target;
  if (g_ascii_strncasecmp (path, "http://", 7) == 0)
    path = strchr (path + 7, '/');
  if (path == NULL || *path != '/')
    return;
  char *mark = strchr (path, '?');
  if (mark != NULL)
    {
      *mark = '\0';
      self->incoming.raw_query = mark + 1;
    }
  self->incoming.path = path;
}

/* What a request may say that somebody here asks for. */
typedef struct
{
  RoundsIncoming *incoming;
  const char *host;
  const char *declared; /* Content-Length */
  const char *encoding; /* Transfer-Encoding */
  const char *expect;
  guint seen; /* a bit for each of those that may be there once */
} Head;

typedef struct
{
  const char *name;
  const char **place;
  gboolean single; /* it may stand there once: it decides where the request ends, whose it is, what
                      it is about */
} Header;

static void
take_value (Head *head, const Header *header, guint bit, const char *value)
{
  if (header->single && (head->seen & bit) != 0)
    head->incoming->repeated_header = header->name;
  head->seen |= bit;
  /* The first of several counts, as where libmicrohttpd looks one up. */
  if (*header->place == NULL)
    *header->place = value;
}

/* All headers in one go: looking for each of them would be as many goes as there are names. */
static enum MHD_Result
take_header (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  Head *head = data;
  RoundsIncoming *incoming = head->incoming;
  RoundsHandshake *handshake = &incoming->handshake;
  const Header headers[] = {
    { "Host", &head->host, TRUE },
    { "Authorization", &incoming->authorization, TRUE },
    { "Accept", &incoming->accept, FALSE },
    { "Content-Type", &incoming->content_type, TRUE },
    { "Content-Length", &head->declared, TRUE },
    { "Transfer-Encoding", &head->encoding, TRUE },
    { "User-Agent", &incoming->user_agent, FALSE },
    { "If-Match", &incoming->if_match, TRUE },
    { "Idempotency-Key", &incoming->idempotency_key, TRUE },
    { "Origin", &handshake->origin, FALSE },
    { "Expect", &head->expect, FALSE },
    { "Connection", &handshake->connection, FALSE },
    { "Upgrade", &handshake->upgrade, FALSE },
    { "Sec-WebSocket-Key", &handshake->key, FALSE },
    { "Sec-WebSocket-Version", &handshake->version, FALSE },
    { "Sec-WebSocket-Protocol", &handshake->protocols, FALSE },
    { "X-Jaas-Signature", &incoming->signature, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      if (g_ascii_toupper (name[0]) != headers[i].name[0]
          || g_ascii_strcasecmp (name, headers[i].name) != 0)
        continue;
      take_value (head, &headers[i], 1u << i, value);
      break;
    }
  return MHD_YES;
}

gboolean
rounds_exchange_read_head (RoundsExchange *self, const RoundsServerConfig *config, const char *peer,
                           const RoundsRouter *router, const char *method)
{
  g_return_val_if_fail (self != NULL && !self->prepared, FALSE);

  RoundsIncoming *incoming = &self->incoming;
  Head head = { .incoming = incoming };
  self->prepared = TRUE;
  split_target (self);
  self->address = rounds_client_address_find (config, self->connection, peer, &incoming->direct);
  incoming->address = self->address;
  incoming->method = method;
  incoming->handshake.method = method;
  MHD_get_connection_values (self->connection, MHD_HEADER_KIND, take_header, &head);
  if (incoming->path != NULL)
    rounds_router_match (router, method, incoming->path, &self->match);

  guint64 length = head.declared != NULL ? g_ascii_strtoull (head.declared, NULL, 10) : 0;
  gsize most = self->match.route != NULL ? self->match.route->max_body : 0;
  incoming->has_body = length > 0 || head.encoding != NULL;
  incoming->body_too_large = length > most;
  if (length > MAX_READ_AWAY || incoming->repeated_header != NULL)
    return TRUE;
  return incoming->body_too_large && head.expect != NULL;
}

gboolean
rounds_exchange_read_body (RoundsExchange *self, const char *data, gsize length)
{
  g_return_val_if_fail (self != NULL && self->prepared, FALSE);

  gsize most = self->match.route != NULL ? self->match.route->max_body : 0;
  self->incoming.has_body = TRUE;
  if (length > MAX_READ_AWAY - self->received)
    return FALSE;
  self->received += length;
  if (self->received > most)
    self->incoming.body_too_large = TRUE;
  if (self->incoming.body_too_large)
    {
      /* Security: what is over the limit is never kept, however much of it comes. */
      g_clear_pointer (&self->body, g_byte_array_unref);
      return TRUE;
    }
  if (self->body == NULL)
    self->body = g_byte_array_new ();
  g_byte_array_append (self->body, (const guint8 *)data, (guint)length);
  return TRUE;
}

void
rounds_exchange_finish (RoundsExchange *self)
{
  g_return_if_fail (self != NULL && self->prepared);

  if (self->body == NULL)
    return;
  self->incoming.body = (const char *)self->body->data;
  self->incoming.body_length = self->body->len;
}

static void
unref_body_cb (void *body)
{
  rounds_shared_body_unref (body);
}

/* Takes @response's body. */
static struct MHD_Response *
make_reply (RoundsResponse *response)
{
  if (response->shared != NULL)
    {
      RoundsSharedBody *shared = g_steal_pointer (&response->shared);
      const char *text = rounds_shared_body_get_text (shared);
      return MHD_create_response_from_buffer_with_free_callback_cls (strlen (text), text,
                                                                     unref_body_cb, shared);
    }
  gsize length = response->body != NULL ? strlen (response->body) : 0;
  return MHD_create_response_from_buffer_with_free_callback (
      length, g_steal_pointer (&response->body), g_free);
}

struct MHD_Response *
rounds_exchange_to_reply (RoundsExchange *self, RoundsResponse *response, gboolean closing,
                          MHD_UpgradeHandler opens, gpointer user_data)
{
  g_return_val_if_fail (self != NULL && response != NULL, NULL);

  g_autoptr (RoundsResponse) taken = response;
  struct MHD_Response *reply = NULL;
  /* Security: where the next request begins is not known for sure after such a head. */
  closing = closing || self->incoming.repeated_header != NULL;
  if (taken->shared != NULL && !closing)
    reply = rounds_shared_body_get_reply (taken->shared, taken->headers, taken->n_headers);
  if (reply != NULL)
    {
      self->shared = g_steal_pointer (&taken->shared);
      return reply;
    }
  self->admission = g_steal_pointer (&taken->admission);
  if (self->admission != NULL)
    reply = MHD_create_response_for_upgrade (opens, user_data);
  else
    reply = make_reply (taken);
  for (guint i = 0; i < taken->n_headers; i++)
    MHD_add_response_header (reply, taken->headers[i].name, taken->headers[i].value);
  if (closing && self->admission == NULL)
    MHD_add_response_header (reply, "Connection", "close");
  return reply;
}

void
rounds_exchange_drop_reply (RoundsExchange *self, struct MHD_Response *reply)
{
  g_return_if_fail (self != NULL && reply != NULL);

  if (self->shared == NULL)
    MHD_destroy_response (reply);
}
