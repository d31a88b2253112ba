/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where credentials are kept: an interface with the real keyring and a memory one for tests.
 * Nothing here writes a secret to a file, a log or an argv.
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

#define ROUNDS_SECRET_ERROR (rounds_secret_error_quark ())
GQuark rounds_secret_error_quark (void);

typedef enum
{
  ROUNDS_SECRET_ERROR_UNAVAILABLE = 1, /* no Secret Service answers on this session */
  ROUNDS_SECRET_ERROR_LOCKED, /* the keyring is locked and was not unlocked */
  ROUNDS_SECRET_ERROR_REFUSED, /* the service answered with another error */
} RoundsSecretError;

/* What is kept for one account. */
typedef enum
{
  ROUNDS_SECRET_ACCESS_TOKEN,
  ROUNDS_SECRET_REFRESH_TOKEN,
  ROUNDS_SECRET_CACHE_KEY, /* 64 hex digits: the cache's 32-byte key */
} RoundsSecretKind;

#define ROUNDS_TYPE_SECRETS (rounds_secrets_get_type ())
G_DECLARE_INTERFACE (RoundsSecrets, rounds_secrets, ROUNDS, SECRETS, GObject)

struct _RoundsSecretsInterface
{
  GTypeInterface parent;
  DexFuture *(*lookup) (RoundsSecrets *self, RoundsSecretKind kind, const char *server,
                        const char *account);
  DexFuture *(*store) (RoundsSecrets *self, RoundsSecretKind kind, const char *server,
                       const char *account, const char *secret);
  DexFuture *(*clear) (RoundsSecrets *self, const char *server, const char *account);
};

/* Resolves to the secret as a ROUNDS_TYPE_SECRET_TEXT, or to NULL when there is none. @server: base
 * URL; @account: e-mail. */
DexFuture *rounds_secrets_lookup (RoundsSecrets *self, RoundsSecretKind kind, const char *server,
                                  const char *account) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_secrets_store (RoundsSecrets *self, RoundsSecretKind kind, const char *server,
                                 const char *account, const char *secret) G_GNUC_WARN_UNUSED_RESULT;
/* Forgets all kinds of the account. */
DexFuture *rounds_secrets_clear (RoundsSecrets *self, const char *server,
                                 const char *account) G_GNUC_WARN_UNUSED_RESULT;

/* The session's Secret Service (or the Secret portal in a sandbox), by libsecret. */
RoundsSecrets *rounds_secret_keyring_new (void);
/* For tests: forgets everything when freed. */
RoundsSecrets *rounds_secret_memory_new (void);

G_END_DECLS
