/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands beside a call: the record's facts, and the notes to write.
 * It keeps and sends nothing; RoundsNotes does.
 */

#pragma once

#include <adwaita.h>

#include "rounds-notes.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_VISIT_PANEL (rounds_visit_panel_get_type ())
G_DECLARE_FINAL_TYPE (RoundsVisitPanel, rounds_visit_panel, ROUNDS, VISIT_PANEL, AdwBin)

RoundsVisitPanel *
rounds_visit_panel_new (RoundsEntry *entry, RoundsStore *store, RoundsNotes *notes);

G_END_DECLS
