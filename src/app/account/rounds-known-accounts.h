/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which accounts are kept on this computer: names and addresses, in the settings.
 * No secret is among them; those are in the keyring.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One owner. */
typedef struct
{
  char *server; /* base URL */
  char *email;
  char *name; /* the person's */
} RoundsKnownAccount;

void rounds_known_account_free (RoundsKnownAccount *self);

/* Of RoundsKnownAccount, the last used first. (transfer full) */
GPtrArray *rounds_known_accounts_list (GSettings *settings);
/* Puts it first, under this name. */
void rounds_known_accounts_note (GSettings *settings, const char *server, const char *email,
                                 const char *name);
void rounds_known_accounts_forget (GSettings *settings, const char *server, const char *email);
/* It is the one that the next start opens. */
void rounds_known_accounts_choose (GSettings *settings, const char *server, const char *email);

G_END_DECLS
