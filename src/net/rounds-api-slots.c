/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When a doctor can be booked.
 * An extension of ours: a server without it refuses, and there is nothing to offer then.
 */

#include "config.h"

#include "rounds-api-private.h"
#include "rounds-json.h"
#include "rounds-net-error.h"

static gboolean
read_slot (JsonNode *node, RoundsTimeRange *slot)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader;
  gint64 start, end;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  reader = (RoundsJsonReader){ json_node_get_object (node), "", problems };
  if (!rounds_json_read_time (&reader, "startsAt", TRUE, &start)
      || !rounds_json_read_time (&reader, "endsAt", TRUE, &end) || end <= start)
    return FALSE;
  *slot = rounds_time_range_new (start, end);
  return TRUE;
}

/* A GArray of RoundsTimeRange. */
static gpointer
read_slots (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  JsonNode *node = json_object_get_member (answer->data, "slots");
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));
  JsonArray *array = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_propagate_error (error, rounds_net_error_new_unreadable ("slots"));
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      RoundsTimeRange slot;

      if (read_slot (json_array_get_element (array, i), &slot))
        g_array_append_val (slots, slot);
    }
  return g_steal_pointer (&slots);
}

DexFuture *
rounds_api_list_slots (RoundsApi *self, const char *doctor_id, RoundsTimeRange span, int minutes)
{
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;
  g_autofree char *length = NULL;
  char *path = NULL;

  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (doctor_id));

  begin = rounds_time_to_rfc3339 (span.start);
  end = rounds_time_to_rfc3339 (span.end);
  length = g_strdup_printf ("%d", minutes);
  path = rounds_api_path ("availability", NULL);
  path = rounds_api_add_query (path, "doctor", doctor_id);
  path = rounds_api_add_query (path, "from", begin);
  path = rounds_api_add_query (path, "to", end);
  path = rounds_api_add_query (path, "durationMinutes", length);
  return rounds_api_call (self, "GET", path, NULL, G_TYPE_ARRAY, read_slots,
                          ROUNDS_API_CALL_NORMAL);
}
