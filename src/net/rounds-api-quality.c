/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Telling the server how the connection of a call was.
 * An extension of ours: a server without it refuses, and nothing is lost but a statistic.
 */

#include "config.h"

#include "rounds-api-private.h"
#include "rounds-json.h"

static void
add_known (JsonObject *object, const char *member, int value)
{
  if (value >= 0)
    json_object_set_int_member (object, member, value);
}

static JsonObject *
write_sample (const RoundsApiSample *sample)
{
  JsonObject *object = json_object_new ();
  g_autofree char *at = rounds_time_to_rfc3339 (sample->at);

  json_object_set_string_member (object, "at", at);
  add_known (object, "quality", sample->quality);
  add_known (object, "rtt", sample->rtt);
  add_known (object, "loss", sample->loss);
  return object;
}

DexFuture *
rounds_api_report_quality (RoundsApi *self, gboolean is_meeting, const char *id, GArray *samples)
{
  JsonObject *body = NULL;
  JsonArray *array = NULL;

  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));
  dex_return_error_if_fail (samples != NULL && samples->len <= ROUNDS_API_MOST_SAMPLES);

  array = json_array_new ();
  for (guint i = 0; i < samples->len; i++)
    json_array_add_object_element (array,
                                   write_sample (&g_array_index (samples, RoundsApiSample, i)));
  body = json_object_new ();
  json_object_set_array_member (body, "samples", array);
  return rounds_api_call (
      self, "POST", rounds_api_path (is_meeting ? "meetings" : "appointments", id, "quality", NULL),
      body, G_TYPE_BYTES, rounds_api_read_nothing, ROUNDS_API_CALL_NORMAL);
}
