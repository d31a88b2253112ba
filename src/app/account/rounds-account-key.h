/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The key of an account's cache, between the keyring and the store: found, made, read.
 * Whether it opens the file is the store's to say.
 */

#pragma once

#include "rounds-secrets.h"
#include "rounds-store.h"

G_BEGIN_DECLS

gboolean
rounds_account_key_read (const char *hex, guint8 key[ROUNDS_STORE_KEY_LENGTH], GError **error);
/* Awaits. Makes one and keeps it where there is none. (transfer full) */
char *rounds_account_key_find_fiber (RoundsSecrets *secrets, const char *server, const char *email,
                                     gboolean *is_new, GError **error);

G_END_DECLS
