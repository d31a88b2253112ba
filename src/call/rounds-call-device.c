/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A camera or a microphone as the web engine names it.
 * It opens no device.
 */

#include "config.h"

#include "rounds-call-device.h"

RoundsDeviceInfo *
rounds_device_info_new (RoundsCallDevice device, const char *id, const char *label)
{
  RoundsDeviceInfo *self = g_new0 (RoundsDeviceInfo, 1);

  self->device = device;
  self->id = g_strdup (id);
  self->label = g_strdup (label);
  return self;
}

void
rounds_device_info_free (RoundsDeviceInfo *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self);
}

void
rounds_call_choice_clear (RoundsCallChoice *self)
{
  self->on = FALSE;
  g_clear_pointer (&self->label, g_free);
}
