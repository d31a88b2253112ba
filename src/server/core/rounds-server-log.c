/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One line per request on standard error: method, route, status, time.
 * Never an id, an address of a record, a query, a name or a token.
 */

#include "config.h"

#include "rounds-server-log.h"

#include "rounds-json-writer.h"
#include "rounds-json.h"
#include "rounds-log.h"

#include <string.h>

#define MAX_LINE 512
/* Lines that wait for each other, and for how long (ms) at most. */
#define MAX_WAITING (64 * MAX_LINE)
#define LONGEST_WAIT 20

static const char *const methods[] = {
  "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL,
};

/* A line that is put together piece by piece: printf's way takes four times as long. What does not
 * fit is cut off. */
typedef struct
{
  char text[MAX_LINE];
  gsize length;
} Line;

static void
put (Line *self, const char *text)
{
  gsize length = MIN (strlen (text), sizeof self->text - 1 - self->length);

  memcpy (self->text + self->length, text, length);
  self->length += length;
  self->text[self->length] = '\0';
}

static void
put_int (Line *self, gint64 value)
{
  char digits[ROUNDS_JSON_INT_SIZE];

  put (self, rounds_json_format_int (value, digits));
}

/* One line behind the other, of whatever thread. */
static struct
{
  GMutex mutex; /* guards what follows */
  gboolean gathering;
  gint64 written; /* monotonic µs: when the last one went out */
  gsize length;
  char text[MAX_WAITING];
} waiting;

/* With the mutex held. */
static void
write_waiting (void)
{
  rounds_log_write_safe (waiting.text, waiting.length);
  waiting.length = 0;
  waiting.written = g_get_monotonic_time ();
}

static gboolean
write_waiting_cb (gpointer unused)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&waiting.mutex);

  write_waiting ();
  return G_SOURCE_REMOVE;
}

/* A line that comes alone goes out at once. Where they follow each other closely, a system call for
 * each, in a file that all threads write to, would be a twentieth of what an answer takes. TRUE
 * when somebody has to see to those that wait. */
static gboolean
add_waiting (const Line *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&waiting.mutex);
  gboolean first = waiting.length == 0;

  if (waiting.length + line->length > sizeof waiting.text)
    write_waiting ();
  memcpy (waiting.text + waiting.length, line->text, line->length);
  waiting.length += line->length;
  if (!waiting.gathering
      || g_get_monotonic_time () - waiting.written >= LONGEST_WAIT * G_TIME_SPAN_MILLISECOND)
    write_waiting ();
  return first && waiting.length > 0;
}

void
rounds_server_log_gather (gboolean gathering)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&waiting.mutex);

  waiting.gathering = gathering;
  if (!gathering)
    write_waiting ();
}

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

static void
write_json (Line *line, const char *method, const char *route, guint http_status, gint64 duration)
{
  char now[ROUNDS_RFC3339_SIZE];

  rounds_time_format_rfc3339 (g_get_real_time (), now);
  put (line, "{\"time\":\"");
  put (line, now);
  put (line, "\",\"level\":\"info\",\"method\":\"");
  put (line, method);
  put (line, "\",\"route\":\"");
  put (line, route);
  put (line, "\",\"status\":");
  put_int (line, http_status);
  put (line, ",\"microseconds\":");
  put_int (line, duration);
  put (line, "}");
}

/* The time, then "GET /api/meetings/:id 200 0.3 ms". */
static void
write_text (Line *line, const char *method, const char *route, guint http_status, gint64 duration)
{
  char now[ROUNDS_RFC3339_SIZE];

  rounds_time_format_rfc3339 (g_get_real_time (), now);
  put (line, now);
  put (line, " ");
  put (line, method);
  put (line, " ");
  put (line, route);
  put (line, " ");
  put_int (line, http_status);
  put (line, " ");
  put_int (line, duration / 1000);
  put (line, ".");
  put_int (line, duration % 1000 / 100);
  put (line, " ms");
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
  const gboolean json = rounds_log_get_format () == ROUNDS_LOG_JSON;
  Line line;

  line.length = 0;

  if (json)
    write_json (&line, known, pattern, http_status, duration);
  else
    write_text (&line, known, pattern, http_status, duration);
  if (rounds_log_is_journal () && !json)
    {
      log_to_journal (line.text + ROUNDS_RFC3339_SIZE, known, pattern, http_status, duration);
      return;
    }
  put (&line, "\n");
  if (add_waiting (&line))
    g_timeout_add (LONGEST_WAIT, write_waiting_cb, NULL);
}

void
rounds_server_log_library (void *unused, const char *format, va_list arguments)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}
