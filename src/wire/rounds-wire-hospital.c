/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The hospital document.
 * Whether its time zone exists is asked of model where a wall time is resolved.
 */

#include "config.h"

#include "rounds-wire.h"

#include "rounds-wire-private.h"

JsonObject *
rounds_wire_hospital_to_json (const RoundsHospital *hospital)
{
  JsonObject *object = NULL;

  g_return_val_if_fail (hospital != NULL, NULL);

  object = json_object_new ();
  rounds_wire_write_id (object, hospital->id);
  rounds_wire_write_text (object, "name", hospital->name);
  rounds_wire_write_text (object, "timezone", hospital->timezone);
  rounds_wire_write_strv (object, "departments", hospital->departments);
  return object;
}

RoundsHospital *
rounds_wire_hospital_from_json (JsonObject *object, RoundsProblems *problems)
{
  g_autoptr (RoundsHospital) self = NULL;
  RoundsJsonReader reader = { object, "", problems };
  guint before = 0;

  g_return_val_if_fail (object != NULL && problems != NULL, NULL);

  before = rounds_problems_get_length (problems);
  self = rounds_hospital_new ();
  rounds_wire_read_id (&reader, &self->id);
  rounds_wire_read_text (&reader, "name", TRUE, &self->name);
  rounds_wire_read_text (&reader, "timezone", TRUE, &self->timezone);
  rounds_wire_read_strv (&reader, "departments", FALSE, &self->departments);
  if (rounds_problems_get_length (problems) > before)
    return NULL;
  return g_steal_pointer (&self);
}
