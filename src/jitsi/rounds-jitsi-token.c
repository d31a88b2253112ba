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

/* Security: OpenSSL asks for a passphrase on the terminal, which would stop a server for good. */
static gboolean
check_private_key (const char *pem, GError **error)
{
  const char *reason = NULL;

  if (!is_pem (pem) || strstr (pem, "PRIVATE KEY-----") == NULL)
    reason = "does not hold a private key in PEM form";
  else if (strstr (pem, "ENCRYPTED") != NULL)
    reason = "holds a key with a passphrase: save it without one, readable only by the service";
  if (reason == NULL)
    return TRUE;
  g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY, "JITSI_PRIVATE_KEY_FILE %s",
               reason);
  return FALSE;
}

static jwt_t *
create_jwt (const RoundsJitsiConfig *config, GError **error)
{
  g_autoptr (jwt_t) jwt = NULL;
  gboolean jaas = rounds_jitsi_config_is_jaas (config);
  const char *key = jaas ? config->private_key : config->secret;
  jwt_alg_t algorithm = jaas ? JWT_ALG_RS256 : JWT_ALG_HS256;

  if (jaas && !check_private_key (key, error))
    return NULL;
  if (jwt_new (&jwt) != 0)
    g_error ("out of memory");
  if (jwt_set_alg (jwt, algorithm, (const unsigned char *)key, (int)strlen (key)) != 0
      || (jaas && jwt_add_header (jwt, "kid", config->kid) != 0))
    {
      g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY,
                   "%s cannot be used to sign tokens",
                   jaas ? "JITSI_PRIVATE_KEY_FILE" : "JITSI_SECRET");
      return NULL;
    }
  return g_steal_pointer (&jwt);
}

/* libjwt sorts the members, so the header is {"alg":…,"typ":"JWT"}, as Prosody wants it. */
char *
rounds_jitsi_token_sign (const RoundsJitsiConfig *config, const char *payload, GError **error)
{
  g_autoptr (jwt_t) jwt = create_jwt (config, error);
  char *encoded = NULL;
  char *token = NULL;

  if (jwt == NULL)
    return NULL;
  if (jwt_add_grants_json (jwt, payload) == 0)
    encoded = jwt_encode_str (jwt);
  if (encoded == NULL)
    {
      g_set_error (
          error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY, "%s cannot be used to sign tokens",
          rounds_jitsi_config_is_jaas (config) ? "JITSI_PRIVATE_KEY_FILE" : "JITSI_SECRET");
      return NULL;
    }
  token = g_strdup (encoded);
  jwt_free_str (encoded);
  return token;
}

gboolean
rounds_jitsi_token_try_key (const RoundsJitsiConfig *config, GError **error)
{
  g_autofree char *token = rounds_jitsi_token_sign (config, "{\"iss\":\"trial\"}", error);

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
