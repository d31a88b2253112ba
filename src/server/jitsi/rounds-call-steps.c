/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Takes a call's record as far as the rules say, and notes that it was they.
 * It reads the record anew before each step: a person may have been faster.
 */

#include "config.h"

#include "rounds-call-steps.h"

#include "rounds-appointment-repository.h"
#include "rounds-audit-repository.h"
#include "rounds-call-moments.h"
#include "rounds-call-stays.h"
#include "rounds-call-waiting.h"
#include "rounds-json.h"
#include "rounds-meeting-repository.h"

/* confirmed, arrived, active, completed, and one try more. */
#define MAX_STEPS 5
/* How far back what was forgotten is looked at. */
#define LOOK_BACK (2 * ROUNDS_DAY)
#define MAX_DUE 500
/* Prosody looks once a minute which rooms to close, and may have to tell it several times. */
#define CLOSING_TAKES (10 * ROUNDS_MINUTE)

/* Of which nobody has told anything, nothing follows. Whoever is in the room before the call's time
 * has come to it when that begins, at $5. */
static const char due_sql[]
    = "SELECT 'appointment', a.id FROM appointments a WHERE a.type = 'virtual'"
      " AND a.starts_at >= $1 AND ((a.status IN ('confirmed', 'arrived') AND a.ends_at <= $2)"
      " OR (a.status = 'confirmed' AND a.starts_at <= $5)"
      " OR (a.status = 'active' AND a.starts_at <= $3))"
      " AND (EXISTS (SELECT 1 FROM call_stays s WHERE s.room_name = a.room_name)"
      " OR EXISTS (SELECT 1 FROM call_waits w WHERE w.kind = 'appointment'"
      " AND w.record_id = a.id))"
      " UNION ALL SELECT 'meeting', m.id FROM meetings m WHERE m.scheduled_at >= $1"
      " AND (m.status = 'active' OR (m.status = 'scheduled' AND m.scheduled_at <= $5))"
      " AND EXISTS (SELECT 1 FROM call_stays s WHERE s.room_name = m.room_name) LIMIT $4";

/* The last event, or question for the link, or sample of a connection. */
static gboolean
read_heard (RoundsDb *db, const RoundsCall *call, RoundsCallFacts *facts, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT max (at) FROM call_quality WHERE record_id = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, rounds_call_get_id (call));
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  facts->heard_at = MAX (facts->tried_at, rounds_db_get_int (statement, 0));
  for (gsize i = 0; i < facts->n_stays; i++)
    {
      facts->heard_at = MAX (facts->heard_at, facts->stays[i].joined_at);
      if (facts->stays[i].left_at != ROUNDS_TIME_NONE)
        facts->heard_at = MAX (facts->heard_at, facts->stays[i].left_at);
    }
  /* Whatever somebody's clock says. */
  facts->heard_at = MIN (facts->heard_at, facts->now);
  return TRUE;
}

/* What a person began, a person ends; only what was forgotten for a day is over all the same. */
static gint64
find_silence (const RoundsCall *call, const RoundsCallFacts *facts)
{
  const char *status = rounds_call_get_status (call);
  gboolean waits = g_str_equal (status, "confirmed") || g_str_equal (status, "scheduled");

  return waits || facts->by_rule ? MAX (facts->ends_at, facts->heard_at) + ROUNDS_CALL_SILENCE
                                 : ROUNDS_TIME_NONE;
}

/* Where Prosody asks for its rooms, it closes them as well. */
static gboolean
read_closing (RoundsDb *db, const RoundsCall *call, RoundsCallFacts *facts, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "SELECT count (*) FROM call_reservations WHERE record_id = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, rounds_call_get_id (call));
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  facts->closes_at = rounds_db_get_int (statement, 0) > 0
                         ? facts->ends_at + ROUNDS_CALL_OPEN_AFTER + CLOSING_TAKES
                         : find_silence (call, facts);
  return TRUE;
}

static gboolean
read_facts (RoundsDb *db, const RoundsCall *call, GArray **stays, RoundsCallFacts *facts,
            GError **error)
{
  const char *room = rounds_call_get_room (call);
  RoundsTimeRange range = rounds_call_get_range (call);

  facts->opens_at = range.start - ROUNDS_CALL_OPENS_BEFORE;
  facts->ends_at = range.end;
  *stays = rounds_call_stay_list (db, room, error);
  if (*stays == NULL || !rounds_call_room_is_closed (db, room, &facts->room_closed, error)
      || !rounds_call_wait_read_sides (db, call, facts->opens_at, facts->tried, &facts->tried_at,
                                       error)
      || !rounds_call_step_is_rule (db, call, rounds_call_get_status (call), &facts->by_rule,
                                    error))
    return FALSE;
  facts->stays = (const RoundsCallStay *)(*stays)->data;
  facts->n_stays = (*stays)->len;
  return read_heard (db, call, facts, error) && read_closing (db, call, facts, error);
}

/* What the rules did to a call, for the audit log. */
typedef struct
{
  gboolean stepped; /* the last time */
  GString *statuses; /* "arrived active" */
  RoundsNoShowCause cause;
} Progress;

static void
note_step (Progress *progress, const char *status, RoundsNoShowCause cause)
{
  if (progress->statuses->len > 0)
    g_string_append_c (progress->statuses, ' ');
  g_string_append (progress->statuses, status);
  progress->cause = cause;
}

static gboolean
step_appointment (RoundsDb *db, const RoundsCall *call, const RoundsCallFacts *facts,
                  Progress *progress, GError **error)
{
  gint64 at = 0;
  gboolean stored = FALSE;
  RoundsNoShowCause cause = ROUNDS_CAUSE_NONE;
  RoundsAppointmentStatus to
      = rounds_call_rules_appointment (call->appointment, facts, &at, &cause);

  if (to == call->appointment->status)
    return TRUE;
  g_autoptr (RoundsAppointment) changed
      = rounds_appointment_with_status (call->appointment, to, NULL, at);
  changed->version++;
  changed->updated_at = facts->now;
  if (!rounds_appointment_repository_update_status (db, changed, &stored, error))
    return FALSE;
  progress->stepped = TRUE;
  if (!stored)
    return TRUE;
  note_step (progress, rounds_appointment_status_to_string (to), cause);
  return rounds_call_step_store (db, call, rounds_appointment_status_to_string (to), cause, at,
                                 error);
}

static gboolean
step_meeting (RoundsDb *db, const RoundsCall *call, const RoundsCallFacts *facts,
              Progress *progress, GError **error)
{
  gint64 at = 0;
  gboolean stored = FALSE;
  RoundsMeetingStatus to = rounds_call_rules_meeting (call->meeting, facts, &at);

  if (to == call->meeting->status)
    return TRUE;
  g_autoptr (RoundsMeeting) changed = rounds_meeting_with_status (call->meeting, to, NULL, at);
  changed->version = call->meeting->version + 1;
  changed->updated_at = facts->now;
  if (!rounds_meeting_repository_update_status (db, changed, &stored, error))
    return FALSE;
  progress->stepped = TRUE;
  if (!stored)
    return TRUE;
  note_step (progress, rounds_meeting_status_to_string (to), ROUNDS_CAUSE_NONE);
  return rounds_call_step_store (db, call, rounds_meeting_status_to_string (to), ROUNDS_CAUSE_NONE,
                                 at, error);
}

static gboolean
take_one (RoundsDb *db, const RoundsCall *call, gint64 now, Progress *progress, GError **error)
{
  RoundsCallFacts facts = { .now = now };
  g_autoptr (GArray) stays = NULL;

  if (!read_facts (db, call, &stays, &facts, error))
    return FALSE;
  if (call->meeting != NULL ? !step_meeting (db, call, &facts, progress, error)
                            : !step_appointment (db, call, &facts, progress, error))
    return FALSE;
  /* At its last state, what was told late may still have something to say. */
  return progress->stepped || rounds_call_moments_correct (db, call, &facts, now, error);
}

/* Security: a state that nobody set has its line in the log as well; who looks for the one who said
 * that a patient did not come finds that it was a rule, and by which cause. */
static gboolean
write_line (RoundsDb *db, const RoundsCall *call, const Progress *progress, gint64 now,
            GError **error)
{
  g_autoptr (RoundsAuditEntry) entry = g_new0 (RoundsAuditEntry, 1);
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  if (progress->statuses->len == 0)
    return TRUE;
  json_object_set_string_member (detail, "status", progress->statuses->str);
  if (progress->cause != ROUNDS_CAUSE_NONE)
    json_object_set_string_member (detail, "cause",
                                   rounds_no_show_cause_to_string (progress->cause));
  node = json_node_init_object (json_node_alloc (), detail);
  entry->at = now;
  entry->address = g_strdup ("server");
  entry->action = g_strdup ("call rules");
  entry->record_kind = g_strdup (rounds_call_get_kind (call));
  entry->record_id = g_strdup (rounds_call_get_id (call));
  entry->result = 200;
  entry->detail = rounds_json_to_text (node);
  return rounds_audit_repository_append (db, entry, error);
}

gboolean
rounds_call_steps_take (RoundsDb *db, const RoundsCall *call, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL, FALSE);

  g_autoptr (GString) statuses = g_string_new (NULL);
  Progress progress = { .stepped = TRUE, .statuses = statuses };

  for (int i = 0; i < MAX_STEPS && progress.stepped; i++)
    {
      g_autoptr (RoundsCall) present = NULL;
      progress.stepped = FALSE;
      if (!rounds_call_find (db, call->kind, rounds_call_get_id (call), &present, error)
          || (present != NULL && !take_one (db, present, now, &progress, error)))
        return FALSE;
    }
  return write_line (db, call, &progress, now, error);
}

GPtrArray *
rounds_call_steps_list_due (RoundsDb *db, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  RoundsDbStep step;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_call_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, due_sql, error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_int (statement, 1, now - LOOK_BACK);
  rounds_db_bind_int (statement, 2, now - ROUNDS_CALL_NO_SHOW_AFTER);
  rounds_db_bind_int (statement, 3, now);
  rounds_db_bind_int (statement, 4, MAX_DUE);
  rounds_db_bind_int (statement, 5, now + ROUNDS_CALL_OPENS_BEFORE);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      g_ptr_array_add (ids, g_strdup (rounds_db_get_text (statement, 0)));
      g_ptr_array_add (ids, g_strdup (rounds_db_get_text (statement, 1)));
    }
  if (step != ROUNDS_DB_DONE)
    return NULL;
  for (guint i = 0; i + 1 < ids->len; i += 2)
    {
      RoundsCall *call = NULL;
      gboolean meeting = g_str_equal (g_ptr_array_index (ids, i), "meeting");
      if (!rounds_call_find (db, meeting ? ROUNDS_CHANGE_MEETING : ROUNDS_CHANGE_APPOINTMENT,
                             g_ptr_array_index (ids, i + 1), &call, error))
        return NULL;
      if (call != NULL)
        g_ptr_array_add (calls, call);
    }
  return g_steal_pointer (&calls);
}
