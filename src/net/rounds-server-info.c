/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a server says about itself, as a value.
 * It is asked for in rounds-api-info.c.
 */

#include "config.h"

#include "rounds-server-info.h"

G_DEFINE_BOXED_TYPE (RoundsServerInfo, rounds_server_info, rounds_server_info_ref,
                     rounds_server_info_unref)

static void
clear_info (gpointer data)
{
  RoundsServerInfo *self = data;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->capabilities, g_strfreev);
}

RoundsServerInfo *
rounds_server_info_new_plain (void)
{
  RoundsServerInfo *self = g_atomic_rc_box_new0 (RoundsServerInfo);

  self->capabilities = g_new0 (char *, 1);
  return self;
}

RoundsServerInfo *
rounds_server_info_ref (RoundsServerInfo *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_server_info_unref (RoundsServerInfo *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_info);
}

gboolean
rounds_server_info_can (const RoundsServerInfo *self, const char *capability)
{
  g_return_val_if_fail (self != NULL && capability != NULL, FALSE);

  return g_strv_contains ((const char *const *)self->capabilities, capability);
}
