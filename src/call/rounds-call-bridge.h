/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The one place where Rounds and the meeting's page talk: an opener for the page, events in,
 * commands out. It does not know what the events mean; RoundsCallConference does.
 */

#pragma once

#include <json-glib/json-glib.h>
#include <webkit/webkit.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_BRIDGE (rounds_call_bridge_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallBridge, rounds_call_bridge, ROUNDS, CALL_BRIDGE, GObject)

RoundsCallBridge *rounds_call_bridge_new (WebKitUserContentManager *content, const char *origin);
void rounds_call_bridge_set_web_view (RoundsCallBridge *self, WebKitWebView *web_view);
gboolean rounds_call_bridge_is_ready (RoundsCallBridge *self);
void rounds_call_bridge_reset (RoundsCallBridge *self);
void
rounds_call_bridge_send_command (RoundsCallBridge *self, const char *name, JsonArray *arguments);
/* Returns the id that "response" will have. */
gint64 rounds_call_bridge_send_request (RoundsCallBridge *self, JsonObject *request);

G_END_DECLS
