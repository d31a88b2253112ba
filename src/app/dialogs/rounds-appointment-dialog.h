/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for a new appointment: visit, time, patient.
 * The engine sends it; what is possible is model's and the server's to say.
 */

#pragma once

#include "rounds-form-dialog.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_APPOINTMENT_DIALOG (rounds_appointment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ROUNDS,
                      APPOINTMENT_DIALOG, RoundsFormDialog)

AdwDialog *rounds_appointment_dialog_new (RoundsSync *sync);

G_END_DECLS
