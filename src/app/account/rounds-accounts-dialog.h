/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The accounts that are kept on this computer, to choose one, and the way to another.
 * It opens none; the window does.
 */

#pragma once

#include <adwaita.h>

#include "rounds-known-accounts.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_ACCOUNTS_DIALOG (rounds_accounts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAccountsDialog, rounds_accounts_dialog, ROUNDS, ACCOUNTS_DIALOG,
                      AdwDialog)

/* Signal "chosen" (server, email): that one is to be opened. Signal "add": another one. */

/* @current_server, @current_email: who is signed in, or NULL. */
AdwDialog *rounds_accounts_dialog_new (GSettings *settings, const char *current_server,
                                       const char *current_email);

G_END_DECLS
