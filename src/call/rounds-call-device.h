/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A camera or a microphone as the web engine names it.
 * It opens no device.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CALL_DEVICE_MICROPHONE,
  ROUNDS_CALL_DEVICE_CAMERA,
  ROUNDS_CALL_N_DEVICES
} RoundsCallDevice;

/* One that can be chosen. One owner. */
typedef struct
{
  RoundsCallDevice device;
  char *id; /* the engine's, for one origin and one run */
  char *label; /* never empty */
} RoundsDeviceInfo;

/* The texts are copied. (transfer full) */
RoundsDeviceInfo *
rounds_device_info_new (RoundsCallDevice device, const char *id, const char *label);
void rounds_device_info_free (RoundsDeviceInfo *self);

/* With what a person goes into a call. */
typedef struct
{
  gboolean on;
  char *label; /* of the chosen one; NULL: whichever there is */
} RoundsCallChoice;

void rounds_call_choice_clear (RoundsCallChoice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDeviceInfo, rounds_device_info_free)

G_END_DECLS
