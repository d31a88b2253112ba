/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answer of /api/hospitals.
 * Changing hospitals comes with the backend's own issue.
 */

#include "config.h"

#include "rounds-hospital-handlers.h"

#include "rounds-hospital-repository.h"
#include "rounds-wire.h"

RoundsResponse *
rounds_hospital_handlers_list (RoundsRequest *request)
{
  g_autoptr (GPtrArray) hospitals = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (GError) error = NULL;

  hospitals = rounds_hospital_repository_list (rounds_request_get_db (request), &error);
  if (hospitals == NULL)
    return rounds_response_from_error (error);

  for (guint i = 0; i < hospitals->len; i++)
    json_array_add_object_element (array,
                                   rounds_wire_hospital_to_json (g_ptr_array_index (hospitals, i)));

  json_object_set_array_member (data, "hospitals", g_steal_pointer (&array));
  return rounds_response_success (200, g_steal_pointer (&data));
}
