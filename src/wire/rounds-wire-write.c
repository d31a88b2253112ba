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
rounds_wire_write_history (JsonObject *object, gint64 version, gint64 created_at, gint64 updated_at)
{
  json_object_set_int_member (object, "version", version);
  rounds_wire_write_time (object, "createdAt", created_at);
  rounds_wire_write_time (object, "updatedAt", updated_at);
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
