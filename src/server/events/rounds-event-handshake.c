/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The opening of a WebSocket (RFC 6455, section 4), as far as it is HTTP.
 * What is sent through it is rounds-event-client.c's.
 */

#include "config.h"

#include "rounds-event-handshake.h"

#include <string.h>

/* RFC 6455, section 1.3. */
#define KEY_SUFFIX "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define KEY_BYTES 16
#define SHA1_BYTES 20
#define VERSION "13"
#define TOKEN_PREFIX "rounds.token."

/* The parts of a list in a header, without spaces. (transfer full) */
static char **
split_list (const char *header)
{
  char **parts = g_strsplit (header != NULL ? header : "", ",", 32);
  for (gsize i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  return parts;
}

static gboolean
list_has (const char *header, const char *word)
{
  g_auto (GStrv) parts = split_list (header);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (parts[i], word) == 0)
        return TRUE;
    }
  return FALSE;
}

char *
rounds_handshake_dup_token (const RoundsHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Security: never in the address, which ends in logs and histories; never sent back. */
  g_auto (GStrv) parts = split_list (self->protocols);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (g_str_has_prefix (parts[i], TOKEN_PREFIX) && parts[i][strlen (TOKEN_PREFIX)] != '\0')
        return g_strdup (parts[i] + strlen (TOKEN_PREFIX));
    }
  return NULL;
}

static gboolean
key_is_valid (const char *key)
{
  gsize length = 0;
  if (key == NULL || strlen (key) != 24)
    return FALSE;
  g_autofree guchar *bytes = g_base64_decode (key, &length);
  g_autofree char *again = g_base64_encode (bytes, length);
  return length == KEY_BYTES && g_str_equal (again, key);
}

RoundsResponse *
rounds_handshake_check (const RoundsHandshake *self, const RoundsServerConfig *config)
{
  g_return_val_if_fail (self != NULL && config != NULL, NULL);

  if (g_strcmp0 (self->method, "GET") != 0 || !list_has (self->upgrade, "websocket")
      || !list_has (self->connection, "Upgrade") || g_strcmp0 (self->version, VERSION) != 0)
    {
      RoundsResponse *response = rounds_response_fail (
          426, "websocket_only", "This address speaks WebSocket, version " VERSION, NULL);
      rounds_response_add_header (response, "Upgrade", "websocket");
      rounds_response_add_header (response, "Sec-WebSocket-Version", VERSION);
      return response;
    }
  if (!key_is_valid (self->key))
    return rounds_response_fail (400, "bad_handshake", "Sec-WebSocket-Key is none", NULL);
  /* Security: a browser sends the page's origin and asks nobody before it opens a WebSocket, so it
   * is for us to refuse pages that the configuration does not list. */
  if (self->origin != NULL
      && !g_strv_contains ((const char *const *)config->cors_origins, self->origin))
    return rounds_response_forbidden ("Pages of this origin may not listen");
  return NULL;
}

RoundsResponse *
rounds_handshake_accept (const RoundsHandshake *self)
{
  g_return_val_if_fail (self != NULL && self->key != NULL, NULL);

  guint8 digest[SHA1_BYTES];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (checksum, (const guchar *)self->key, -1);
  g_checksum_update (checksum, (const guchar *)KEY_SUFFIX, -1);
  g_checksum_get_digest (checksum, digest, &length);
  g_autofree char *accept = g_base64_encode (digest, length);

  RoundsResponse *response = rounds_response_new_empty (101);
  rounds_response_add_header (response, "Upgrade", "websocket");
  rounds_response_add_header (response, "Sec-WebSocket-Accept", accept);
  if (list_has (self->protocols, ROUNDS_EVENTS_PROTOCOL))
    rounds_response_add_header (response, "Sec-WebSocket-Protocol", ROUNDS_EVENTS_PROTOCOL);
  return response;
}
