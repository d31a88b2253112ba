/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital's records by number, the same in every run.
 * Nothing is measured here.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-user.h"

G_BEGIN_DECLS

#define BENCH_N_DOCTORS 50
#define BENCH_N_PATIENTS 2000

/* Some 700 bytes as JSON; sixteen a day for each doctor, half of them virtual. */
RoundsAppointment *bench_make_appointment (guint number);
/* (element-type RoundsAppointment) */
GPtrArray *bench_make_appointments (guint count);
/* The doctors, then the patients. (element-type RoundsUser) */
GPtrArray *bench_make_users (void);
/* Names as somebody would type them into a search. Borrowed. */
const char *bench_get_given_name (guint number);
const char *bench_get_family_name (guint number);

G_END_DECLS
