/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The WebSocket of a scripted server, which says what the test tells it.
 * It knows no feed; what there is to ask for is scripted as any call is.
 */

#pragma once

#include "scripted-server.h"

G_BEGIN_DECLS

#define SCRIPTED_HELLO "{\"type\":\"hello\",\"version\":1,\"cursor\":\"c\"}"
#define SCRIPTED_NEWS "{\"type\":\"changes\",\"after\":\"c\"}"

typedef struct _ScriptedEvents ScriptedEvents;

/* From here on @server, as long as it is not stopped, has a WebSocket at /api/events. */
ScriptedEvents *scripted_events_new (ScriptedServer *server);
void scripted_events_free (ScriptedEvents *self);
/* What is said to whoever comes; SCRIPTED_HELLO at first, NULL: nothing. */
void scripted_events_set_greeting (ScriptedEvents *self, const char *text);
/* How many have come. */
guint scripted_events_count (ScriptedEvents *self);
/* How many are there. */
guint scripted_events_count_open (ScriptedEvents *self);
/* What the last one who came had to show: "since" or NULL; the Authorization or NULL. */
const char *scripted_events_get_last_since (ScriptedEvents *self);
const char *scripted_events_get_last_authorization (ScriptedEvents *self);
/* To all who are there. */
void scripted_events_say (ScriptedEvents *self, const char *text);
/* @code: of RFC 6455 or of the API. */
void scripted_events_hang_up (ScriptedEvents *self, guint16 code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedEvents, scripted_events_free)

G_END_DECLS
