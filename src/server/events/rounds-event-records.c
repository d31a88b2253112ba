/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What changed in appointments and meetings, as messages for those who may know it now.
 * A mark of the feed is also for those who could see a record before; a state is not.
 */

#include "config.h"

#include "rounds-event-records.h"

#include "rounds-appointment-repository.h"
#include "rounds-json.h"
#include "rounds-meeting-repository.h"

/* More than that at once is an import, or what was done while nobody listened: the feed has it all.
 * Who waits meanwhile is told of all the same. */
#define MAX_RECORDS 50

/* Who opens twice as many calls at a time has other worries. */
#define MAX_WAITING 32

/* Security: these are those whom the waiting was told to when it began: who takes part, and staff
 * of the hospital; $3 is '' for all others. */
static const char waiting_sql[]
    = "SELECT w.kind, w.record_id, u.name, w.since FROM call_waits w JOIN users u ON u.id = "
      "w.user_id"
      " WHERE w.since >= $1 AND w.side <> 'other' AND w.user_id <> $2"
      " AND (w.kind = 'appointment' AND EXISTS (SELECT 1 FROM appointments a"
      " WHERE a.id = w.record_id AND a.status IN ('confirmed', 'arrived')"
      " AND (a.doctor_id = $2 OR a.patient_id = $2 OR a.hospital_id = $3))"
      " OR w.kind = 'meeting' AND EXISTS (SELECT 1 FROM meetings m"
      " WHERE m.id = w.record_id AND m.status = 'scheduled' AND (m.created_by = $2"
      " OR EXISTS (SELECT 1 FROM meeting_participants p"
      " WHERE p.meeting_id = m.id AND p.user_id = $2))))"
      " ORDER BY w.since LIMIT $4";

static const char list_sql[] = "SELECT DISTINCT kind, record_id FROM changes WHERE seq > $1"
                               " AND kind IN ('appointment', 'meeting') LIMIT $2";
static const char waited_sql[]
    = "SELECT DISTINCT kind, record_id FROM call_waits WHERE since >= $1 LIMIT $2";

void
rounds_event_record_free (RoundsEventRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->status);
  g_strfreev (self->audiences);
  g_free (self);
}

static void
add_audience (GStrvBuilder *builder, const char *prefix, const char *id)
{
  if (id != NULL)
    g_strv_builder_take (builder, g_strconcat (prefix, id, NULL));
}

/* Security: these are the rules of rounds-access.h about who sees a record, as audiences. */
static gboolean
fill_appointment (RoundsDb *db, RoundsEventRecord *record, GError **error)
{
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (GStrvBuilder) audiences = g_strv_builder_new ();

  if (!rounds_appointment_repository_find (db, record->id, &appointment, error))
    return FALSE;
  if (appointment == NULL)
    return TRUE;
  g_strv_builder_add (audiences, "a");
  add_audience (audiences, "s:", appointment->hospital_id);
  add_audience (audiences, "u:", appointment->doctor_id);
  add_audience (audiences, "u:", appointment->patient_id);
  record->audiences = g_strv_builder_end (audiences);
  record->status = g_strdup (rounds_appointment_status_to_string (appointment->status));
  record->over = rounds_appointment_status_is_final (appointment->status);
  return TRUE;
}

static gboolean
fill_meeting (RoundsDb *db, RoundsEventRecord *record, GError **error)
{
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (GStrvBuilder) audiences = g_strv_builder_new ();

  if (!rounds_meeting_repository_find (db, record->id, &meeting, error))
    return FALSE;
  if (meeting == NULL)
    return TRUE;
  g_strv_builder_add (audiences, "a");
  add_audience (audiences, "u:", meeting->created_by);
  for (gsize i = 0; meeting->participants[i] != NULL; i++)
    add_audience (audiences, "u:", meeting->participants[i]);
  record->audiences = g_strv_builder_end (audiences);
  record->status = g_strdup (rounds_meeting_status_to_string (meeting->status));
  record->over = rounds_meeting_status_is_final (meeting->status);
  return TRUE;
}

/* What @sql finds from @first on, a number of the feed or a moment; one more than is wanted. */
static GPtrArray *
list_from (RoundsDb *db, const char *sql, gint64 first, GError **error)
{
  RoundsDbStep step;
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_event_record_free);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_int (statement, 1, first);
  rounds_db_bind_int (statement, 2, MAX_RECORDS + 1);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsEventRecord *record = g_new0 (RoundsEventRecord, 1);
      record->kind = g_str_equal (rounds_db_get_text (statement, 0), "meeting")
                         ? ROUNDS_CHANGE_MEETING
                         : ROUNDS_CHANGE_APPOINTMENT;
      record->id = g_strdup (rounds_db_get_text (statement, 1));
      g_ptr_array_add (records, record);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
rounds_event_records_list (RoundsDb *db, gint64 seq, gint64 waited_since, GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  g_autoptr (GPtrArray) records = list_from (db, list_sql, seq, error);
  if (records != NULL && records->len > MAX_RECORDS)
    {
      g_ptr_array_unref (records);
      records = list_from (db, waited_sql, waited_since, error);
    }
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len;)
    {
      RoundsEventRecord *record = g_ptr_array_index (records, i);
      if (!(record->kind == ROUNDS_CHANGE_MEETING ? fill_meeting (db, record, error)
                                                  : fill_appointment (db, record, error)))
        return NULL;
      if (record->status != NULL)
        i++;
      else
        g_ptr_array_remove_index (records, i);
    }
  return g_steal_pointer (&records);
}

RoundsEventMessage *
rounds_event_record_write_status (const RoundsEventRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *text
      = g_strdup_printf ("{\"type\":\"status\",\"kind\":\"%s\",\"id\":\"%s\",\"status\":\"%s\"}",
                         rounds_change_kind_to_string (self->kind), self->id, self->status);
  RoundsEventMessage *message = g_new0 (RoundsEventMessage, 1);
  message->text = g_ref_string_new (text);
  message->audiences = g_strdupv (self->audiences);
  return message;
}

/* (transfer full) */
static GRefString *
write_waiting (const char *kind, const char *id, const char *name, gint64 began)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *since = rounds_time_to_rfc3339 (began);
  json_object_set_string_member (object, "type", "waiting");
  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "since", since);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = rounds_json_to_text (node);
  return g_ref_string_new (text);
}

GPtrArray *
rounds_event_records_list_waiting (RoundsDb *db, const RoundsUser *listener, gint64 after,
                                   GError **error)
{
  g_return_val_if_fail (db != NULL && listener != NULL, NULL);

  RoundsDbStep step;
  g_autoptr (GPtrArray) texts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ref_string_release);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, waiting_sql, error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_time (statement, 1, after);
  rounds_db_bind_text (statement, 2, listener->id);
  rounds_db_bind_text (statement, 3,
                       listener->role == ROUNDS_ROLE_HOSPITAL ? listener->hospital_id : "");
  rounds_db_bind_int (statement, 4, MAX_WAITING);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    g_ptr_array_add (texts, write_waiting (rounds_db_get_text (statement, 0),
                                           rounds_db_get_text (statement, 1),
                                           rounds_db_get_text (statement, 2),
                                           rounds_db_get_time (statement, 3)));
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&texts) : NULL;
}

/* Security: a name and since when, and only for those who take part; admins may see the record but
 * have nothing to do with who waits. */
RoundsEventMessage *
rounds_event_record_write_waiting (const RoundsEventRecord *self, const RoundsCallWaiter *waiter)
{
  g_return_val_if_fail (self != NULL && waiter != NULL, NULL);

  g_autoptr (GStrvBuilder) audiences = g_strv_builder_new ();
  for (gsize i = 0; self->audiences[i] != NULL; i++)
    {
      if (!g_str_equal (self->audiences[i], "a"))
        g_strv_builder_add (audiences, self->audiences[i]);
    }

  RoundsEventMessage *message = g_new0 (RoundsEventMessage, 1);
  message->text = write_waiting (rounds_change_kind_to_string (self->kind), self->id, waiter->name,
                                 waiter->since);
  message->audiences = g_strv_builder_end (audiences);
  message->but = g_strdup (waiter->user_id);
  return message;
}
