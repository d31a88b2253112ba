/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a server has done so far, counted for those who watch it (Prometheus' text format).
 * Nothing about people or records is counted.
 */

#include "config.h"

#include "rounds-metrics.h"

#include "rounds-clock.h"

#define N_CLASSES 6 /* by hundreds of the status; 0 for what is none */

/* Upper ends in µs. */
static const gint64 bucket_ends[]
    = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000 };
#define N_BUCKETS G_N_ELEMENTS (bucket_ends)

static const char *const outcomes[ROUNDS_N_WEBHOOK_OUTCOMES] = {
  [ROUNDS_WEBHOOK_TAKEN] = "taken",
  [ROUNDS_WEBHOOK_NOTHING_NEW] = "nothing-new",
  [ROUNDS_WEBHOOK_UNKNOWN_ROOM] = "unknown-room",
  [ROUNDS_WEBHOOK_IGNORED] = "ignored",
  [ROUNDS_WEBHOOK_REFUSED] = "refused",
};

struct _RoundsMetrics
{
  const RoundsRoute *routes;
  gsize n_routes;
  guint64 (*answers)[N_CLASSES]; /* by route, the last for none; atomic, as are the rest */
  guint64 buckets[N_BUCKETS + 1];
  guint64 time; /* µs */
  guint64 webhooks[ROUNDS_N_WEBHOOK_OUTCOMES];
};

RoundsMetrics *
rounds_metrics_new (const RoundsRoute *routes, gsize n_routes)
{
  RoundsMetrics *self = g_new0 (RoundsMetrics, 1);

  self->routes = routes;
  self->n_routes = n_routes;
  self->answers = g_malloc0_n (n_routes + 1, sizeof *self->answers);
  return self;
}

void
rounds_metrics_free (RoundsMetrics *self)
{
  if (self == NULL)
    return;
  g_free (self->answers);
  g_free (self);
}

static void
add (guint64 *counter, guint64 amount)
{
  __atomic_fetch_add (counter, amount, __ATOMIC_RELAXED);
}

static guint64
read_counter (const guint64 *counter)
{
  return __atomic_load_n (counter, __ATOMIC_RELAXED);
}

void
rounds_metrics_note (RoundsMetrics *self, const RoundsRoute *route, guint http_status,
                     gint64 duration)
{
  g_return_if_fail (self != NULL);

  gsize row = route != NULL ? (gsize)(route - self->routes) : self->n_routes;
  gsize bucket = 0;

  while (bucket < N_BUCKETS && duration > bucket_ends[bucket])
    bucket++;
  add (&self->answers[row][http_status < 600 ? http_status / 100 : 0], 1);
  add (&self->buckets[bucket], 1);
  add (&self->time, (guint64)MAX (duration, 0));
}

void
rounds_metrics_note_webhook (RoundsMetrics *self, RoundsWebhookOutcome outcome)
{
  g_return_if_fail (self != NULL && outcome < ROUNDS_N_WEBHOOK_OUTCOMES);

  add (&self->webhooks[outcome], 1);
}

static void
write_answers (RoundsMetrics *self, gsize row, GString *text)
{
  const char *method = row < self->n_routes ? self->routes[row].method : "";
  const char *path = row < self->n_routes ? self->routes[row].path : "";

  for (guint i = 0; i < N_CLASSES; i++)
    {
      guint64 n_answers = read_counter (&self->answers[row][i]);
      if (n_answers > 0)
        g_string_append_printf (text,
                                "rounds_http_requests_total{method=\"%s\",route=\"%s\",code=\"%ux"
                                "x\"} %" G_GUINT64_FORMAT "\n",
                                method, path, i, n_answers);
    }
}

static void
write_durations (RoundsMetrics *self, GString *text)
{
  guint64 sum = 0;

  g_string_append (text,
                   "# HELP rounds_http_request_duration_seconds From the complete head to the "
                   "answer.\n# TYPE rounds_http_request_duration_seconds histogram\n");
  for (gsize i = 0; i <= N_BUCKETS; i++)
    {
      char end[G_ASCII_DTOSTR_BUF_SIZE] = "+Inf";

      sum += read_counter (&self->buckets[i]);
      if (i < N_BUCKETS)
        g_ascii_formatd (end, sizeof end, "%g", (double)bucket_ends[i] / ROUNDS_SECOND);
      g_string_append_printf (text,
                              "rounds_http_request_duration_seconds_bucket{le=\"%s\"} "
                              "%" G_GUINT64_FORMAT "\n",
                              end, sum);
    }
  char total[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (total, sizeof total, "%.6f", (double)read_counter (&self->time) / ROUNDS_SECOND);
  g_string_append_printf (text,
                          "rounds_http_request_duration_seconds_sum %s\n"
                          "rounds_http_request_duration_seconds_count %" G_GUINT64_FORMAT "\n",
                          total, sum);
}

static void
write_webhooks (RoundsMetrics *self, GString *text)
{
  g_string_append (text, "# HELP rounds_webhook_events_total Events that JaaS told, by what became "
                         "of them.\n# TYPE rounds_webhook_events_total counter\n");
  for (gsize i = 0; i < ROUNDS_N_WEBHOOK_OUTCOMES; i++)
    g_string_append_printf (text,
                            "rounds_webhook_events_total{outcome=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            outcomes[i], read_counter (&self->webhooks[i]));
}

void
rounds_metrics_write (RoundsMetrics *self, GString *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  g_string_append (text, "# HELP rounds_http_requests_total Answers by route and hundred of their "
                         "status.\n# TYPE rounds_http_requests_total counter\n");
  for (gsize row = 0; row <= self->n_routes; row++)
    write_answers (self, row, text);
  write_durations (self, text);
  write_webhooks (self, text);
}

void
rounds_metrics_write_number (GString *text, const char *name, const char *type, const char *help,
                             double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.17g", value);
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n%s %s\n", name, help, name, type, name,
                          number);
}
