/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a form's last button stands: at the end of the bar, or below the form in a narrow window.
 * What the button does is the dialog's.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_SUBMIT_PLACE (rounds_submit_place_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSubmitPlace, rounds_submit_place, ROUNDS, SUBMIT_PLACE, GObject)

/* @button stands in @bar by now, @below in a bottom bar of @view that is not revealed. From the
 * moment that @view is shown the button follows the width of its window. (transfer full) */
RoundsSubmitPlace *
rounds_submit_place_new (AdwToolbarView *view, AdwHeaderBar *bar, AdwBin *below, GtkWidget *button);

G_END_DECLS
