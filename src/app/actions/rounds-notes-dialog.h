/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An alert with room for notes or a reason: a question, answers, and what is written below.
 * It sends nothing; whoever asked does that with the answer.
 */

#pragma once

#include <adwaita.h>

#include "rounds-entry.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_NOTES_DIALOG (rounds_notes_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsNotesDialog, rounds_notes_dialog, ROUNDS, NOTES_DIALOG, AdwAlertDialog)

/* Signal "answered" (response: string, notes: string or NULL when nothing was changed): the person
 * chose something other than closing. */

/* @notes (nullable): what is there already. @label: what the text is ("Notes"). */
RoundsNotesDialog *rounds_notes_dialog_new (const char *heading, const char *body,
                                            const char *label, const char *notes);

void rounds_notes_dialog_set_buffer (RoundsNotesDialog *self, GtkTextBuffer *buffer);

G_END_DECLS
