/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the server tells those who run it: GET /readyz and GET /metrics.
 * Nothing about people or records is told here.
 */

#include "config.h"

#include "rounds-operation-handlers.h"

#include "rounds-audit-request.h"
#include "rounds-metrics.h"
#include "rounds-request-private.h"
#include "rounds-response-private.h"
#include "rounds-server-database.h"
#include "rounds-server-schema.h"
#include "rounds-worker-pool.h"
#include "rounds-write.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Anybody may ask, and the answer costs a commit: it is good for so long. */
#define GOOD_FOR (2 * G_USEC_PER_SEC)
/* Less than this, and the next day's writes may not fit. */
#define LEAST_SPACE (64 * G_GUINT64_CONSTANT (1024) * 1024)

typedef struct
{
  gboolean schema;
  gboolean writable;
  gboolean space;
} Readiness;

static Readiness last;
static gint64 last_look = 0;
static GMutex looking; /* guards both */

static gboolean
has_schema (RoundsDb *db)
{
  gint64 version = 0;

  /* While nodes are updated one after the other, the old ones work on the new one's schema: its
   * steps only add. */
  return rounds_db_get_version (db, &version, NULL)
         && version >= rounds_server_schema_get_version ();
}

/* A write that changes nothing, but has to reach the disk all the same. */
static RoundsWrite
write_something (RoundsRequest *request, gpointer unused, GError **error)
{
  return rounds_db_exec (request->db, "UPDATE change_feed SET id = id", error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

static gboolean
has_space (const RoundsServerConfig *config)
{
  struct statvfs info;

  /* PostgreSQL's disk is on PostgreSQL's machine. */
  if (rounds_server_database_is_remote (config))
    return TRUE;
  return statvfs (config->data_dir, &info) == 0
         && (guint64)info.f_bavail * info.f_frsize >= LEAST_SPACE;
}

static Readiness
look (RoundsRequest *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&looking);
  gint64 now = g_get_monotonic_time ();

  if (last_look != 0 && now < last_look + GOOD_FOR)
    return last;
  /* Security: anybody may ask; nobody may fill the audit log by asking. */
  rounds_audit_leave_out (request);
  last.schema = has_schema (request->db);
  last.writable = rounds_request_write (request, write_something, NULL, NULL) == ROUNDS_WRITE_KEEP;
  last.space = has_space (request->context->config);
  last_look = g_get_monotonic_time ();
  return last;
}

RoundsResponse *
rounds_operation_handlers_ready (RoundsRequest *request)
{
  RoundsJsonWriter writer = { NULL };

  if (g_atomic_int_get (&request->context->draining) != 0)
    return rounds_response_unavailable ("The server is about to stop");
  Readiness found = look (request);
  if (!found.schema || !found.writable)
    return rounds_response_unavailable (found.writable
                                            ? "The database has an older version's schema"
                                            : "The database cannot be written just now");
  if (!found.space)
    return rounds_response_unavailable ("The disk of the database is almost full");
  rounds_response_begin (&writer);
  rounds_json_write_boolean (&writer, "ready", TRUE);
  return rounds_response_finish (200, &writer);
}

/* Security: numbers tell how much a hospital has to do; they are for who runs the server. */
static gboolean
may_watch (RoundsRequest *request)
{
  const char *token = request->context->config->metrics_token;
  const char *given = request->authorization;

  if (request->direct)
    return TRUE;
  if (token == NULL || given == NULL || g_ascii_strncasecmp (given, "Bearer ", 7) != 0)
    return FALSE;
  given += 7;
  return strlen (given) == strlen (token) && sodium_memcmp (given, token, strlen (token)) == 0;
}

static void
write_workers (const RoundsServerContext *context, GString *text)
{
  RoundsWorkerPoolCounts counts = { 0 };
  RoundsDbWriterCounts writes = { 0 };

  if (context->workers != NULL)
    rounds_worker_pool_get_counts (context->workers, &counts);
  rounds_db_writer_get_counts (context->writer, &writes);
  rounds_metrics_write_number (text, "rounds_workers", "gauge", "Threads that answer requests.",
                               counts.n_threads);
  rounds_metrics_write_number (text, "rounds_workers_busy", "gauge", "Those that work just now.",
                               counts.n_working);
  rounds_metrics_write_number (text, "rounds_requests_waiting", "gauge",
                               "Requests that wait for a worker.", counts.n_waiting);
  rounds_metrics_write_number (text, "rounds_writes_total", "counter",
                               "Writes that were committed.", (double)writes.n_done);
  rounds_metrics_write_number (text, "rounds_writes_undone_total", "counter",
                               "Writes that were not: refused by a rule, or failed.",
                               (double)writes.n_failed);
  rounds_metrics_write_number (text, "rounds_commits_total", "counter",
                               "Commits; several writes may share one.", (double)writes.n_commits);
  rounds_metrics_write_number (text, "rounds_writes_waiting", "gauge",
                               "Writes that wait for their commit.", writes.n_waiting);
}

static void
write_refused (RoundsRates *rates, GString *text)
{
  g_string_append_printf (text,
                          "# HELP rounds_rate_limited_total Requests refused with 429: too many "
                          "of an account, or of strangers at an address.\n"
                          "# TYPE rounds_rate_limited_total counter\n"
                          "rounds_rate_limited_total{of=\"account\"} %" G_GUINT64_FORMAT "\n"
                          "rounds_rate_limited_total{of=\"address\"} %" G_GUINT64_FORMAT "\n",
                          rounds_rates_get_refused (rates, ROUNDS_RATE_ACCOUNT),
                          rounds_rates_get_refused (rates, ROUNDS_RATE_ADDRESS));
}

static void
write_process (GString *text)
{
  unsigned long resident = 0;
  FILE *file = fopen ("/proc/self/statm", "re");

  if (file != NULL && fscanf (file, "%*u %lu", &resident) == 1)
    rounds_metrics_write_number (text, "process_resident_memory_bytes", "gauge",
                                 "Memory of the process.",
                                 (double)resident * (double)sysconf (_SC_PAGESIZE));
  if (file != NULL)
    fclose (file);
  g_string_append (text, "# HELP rounds_build_info Which version runs.\n"
                         "# TYPE rounds_build_info gauge\n"
                         "rounds_build_info{version=\"" ROUNDS_VERSION "\"} 1\n");
}

RoundsResponse *
rounds_operation_handlers_metrics (RoundsRequest *request)
{
  const RoundsServerContext *context = request->context;
  RoundsResponse *response = NULL;

  if (!may_watch (request) || context->metrics == NULL)
    return rounds_response_fail (404, "not_found", "There is nothing at this address", NULL);
  GString *text = g_string_sized_new (8192);
  rounds_metrics_write (context->metrics, text);
  write_workers (context, text);
  write_refused (context->rates, text);
  write_process (text);
  response = rounds_response_new_empty (200);
  response->body = g_string_free_and_steal (text);
  rounds_response_add_header (response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}
