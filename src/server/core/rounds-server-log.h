/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One line per request on standard error: method, route, status, time.
 * Never an id, an address of a record, a query, a name or a token.
 */

#pragma once

#include "rounds-router.h"

G_BEGIN_DECLS

/* @duration in µs. The line names the route's pattern, not the path that was asked for. */
void rounds_server_log_request (const char *method, const RoundsMatch *match, guint http_status,
                                gint64 duration);
/* Whether such lines may wait for each other, for 20 ms at most. TRUE only while the main context
 * is run; FALSE writes those that wait. Any thread. */
void rounds_server_log_gather (gboolean gathering);
/* libmicrohttpd's own messages: shown only when debugging, since they may quote what was sent. */
void rounds_server_log_library (void *unused, const char *format, va_list arguments)
    G_GNUC_PRINTF (2, 0);

G_END_DECLS
