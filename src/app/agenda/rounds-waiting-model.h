/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who waits, the longest wait first.
 * How long is too long is the waiting row's.
 */

#pragma once

#include <gtk/gtk.h>

#include "rounds-appointment.h"

G_BEGIN_DECLS

/* Those of @entries (RoundsEntry) whose patient has arrived; follows @entries. (transfer full) */
GListModel *rounds_waiting_model_new (GListModel *entries);
/* Since when the patient of @appointment has been waiting; ROUNDS_TIME_NONE when nobody waits. */
gint64 rounds_waiting_since (RoundsAppointment *appointment);

G_END_DECLS
