/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a person signs in: server, e-mail and password or a token, and what was wrong with them.
 * It keeps nothing: the account puts the token into the keyring, the window remembers the address.
 */

#pragma once

#include <adwaita.h>

#include "rounds-account.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_SIGN_IN_PAGE (rounds_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSignInPage, rounds_sign_in_page, ROUNDS, SIGN_IN_PAGE, AdwBin)

/* Signal "signed-in" (RoundsAccount). */

/* To be called once. */
void rounds_sign_in_page_set_services (RoundsSignInPage *self, RoundsSecrets *secrets,
                                       RoundsClock *clock);
/* Fills in what is remembered; either may be NULL. Empties the password. */
void rounds_sign_in_page_prefill (RoundsSignInPage *self, const char *server, const char *email);
/* Whether there are accounts on this computer to choose from instead. */
void rounds_sign_in_page_offer_accounts (RoundsSignInPage *self, gboolean has_accounts);
/* Signs in with what is filled in and @password, as the button does. */
void rounds_sign_in_page_submit (RoundsSignInPage *self, const char *password);

G_END_DECLS
