/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One request on its way through the server: what came in, how far it is, what goes out.
 * It lives from the complete head to the last byte of the answer; rounds-server.c moves it.
 */

#include "config.h"

#include "rounds-exchange.h"

#include "rounds-client-address.h"
#include "rounds-response-private.h"

#include <gio/gio.h>
#include <string.h>

/* A body that is too large is read away up to here and then answered with 413: closing the
 * connection on a client that is still sending resets it, and the answer would be lost. */
#define MAX_READ_AWAY (16 * 1024 * 1024)

RoundsExchange *
rounds_exchange_new (struct MHD_Connection *connection, const char *target)
{
  g_return_val_if_fail (target != NULL, NULL);

  RoundsExchange *self = g_new0 (RoundsExchange, 1);
  self->connection = connection;
  self->began = g_get_monotonic_time ();
  self->incoming.target_too_long = strlen (target) > ROUNDS_MAX_TARGET;
  self->target = g_strndup (target, ROUNDS_MAX_TARGET);
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

static const char *
get_header (RoundsExchange *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_HEADER_KIND, name);
}

/* What may stand in a head once: it decides where the request ends, whose it is, what it is about.
 */
static const char *const single[]
    = { "Host",         "Content-Length", "Transfer-Encoding", "Authorization",
        "Content-Type", "If-Match",       "Idempotency-Key" };

typedef struct
{
  guint seen; /* a bit for each of the above */
  const char *repeated; /* one that is there again, or NULL */
} Heads;

static enum MHD_Result
note_header (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  Heads *heads = data;

  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    {
      if (g_ascii_strcasecmp (name, single[i]) != 0)
        continue;
      if ((heads->seen & (1u << i)) != 0)
        heads->repeated = single[i];
      heads->seen |= 1u << i;
    }
  return MHD_YES;
}

static const char *
find_repeated_header (RoundsExchange *self)
{
  Heads heads = { 0, NULL };

  MHD_get_connection_values (self->connection, MHD_HEADER_KIND, note_header, &heads);
  return heads.repeated;
}

gboolean
rounds_exchange_read_head (RoundsExchange *self, const RoundsServerConfig *config, const char *peer,
                           const RoundsRoute *routes, gsize n_routes, const char *method)
{
  g_return_val_if_fail (self != NULL && !self->prepared, FALSE);

  RoundsIncoming *incoming = &self->incoming;
  self->prepared = TRUE;
  split_target (self);
  self->address = rounds_client_address_find (config, self->connection, peer, &incoming->direct);
  incoming->address = self->address;
  incoming->method = method;
  incoming->authorization = get_header (self, "Authorization");
  incoming->content_type = get_header (self, "Content-Type");
  incoming->user_agent = get_header (self, "User-Agent");
  incoming->handshake = (RoundsHandshake){
    .method = method,
    .upgrade = get_header (self, "Upgrade"),
    .connection = get_header (self, "Connection"),
    .key = get_header (self, "Sec-WebSocket-Key"),
    .version = get_header (self, "Sec-WebSocket-Version"),
    .protocols = get_header (self, "Sec-WebSocket-Protocol"),
    .origin = get_header (self, "Origin"),
  };
  incoming->accept = get_header (self, "Accept");
  incoming->if_match = get_header (self, "If-Match");
  incoming->idempotency_key = get_header (self, "Idempotency-Key");
  if (incoming->path != NULL)
    rounds_router_match (routes, n_routes, method, incoming->path, &self->match);

  const char *declared = get_header (self, "Content-Length");
  guint64 length = declared != NULL ? g_ascii_strtoull (declared, NULL, 10) : 0;
  gsize most = self->match.route != NULL ? self->match.route->max_body : 0;
  incoming->has_body = length > 0 || get_header (self, "Transfer-Encoding") != NULL;
  incoming->body_too_large = length > most;
  incoming->repeated_header = find_repeated_header (self);
  if (length > MAX_READ_AWAY || incoming->repeated_header != NULL)
    return TRUE;
  return incoming->body_too_large && get_header (self, "Expect") != NULL;
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

struct MHD_Response *
rounds_exchange_to_reply (RoundsExchange *self, RoundsResponse *response, gboolean closing,
                          MHD_UpgradeHandler opens, gpointer user_data)
{
  g_return_val_if_fail (self != NULL && response != NULL, NULL);

  g_autoptr (RoundsResponse) taken = response;
  gsize length = taken->body != NULL ? strlen (taken->body) : 0;
  struct MHD_Response *reply = NULL;
  self->admission = g_steal_pointer (&taken->admission);
  if (self->admission != NULL)
    reply = MHD_create_response_for_upgrade (opens, user_data);
  else
    reply = MHD_create_response_from_buffer_with_free_callback (
        length, g_steal_pointer (&taken->body), g_free);
  for (guint i = 0; i + 1 < taken->headers->len; i += 2)
    MHD_add_response_header (reply, g_ptr_array_index (taken->headers, i),
                             g_ptr_array_index (taken->headers, i + 1));
  /* Security: where the next request begins is not known for sure after such a head. */
  if ((closing || self->incoming.repeated_header != NULL) && self->admission == NULL)
    MHD_add_response_header (reply, "Connection", "close");
  return reply;
}
