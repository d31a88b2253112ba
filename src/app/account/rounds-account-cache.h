/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The file of one account's encrypted cache and the key that opens it: found, made, thrown away.
 * What is in the file is the store's.
 */

#pragma once

#include "rounds-secrets.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* Where the cache of @email at @server lies. (transfer full) */
char *rounds_account_cache_path (const char *server, const char *email);
/* Resolves to an open RoundsStore. Makes key and file where there are none. */
DexFuture *rounds_account_cache_open (RoundsSecrets *secrets, const char *server,
                                      const char *email) G_GNUC_WARN_UNUSED_RESULT;
/* What can be read of a file that does not open as it should, in memory; the file stays as it is.
 */
DexFuture *rounds_account_cache_read (RoundsSecrets *secrets, const char *server,
                                      const char *email) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE when the file has what came to its stand-in. */
DexFuture *
rounds_account_cache_give_back (RoundsSecrets *secrets, const char *server, const char *email,
                                RoundsStore *stand_in) G_GNUC_WARN_UNUSED_RESULT;
/* One that leaves nothing behind: without a file, its key known to nobody. */
DexFuture *rounds_account_cache_open_in_memory (void) G_GNUC_WARN_UNUSED_RESULT;
/* Removes the file and what SQLite keeps beside it. Resolves to TRUE, also when there was none. */
DexFuture *rounds_account_cache_remove (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
