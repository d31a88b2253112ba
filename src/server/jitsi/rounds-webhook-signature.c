/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The header X-Jaas-Signature: whether JaaS sent these very bytes, and not long ago.
 * As developer.8x8.com/jaas/docs/webhooks-signatures has it: HMAC-SHA256 over the time as it is
 * written, a dot and the body; in base64.
 */

#include "config.h"

#include "rounds-webhook-signature.h"

#include <sodium.h>
#include <string.h>

/* There is one, and one more while JaaS changes its secret. */
#define MOST_SIGNATURES 8
/* The documentation's example has seconds. There are receivers that take the number for
 * milliseconds, and nobody can mean these by one that small. */
#define LAST_SECOND 99999999999
#define LAST_MILLISECOND (LAST_SECOND * G_GUINT64_CONSTANT (1000))

typedef struct
{
  const char *time; /* as it is written; borrowed from the parts */
  gint64 at; /* the same, µs UTC */
  guint8 signatures[MOST_SIGNATURES][crypto_auth_hmacsha256_BYTES];
  guint n_signatures;
} Header;

static void
take_signature (Header *self, const char *base64)
{
  gsize length = 0;
  guint8 *place = self->signatures[self->n_signatures];

  if (sodium_base642bin (place, crypto_auth_hmacsha256_BYTES, base64, strlen (base64), NULL,
                         &length, NULL, sodium_base64_VARIANT_ORIGINAL)
          == 0
      && length == crypto_auth_hmacsha256_BYTES)
    self->n_signatures++;
}

/* Security: schemes other than v1 are passed over, so that nobody chooses a weaker one. */
static gboolean
read_header (Header *self, char **parts)
{
  guint64 number = 0;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      if (g_str_has_prefix (part, "t=") && self->time == NULL)
        self->time = part + 2;
      else if (g_str_has_prefix (part, "v1=") && self->n_signatures < MOST_SIGNATURES)
        take_signature (self, part + 3);
    }
  if (self->time == NULL || self->n_signatures == 0
      || !g_ascii_string_to_unsigned (self->time, 10, 1, LAST_MILLISECOND, &number, NULL))
    return FALSE;
  self->at = (gint64)number * (number <= LAST_SECOND ? ROUNDS_SECOND : ROUNDS_SECOND / 1000);
  return TRUE;
}

/* Security: the bytes as they came are signed, not what they mean; compared without telling by the
 * time it takes how much of a guess was right. */
static gboolean
is_signed (const Header *self, const char *body, gsize length, const char *secret)
{
  gboolean found = FALSE;
  guint8 expected[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, (const guint8 *)secret, strlen (secret));
  crypto_auth_hmacsha256_update (&state, (const guint8 *)self->time, strlen (self->time));
  crypto_auth_hmacsha256_update (&state, (const guint8 *)".", 1);
  crypto_auth_hmacsha256_update (&state, (const guint8 *)body, length);
  crypto_auth_hmacsha256_final (&state, expected);
  for (guint i = 0; i < self->n_signatures; i++)
    found |= sodium_memcmp (expected, self->signatures[i], sizeof expected) == 0;
  sodium_memzero (&state, sizeof state);
  return found;
}

RoundsSignature
rounds_webhook_signature_check (const char *header, const char *body, gsize length,
                                const char *const *secrets, gint64 now)
{
  g_return_val_if_fail (body != NULL && secrets != NULL, ROUNDS_SIGNATURE_MISSING);

  gboolean genuine = FALSE;
  Header read = { NULL };
  g_auto (GStrv) parts = g_strsplit (header != NULL ? header : "", ",", 2 * MOST_SIGNATURES);

  if (!read_header (&read, parts))
    return ROUNDS_SIGNATURE_MISSING;
  for (gsize i = 0; secrets[i] != NULL; i++)
    genuine |= is_signed (&read, body, length, secrets[i]);
  if (!genuine)
    return ROUNDS_SIGNATURE_FORGED;
  gint64 age = now - read.at;
  return age <= ROUNDS_WEBHOOK_OLDEST && -age <= ROUNDS_WEBHOOK_MOST_AHEAD ? ROUNDS_SIGNATURE_GOOD
                                                                           : ROUNDS_SIGNATURE_STALE;
}
