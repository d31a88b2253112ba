/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the meeting's page may use: the person is asked for camera, microphone and screen, all else
 * is denied. It remembers for one call only and writes nothing down.
 */

#pragma once

#include <gtk/gtk.h>
#include <webkit/webkit.h>

#include "rounds-call-device.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CALL_DECISION_NONE, /* not asked yet */
  ROUNDS_CALL_DECISION_ALLOWED,
  ROUNDS_CALL_DECISION_DENIED,
} RoundsCallDecision;

#define ROUNDS_TYPE_CALL_PERMISSIONS (rounds_call_permissions_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallPermissions, rounds_call_permissions, ROUNDS, CALL_PERMISSIONS,
                      GObject)

RoundsCallPermissions *rounds_call_permissions_new (const char *origin);
void rounds_call_permissions_set_web_view (RoundsCallPermissions *self, WebKitWebView *web_view);
RoundsCallDecision
rounds_call_permissions_get_decision (RoundsCallPermissions *self, RoundsCallDevice device);
void rounds_call_permissions_adopt (RoundsCallPermissions *self, RoundsCallPermissions *other);
void rounds_call_permissions_forget (RoundsCallPermissions *self, RoundsCallDevice device);
void rounds_call_permissions_close (RoundsCallPermissions *self);

G_END_DECLS
