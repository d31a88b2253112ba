/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens and links for one Jitsi, made by the thousand.
 *
 * libjwt signs each of them; what it signs is written here as text, once, for it to parse.
 */

#include "config.h"

#include "rounds-jitsi-minter.h"

#include "rounds-jitsi-link.h"
#include "rounds-jitsi-private.h"
#include "rounds-jitsi-token-cache.h"

#include <string.h>

#define MAX_ID_BYTES 128

/* Links say the same for so long (µs), or for this part of their life where that is shorter. */
#define LONGEST_SPAN ROUNDS_MINUTE
#define SPANS_OF_LIFE 60

/* Some 4 MiB: what a desk that looks at everybody's day sees in a minute. */
#define MAX_CACHED_TOKENS 4096

struct _RoundsJitsiMinter
{
  const RoundsJitsiConfig *config;
  gboolean takes_tokens;
  char *parties; /* claims that are the same for all */
  char *before_room; /* of a link: "https://meet.example.org/" */
  gint64 span; /* µs: how long links say the same */
  RoundsJitsiTokenCache *signed_lately;
};

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
  self->parties = rounds_jitsi_claims_write_parties (config);
  self->before_room = make_before_room (config);
  self->span
      = CLAMP (config->token_ttl * ROUNDS_SECOND / SPANS_OF_LIFE, ROUNDS_SECOND, LONGEST_SPAN);
  self->signed_lately = rounds_jitsi_token_cache_new (MAX_CACHED_TOKENS);
  return self;
}

void
rounds_jitsi_minter_free (RoundsJitsiMinter *self)
{
  if (self == NULL)
    return;
  g_free (self->parties);
  g_free (self->before_room);
  rounds_jitsi_token_cache_free (self->signed_lately);
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

/* What is signed, as "ROOM\nCLAIMS": a room has no line break in it. */
static GString *
write_text (RoundsJitsiMinter *self, const RoundsJitsiPerson *person, const char *room, gint64 now,
            gint64 not_before_end)
{
  GString *text = g_string_sized_new (512);

  g_string_append (text, room);
  g_string_append_c (text, '\n');
  rounds_jitsi_claims_write (text, &(RoundsJitsiClaims){
                                       .config = self->config,
                                       .parties = self->parties,
                                       .person = person,
                                       .now = now,
                                       .not_before_end = not_before_end,
                                   });
  return text;
}

/* @text: of write_text(), for @room */
static char *
sign (RoundsJitsiMinter *self, const GString *text, const char *room, GError **error)
{
  const char *payload = text->str + strlen (room) + 1;
  g_autofree char *token = rounds_jitsi_token_sign (self->config, payload, room, error);

  if (token == NULL || strlen (token) <= ROUNDS_JITSI_MAX_TOKEN)
    return g_steal_pointer (&token);
  g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
               "The token would be larger than the %d bytes that a Jitsi server takes",
               ROUNDS_JITSI_MAX_TOKEN);
  return NULL;
}

char *
rounds_jitsi_minter_mint (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error)
{
  g_return_val_if_fail (self != NULL && person != NULL && room != NULL, NULL);
  g_return_val_if_fail (now >= 0, NULL);

  if (!check_request (self, person, room, error))
    return NULL;
  g_autoptr (GString) text = write_text (self, person, room, now, not_before_end);
  return sign (self, text, room, error);
}

/* Security: as if it had been asked for at the beginning of the span: never later an end than a
 * token of now would have, and up to a span less of life. */
static char *
mint_for_span (RoundsJitsiMinter *self, const RoundsJitsiPerson *person, const char *room,
               gint64 now, gint64 not_before_end, GError **error)
{
  gint64 span = now / self->span;

  if (!check_request (self, person, room, error))
    return NULL;
  g_autoptr (GString) text = write_text (self, person, room, span * self->span, not_before_end);
  g_autofree char *token = rounds_jitsi_token_cache_find (self->signed_lately, span, text->str);
  if (token != NULL)
    return g_steal_pointer (&token);
  token = sign (self, text, room, error);
  if (token != NULL)
    rounds_jitsi_token_cache_keep (self->signed_lately, span, text->str, token);
  return g_steal_pointer (&token);
}

char *
rounds_jitsi_minter_link (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error)
{
  g_return_val_if_fail (self != NULL && person != NULL && room != NULL && now >= 0, NULL);

  /* Security: a server that takes no tokens of ours is not sent any either. */
  if (!self->takes_tokens)
    {
      g_return_val_if_fail (rounds_jitsi_room_name_is_valid (room), NULL);
      return g_strconcat (self->before_room, room, NULL);
    }
  g_autofree char *token = mint_for_span (self, person, room, now, not_before_end, error);
  /* Nothing in a token needs to be escaped in a link. */
  return token != NULL ? g_strconcat (self->before_room, room, "?jwt=", token, NULL) : NULL;
}

gint64
rounds_jitsi_minter_get_link_end (RoundsJitsiMinter *self, gint64 now)
{
  g_return_val_if_fail (self != NULL && now >= 0, ROUNDS_TIME_NONE);

  return now / self->span * self->span + self->config->token_ttl * ROUNDS_SECOND;
}

gint64
rounds_jitsi_minter_get_span_end (RoundsJitsiMinter *self, gint64 now)
{
  g_return_val_if_fail (self != NULL && now >= 0, ROUNDS_TIME_NONE);

  return (now / self->span + 1) * self->span;
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
