/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All appointments or all meetings by day, searchable, with the details of one beside them.
 * It reads the store's list model; it changes no record.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_RECORDS_PAGE (rounds_records_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRecordsPage, rounds_records_page, ROUNDS, RECORDS_PAGE, AdwBin)

/* To be called once, before the page is shown. */
void rounds_records_page_set_sync (RoundsRecordsPage *self, RoundsEntryKind kind, RoundsSync *sync,
                                   RoundsClock *clock, const char *server);
/* Shows the details of @entry, over the list where the window is narrow. */
void rounds_records_page_open (RoundsRecordsPage *self, RoundsEntry *entry);
/* Opens the search and moves the focus there. */
void rounds_records_page_search (RoundsRecordsPage *self);
/* Moves the focus: to the list, or to the details where they are over it. */
void rounds_records_page_take_focus (RoundsRecordsPage *self);

G_END_DECLS
