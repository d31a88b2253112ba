/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One line per request on standard error: method, route, status, time.
 * Never an id, an address of a record, a query, a name or a token.
 */

#include "config.h"

#include "rounds-server-log.h"

#include "rounds-json.h"
#include "rounds-log.h"

#define MAX_LINE 512

static const char *const methods[] = {
  "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL,
};

/* To the journal with fields that `journalctl ROUNDS_STATUS=500` finds. */
static void
log_to_journal (const char *message, const char *method, const char *route, guint http_status,
                gint64 duration)
{
  char status[16];
  char time[24];
  const GLogField fields[] = {
    { "MESSAGE", message, -1 },
    { "PRIORITY", "6", -1 },
    { "SYSLOG_IDENTIFIER", "roundsd", -1 },
    { "ROUNDS_METHOD", method, -1 },
    { "ROUNDS_ROUTE", route, -1 },
    { "ROUNDS_STATUS", status, -1 },
    { "ROUNDS_MICROSECONDS", time, -1 },
  };

  g_snprintf (status, sizeof status, "%u", http_status);
  g_snprintf (time, sizeof time, "%" G_GINT64_FORMAT, duration);
  g_log_writer_journald (G_LOG_LEVEL_INFO, fields, G_N_ELEMENTS (fields), NULL);
}

/* Not through g_message(): with each line redacted, a fifth of a request's time would go into a
 * search for secrets that are not there. */
void
rounds_server_log_request (const char *method, const RoundsMatch *match, guint http_status,
                           gint64 duration)
{
  g_return_if_fail (method != NULL && match != NULL);

  /* Security: what a client calls its method or path is not ours; only words of our own are
   * logged, and numbers. */
  const char *known = g_strv_contains (methods, method) ? method : "(other)";
  const char *pattern = match->route != NULL ? match->route->path : "(no route)";
  char line[MAX_LINE];
  char now[ROUNDS_RFC3339_SIZE];
  int length;

  rounds_time_format_rfc3339 (g_get_real_time (), now);
  if (rounds_log_get_format () == ROUNDS_LOG_JSON)
    length = g_snprintf (line, sizeof line,
                         "{\"time\":\"%s\",\"level\":\"info\",\"method\":\"%s\",\"route\":\"%s\","
                         "\"status\":%u,\"microseconds\":%" G_GINT64_FORMAT "}\n",
                         now, known, pattern, http_status, duration);
  else
    length = g_snprintf (line, sizeof line,
                         "%s %s %s %u %" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " ms\n", now, known,
                         pattern, http_status, duration / 1000, duration % 1000 / 100);
  length = MIN (length, MAX_LINE - 1);
  if (rounds_log_is_journal () && rounds_log_get_format () == ROUNDS_LOG_TEXT)
    {
      line[length - 1] = '\0';
      log_to_journal (line + ROUNDS_RFC3339_SIZE, known, pattern, http_status, duration);
      return;
    }
  rounds_log_write_safe (line, (gsize)length);
}

void
rounds_server_log_library (void *unused, const char *format, va_list arguments)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}
