/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The tokens of an account between the keyring and the API: found, kept, kept again when refreshed.
 * Whether they are still good is the server's to say.
 */

#pragma once

#include "rounds-api.h"
#include "rounds-secrets.h"

G_BEGIN_DECLS

/* From now on a pair that @api refreshes goes to the keyring before it is used. */
void rounds_account_tokens_follow (RoundsApi *api, RoundsSecrets *secrets, const char *email);
/* And from now on no more. */
void rounds_account_tokens_unfollow (RoundsApi *api);

/* Keeps what a sign-in gave; @refresh_token NULL: the session has none. Resolves to TRUE. */
DexFuture *rounds_account_tokens_keep (RoundsSecrets *secrets, const char *server,
                                       const char *email, const char *access_token,
                                       const char *refresh_token) G_GNUC_WARN_UNUSED_RESULT;
/* Has @api take up what the keyring holds. Resolves to TRUE; rejects with G_IO_ERROR_NOT_FOUND when
 * it holds nothing. */
DexFuture *rounds_account_tokens_restore (RoundsApi *api, RoundsSecrets *secrets,
                                          const char *email) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
