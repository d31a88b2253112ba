/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Changes of records as JSON: found between a record and a draft, made to a document.
 * Three-way merging is sync's.
 */

#include "config.h"

#include "rounds-wire-changes.h"

#include <string.h>

#include "rounds-wall-time.h"
#include "rounds-wire.h"

#define PATIENT "patientDetails"

static const char *const appointment_members[]
    = { "department", "appointmentDate", "appointmentTime", "durationMinutes",
        "doctor",     "reasonForVisit",  PATIENT,           NULL };
static const char *const meeting_members[]
    = { "participants", "roleContext",      "title", "description", "scheduledAt",
        "meetingType",  "expectedDuration", NULL };
static const char *const patient_members[]
    = { "fullName", "email", "phoneNumber", "age", "gender", NULL };
/* Texts that a record may be without, so that a draft without them means just that. */
static const char *const optional_members[]
    = { "reasonForVisit", "description", "email", "phoneNumber", "gender", "notes", NULL };

static gboolean
is_nothing (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0';
}

static gboolean
are_same_time_of_day (JsonNode *a, JsonNode *b)
{
  int minutes_a = 0;
  int minutes_b = 0;

  return json_node_get_value_type (a) == G_TYPE_STRING
         && json_node_get_value_type (b) == G_TYPE_STRING
         && rounds_wall_time_parse_time (json_node_get_string (a), &minutes_a)
         && rounds_wall_time_parse_time (json_node_get_string (b), &minutes_b)
         && minutes_a == minutes_b;
}

static gboolean
has_element (JsonArray *list, JsonNode *wanted)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (json_node_equal (json_array_get_element (list, i), wanted))
      return TRUE;
  return FALSE;
}

static gboolean
are_same_set (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!has_element (b, json_array_get_element (a, i)))
      return FALSE;
  return TRUE;
}

gboolean
rounds_wire_values_are_same (const char *member, JsonNode *a, JsonNode *b)
{
  g_return_val_if_fail (member != NULL, FALSE);

  if (is_nothing (a) || is_nothing (b))
    return is_nothing (a) && is_nothing (b);
  if (JSON_NODE_HOLDS_ARRAY (a) && JSON_NODE_HOLDS_ARRAY (b))
    return are_same_set (json_node_get_array (a), json_node_get_array (b));
  if (strcmp (member, "appointmentTime") == 0 && are_same_time_of_day (a, b))
    return TRUE;
  return json_node_equal (a, b);
}

static void
find_difference (JsonObject *before, JsonObject *after, const char *member, JsonObject *changes)
{
  JsonNode *wish = json_object_get_member (after, member);

  if (rounds_wire_values_are_same (member, json_object_get_member (before, member), wish))
    return;
  if (!is_nothing (wish))
    json_object_set_member (changes, member, json_node_copy (wish));
  else if (g_strv_contains (optional_members, member))
    json_object_set_string_member (changes, member, "");
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
find_differences (JsonObject *before, JsonObject *after, const char *const *members)
{
  JsonObject *changes = json_object_new ();

  for (gsize i = 0; members[i] != NULL; i++)
    {
      JsonObject *was = get_object (before, members[i]);
      JsonObject *wish = get_object (after, members[i]);

      if (was != NULL && wish != NULL)
        {
          g_autoptr (JsonObject) inside = find_differences (was, wish, patient_members);

          if (json_object_get_size (inside) > 0)
            json_object_set_object_member (changes, members[i], g_steal_pointer (&inside));
        }
      else
        find_difference (before, after, members[i], changes);
    }
  return changes;
}

/* Half of a time says nothing: who sets the hour has seen the day. */
static void
keep_together (JsonObject *wish, JsonObject *changes)
{
  static const char *const halves[] = { "appointmentDate", "appointmentTime" };

  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      JsonNode *other = json_object_get_member (wish, halves[i]);

      if (json_object_has_member (changes, halves[1 - i]) && !is_nothing (other))
        json_object_set_member (changes, halves[i], json_node_copy (other));
    }
}

JsonObject *
rounds_wire_changes_of_appointment (const RoundsAppointment *before,
                                    const RoundsAppointmentDraft *after)
{
  g_autoptr (JsonObject) was = NULL;
  g_autoptr (JsonObject) wish = NULL;
  JsonObject *changes;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  was = rounds_wire_appointment_to_json (before, NULL);
  wish = rounds_wire_appointment_draft_to_json (after);
  changes = find_differences (was, wish, appointment_members);
  keep_together (wish, changes);
  return changes;
}

JsonObject *
rounds_wire_changes_of_meeting (const RoundsMeeting *before, const RoundsMeetingDraft *after)
{
  g_autoptr (JsonObject) was = NULL;
  g_autoptr (JsonObject) wish = NULL;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  was = rounds_wire_meeting_to_json (before, NULL);
  wish = rounds_wire_meeting_draft_to_json (after);
  return find_differences (was, wish, meeting_members);
}

JsonObject *
rounds_wire_changes_find_base (JsonObject *changes, JsonObject *document)
{
  JsonObject *base = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, changes);
  while (json_object_iter_next_ordered (&iter, &member, &value))
    {
      JsonNode *was = json_object_get_member (document, member);
      JsonObject *inside = get_object (document, member);

      if (JSON_NODE_HOLDS_OBJECT (value) && inside != NULL)
        json_object_set_object_member (
            base, member, rounds_wire_changes_find_base (json_node_get_object (value), inside));
      else if (!is_nothing (was))
        json_object_set_member (base, member, json_node_copy (was));
      else
        json_object_set_string_member (base, member, "");
    }
  return base;
}

void
rounds_wire_changes_apply (JsonObject *changes, JsonObject *document)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  g_return_if_fail (changes != NULL && document != NULL);

  json_object_iter_init_ordered (&iter, changes);
  while (json_object_iter_next_ordered (&iter, &member, &value))
    {
      JsonObject *inside = get_object (document, member);

      if (JSON_NODE_HOLDS_OBJECT (value) && inside != NULL)
        rounds_wire_changes_apply (json_node_get_object (value), inside);
      else if (is_nothing (value))
        json_object_remove_member (document, member);
      else
        json_object_set_member (document, member, json_node_copy (value));
    }
  if (json_object_has_member (changes, "appointmentDate")
      || json_object_has_member (changes, "appointmentTime"))
    json_object_remove_member (document, "startsAt");
}
