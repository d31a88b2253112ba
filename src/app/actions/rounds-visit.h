/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One call of one record: makes its page and moves the record's status along with it.
 * It presents nothing; the window pushes the page and asks how it ended.
 */

#pragma once

#include "rounds-call-page.h"
#include "rounds-notes.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_VISIT (rounds_visit_get_type ())
G_DECLARE_FINAL_TYPE (RoundsVisit, rounds_visit, ROUNDS, VISIT, GObject)

/* Signals: "ended" (the call is over and this person may say how it ended), "closed" (take the page
 * away), "failed" (GError: a status could not be sent). */
RoundsVisit *rounds_visit_new (RoundsSync *sync, RoundsEntry *entry);
/* Borrowed; lives as long as the visit. */
RoundsCallPage *rounds_visit_get_page (RoundsVisit *self);
/* What is being written about the record; NULL for somebody who may not. Borrowed. */
RoundsNotes *rounds_visit_get_notes (RoundsVisit *self);
/* The record as it is now. Borrowed. */
RoundsEntry *rounds_visit_get_entry (RoundsVisit *self);
gboolean rounds_visit_may_complete (RoundsVisit *self);
gboolean rounds_visit_may_be_no_show (RoundsVisit *self);
/* Takes the record to completed, step by step where one is missing; or to no-show. Resolves to
 * TRUE. */
DexFuture *rounds_visit_complete (RoundsVisit *self, const char *notes) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *rounds_visit_no_show (RoundsVisit *self, const char *notes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
