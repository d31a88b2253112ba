/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The notes that are being written on one record: a text that all who show it share, and that
 * outlives a crash. It shows nothing itself; text views take its buffer.
 */

#pragma once

#include <gtk/gtk.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_NOTES (rounds_notes_get_type ())
G_DECLARE_FINAL_TYPE (RoundsNotes, rounds_notes, ROUNDS, NOTES, GObject)

/* Property "problem" (string or NULL): why what is written is not on the disk. */
RoundsNotes *rounds_notes_new (RoundsSync *sync, RoundsEntry *entry);
GtkTextBuffer *rounds_notes_get_buffer (RoundsNotes *self);
DexFuture *rounds_notes_send (RoundsNotes *self) G_GNUC_WARN_UNUSED_RESULT;
RoundsStoreDraft *rounds_notes_hand_over (RoundsNotes *self);
void rounds_notes_take_back (RoundsNotes *self, const GError *error);
DexFuture *rounds_notes_forget (RoundsNotes *self, const char *sent) G_GNUC_WARN_UNUSED_RESULT;
char *rounds_notes_merge (const char *seen, const char *written, const char *now);

G_END_DECLS
