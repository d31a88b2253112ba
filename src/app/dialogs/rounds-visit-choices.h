/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a visit can be booked with: hospitals, departments and doctors, by who books it and which
 * record is changed. The rows that show it are RoundsVisitGroup's.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-hospital.h"
#include "rounds-store.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* @own: (out): the position of @user's own, or 0. (transfer full) (element-type RoundsHospital) */
GPtrArray *rounds_visit_choices_hospitals (RoundsStore *store, const RoundsUser *user, guint *own);

/* @record (nullable): what is changed. @chosen: (out): the position of its department, or else of
 * @user's own, or 0. (transfer full) */
GStrv rounds_visit_choices_departments (const RoundsHospital *hospital, const RoundsUser *user,
                                        const RoundsAppointment *record, guint *chosen);

/* Of RoundsUser; NULL stands for any. @record (nullable): what is changed. (transfer full) */
GPtrArray *rounds_visit_choices_doctors (RoundsStore *store, const RoundsHospital *hospital,
                                         RoundsUser *user, const RoundsAppointment *record);

G_END_DECLS
