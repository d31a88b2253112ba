/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an event of JaaS's leaves behind: who was where and when, and what follows from that.
 * Reading events is rounds-webhook.h's.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-metrics.h"
#include "rounds-webhook.h"

G_BEGIN_DECLS

/* Stores @event and takes the steps that follow. @outcome: TAKEN, or why nothing is left behind.
 * Needs an open transaction. @now: µs UTC. Blocks. */
gboolean rounds_webhook_store (RoundsDb *db, const RoundsWebhook *event, gint64 now,
                               RoundsWebhookOutcome *outcome, GError **error);

G_END_DECLS
