/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Members that several documents read in the same way, from our server and from others.
 * Typed members as such are read by rounds-json.h.
 */

#include "config.h"

#include "rounds-wire-private.h"

#include "rounds-id.h"
#include "rounds-wall-time.h"

static void G_GNUC_PRINTF (3, 4)
    add_problem (RoundsJsonReader *reader, const char *member, const char *format, ...)
{
  g_autofree char *field = g_strconcat (reader->prefix, member, NULL);
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  rounds_problems_add (reader->problems, field, "%s", message);
}

static gboolean
has_member (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

RoundsJsonReader
rounds_wire_reader_inside (const RoundsJsonReader *outer, JsonObject *object, const char *prefix)
{
  return (RoundsJsonReader){ object, prefix, outer->problems };
}

gboolean
rounds_wire_read_id (RoundsJsonReader *reader, char **out)
{
  const char *member
      = !has_member (reader->object, "_id") && has_member (reader->object, "id") ? "id" : "_id";
  const char *id = NULL;

  if (!rounds_json_read_id (reader, member, TRUE, &id))
    return FALSE;
  g_set_str (out, id);
  return TRUE;
}

gboolean
rounds_wire_read_text (RoundsJsonReader *reader, const char *member, gboolean required, char **out)
{
  const char *text = NULL;

  if (!rounds_json_read_string (reader, member, required, &text))
    return FALSE;
  g_set_str (out, text);
  return TRUE;
}

gboolean
rounds_wire_read_reference (RoundsJsonReader *reader, const char *member, gboolean required,
                            char **out)
{
  JsonNode *node = json_object_get_member (reader->object, member);
  const char *id = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autofree char *prefix = g_strconcat (reader->prefix, member, ".", NULL);
      RoundsJsonReader inside
          = rounds_wire_reader_inside (reader, json_node_get_object (node), prefix);

      return rounds_wire_read_id (&inside, out);
    }
  if (!rounds_json_read_id (reader, member, required, &id))
    return FALSE;
  g_set_str (out, id);
  return TRUE;
}

/* One element of a list, or NULL after adding a problem. (transfer full) */
static char *
read_element (RoundsJsonReader *reader, const char *member, guint position, JsonNode *node,
              gboolean reference)
{
  g_autofree char *name = g_strdup_printf ("%s[%u]", member, position);
  g_autofree char *text = NULL;

  if (reference && JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autofree char *prefix = g_strconcat (reader->prefix, name, ".", NULL);
      RoundsJsonReader inside
          = rounds_wire_reader_inside (reader, json_node_get_object (node), prefix);

      rounds_wire_read_id (&inside, &text);
      return g_steal_pointer (&text);
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_dup_string (node);
  if (text == NULL)
    add_problem (reader, name, "Has to be a text");
  else if (reference && !rounds_id_is_valid (text))
    {
      add_problem (reader, name, "Has to be an id of 24 lower-case hexadecimal digits");
      return NULL;
    }
  return g_steal_pointer (&text);
}

gboolean
rounds_wire_read_strv (RoundsJsonReader *reader, const char *member, gboolean references,
                       char ***out)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = NULL;
  gboolean good = TRUE;

  if (!rounds_json_read_array (reader, member, FALSE, &array))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      char *text = read_element (reader, member, i, json_array_get_element (array, i), references);

      if (text == NULL)
        good = FALSE;
      else if (!g_hash_table_contains (seen, text))
        g_strv_builder_add (builder, text);
      if (text != NULL)
        g_hash_table_add (seen, text);
    }
  if (!good)
    return FALSE;
  g_strfreev (*out);
  *out = g_strv_builder_end (builder);
  return TRUE;
}

void
rounds_wire_read_history (RoundsJsonReader *reader, gint64 *version, gint64 *created_at,
                          gint64 *updated_at)
{
  rounds_json_read_int (reader, "version", FALSE, 0, G_MAXINT64, version);
  rounds_json_read_time (reader, "createdAt", FALSE, created_at);
  rounds_json_read_time (reader, "updatedAt", FALSE, updated_at);
}

void
rounds_wire_read_patient (RoundsJsonReader *reader, RoundsPatientDetails *patient)
{
  gint64 age = -1;

  rounds_wire_read_text (reader, "fullName", FALSE, &patient->full_name);
  rounds_wire_read_text (reader, "email", FALSE, &patient->email);
  rounds_wire_read_text (reader, "phoneNumber", FALSE, &patient->phone);
  /* The model's −1 means unknown, so a negative age must not get there. */
  if (rounds_json_read_int (reader, "age", FALSE, 0, G_MAXINT, &age))
    patient->age = (int)age;
  rounds_wire_read_text (reader, "gender", FALSE, &patient->gender);
}

static gboolean
resolve_leniently (GTimeZone *zone, const char *date, const char *time, gint64 *moment)
{
  g_autoptr (GDateTime) local = NULL;
  int year = 0, month = 0, day = 0, minutes = 0;

  if (!rounds_wall_time_parse_date (date, &year, &month, &day)
      || !rounds_wall_time_parse_time (time, &minutes))
    return FALSE;
  local = g_date_time_new (zone, year, month, day, minutes / 60, minutes % 60, 0);
  if (local == NULL)
    return FALSE;
  *moment = g_date_time_to_unix (local) * ROUNDS_SECOND;
  return TRUE;
}

gboolean
rounds_wire_resolve_moment (const char *zone, const char *date, const char *time, gint64 *moment,
                            GError **error)
{
  g_autoptr (GTimeZone) clock = zone == NULL ? g_time_zone_new_local () : NULL;
  const char *name = zone != NULL ? zone : g_time_zone_get_identifier (clock);
  g_autoptr (GError) local = NULL;

  if (rounds_wall_time_to_moment (name, date, time, moment, &local))
    return TRUE;
  /* Security: a server's zone is opened by GLib only once model has found it to be one. */
  if (clock == NULL
      && g_error_matches (local, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_SKIPPED))
    clock = g_time_zone_new_identifier (zone);
  /* This machine's own zone may be a rule (TZ=CET-1CEST) that has no name. */
  if (clock != NULL && resolve_leniently (clock, date, time, moment))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
