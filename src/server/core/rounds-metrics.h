/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a server has done so far, counted for those who watch it (Prometheus' text format).
 * Nothing about people or records is counted.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* What became of an event that JaaS told. */
typedef enum
{
  ROUNDS_WEBHOOK_TAKEN,
  ROUNDS_WEBHOOK_NOTHING_NEW, /* told before, or nothing follows from it */
  ROUNDS_WEBHOOK_UNKNOWN_ROOM, /* none of ours */
  ROUNDS_WEBHOOK_IGNORED, /* of a kind that nobody here needs */
  ROUNDS_WEBHOOK_REFUSED, /* not JaaS's, not our application's, or not to be read */
} RoundsWebhookOutcome;
#define ROUNDS_N_WEBHOOK_OUTCOMES 5

/* Any thread. One owner. */
typedef struct _RoundsMetrics RoundsMetrics;

RoundsMetrics *rounds_metrics_new (const RoundsRoute *routes, gsize n_routes);
void rounds_metrics_free (RoundsMetrics *self);

/* An answer to @route (NULL: to none of ours), @duration µs after its request began. */
void rounds_metrics_note (RoundsMetrics *self, const RoundsRoute *route, guint http_status,
                          gint64 duration);
void rounds_metrics_note_webhook (RoundsMetrics *self, RoundsWebhookOutcome outcome);
/* Appends all of it. */
void rounds_metrics_write (RoundsMetrics *self, GString *text);
/* Appends one number with what it means; @type is "gauge" or "counter". */
void rounds_metrics_write_number (GString *text, const char *name, const char *type,
                                  const char *help, double value);

G_END_DECLS
