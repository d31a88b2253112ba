/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The hospital document.
 * Whether its time zone exists and its doors close after they open is asked of model.
 */

#include "config.h"

#include "rounds-wire.h"

#include "rounds-wire-private.h"

#include "rounds-wall-time.h"

static void
write_clock (JsonObject *object, const char *member, int minutes)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);

  json_object_set_string_member (object, member, text);
}

static JsonArray *
write_openings (const GArray *openings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < openings->len; i++)
    {
      const RoundsOpening *one = &g_array_index (openings, RoundsOpening, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "day", rounds_weekday_to_string (one->weekday));
      write_clock (object, "opens", one->opens);
      write_clock (object, "closes", one->closes);
      json_array_add_object_element (array, object);
    }
  return array;
}

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
  if (hospital->version > 0)
    {
      json_object_set_array_member (object, "openingHours", write_openings (hospital->openings));
      json_object_set_int_member (object, "version", hospital->version);
    }
  return object;
}

static void
read_clock (RoundsJsonReader *reader, const char *member, int *minutes)
{
  const char *text = NULL;

  if (!rounds_json_read_string (reader, member, TRUE, &text))
    return;
  /* No wall clock shows it, but it is where a day ends. */
  if (g_str_equal (text, "24:00"))
    *minutes = 24 * 60;
  else if (!rounds_wall_time_parse_time (text, minutes))
    {
      g_autofree char *field = g_strconcat (reader->prefix, member, NULL);

      rounds_problems_add (reader->problems, field, "Has to be a time such as 08:00 or 5:30 PM");
    }
}

static void
read_opening (RoundsJsonReader *outer, guint position, JsonNode *node, GArray *openings)
{
  g_autofree char *prefix = g_strdup_printf ("openingHours[%u].", position);
  RoundsJsonReader reader = { NULL, prefix, outer->problems };
  RoundsOpening opening = { 0 };
  const char *day = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      rounds_problems_add (outer->problems, "openingHours", "Has to be a list of objects");
      return;
    }
  reader.object = json_node_get_object (node);
  if (rounds_json_read_string (&reader, "day", TRUE, &day)
      && !rounds_weekday_from_string (day, &opening.weekday))
    {
      g_autofree char *field = g_strconcat (prefix, "day", NULL);

      rounds_problems_add (outer->problems, field, "Has to be monday, tuesday … sunday");
    }
  read_clock (&reader, "opens", &opening.opens);
  read_clock (&reader, "closes", &opening.closes);
  g_array_append_val (openings, opening);
}

static void
read_openings (RoundsJsonReader *reader, RoundsHospital *hospital)
{
  JsonArray *array = NULL;

  if (!rounds_json_read_array (reader, "openingHours", FALSE, &array))
    return;
  g_array_set_size (hospital->openings, 0);
  for (guint i = 0; i < json_array_get_length (array); i++)
    read_opening (reader, i, json_array_get_element (array, i), hospital->openings);
}

void
rounds_wire_hospital_apply (JsonObject *object, RoundsHospital *hospital, RoundsProblems *problems)
{
  RoundsJsonReader reader = { object, "", problems };

  g_return_if_fail (object != NULL && hospital != NULL && problems != NULL);

  rounds_wire_read_text (&reader, "name", FALSE, &hospital->name);
  rounds_wire_read_text (&reader, "timezone", FALSE, &hospital->timezone);
  rounds_wire_read_strv (&reader, "departments", FALSE, &hospital->departments);
  read_openings (&reader, hospital);
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
  read_openings (&reader, self);
  rounds_json_read_int (&reader, "version", FALSE, 0, G_MAXINT64, &self->version);
  if (rounds_problems_get_length (problems) > before)
    return NULL;
  return g_steal_pointer (&self);
}
