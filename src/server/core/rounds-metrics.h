/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a server has done so far, counted for those who watch it (Prometheus' text format).
 * Nothing about people or records is counted.
 */

#pragma once

#include "rounds-route.h"

G_BEGIN_DECLS

/* Any thread. One owner. */
typedef struct _RoundsMetrics RoundsMetrics;

RoundsMetrics *rounds_metrics_new (const RoundsRoute *routes, gsize n_routes);
void rounds_metrics_free (RoundsMetrics *self);

/* An answer to @route (NULL: to none of ours), @duration µs after its request began. */
void rounds_metrics_note (RoundsMetrics *self, const RoundsRoute *route, guint http_status,
                          gint64 duration);
/* Appends all of it. */
void rounds_metrics_write (RoundsMetrics *self, GString *text);
/* Appends one number with what it means; @type is "gauge" or "counter". */
void rounds_metrics_write_number (GString *text, const char *name, const char *type,
                                  const char *help, double value);

G_END_DECLS
