/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a scripted server with a change feed answers, and what of it is in the cache.
 * The tests say when.
 */

#include "config.h"

#include "feed-script.h"

#include "rounds-test.h"

void
feed_script_capabilities (SyncWorld *self, const char *capabilities)
{
  g_autofree char *body = g_strdup_printf (
      "{\"status\":\"success\",\"data\":{\"name\":\"Rounds\",\"capabilities\":[%s]}}",
      capabilities);

  scripted_server_answer (self->server, "GET /api", 200, "application/json", body);
}

JsonObject *
feed_make_change (const char *kind, const char *id, JsonObject *record)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "kind", kind);
  json_object_set_string_member (change, "id", id);
  if (record != NULL)
    json_object_set_object_member (change, kind, record);
  else
    json_object_set_boolean_member (change, "removed", TRUE);
  return change;
}

JsonObject *
feed_make_meeting (const char *id, const char *title)
{
  g_autoptr (RoundsMeeting) meeting = sample_meeting (id);

  g_set_str (&meeting->title, title);
  return feed_make_change ("meeting", id, rounds_wire_meeting_to_json (meeting, NULL));
}

void
feed_script_page (SyncWorld *self, const char *cursor, gboolean reset, gboolean more,
                  JsonArray *changes)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "cursor", cursor);
  json_object_set_boolean_member (data, "reset", reset);
  json_object_set_boolean_member (data, "more", more);
  json_object_set_array_member (data, "changes", changes != NULL ? changes : json_array_new ());
  scripted_server_answer_data (self->server, CHANGES_ROUTE, data);
}

JsonArray *
feed_list (JsonObject *first, ...)
{
  JsonArray *changes = json_array_new ();
  va_list more;

  va_start (more, first);
  for (JsonObject *change = first; change != NULL; change = va_arg (more, JsonObject *))
    json_array_add_object_element (changes, change);
  va_end (more);
  return changes;
}

char *
feed_get_fact (SyncWorld *self, const char *name)
{
  g_autoptr (DexFuture) future = rounds_store_get_fact (self->store, name);

  rounds_test_wait_for (future);
  return g_value_dup_string (dex_future_get_value (future, NULL));
}

void
feed_expect_cursor (SyncWorld *self, const char *expected)
{
  g_autofree char *cursor = feed_get_fact (self, ROUNDS_STORE_FACT_CURSOR);

  g_assert_cmpstr (cursor, ==, expected);
}

gboolean
feed_has_meeting (SyncWorld *self, const char *id)
{
  g_autoptr (RoundsEntry) entry = sync_world_get_entry (self, ROUNDS_ENTRY_MEETING, id);

  return entry != NULL;
}

void
feed_script_first_page (SyncWorld *self)
{
  g_autoptr (RoundsAppointment) appointment = sample_appointment (SAMPLE_APPOINTMENT_ID);

  feed_script_page (
      self, "first", TRUE, FALSE,
      feed_list (feed_make_change ("appointment", SAMPLE_APPOINTMENT_ID,
                                   rounds_wire_appointment_to_json (appointment, NULL)),
                 feed_make_meeting (SAMPLE_MEETING_ID, "Weekly"),
                 feed_make_change ("user", SAMPLE_DOCTOR_ID, rounds_wire_user_to_json (self->user)),
                 NULL));
}
