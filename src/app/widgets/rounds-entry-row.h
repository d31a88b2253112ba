/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One appointment or meeting in a list: time, who, what about, status.
 * It opens nothing itself; lists and the window's record actions do.
 */

#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_ENTRY_ROW (rounds_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEntryRow, rounds_entry_row, ROUNDS, ENTRY_ROW, AdwBin)

GtkWidget *rounds_entry_row_new (void);
/* Shows @entry as @viewer sees it; @menu (nullable) becomes the overflow menu. */
void rounds_entry_row_show (RoundsEntryRow *self, RoundsEntry *entry, RoundsUser *viewer,
                            RoundsStore *store, GMenuModel *menu);
/* With little room the status stands below the words instead of beside them. */
void rounds_entry_row_set_compact (RoundsEntryRow *self, gboolean is_compact);
RoundsEntry *rounds_entry_row_get_entry (RoundsEntryRow *self);

G_END_DECLS
