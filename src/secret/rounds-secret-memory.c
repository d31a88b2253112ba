/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A keyring in memory for tests.
 * The app never uses it: where no keyring answers, it says so.
 */

#include "config.h"

#include "rounds-secrets-private.h"

#include "rounds-wipe.h"

#define ROUNDS_TYPE_SECRET_MEMORY (rounds_secret_memory_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSecretMemory, rounds_secret_memory, ROUNDS, SECRET_MEMORY, GObject)

typedef struct
{
  char *secrets[N_SECRET_KINDS];
} Account;

struct _RoundsSecretMemory
{
  GObject parent_instance;
  GHashTable *accounts; /* server, newline, account → Account */
};

static void rounds_secret_memory_iface_init (RoundsSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsSecretMemory, rounds_secret_memory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_SECRETS,
                                                      rounds_secret_memory_iface_init))

static void
free_account (gpointer data)
{
  Account *account = data;

  for (gsize i = 0; i < N_SECRET_KINDS; i++)
    rounds_wipe_free (account->secrets[i]);
  g_free (account);
}

static char *
make_key (const char *server, const char *account)
{
  return g_strconcat (server, "\n", account, NULL);
}

static DexFuture *
rounds_secret_memory_lookup (RoundsSecrets *secrets, RoundsSecretKind kind, const char *server,
                             const char *account)
{
  RoundsSecretMemory *self = ROUNDS_SECRET_MEMORY (secrets);
  g_autofree char *key = make_key (server, account);
  const Account *found = g_hash_table_lookup (self->accounts, key);

  return dex_future_new_take_boxed (ROUNDS_TYPE_SECRET_TEXT,
                                    found != NULL ? g_strdup (found->secrets[kind]) : NULL);
}

static DexFuture *
rounds_secret_memory_store (RoundsSecrets *secrets, RoundsSecretKind kind, const char *server,
                            const char *account, const char *secret)
{
  RoundsSecretMemory *self = ROUNDS_SECRET_MEMORY (secrets);
  g_autofree char *key = make_key (server, account);
  Account *found = g_hash_table_lookup (self->accounts, key);

  if (found == NULL)
    {
      found = g_new0 (Account, 1);
      g_hash_table_insert (self->accounts, g_steal_pointer (&key), found);
    }
  rounds_wipe_set (&found->secrets[kind], secret);
  return dex_future_new_true ();
}

static DexFuture *
rounds_secret_memory_clear (RoundsSecrets *secrets, const char *server, const char *account)
{
  RoundsSecretMemory *self = ROUNDS_SECRET_MEMORY (secrets);
  g_autofree char *key = make_key (server, account);

  g_hash_table_remove (self->accounts, key);
  return dex_future_new_true ();
}

static void
rounds_secret_memory_finalize (GObject *object)
{
  RoundsSecretMemory *self = ROUNDS_SECRET_MEMORY (object);

  g_clear_pointer (&self->accounts, g_hash_table_unref);
  G_OBJECT_CLASS (rounds_secret_memory_parent_class)->finalize (object);
}

static void
rounds_secret_memory_iface_init (RoundsSecretsInterface *iface)
{
  iface->lookup = rounds_secret_memory_lookup;
  iface->store = rounds_secret_memory_store;
  iface->clear = rounds_secret_memory_clear;
}

static void
rounds_secret_memory_class_init (RoundsSecretMemoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_secret_memory_finalize;
}

static void
rounds_secret_memory_init (RoundsSecretMemory *self)
{
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_account);
}

/**
 * rounds_secret_memory_new:
 *
 * Returns: (transfer full): a keyring that is empty at first and gone when freed
 */
RoundsSecrets *
rounds_secret_memory_new (void)
{
  return g_object_new (ROUNDS_TYPE_SECRET_MEMORY, NULL);
}
