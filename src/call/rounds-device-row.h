/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A row in which a person chooses a camera or a microphone, or none.
 * It opens no device; RoundsDevicePreview does.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-device.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DEVICE_ROW (rounds_device_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDeviceRow, rounds_device_row, ROUNDS, DEVICE_ROW, AdwComboRow)

/* Signal "chosen": by the person. */

/* To be called once. @label (nullable): what the person chose an earlier time. */
void rounds_device_row_set_up (RoundsDeviceRow *self, RoundsCallDevice device, const char *label,
                               gboolean is_off);
/* Lists those of @devices (of RoundsDeviceInfo) that are of its kind. */
void rounds_device_row_list (RoundsDeviceRow *self, GPtrArray *devices);
/* Shows which one is open; NULL: none could be opened, or none was wanted. */
void rounds_device_row_show_open (RoundsDeviceRow *self, const char *label);
/* The engine's id of what is chosen, "" for whichever there is, NULL for none. Borrowed. */
const char *rounds_device_row_get_id (RoundsDeviceRow *self);
/* Label of what the person chose, now or earlier, be it there or not; or NULL. Borrowed. */
const char *rounds_device_row_get_wanted (RoundsDeviceRow *self);
gboolean rounds_device_row_is_off (RoundsDeviceRow *self);
/* @choice: (out): owned by the caller; it names a device only where the person chose one
 * that is there. */
void rounds_device_row_get_choice (RoundsDeviceRow *self, RoundsCallChoice *choice);

G_END_DECLS
