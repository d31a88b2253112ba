/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for a meeting, a new one or one that is changed: title, people, time, kind.
 * The engine sends it; who may meet whom is model's.
 */

#pragma once

#include "rounds-form-dialog.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_MEETING_DIALOG (rounds_meeting_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsMeetingDialog, rounds_meeting_dialog, ROUNDS, MEETING_DIALOG,
                      RoundsFormDialog)

AdwDialog *rounds_meeting_dialog_new (RoundsSync *sync);
/* The same form for changing @meeting. */
AdwDialog *rounds_meeting_dialog_new_for (RoundsSync *sync, const RoundsMeeting *meeting);

G_END_DECLS
