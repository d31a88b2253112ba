/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for an appointment, a new one or one that is changed: visit, time, patient.
 * The engine sends it; what is possible is model's and the server's to say.
 */

#pragma once

#include "rounds-form-dialog.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_APPOINTMENT_DIALOG (rounds_appointment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ROUNDS,
                      APPOINTMENT_DIALOG, RoundsFormDialog)

AdwDialog *rounds_appointment_dialog_new (RoundsSync *sync);
/* The same form for changing @appointment: time, length, doctor, department, reason, details. */
AdwDialog *
rounds_appointment_dialog_new_for (RoundsSync *sync, const RoundsAppointment *appointment);

G_END_DECLS
