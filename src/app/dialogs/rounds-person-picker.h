/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A popover that finds a person of the directory: type a name, choose a row.
 * Which people are offered is the filter of whoever opens it.
 */

#pragma once

#include <gtk/gtk.h>

#include "rounds-person.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_PERSON_PICKER (rounds_person_picker_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPersonPicker, rounds_person_picker, ROUNDS, PERSON_PICKER, GtkPopover)

/* Signal "picked" (RoundsPerson): somebody was chosen; the popover has closed. */

/* @people: a model of RoundsPerson (the store's directory, filtered). */
void rounds_person_picker_set_people (RoundsPersonPicker *self, GListModel *people);

G_END_DECLS
