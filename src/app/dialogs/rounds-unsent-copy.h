/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * "Save a Copy…": asks for a place and writes there what the server has not got.
 * What the text says is in rounds-unsent-text.h.
 */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/* Resolves to a sentence about what was written and where (string). Rejects with
 * G_IO_ERROR_CANCELLED when the person chose no place; otherwise the error's message is for people.
 * @viewer: NULL when nobody knows whose cache it is. */
DexFuture *rounds_unsent_copy_save (GtkWidget *parent, RoundsStore *store, RoundsUser *viewer,
                                    gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
