/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What ./dev run presets by the environment; in a release build there is nothing of it.
 * No password of a person is ever read here.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *server; /* owned; on loopback */
  char *email; /* owned */
  const char *password; /* the published one of the demo data */
} RoundsDemoAccount;

/* Whether ROUNDS_SERVER (on loopback) and ROUNDS_DEMO_ACCOUNT ask for a demo account. */
gboolean rounds_development_find_demo_account (RoundsDemoAccount *demo);
void rounds_demo_account_clear (RoundsDemoAccount *demo);
/* Where translations are: ROUNDS_LOCALEDIR (a build folder's po/), or where they are installed.
 * Static. */
const char *rounds_development_get_locale_dir (void);
/* ROUNDS_SERVER, or NULL. (transfer full) */
char *rounds_development_dup_server (void);

/* Whether ROUNDS_WINDOW_SIZE ("360x720", in logical pixels) asks for a size. */
gboolean rounds_development_find_window_size (int *width, int *height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsDemoAccount, rounds_demo_account_clear)

G_END_DECLS
