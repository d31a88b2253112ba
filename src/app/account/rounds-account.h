/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A signed-in account: server, keyring, cache and engine as one thing with one life.
 * It shows nothing; pages take its engine and its clock.
 */

#pragma once

#include "rounds-clock.h"
#include "rounds-secrets.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_ACCOUNT (rounds_account_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAccount, rounds_account, ROUNDS, ACCOUNT, GObject)

/* All resolve to a RoundsAccount whose engine is not started yet. */
DexFuture *
rounds_account_sign_in (RoundsSecrets *secrets, RoundsClock *clock, const char *server,
                        const char *email, const char *password) G_GNUC_WARN_UNUSED_RESULT;
/* With an access token that somebody has given to the person; @secrets NULL: without a keyring and
 * a file. Also rejects with G_IO_ERROR_INVALID_DATA: nobody says whose it is. */
DexFuture *
rounds_account_sign_in_with_token (RoundsSecrets *secrets, RoundsClock *clock, const char *server,
                                   const char *token) G_GNUC_WARN_UNUSED_RESULT;
/* The same as the first without a keyring and without a file: nothing of it outlives the program.
 */
DexFuture *rounds_account_sign_in_unkept (RoundsClock *clock, const char *server, const char *email,
                                          const char *password) G_GNUC_WARN_UNUSED_RESULT;
/* With what the keyring holds; rejects with G_IO_ERROR_NOT_FOUND when it holds nothing. */
DexFuture *rounds_account_restore (RoundsSecrets *secrets, RoundsClock *clock, const char *server,
                                   const char *email) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the engine and closes the cache; both stay on this computer. Resolves to TRUE. */
DexFuture *rounds_account_close (RoundsAccount *self) G_GNUC_WARN_UNUSED_RESULT;
/* What came to a stand-in goes to the file. Resolves to TRUE, or says why there still is none. */
DexFuture *rounds_account_give_back (RoundsAccount *self) G_GNUC_WARN_UNUSED_RESULT;
/* Ends all and wipes file and keys. Resolves to whether the server heard of it. Rejects when an
 * edit cannot be sent and may not be lost; it is closed then, and can be opened again. */
DexFuture *
rounds_account_sign_out (RoundsAccount *self, gboolean discard_unsent) G_GNUC_WARN_UNUSED_RESULT;

/* Whether anything of it is on this computer, to be opened again. */
gboolean rounds_account_get_is_kept (RoundsAccount *self);

/* Why nothing can be written at present, so that a stand-in takes the file's place; or NULL.
 * Borrowed.
 */
const GError *rounds_account_get_stand_in_reason (RoundsAccount *self);

/* Borrowed. */
RoundsSync *rounds_account_get_sync (RoundsAccount *self);
RoundsClock *rounds_account_get_clock (RoundsAccount *self);
RoundsUser *rounds_account_get_user (RoundsAccount *self);
const char *rounds_account_get_server (RoundsAccount *self);
const char *rounds_account_get_email (RoundsAccount *self);

G_END_DECLS
