/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the server says about itself to anybody: GET /api and GET /healthz.
 * Nothing about people or records is told here.
 */

#include "config.h"

#include "rounds-info-handlers.h"

/* What a client may use beyond the guide; it does without what is not in this list. A word is added
 * with the thing that it names, never before. */
static const char *const capabilities[] = {
  "auth.login",
  "auth.refresh",
  "auth.sessions",
  "auth.password",
  "directory",
  "hospitals",
  "appointments.status",
  "appointments.edit",
  "meetings.edit",
  "availability",
  "join",
  "versions",
  "idempotency",
  "pages",
  "range",
  "changes",
  "changes.wait",
  "events",
  "users.edit",
  "hospitals.edit",
  "guests",
  "quality",
  "reports",
  "calendar",
  "audit",
};

RoundsResponse *
rounds_handle_health (RoundsRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      rounds_request_get_db (request), "SELECT count (*) FROM hospitals", &error);
  if (statement == NULL || !rounds_db_run (statement, &error))
    return rounds_response_from_error (error);
  JsonObject *data = json_object_new ();
  json_object_set_boolean_member (data, "healthy", TRUE);
  return rounds_response_success (200, data);
}

RoundsResponse *
rounds_handle_info (RoundsRequest *request)
{
  JsonArray *words = json_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    json_array_add_string_element (words, capabilities[i]);

  JsonObject *data = json_object_new ();
  json_object_set_string_member (data, "name", "Rounds");
  json_object_set_string_member (data, "version", ROUNDS_VERSION);
  json_object_set_array_member (data, "capabilities", words);
  json_object_set_string_member (data, "jitsiDomain",
                                 rounds_request_get_config (request)->jitsi->domain);
  return rounds_response_success (200, data);
}
