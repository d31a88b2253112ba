/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens signed and their signatures checked, by libjwt 1.17: the only file that knows it.
 * What a token says is put together and read in rounds-jitsi-claims.c.
 */

#include "config.h"

#include "rounds-jitsi-token.h"

#include "rounds-jitsi-private.h"

#include <jwt.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (jwt_t, jwt_free)

static gboolean
is_pem (const char *key)
{
  return g_str_has_prefix (key, "-----BEGIN ");
}

static void
refuse_key (const RoundsJitsiConfig *config, GError **error)
{
  g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY,
               "%s cannot be used to sign tokens",
               rounds_jitsi_config_is_jaas (config) ? "JITSI_PRIVATE_KEY_FILE" : "JITSI_SECRET");
}

static jwt_t *
create_jwt (const RoundsJitsiConfig *config, GError **error)
{
  g_autoptr (jwt_t) jwt = NULL;
  gboolean jaas = rounds_jitsi_config_is_jaas (config);
  const char *key = jaas ? config->private_key : config->secret;
  jwt_alg_t algorithm = jaas ? JWT_ALG_RS256 : JWT_ALG_HS256;

  if (jwt_new (&jwt) != 0)
    g_error ("out of memory");
  if (jwt_set_alg (jwt, algorithm, (const unsigned char *)key, (int)strlen (key)) != 0
      || (jaas && jwt_add_header (jwt, "kid", config->kid) != 0))
    {
      refuse_key (config, error);
      return NULL;
    }
  return g_steal_pointer (&jwt);
}

/* The claims that this thread signed last, as libjwt has them. */
typedef struct
{
  char *key;
  char *payload;
  jwt_t *jwt;
} Claims;

static void
free_claims (gpointer data)
{
  Claims *self = data;

  g_free (self->key);
  g_free (self->payload);
  g_clear_pointer (&self->jwt, jwt_free);
  g_free (self);
}

static GPrivate last_claims = G_PRIVATE_INIT (free_claims);

/* Reading claims takes libjwt as long as signing them, and of one person they differ by the room
 * only: what was read last is kept. Borrowed from the thread. NULL when the key or the claims are
 * none. */
static jwt_t *
find_claims (const RoundsJitsiConfig *config, const char *payload, GError **error)
{
  const char *key = rounds_jitsi_config_is_jaas (config) ? config->private_key : config->secret;
  Claims *last = g_private_get (&last_claims);
  g_autoptr (jwt_t) jwt = NULL;

  /* Security: the same claims under another key are other claims. */
  if (last != NULL && g_str_equal (last->payload, payload) && g_strcmp0 (last->key, key) == 0)
    return last->jwt;
  jwt = create_jwt (config, error);
  if (jwt == NULL)
    return NULL;
  if (jwt_add_grants_json (jwt, payload) != 0)
    {
      refuse_key (config, error);
      return NULL;
    }
  last = g_new0 (Claims, 1);
  last->key = g_strdup (key);
  last->payload = g_strdup (payload);
  last->jwt = g_steal_pointer (&jwt);
  g_private_replace (&last_claims, last);
  return last->jwt;
}

/* libjwt sorts the members, so the header is {"alg":…,"typ":"JWT"}, as Prosody wants it. */
char *
rounds_jitsi_token_sign (const RoundsJitsiConfig *config, const char *payload, const char *room,
                         GError **error)
{
  jwt_t *jwt = find_claims (config, payload, error);
  char *encoded = NULL;
  char *token = NULL;

  if (jwt == NULL)
    return NULL;
  /* Security: never the room of the one before. */
  if (jwt_del_grants (jwt, "room") == 0 && (room == NULL || jwt_add_grant (jwt, "room", room) == 0))
    encoded = jwt_encode_str (jwt);
  if (encoded == NULL)
    {
      refuse_key (config, error);
      return NULL;
    }
  token = g_strdup (encoded);
  jwt_free_str (encoded);
  return token;
}

gboolean
rounds_jitsi_token_try_key (const RoundsJitsiConfig *config, GError **error)
{
  g_autofree char *token = rounds_jitsi_token_sign (config, "{\"iss\":\"trial\"}", NULL, error);

  return token != NULL;
}

/* Security: the kind of key decides which algorithm is accepted, never the token itself. A public
 * key's text must not pass as an HS256 secret, and "none" never passes. */
static gboolean
check_algorithm (const RoundsJitsiToken *self, const char *key, GError **error)
{
  const char *expected = is_pem (key) ? "RS256" : "HS256";

  if (g_str_equal (self->algorithm, expected))
    return TRUE;
  g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
               "The token is not signed with %s", expected);
  return FALSE;
}

RoundsJitsiToken *
rounds_jitsi_token_verify (const char *token, const char *key, GError **error)
{
  g_autoptr (RoundsJitsiToken) self = NULL;
  g_autoptr (jwt_t) jwt = NULL;

  g_return_val_if_fail (token != NULL && key != NULL, NULL);

  self = rounds_jitsi_token_inspect (token, error);
  if (self == NULL || !check_algorithm (self, key, error))
    return NULL;
  if (key[0] == '\0')
    {
      g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY,
                           "There is no key to check the token with");
      return NULL;
    }
  if (jwt_decode (&jwt, token, (const unsigned char *)key, (int)strlen (key)) != 0)
    {
      g_set_error_literal (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN,
                           "The token's signature is wrong");
      return NULL;
    }
  return g_steal_pointer (&self);
}
