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

/* Signals "try-again" and "sign-in". */

void rounds_trouble_page_show (RoundsTroublePage *self, const GError *error, const char *server);

G_END_DECLS
