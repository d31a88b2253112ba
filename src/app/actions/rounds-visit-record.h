/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The record of one call: its status is taken forward, its notes go with the last step.
 * It shows nothing; RoundsVisit has the page.
 */

#pragma once

#include "rounds-call-page.h"
#include "rounds-notes.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_VISIT_RECORD (rounds_visit_record_get_type ())
G_DECLARE_FINAL_TYPE (RoundsVisitRecord, rounds_visit_record, ROUNDS, VISIT_RECORD, GObject)

RoundsVisitRecord *rounds_visit_record_new (RoundsSync *sync, RoundsEntry *entry);
RoundsEntry *rounds_visit_record_get_entry (RoundsVisitRecord *self);
RoundsNotes *rounds_visit_record_get_notes (RoundsVisitRecord *self);
DexFuture *rounds_visit_record_follow (RoundsVisitRecord *self,
                                       RoundsCallPage *page) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_visit_record_move (RoundsVisitRecord *self, int to,
                                     const char *notes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
