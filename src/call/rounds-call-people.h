/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who is in the call: a header button with the count, and the names behind it, oneself first.
 * The list itself belongs to RoundsCallConference.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_PEOPLE (rounds_call_people_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallPeople, rounds_call_people, ROUNDS, CALL_PEOPLE, AdwBin)

void rounds_call_people_set_own_name (RoundsCallPeople *self, const char *name);
void rounds_call_people_set_model (RoundsCallPeople *self, GListModel *participants);

G_END_DECLS
