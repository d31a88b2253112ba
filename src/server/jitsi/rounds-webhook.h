/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One event as a webhook of JaaS tells it, read and checked.
 * Names and addresses in it are passed over: who somebody is, the token's id says.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-clock.h"
#include "rounds-problems.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_WEBHOOK_OTHER, /* recordings, polls, usage: nothing to us */
  ROUNDS_WEBHOOK_ROOM_CREATED,
  ROUNDS_WEBHOOK_ROOM_DESTROYED,
  ROUNDS_WEBHOOK_JOINED,
  ROUNDS_WEBHOOK_LEFT,
  ROUNDS_WEBHOOK_JOINED_LOBBY,
} RoundsWebhookType;

/* One owner. With ROUNDS_WEBHOOK_OTHER, nothing else is set. */
typedef struct
{
  RoundsWebhookType type;
  gint64 at; /* µs UTC: when it happened, not when it was told */
  const char *room; /* borrowed from the JSON, as is id */
  gboolean breakout; /* in a side room of @room */
  char *occupant; /* who came or went, and where; or NULL */
  const char *id; /* of the token; or NULL */
} RoundsWebhook;

/* Whether @body is about the JaaS application @app_id, or says nothing about any. */
gboolean rounds_webhook_is_of (JsonObject *body, const char *app_id);
/* NULL when @problems got something. Nothing later than @now and a day is taken (µs UTC). */
RoundsWebhook *rounds_webhook_read (JsonObject *body, gint64 now, RoundsProblems *problems);
void rounds_webhook_free (RoundsWebhook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsWebhook, rounds_webhook_free)

G_END_DECLS
