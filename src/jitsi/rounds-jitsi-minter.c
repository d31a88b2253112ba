/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens and links for one Jitsi, made by the thousand.
 *
 * An HS256 token is put together here: two texts in base64url and an HMAC, a few lines with nothing
 * to get wrong in them. libjwt builds its own tree of every token and prints that, ten times the
 * work of the HMAC. It signs JaaS's tokens (RS256), where the signature is what takes the time, and
 * it alone checks signatures, of these tokens too.
 */

#include "config.h"

#include "rounds-jitsi-minter.h"

#include "rounds-jitsi-link.h"
#include "rounds-jitsi-private.h"

#include <string.h>

#define MAX_ID_BYTES 128
#define HASH_BYTES 32
#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"

struct _RoundsJitsiMinter
{
  const RoundsJitsiConfig *config;
  gboolean takes_tokens;
  gboolean jaas;
  char *parties; /* claims that are the same for all */
  char *header; /* in base64url, with the dot behind it */
  char *before_room; /* of a link: "https://meet.example.org/" */
  GHmac *keyed; /* has eaten the secret; NULL for JaaS */
};

/* Without padding, as tokens have it. */
static void
append_base64url (GString *text, const guint8 *bytes, gsize length)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  gsize old = text->len;
  char *out;

  g_string_set_size (text, old + (length * 4 + 2) / 3);
  out = text->str + old;
  for (gsize i = 0; i < length; i += 3)
    {
      guint left = (guint)MIN (length - i, 3);
      guint32 bits = (guint32)bytes[i] << 16 | (left > 1 ? (guint32)bytes[i + 1] << 8 : 0)
                     | (left > 2 ? bytes[i + 2] : 0);

      for (guint k = 0; k <= left; k++)
        *out++ = digits[bits >> (18 - 6 * k) & 0x3f];
    }
}

static char *
make_header (void)
{
  GString *text = g_string_new (NULL);

  append_base64url (text, (const guint8 *)HEADER, strlen (HEADER));
  g_string_append_c (text, '.');
  return g_string_free_and_steal (text);
}

/* A link up to its room, which is put at the end. */
static char *
make_before_room (const RoundsJitsiConfig *config)
{
  g_autofree char *link = rounds_jitsi_link_build (config, "x", NULL);

  return link != NULL ? g_strndup (link, strlen (link) - 1) : NULL;
}

RoundsJitsiMinter *
rounds_jitsi_minter_new (const RoundsJitsiConfig *config, GError **error)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (!rounds_jitsi_config_check_settings (config, NULL, error))
    return NULL;
  RoundsJitsiMinter *self = g_new0 (RoundsJitsiMinter, 1);
  self->config = config;
  self->takes_tokens = rounds_jitsi_config_takes_tokens (config);
  self->jaas = rounds_jitsi_config_is_jaas (config);
  self->parties = rounds_jitsi_claims_write_parties (config);
  self->header = make_header ();
  self->before_room = make_before_room (config);
  if (!self->jaas)
    self->keyed
        = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)config->secret, strlen (config->secret));
  return self;
}

void
rounds_jitsi_minter_free (RoundsJitsiMinter *self)
{
  if (self == NULL)
    return;
  g_free (self->parties);
  g_free (self->header);
  g_free (self->before_room);
  g_clear_pointer (&self->keyed, g_hmac_unref);
  g_free (self);
}

static gboolean
check_request (RoundsJitsiMinter *self, const RoundsJitsiPerson *person, const char *room,
               GError **error)
{
  /* Security: a token for a server that takes none would only give our signature away. */
  if (!self->takes_tokens)
    {
      g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_CONFIG,
                           "JITSI_DOMAIN takes no tokens of others");
      return FALSE;
    }
  /* Security: never "*", which opens every room. */
  if (!rounds_jitsi_room_name_is_valid (room))
    {
      g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
                           "A token needs the name of one room");
      return FALSE;
    }
  if (person->id == NULL || person->id[0] == '\0' || strlen (person->id) > MAX_ID_BYTES
      || !g_utf8_validate (person->id, -1, NULL))
    {
      g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
                           "A token needs the id of one person");
      return FALSE;
    }
  return TRUE;
}

static void
append_signed (RoundsJitsiMinter *self, GString *token, const GString *payload)
{
  g_autoptr (GHmac) hmac = g_hmac_copy (self->keyed);
  guint8 hash[HASH_BYTES];
  gsize length = sizeof hash;

  g_string_append (token, self->header);
  append_base64url (token, (const guint8 *)payload->str, payload->len);
  g_hmac_update (hmac, (const guchar *)token->str, (gssize)token->len);
  g_hmac_get_digest (hmac, hash, &length);
  g_string_append_c (token, '.');
  append_base64url (token, hash, sizeof hash);
}

static gboolean
append_token (RoundsJitsiMinter *self, GString *token, const GString *payload, GError **error)
{
  g_autofree char *by_library = NULL;

  if (!self->jaas)
    append_signed (self, token, payload);
  else if ((by_library = rounds_jitsi_token_sign (self->config, payload->str, error)) != NULL)
    g_string_append (token, by_library);
  else
    return FALSE;
  if (token->len <= ROUNDS_JITSI_MAX_TOKEN)
    return TRUE;
  g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
               "The token would be larger than the %d bytes that a Jitsi server takes",
               ROUNDS_JITSI_MAX_TOKEN);
  return FALSE;
}

char *
rounds_jitsi_minter_mint (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error)
{
  g_return_val_if_fail (self != NULL && person != NULL && room != NULL, NULL);
  g_return_val_if_fail (now >= 0, NULL);

  if (!check_request (self, person, room, error))
    return NULL;
  g_autoptr (GString) payload = g_string_sized_new (512);
  g_autoptr (GString) token = g_string_sized_new (1024);
  rounds_jitsi_claims_write (payload, &(RoundsJitsiClaims){
                                          .config = self->config,
                                          .parties = self->parties,
                                          .person = person,
                                          .room = room,
                                          .now = now,
                                          .not_before_end = not_before_end,
                                      });
  if (!append_token (self, token, payload, error))
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&token));
}

char *
rounds_jitsi_minter_link (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error)
{
  g_return_val_if_fail (self != NULL && person != NULL, NULL);
  g_return_val_if_fail (rounds_jitsi_room_name_is_valid (room), NULL);

  /* Security: a server that takes no tokens of ours is not sent any either. */
  if (!self->takes_tokens)
    return g_strconcat (self->before_room, room, NULL);
  g_autofree char *token
      = rounds_jitsi_minter_mint (self, person, room, now, not_before_end, error);
  /* Nothing in a token needs to be escaped in a link. */
  return token != NULL ? g_strconcat (self->before_room, room, "?jwt=", token, NULL) : NULL;
}

char *
rounds_jitsi_token_mint (const RoundsJitsiConfig *config, const RoundsJitsiPerson *person,
                         const char *room, gint64 now, gint64 not_before_end, GError **error)
{
  g_autoptr (RoundsJitsiMinter) minter = NULL;

  g_return_val_if_fail (config != NULL && person != NULL && room != NULL, NULL);

  minter = rounds_jitsi_minter_new (config, error);
  return minter != NULL
             ? rounds_jitsi_minter_mint (minter, person, room, now, not_before_end, error)
             : NULL;
}
