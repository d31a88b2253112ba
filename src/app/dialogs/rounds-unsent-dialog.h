/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that the server has not got: what waits, what it did not take, and what two people changed.
 * The engine does what is decided here.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_UNSENT_DIALOG (rounds_unsent_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsUnsentDialog, rounds_unsent_dialog, ROUNDS, UNSENT_DIALOG, AdwDialog)

AdwDialog *rounds_unsent_dialog_new (RoundsSync *sync);

G_END_DECLS
