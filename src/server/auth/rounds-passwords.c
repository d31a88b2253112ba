/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Passwords as Argon2id strings, by libsodium.
 * It keeps none and counts no failures; those are in rounds-limits.c.
 */

#include "config.h"

#include "rounds-passwords.h"

#include <sodium.h>
#include <string.h>

/* Security: 2 passes over 64 MiB, well above OWASP's minimum of 2 over 19 MiB. What the number of
 * logins at once costs in memory is bounded by the two threads that answer slow routes. */
#define HASH_OPS 2
#define HASH_MEMORY (64 * 1024 * 1024)

/* Security: a release build knows no other costs than these. Most tests sign somebody in, which
 * proves no more when it is hard work. */
gboolean
rounds_passwords_are_cheap (void)
{
#ifdef ROUNDS_DEVELOPMENT
  return g_strcmp0 (g_getenv ("ROUNDS_CHEAP_PASSWORDS"), "1") == 0;
#else
  return FALSE;
#endif
}

static gsize
get_memory (void)
{
  return rounds_passwords_are_cheap () ? crypto_pwhash_MEMLIMIT_MIN : HASH_MEMORY;
}

static unsigned long long
get_ops (void)
{
  return rounds_passwords_are_cheap () ? crypto_pwhash_OPSLIMIT_MIN : HASH_OPS;
}

#define SALT_BYTES 16
#define HASH_BYTES 32

/* Compared against when there is no account, so that knowing who has one takes more than a watch.
 */
static char dummy_hash[crypto_pwhash_STRBYTES];

static gboolean
hash_into (char hash[static crypto_pwhash_STRBYTES], const char *password)
{
  return crypto_pwhash_str_alg (hash, password, strlen (password), get_ops (), get_memory (),
                                crypto_pwhash_ALG_ARGON2ID13)
         == 0;
}

/* A hash of nothing that anybody knows: random bytes where Argon2's would be. To compare with it
 * takes the same work. */
static void
make_dummy_hash (void)
{
  guint8 random[SALT_BYTES + HASH_BYTES];
  char salt[sodium_base64_ENCODED_LEN (SALT_BYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
  char hash[sodium_base64_ENCODED_LEN (HASH_BYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];

  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (salt, sizeof salt, random, SALT_BYTES,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  sodium_bin2base64 (hash, sizeof hash, random + SALT_BYTES, HASH_BYTES,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  g_snprintf (dummy_hash, sizeof dummy_hash, "$argon2id$v=19$m=%u,t=%u,p=1$%s$%s",
              (guint)(get_memory () / 1024), (guint)get_ops (), salt, hash);
}

gboolean
rounds_passwords_init (GError **error)
{
  static gsize ready = 0;

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                           "The cryptographic library cannot be used on this system");
      return FALSE;
    }
  if (g_once_init_enter (&ready))
    {
      /* What Argon2 will ask for; a limit on the process may not leave it. */
      g_autofree char *memory = g_try_malloc (get_memory ());

      make_dummy_hash ();
      g_once_init_leave (&ready, memory != NULL ? 1 : 2);
    }
  if (ready == 2)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                           "There is not enough memory to check a password (64 MiB)");
      return FALSE;
    }
  return TRUE;
}

gboolean
rounds_password_check_strength (const char *password, GError **error)
{
  g_return_val_if_fail (password != NULL, FALSE);

  if (!g_utf8_validate (password, -1, NULL))
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "The password is not valid UTF-8 text");
      return FALSE;
    }
  if (g_utf8_strlen (password, -1) < ROUNDS_PASSWORD_MIN_CHARS)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                   "The password needs %d characters or more", ROUNDS_PASSWORD_MIN_CHARS);
      return FALSE;
    }
  if (strlen (password) > ROUNDS_PASSWORD_MAX_BYTES)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                   "The password may have %d bytes at most", ROUNDS_PASSWORD_MAX_BYTES);
      return FALSE;
    }
  return TRUE;
}

char *
rounds_password_hash (const char *password, GError **error)
{
  g_return_val_if_fail (password != NULL, NULL);

  char hash[crypto_pwhash_STRBYTES];
  if (!hash_into (hash, password))
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM,
                           "There is not enough memory to hash a password");
      return NULL;
    }
  return g_strdup (hash);
}

gboolean
rounds_password_verify (const char *hash, const char *password, gboolean *outdated)
{
  g_return_val_if_fail (password != NULL, FALSE);

  /* Security: the same work is done whether or not the account is there. */
  const char *checked = hash != NULL ? hash : dummy_hash;
  gboolean right = crypto_pwhash_str_verify (checked, password, strlen (password)) == 0;
  if (hash == NULL)
    right = FALSE;
  if (outdated != NULL)
    *outdated = right && crypto_pwhash_str_needs_rehash (hash, get_ops (), get_memory ()) != 0;
  return right;
}
