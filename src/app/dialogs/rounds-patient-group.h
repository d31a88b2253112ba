/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say who the patient is: somebody known, or typed in.
 * It books nothing and looks nobody up on the server.
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "rounds-appointment-draft.h"
#include "rounds-form.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_PATIENT_GROUP (rounds_patient_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPatientGroup, rounds_patient_group, ROUNDS, PATIENT_GROUP,
                      AdwPreferencesGroup)

/* Signal "changed": something was typed or chosen. */

/* @people: the directory, a model of RoundsPerson. */
void rounds_patient_group_set_up (RoundsPatientGroup *self, RoundsForm *form, GListModel *people);
/* Writes what stands in the rows into @draft's patient and patient_id. */
void rounds_patient_group_read (RoundsPatientGroup *self, RoundsAppointmentDraft *draft);

/* What a record has; its patient cannot be another person then. */
void rounds_patient_group_fill (RoundsPatientGroup *self, const RoundsPatientDetails *details);

/* What stands in the rows, as a draft keeps it: as typed, whether it can be booked or not. */
void rounds_patient_group_write (RoundsPatientGroup *self, JsonObject *draft);
/* Puts back what a draft kept; what it does not name, or what is not there any more, is left. */
void rounds_patient_group_restore (RoundsPatientGroup *self, JsonObject *draft);

G_END_DECLS
