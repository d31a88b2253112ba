/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Members that several documents write in the same way.
 * The documents themselves have a file each.
 */

#include "config.h"

#include "rounds-wire-private.h"

void
rounds_wire_write_id (JsonObject *object, const char *id)
{
  json_object_set_string_member (object, "_id", id);
  json_object_set_string_member (object, "id", id);
}

void
rounds_wire_write_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

void
rounds_wire_write_time (JsonObject *object, const char *member, gint64 moment)
{
  g_autofree char *text = NULL;

  if (moment == ROUNDS_TIME_NONE)
    return;
  text = rounds_time_to_rfc3339 (moment);
  json_object_set_string_member (object, member, text);
}

void
rounds_wire_write_strv (JsonObject *object, const char *member, char *const *strv)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; strv != NULL && strv[i] != NULL; i++)
    json_array_add_string_element (array, strv[i]);
  json_object_set_array_member (object, member, array);
}

void
rounds_wire_write_patient (JsonObject *object, const RoundsPatientDetails *patient)
{
  JsonObject *details = json_object_new ();

  rounds_wire_write_text (details, "fullName", patient->full_name);
  rounds_wire_write_text (details, "email", patient->email);
  rounds_wire_write_text (details, "phoneNumber", patient->phone);
  if (patient->age >= 0)
    json_object_set_int_member (details, "age", patient->age);
  rounds_wire_write_text (details, "gender", patient->gender);
  json_object_set_object_member (object, "patientDetails", details);
}

void
rounds_wire_put_id (RoundsJsonWriter *writer, const char *id)
{
  rounds_json_write_text (writer, "_id", id);
  rounds_json_write_text (writer, "id", id);
}

void
rounds_wire_put_patient (RoundsJsonWriter *writer, const RoundsPatientDetails *patient)
{
  rounds_json_begin_object (writer, "patientDetails");
  rounds_json_write_text (writer, "fullName", patient->full_name);
  rounds_json_write_text (writer, "email", patient->email);
  rounds_json_write_text (writer, "phoneNumber", patient->phone);
  if (patient->age >= 0)
    rounds_json_write_int (writer, "age", patient->age);
  rounds_json_write_text (writer, "gender", patient->gender);
  rounds_json_end_object (writer);
}

void
rounds_wire_put_history (RoundsJsonWriter *writer, gint64 version, gint64 created_at,
                         gint64 updated_at)
{
  rounds_json_write_int (writer, "version", version);
  rounds_json_write_time (writer, "createdAt", created_at);
  rounds_json_write_time (writer, "updatedAt", updated_at);
}

JsonObject *
rounds_wire_text_to_json (const GString *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = rounds_json_parse_object (text->str, (gssize)text->len, &error);

  /* A record whose texts are no UTF-8 cannot be made by any reader of ours. */
  if (object == NULL)
    g_critical ("A document cannot be read back: %s", error->message);
  return object != NULL ? object : json_object_new ();
}
