/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The web view that one call lives in: sandboxed, without a memory, kept on the meeting's origin.
 * It knows nothing of conferences; it carries the bridge and the permissions.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-bridge.h"
#include "rounds-call-permissions.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_VIEW (rounds_call_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallView, rounds_call_view, ROUNDS, CALL_VIEW, AdwBin)

RoundsCallView *rounds_call_view_new (const char *origin);
void rounds_call_view_load (RoundsCallView *self, const char *page_uri);
/* Both borrowed; NULL once the view is disposed of. */
RoundsCallBridge *rounds_call_view_get_bridge (RoundsCallView *self);
RoundsCallPermissions *rounds_call_view_get_permissions (RoundsCallView *self);

G_END_DECLS
