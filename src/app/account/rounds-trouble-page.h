/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands in the window when it cannot open: what happened, and the one way forward.
 * The window decides when to show it and what the button does.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_TROUBLE_PAGE (rounds_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTroublePage, rounds_trouble_page, ROUNDS, TROUBLE_PAGE, AdwBin)

/* Signals "try-again", "sign-in" and "save-copy". */

void rounds_trouble_page_show (RoundsTroublePage *self, const GError *error, const char *server);
/* There are changes that the server has not got, and they can be saved elsewhere. */
void rounds_trouble_page_offer_copy (RoundsTroublePage *self, guint n_changes);
void rounds_trouble_page_tell_copy (RoundsTroublePage *self, const char *words);

G_END_DECLS
