/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One line per request on standard error: method, route, status, time.
 * Never an id, an address of a record, a query, a name or a token.
 */

#include "config.h"

#include "rounds-server-log.h"

static const char *const methods[] = {
  "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL,
};

void
rounds_server_log_request (const char *method, const RoundsMatch *match, guint http_status,
                           gint64 duration)
{
  g_return_if_fail (method != NULL && match != NULL);

  /* Security: what a client calls its method or path is not ours; only words of our own are
   * logged. */
  const char *known = g_strv_contains (methods, method) ? method : "(other)";
  const char *pattern = match->route != NULL ? match->route->path : "(no route)";
  g_message ("%s %s %u %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " ms", known, pattern, http_status,
             duration / 1000, duration % 1000 / 100);
}

void
rounds_server_log_library (void *unused, const char *format, va_list arguments)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}
