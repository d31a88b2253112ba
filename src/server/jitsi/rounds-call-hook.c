/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The door for Jitsi's own servers: a shared secret instead of a person's token.
 * It opens for nobody else, and for nobody at all where no secret is set.
 */

#include "config.h"

#include "rounds-call-hook.h"

#include "rounds-request-private.h"

#include <sodium.h>
#include <string.h>

/* Security: both are hashed first, so that neither the length nor the place of the first wrong byte
 * shows in how long it takes. */
static gboolean
is_same (const char *a, const char *b)
{
  guint8 hash_a[crypto_hash_sha256_BYTES];
  guint8 hash_b[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash_a, (const guint8 *)a, strlen (a));
  crypto_hash_sha256 (hash_b, (const guint8 *)b, strlen (b));
  return sodium_memcmp (hash_a, hash_b, sizeof hash_a) == 0;
}

RoundsResponse *
rounds_call_hook_check (RoundsRequest *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  const char *secret = rounds_request_get_config (request)->jitsi_events_secret;
  if (secret == NULL)
    return rounds_response_fail (404, "not_found", "There is nothing at this address", NULL);
  if (request->bearer != NULL && is_same (request->bearer, secret))
    return NULL;
  RoundsResponse *response = rounds_response_fail (
      401, "not_signed_in", "Only Jitsi's own servers may call this, with their secret", NULL);
  rounds_response_add_header (response, "WWW-Authenticate", "Bearer realm=\"Jitsi\"");
  return response;
}
