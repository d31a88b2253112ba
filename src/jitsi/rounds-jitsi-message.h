/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Messages of the Jitsi page's API: postis envelopes, events in, commands out.
 * Pure text to struct and back; the web view that carries them is in call.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-jitsi-config.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_JITSI_MESSAGE_READY, /* __ready__: echo it with rounds_jitsi_message_ready() */
  ROUNDS_JITSI_MESSAGE_EVENT, /* name + data */
  ROUNDS_JITSI_MESSAGE_RESPONSE, /* id + result */
  ROUNDS_JITSI_MESSAGE_OTHER, /* well-formed but nothing of ours */
} RoundsJitsiMessageType;

/* One owner. */
typedef struct
{
  RoundsJitsiMessageType type;
  char *ready_id; /* READY: the id to echo */
  char *name; /* EVENT: "video-conference-joined" */
  JsonObject *data; /* EVENT: all of data, name included */
  gint64 id; /* RESPONSE */
  JsonNode *result; /* RESPONSE; or NULL */
} RoundsJitsiMessage;

RoundsJitsiMessage *rounds_jitsi_message_parse (const char *text, GError **error);
void rounds_jitsi_message_free (RoundsJitsiMessage *self);

/* Texts to post into the page. (transfer full) */
char *rounds_jitsi_message_ready (const char *ready_id);
/* A command: @name kebab-case ("video-hangup"), @arguments an array or NULL (taken). */
char *rounds_jitsi_message_command (const char *name, JsonArray *arguments);
/* A request: @data has its name and all that goes with it (taken); the response has the same @id.
 */
char *rounds_jitsi_message_request (JsonObject *data, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiMessage, rounds_jitsi_message_free)

G_END_DECLS
