/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say what visit: kind, hospital, department, doctor, reason.
 * Which of them may be chosen follows from the person's role; booking is the dialog's.
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "rounds-appointment-draft.h"
#include "rounds-form.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_VISIT_GROUP (rounds_visit_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsVisitGroup, rounds_visit_group, ROUNDS, VISIT_GROUP,
                      AdwPreferencesGroup)

/* Signal "changed": something was typed or chosen. */

void rounds_visit_group_set_up (RoundsVisitGroup *self, RoundsForm *form, RoundsSync *sync);
/* The chosen hospital, or NULL. Borrowed. */
RoundsHospital *rounds_visit_group_get_hospital (RoundsVisitGroup *self);
/* Writes what stands in the rows into @draft. */
void rounds_visit_group_read (RoundsVisitGroup *self, RoundsAppointmentDraft *draft);

/* What a record has. Its kind and hospital cannot be changed, and it keeps a doctor. To be called
 * right after setting up. */
void rounds_visit_group_fill (RoundsVisitGroup *self, const RoundsAppointment *appointment);

/* What stands in the rows, as a draft keeps it: as typed, whether it can be booked or not. */
void rounds_visit_group_write (RoundsVisitGroup *self, JsonObject *draft);
/* Puts back what a draft kept; what it does not name, or what is not there any more, is left. */
void rounds_visit_group_restore (RoundsVisitGroup *self, JsonObject *draft);

G_END_DECLS
