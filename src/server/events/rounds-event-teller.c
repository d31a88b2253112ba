/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What WebSocket clients are told beyond "there is something", and who of them has to go.
 * All of it can get lost without harm: the feed has everything, a token ends by itself.
 */

#include "config.h"

#include "rounds-event-teller.h"

#include "rounds-event-client.h"
#include "rounds-event-records.h"

/* How often all sessions are looked at, for those that another process ended (monotonic µs). */
#define SESSIONS_EVERY (2 * G_USEC_PER_SEC)
/* Sessions asked for in one statement. */
#define CHUNK 50
/* Records whose last state is remembered. */
#define MAX_REMEMBERED 10000

struct _RoundsEventTeller
{
  RoundsEventHub *hub;
  int sessions_noted; /* atomic */
  gint64 next_sessions; /* this and what follows: the watch's thread */
  GHashTable *statuses; /* "kind/id" → the last state told */
  GHashTable *waits; /* "kind/id/person since": told */
};

RoundsEventTeller *
rounds_event_teller_new (RoundsEventHub *hub)
{
  g_return_val_if_fail (hub != NULL, NULL);

  RoundsEventTeller *self = g_new0 (RoundsEventTeller, 1);
  self->hub = hub;
  self->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->waits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
rounds_event_teller_free (RoundsEventTeller *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statuses);
  g_hash_table_unref (self->waits);
  g_free (self);
}

void
rounds_event_teller_note_route (RoundsEventTeller *self, const char *route)
{
  g_return_if_fail (self != NULL && route != NULL);

  if (g_str_has_prefix (route, "/api/auth/") || g_str_has_prefix (route, "/api/users"))
    g_atomic_int_set (&self->sessions_noted, 1);
}

/* Records */

static gboolean
is_another_status (RoundsEventTeller *self, const RoundsEventRecord *record)
{
  char *key = g_strconcat (rounds_change_kind_to_string (record->kind), "/", record->id, NULL);
  gboolean same = g_strcmp0 (g_hash_table_lookup (self->statuses, key), record->status) == 0;

  if (g_hash_table_size (self->statuses) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->statuses);
  g_hash_table_replace (self->statuses, key, g_strdup (record->status));
  return !same;
}

static void
tell_status (RoundsEventTeller *self, const RoundsEventRecord *record)
{
  if (!is_another_status (self, record))
    return;
  g_autoptr (RoundsEventMessage) message = rounds_event_record_write_status (record);
  rounds_event_hub_tell (self->hub, message);
}

static gboolean
is_new_wait (RoundsEventTeller *self, const RoundsEventRecord *record,
             const RoundsCallWaiter *waiter)
{
  if (g_hash_table_size (self->waits) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->waits);
  return g_hash_table_add (self->waits,
                           g_strdup_printf ("%s/%s/%s %" G_GINT64_FORMAT,
                                            rounds_change_kind_to_string (record->kind), record->id,
                                            waiter->user_id, waiter->since));
}

static gboolean
tell_waits (RoundsEventTeller *self, RoundsDb *db, const RoundsEventRecord *record, gint64 now,
            GError **error)
{
  if (record->over)
    return TRUE;
  g_autoptr (GPtrArray) waiters
      = rounds_call_list_waiting (db, rounds_change_kind_to_string (record->kind), record->id,
                                  now - ROUNDS_WAITING_IS_NEWS, error);
  if (waiters == NULL)
    return FALSE;
  for (guint i = 0; i < waiters->len; i++)
    {
      const RoundsCallWaiter *waiter = g_ptr_array_index (waiters, i);
      if (!is_new_wait (self, record, waiter))
        continue;
      g_autoptr (RoundsEventMessage) message = rounds_event_record_write_waiting (record, waiter);
      rounds_event_hub_tell (self->hub, message);
    }
  return TRUE;
}

static gboolean
tell_records (RoundsEventTeller *self, RoundsDb *db, const RoundsChangeNews *news, gint64 now,
              GError **error)
{
  if (g_hash_table_size (news->audiences) == 0)
    return TRUE;
  g_autoptr (GPtrArray) records
      = rounds_event_records_list (db, news->from, now - ROUNDS_WAITING_IS_NEWS, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const RoundsEventRecord *record = g_ptr_array_index (records, i);
      tell_status (self, record);
      if (!tell_waits (self, db, record, now, error))
        return FALSE;
    }
  return TRUE;
}

/* Sessions */

/* "SELECT … WHERE s.id IN ($1, …, $CHUNK)", always of this length, so that it is prepared once. */
static char *
write_sessions_sql (void)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT s.id, u.role, u.hospital_id FROM sessions s JOIN users u ON u.id = s.user_id"
      " WHERE u.active = 1 AND s.id IN (");
  for (int i = 1; i <= CHUNK; i++)
    g_string_append_printf (sql, "%s$%d", i > 1 ? ", " : "", i);
  g_string_append_c (sql, ')');
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* Adds those of @ids from @first on that are there, with their standing. */
static gboolean
read_chunk (RoundsDb *db, const char *sql, GPtrArray *ids, guint first, GHashTable *living,
            GError **error)
{
  RoundsDbStep step;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < CHUNK; i++)
    rounds_db_bind_text (statement, (int)i + 1,
                         first + i < ids->len ? g_ptr_array_index (ids, first + i) : NULL);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    g_hash_table_replace (living, g_strdup (rounds_db_get_text (statement, 0)),
                          rounds_event_admission_standing (rounds_db_get_text (statement, 1),
                                                           rounds_db_get_text (statement, 2)));
  return step == ROUNDS_DB_DONE;
}

/* Security: who was signed out, switched off or moved hears nothing more. */
static gboolean
end_sessions (RoundsEventTeller *self, RoundsDb *db, GError **error)
{
  g_autoptr (GHashTable) sessions = rounds_event_hub_list_sessions (self->hub);
  g_autoptr (GPtrArray) ids = g_hash_table_get_keys_as_ptr_array (sessions);
  g_autoptr (GHashTable) living = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *sql = write_sessions_sql ();

  for (guint i = 0; i < ids->len; i += CHUNK)
    {
      if (!read_chunk (db, sql, ids, i, living, error))
        return FALSE;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const char *standing = g_hash_table_lookup (living, id);
      if (standing == NULL)
        rounds_event_hub_end_session (self->hub, id, ROUNDS_CLOSE_SESSION_ENDED);
      else if (!g_str_equal (standing, g_hash_table_lookup (sessions, id)))
        rounds_event_hub_end_session (self->hub, id, ROUNDS_CLOSE_ACCESS_CHANGED);
    }
  return TRUE;
}

/* Now and then, and at once when somebody may have ended one. */
static gboolean
is_time_for_sessions (RoundsEventTeller *self)
{
  gboolean is_noted = g_atomic_int_exchange (&self->sessions_noted, 0) != 0;
  gint64 clock = g_get_monotonic_time ();

  if (!is_noted && clock < self->next_sessions)
    return FALSE;
  self->next_sessions = clock + SESSIONS_EVERY;
  return TRUE;
}

void
rounds_event_teller_tell (RoundsEventTeller *self, RoundsDb *db, const RoundsChangeNews *news,
                          gint64 now)
{
  g_return_if_fail (self != NULL && db != NULL && news != NULL);

  g_autoptr (GError) untold = NULL;
  g_autoptr (GError) unseen = NULL;

  if (!tell_records (self, db, news, now, &untold))
    g_warning ("Clients cannot be told of records: %s", untold->message);
  /* Security: whatever else fails, who was signed out has to go. */
  if (is_time_for_sessions (self) && !end_sessions (self, db, &unseen))
    g_warning ("The sessions of clients cannot be looked at: %s", unseen->message);
}
