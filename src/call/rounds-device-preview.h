/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The person's own camera picture, and how loud the microphone is, from the engine that will carry
 * the call. Choosing, and saying what is wrong, is RoundsCallCheck's.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-permissions.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_DEVICE_PREVIEW (rounds_device_preview_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDevicePreview, rounds_device_preview, ROUNDS, DEVICE_PREVIEW, AdwBin)

RoundsDevicePreview *rounds_device_preview_new (const char *origin);
RoundsCallPermissions *rounds_device_preview_get_permissions (RoundsDevicePreview *self);
/* Opens these and closes the others: an id, "" for whichever there is, NULL for none. */
void rounds_device_preview_choose (RoundsDevicePreview *self, const char *camera,
                                   const char *microphone);
/* The test sound, on the system's loudspeakers. */
void rounds_device_preview_play (RoundsDevicePreview *self);

G_END_DECLS
