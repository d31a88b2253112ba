/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rules of who starts and ends what when a record is held as a call.
 * They send nothing; RoundsVisit does.
 */

#pragma once

#include "rounds-entry.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* The status of a record, whichever kind it is. */
int rounds_visit_get_status (RoundsEntry *entry);
/* Whether the step to @to exists, and whether @viewer may take it now. */
gboolean rounds_visit_leads_to (RoundsEntry *entry, int to);
gboolean rounds_visit_may_change (RoundsUser *viewer, RoundsEntry *entry, int to);
/* Whether @viewer may write the notes of @entry. */
gboolean rounds_visit_may_write (RoundsUser *viewer, RoundsEntry *entry);
/* The step after the present one on the way from booked to done, −1 at its end. */
int rounds_visit_find_step_after (RoundsEntry *entry);
/* The rule of who starts what: whether @viewer, who is in the call with @n_others, should take
 * @entry to @to now. */
gboolean rounds_visit_next_step (RoundsUser *viewer, RoundsEntry *entry, guint n_others, int *to);

G_END_DECLS
