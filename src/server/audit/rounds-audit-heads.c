/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signed heads of the audit log.
 * That the rows up to a head follow each other is checked by rounds-audit-repository.c.
 */

#include "config.h"

#include "rounds-audit-heads.h"

#include "rounds-audit-repository.h"
#include "rounds-json.h"
#include "rounds-server-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define KEY_FILE "audit.key"
#define HEADS_FILE "audit-heads.jsonl"
#define HEX_LENGTH(bytes) ((bytes) * 2 + 1)

typedef struct
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
} KeyPair;

/* A head, and what is signed of it. */
typedef struct
{
  gint64 seq;
  gint64 at;
  guint8 hash[ROUNDS_AUDIT_HASH_LENGTH];
} Head;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_SYSTEM, message);
  return FALSE;
}

static gboolean
read_hex (const char *text, guint8 *bytes, gsize length)
{
  size_t read = 0;

  return text != NULL && sodium_hex2bin (bytes, length, text, strlen (text), "\n", &read, NULL) == 0
         && read == length;
}

static gboolean
make_key (const char *path, KeyPair *pair, GError **error)
{
  guint8 seed[crypto_sign_SEEDBYTES];
  char text[HEX_LENGTH (sizeof seed)];
  gboolean stored;

  randombytes_buf (seed, sizeof seed);
  crypto_sign_seed_keypair (pair->public, pair->secret, seed);
  sodium_bin2hex (text, sizeof text, seed, sizeof seed);
  stored = g_file_set_contents_full (
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (text, sizeof text);
  return stored;
}

static gboolean
load_key (const char *folder, gboolean make, KeyPair *pair, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KEY_FILE, NULL);
  g_autofree char *text = NULL;
  guint8 seed[crypto_sign_SEEDBYTES];

  if (make && !g_file_test (path, G_FILE_TEST_EXISTS))
    return make_key (path, pair, error);
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  if (!read_hex (text, seed, sizeof seed))
    return fail (error, "The audit log's key file is damaged");
  crypto_sign_seed_keypair (pair->public, pair->secret, seed);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (text, strlen (text));
  return TRUE;
}

/* What a signature is about. */
static char *
write_statement (const Head *head)
{
  char hash[HEX_LENGTH (ROUNDS_AUDIT_HASH_LENGTH)];

  sodium_bin2hex (hash, sizeof hash, head->hash, sizeof head->hash);
  return g_strdup_printf ("rounds-audit-head-1 %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                          head->seq, head->at, hash);
}

static char *
write_line (const Head *head, const KeyPair *pair)
{
  g_autofree char *statement = write_statement (head);
  g_autofree char *time = rounds_time_to_rfc3339 (head->at);
  guint8 signature[crypto_sign_BYTES];
  char hash_hex[HEX_LENGTH (ROUNDS_AUDIT_HASH_LENGTH)];
  char signature_hex[HEX_LENGTH (sizeof signature)];
  char key_hex[HEX_LENGTH (sizeof pair->public)];

  crypto_sign_detached (signature, NULL, (const guint8 *)statement, strlen (statement),
                        pair->secret);
  sodium_bin2hex (hash_hex, sizeof hash_hex, head->hash, sizeof head->hash);
  sodium_bin2hex (signature_hex, sizeof signature_hex, signature, sizeof signature);
  sodium_bin2hex (key_hex, sizeof key_hex, pair->public, sizeof pair->public);
  return g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"time\":\"%s\",\"hash\":\"%s\","
                          "\"signature\":\"%s\",\"publicKey\":\"%s\"}",
                          head->seq, time, hash_hex, signature_hex, key_hex);
}

static gboolean
read_head (RoundsDb *db, gint64 now, Head *head, GError **error)
{
  /* To the millisecond, as the line shows it. */
  head->at = now - now % 1000;
  return rounds_audit_repository_read_head (db, &head->seq, head->hash, error);
}

char *
rounds_audit_heads_sign (const char *folder, RoundsDb *db, gint64 now, GError **error)
{
  KeyPair pair;
  Head head = { 0 };
  char *line = NULL;

  g_return_val_if_fail (folder != NULL && db != NULL, NULL);

  if (!read_head (db, now, &head, error) || !load_key (folder, TRUE, &pair, error))
    return NULL;
  line = write_line (&head, &pair);
  sodium_memzero (&pair, sizeof pair);
  return line;
}

char *
rounds_audit_heads_dup_path (const char *folder)
{
  return g_build_filename (folder, HEADS_FILE, NULL);
}

static gboolean
append_line (const char *path, const char *line, GError **error)
{
  g_autofree char *whole = g_strconcat (line, "\n", NULL);
  int fd = g_open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  gboolean written
      = fd >= 0 && write (fd, whole, strlen (whole)) == (gssize)strlen (whole) && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return written ? TRUE : fail (error, "The file of heads cannot be written");
}

gboolean
rounds_audit_heads_note (const char *folder, RoundsDb *db, gint64 now, GError **error)
{
  g_autofree char *path = rounds_audit_heads_dup_path (folder);
  g_autofree char *line = rounds_audit_heads_sign (folder, db, now, error);
  g_autofree char *noted = NULL;
  g_autofree char *mark = NULL;

  if (line == NULL)
    return FALSE;
  /* A log that did not grow has the head that it had. */
  mark = g_strndup (line, strcspn (line, ",") + 1);
  if (g_file_get_contents (path, &noted, NULL, NULL) && strstr (noted, mark) != NULL)
    return TRUE;
  return append_line (path, line, error);
}

static gboolean
parse_line (const char *line, Head *head, guint8 *signature, guint8 *key)
{
  g_autoptr (JsonObject) object = rounds_json_parse_object (line, -1, NULL);
  const char *time = NULL;

  if (object == NULL)
    return FALSE;
  head->seq = json_object_get_int_member_with_default (object, "seq", -1);
  time = json_object_get_string_member_with_default (object, "time", "");
  return head->seq >= 0 && rounds_time_from_rfc3339 (time, &head->at)
         && read_hex (json_object_get_string_member_with_default (object, "hash", NULL), head->hash,
                      sizeof head->hash)
         && read_hex (json_object_get_string_member_with_default (object, "signature", NULL),
                      signature, crypto_sign_BYTES)
         && read_hex (json_object_get_string_member_with_default (object, "publicKey", NULL), key,
                      crypto_sign_PUBLICKEYBYTES);
}

/* Whose signatures count: the one that was named, else our own. */
static gboolean
find_key (const char *folder, const char *public_key, guint8 *key, GError **error)
{
  KeyPair pair;

  if (public_key != NULL)
    return read_hex (public_key, key, crypto_sign_PUBLICKEYBYTES)
               ? TRUE
               : fail (error, "The public key has to be 64 hexadecimal digits");
  if (!load_key (folder, FALSE, &pair, error))
    return FALSE;
  memcpy (key, pair.public, sizeof pair.public);
  sodium_memzero (&pair, sizeof pair);
  return TRUE;
}

static gboolean
find_problem (RoundsDb *db, const Head *head, char **problem, GError **error)
{
  guint8 hash[ROUNDS_AUDIT_HASH_LENGTH];
  RoundsAuditReport report = { 0 };
  gboolean found = FALSE;

  if (head->seq == 0)
    return TRUE;
  if (!rounds_audit_repository_find_hash (db, head->seq, &found, hash, error)
      || (!found && !rounds_audit_repository_verify (db, &report, error)))
    return FALSE;
  /* What was given up in the right way cannot be compared any more. */
  if (!found && head->seq < report.first_seq)
    return TRUE;
  if (!found)
    *problem = g_strdup_printf ("row %" G_GINT64_FORMAT " is gone that was there", head->seq);
  else if (memcmp (hash, head->hash, sizeof hash) != 0)
    *problem = g_strdup_printf ("row %" G_GINT64_FORMAT " is another one than it was", head->seq);
  return *problem == NULL;
}

gboolean
rounds_audit_heads_check (const char *folder, const char *public_key, RoundsDb *db,
                          const char *line, char **problem, GError **error)
{
  Head head = { 0 };
  guint8 signature[crypto_sign_BYTES];
  guint8 said[crypto_sign_PUBLICKEYBYTES];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
  g_autofree char *statement = NULL;

  g_return_val_if_fail (folder != NULL && db != NULL && line != NULL, FALSE);
  g_return_val_if_fail (problem != NULL && *problem == NULL, FALSE);

  if (!find_key (folder, public_key, key, error))
    return FALSE;
  if (!parse_line (line, &head, signature, said))
    {
      *problem = g_strdup ("a head cannot be read");
      return FALSE;
    }
  statement = write_statement (&head);
  if (memcmp (said, key, sizeof key) != 0
      || crypto_sign_verify_detached (signature, (const guint8 *)statement, strlen (statement), key)
             != 0)
    {
      *problem = g_strdup_printf ("the head of row %" G_GINT64_FORMAT " is not signed by this key",
                                  head.seq);
      return FALSE;
    }
  return find_problem (db, &head, problem, error);
}
