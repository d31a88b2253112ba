/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The private key for JaaS's tokens, judged before it signs anything: kind, size, no passphrase.
 * It is read by OpenSSL, as libjwt does; nothing is signed here.
 */

#include "config.h"

#include "rounds-jitsi-private.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

/* RFC 7518, 3.3: "A key of size 2048 bits or larger MUST be used with these algorithms." */
#define RS256_MIN_BITS 2048

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY, "JITSI_PRIVATE_KEY_FILE %s",
               reason);
  return FALSE;
}

/* Security: without this OpenSSL asks on the terminal, which would stop a server for good. */
static int
give_no_passphrase (G_GNUC_UNUSED char *buffer, G_GNUC_UNUSED int size, G_GNUC_UNUSED int writing,
                    G_GNUC_UNUSED void *data)
{
  return -1;
}

static gboolean
check_kind (const EVP_PKEY *key, GError **error)
{
  int bits = EVP_PKEY_get_bits (key);

  if (!EVP_PKEY_is_a (key, "RSA"))
    return refuse (error,
                   "holds a key of another kind (%s): JaaS's tokens are signed with an RSA key",
                   EVP_PKEY_get0_type_name (key));
  if (bits < RS256_MIN_BITS)
    return refuse (error,
                   "holds an RSA key of %d bits, which can be broken: RFC 7518 asks for %d at "
                   "least. Make one of 4096 and give its public half to JaaS",
                   bits, RS256_MIN_BITS);
  return TRUE;
}

gboolean
rounds_jitsi_key_check (const char *pem, GError **error)
{
  g_return_val_if_fail (pem != NULL, FALSE);

  if (!g_str_has_prefix (pem, "-----BEGIN ") || strstr (pem, "PRIVATE KEY-----") == NULL)
    return refuse (error, "does not hold a private key in PEM form");
  if (strstr (pem, "ENCRYPTED") != NULL)
    return refuse (error, "holds a key with a passphrase: save it without one, readable only by "
                          "the service");
  g_autoptr (BIO) text = BIO_new_mem_buf (pem, -1);
  g_autoptr (EVP_PKEY) key = PEM_read_bio_PrivateKey (text, NULL, give_no_passphrase, NULL);
  if (key == NULL)
    return refuse (error, "cannot be used to sign tokens: it is damaged or cut off");
  return check_kind (key, error);
}
