/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One row of the people in a call: picture with initials, name.
 * It follows a renaming; who is in the list is not its business.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-participant.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_PERSON_ROW (rounds_call_person_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallPersonRow, rounds_call_person_row, ROUNDS, CALL_PERSON_ROW, AdwBin)

GtkWidget *rounds_call_person_row_new (void);
void rounds_call_person_row_set_participant (RoundsCallPersonRow *self,
                                             RoundsCallParticipant *participant);

G_END_DECLS
