/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The records under the edits of the outbox, as the server showed them last.
 * Security: written without a link, as everything in the cache.
 */

#include "config.h"

#include "rounds-json.h"
#include "rounds-outbox.h"
#include "rounds-wire.h"

static const char *
name_kind (RoundsEntryKind kind)
{
  return kind == ROUNDS_ENTRY_MEETING ? "meeting" : "appointment";
}

static char *
write_document (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  JsonObject *object = appointment != NULL
                           ? rounds_wire_appointment_to_json (appointment, NULL)
                           : rounds_wire_meeting_to_json (rounds_entry_get_meeting (entry), NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return rounds_json_to_text (node);
}

static RoundsEntry *
read_document (RoundsEntryKind kind, const char *text, GError **error)
{
  g_autoptr (JsonObject) object = rounds_json_parse_object (text, -1, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsMeeting) meeting = NULL;

  if (object != NULL && kind == ROUNDS_ENTRY_MEETING)
    meeting = rounds_wire_meeting_from_json (object, problems);
  else if (object != NULL)
    appointment = rounds_wire_appointment_from_json (object, problems);

  if (meeting != NULL)
    return rounds_entry_new_for_meeting (meeting);
  if (appointment != NULL)
    return rounds_entry_new_for_appointment (appointment);
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                       "The cache holds a record in original that cannot be read");
  return NULL;
}

gboolean
rounds_original_get (RoundsDb *db, RoundsEntryKind kind, const char *record, RoundsEntry **entry,
                     GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (
      db, "SELECT document FROM original WHERE kind = $1 AND record = $2", error);
  RoundsDbStep step;

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name_kind (kind));
  rounds_db_bind_text (row, 2, record);
  step = rounds_db_step (row, error);
  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  *entry = read_document (kind, rounds_db_get_text (row, 0), error);
  return *entry != NULL;
}

gboolean
rounds_original_set (RoundsDb *db, RoundsEntry *entry, GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (
      db, "INSERT OR REPLACE INTO original (kind, record, document) VALUES ($1, $2, $3)", error);
  g_autofree char *document = write_document (entry);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name_kind (rounds_entry_get_kind (entry)));
  rounds_db_bind_text (row, 2, rounds_entry_get_id (entry));
  rounds_db_bind_text (row, 3, document);
  return rounds_db_run (row, error);
}

gboolean
rounds_original_remove (RoundsDb *db, RoundsEntryKind kind, const char *record, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "DELETE FROM original WHERE kind = $1 AND record = $2", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, name_kind (kind));
  rounds_db_bind_text (row, 2, record);
  return rounds_db_run (row, error);
}
