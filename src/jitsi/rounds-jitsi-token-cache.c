/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens that were signed a moment ago, for who asks for the very same ones again.
 * It makes none and judges none; rounds-jitsi-minter.c does.
 *
 * Security: what is signed is the key, to the last byte: person, name, address, right, room, begin
 * and end. So whoever finds a token here would have been given the same one anew, and whoever may
 * not have it never gets as far as asking. They lie in memory beside the secret that signs them, so
 * who could read them could make his own; they are wiped all the same, and never on a disk.
 */

#include "config.h"

#include "rounds-jitsi-token-cache.h"

#include "rounds-wipe.h"

struct _RoundsJitsiTokenCache
{
  guint max_tokens;
  GMutex mutex;
  GHashTable *tokens; /* payload → token; these two: guarded by mutex */
  gint64 span; /* of all of them */
};

/* Of the first line, which names the room: hardly two tokens of a minute have that in common, and
 * the rest is some hundred letters more. */
static guint
hash_room (gconstpointer payload)
{
  guint hash = 5381;

  for (const char *p = payload; *p != '\0' && *p != '\n'; p++)
    hash = hash * 33 + (guchar)*p;
  return hash;
}

RoundsJitsiTokenCache *
rounds_jitsi_token_cache_new (guint max_tokens)
{
  g_return_val_if_fail (max_tokens > 0, NULL);

  RoundsJitsiTokenCache *self = g_new0 (RoundsJitsiTokenCache, 1);
  self->max_tokens = max_tokens;
  g_mutex_init (&self->mutex);
  self->tokens = g_hash_table_new_full (hash_room, g_str_equal, rounds_wipe_free, rounds_wipe_free);
  return self;
}

void
rounds_jitsi_token_cache_free (RoundsJitsiTokenCache *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->tokens);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
rounds_jitsi_token_cache_find (RoundsJitsiTokenCache *self, gint64 span, const char *payload)
{
  g_return_val_if_fail (self != NULL && payload != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->span == span ? g_strdup (g_hash_table_lookup (self->tokens, payload)) : NULL;
}

void
rounds_jitsi_token_cache_keep (RoundsJitsiTokenCache *self, gint64 span, const char *payload,
                               const char *token)
{
  g_return_if_fail (self != NULL && payload != NULL && token != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->span != span || g_hash_table_size (self->tokens) >= self->max_tokens)
    g_hash_table_remove_all (self->tokens);
  self->span = span;
  g_hash_table_replace (self->tokens, g_strdup (payload), g_strdup (token));
}
