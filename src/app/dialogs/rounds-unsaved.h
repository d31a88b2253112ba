/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The question that stands between losing a form that could not be kept as a draft and staying.
 * It saves nothing; the form stays open when the person wants to go on.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks whether to discard what was filled into @dialog, and closes it on yes. */
void rounds_unsaved_ask (AdwDialog *dialog);

G_END_DECLS
