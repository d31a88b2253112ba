/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Samples of a call's connection, stored.
 * Telling the same moment again changes nothing, so that a client may send what it is not sure of.
 */

#include "config.h"

#include "rounds-quality-handlers.h"

#include "rounds-audit-request.h"
#include "rounds-call-record.h"
#include "rounds-json.h"
#include "rounds-write.h"

#define MAX_SAMPLES 200
#define MAX_RTT 600000
#define UNKNOWN (-1)
/* A client's clock may be a little wrong. */
#define MAX_AHEAD (5 * ROUNDS_MINUTE)

static const char insert_sql[]
    = "INSERT INTO call_quality (kind, record_id, user_id, at, quality, rtt, loss)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (record_id, user_id, at) DO NOTHING";

typedef struct
{
  gint64 at;
  gint64 quality; /* these: UNKNOWN where the client does not say */
  gint64 rtt;
  gint64 loss;
} Sample;

typedef struct
{
  RoundsCallRecord record;
  GArray *samples;
} Report;

static void
clear_report (Report *self)
{
  rounds_call_record_clear (&self->record);
  g_clear_pointer (&self->samples, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, clear_report)

static void
read_sample (RoundsRequest *request, guint position, JsonNode *node, Report *report,
             RoundsProblems *problems)
{
  g_autofree char *prefix = g_strdup_printf ("samples[%u].", position);
  Sample sample = { rounds_request_get_now (request), UNKNOWN, UNKNOWN, UNKNOWN };
  RoundsJsonReader reader = { NULL, prefix, problems };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      rounds_problems_add (problems, "samples", "Has to be a list of objects");
      return;
    }
  reader.object = json_node_get_object (node);
  rounds_json_read_time (&reader, "at", TRUE, &sample.at);
  rounds_json_read_int (&reader, "quality", FALSE, 0, 100, &sample.quality);
  rounds_json_read_int (&reader, "rtt", FALSE, 0, MAX_RTT, &sample.rtt);
  rounds_json_read_int (&reader, "loss", FALSE, 0, 100, &sample.loss);
  if (sample.at > rounds_request_get_now (request) + MAX_AHEAD)
    {
      g_autofree char *field = g_strconcat (prefix, "at", NULL);

      rounds_problems_add (problems, field, "Lies in the future");
    }
  g_array_append_val (report->samples, sample);
}

static RoundsResponse *
read_body (RoundsRequest *request, Report *report)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };
  JsonArray *array = NULL;

  report->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  if (rounds_json_read_array (&reader, "samples", TRUE, &array))
    {
      if (json_array_get_length (array) > MAX_SAMPLES)
        rounds_problems_add (problems, "samples", "May be %d at most", MAX_SAMPLES);
      else
        for (guint i = 0; i < json_array_get_length (array); i++)
          read_sample (request, i, json_array_get_element (array, i), report, problems);
    }
  return rounds_response_any_problems (400, problems);
}

static void
bind_known (RoundsDbStatement *statement, int position, gint64 value)
{
  if (value == UNKNOWN)
    rounds_db_bind_null (statement, position);
  else
    rounds_db_bind_int (statement, position, value);
}

static gboolean
insert_sample (RoundsRequest *request, const RoundsCallRecord *record, const Sample *sample,
               GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (rounds_request_get_db (request), insert_sql, error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, record->kind);
  rounds_db_bind_text (statement, 2, record->id);
  rounds_db_bind_text (statement, 3, rounds_request_get_caller (request)->id);
  rounds_db_bind_int (statement, 4, sample->at);
  bind_known (statement, 5, sample->quality);
  bind_known (statement, 6, sample->rtt);
  bind_known (statement, 7, sample->loss);
  return rounds_db_run (statement, error);
}

static RoundsWrite
write_samples (RoundsRequest *request, gpointer data, GError **error)
{
  const Report *self = data;

  for (guint i = 0; i < self->samples->len; i++)
    {
      if (!insert_sample (request, &self->record, &g_array_index (self->samples, Sample, i), error))
        return ROUNDS_WRITE_FAILED;
    }
  return ROUNDS_WRITE_KEEP;
}

RoundsResponse *
rounds_quality_handlers_add (RoundsRequest *request)
{
  g_auto (Report) report = { { NULL } };
  g_autoptr (GError) error = NULL;
  JsonObject *data = NULL;
  RoundsResponse *refusal = rounds_call_record_find (request, &report.record);

  if (refusal == NULL)
    refusal = read_body (request, &report);
  if (refusal != NULL)
    return refusal;

  rounds_audit_leave_out (request);
  if (rounds_request_write (request, write_samples, &report, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  data = json_object_new ();
  json_object_set_int_member (data, "samples", report.samples->len);
  return rounds_response_success (201, data);
}
