/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What was read from the database, in memory, as long as it holds.
 * It reads no database itself and decides nothing.
 *
 * Security: a commit by anybody, in this process or another, ends all that is here before its own
 * answer goes out; but for people and sessions, when SQLite itself has said that it went to other
 * tables only. So who was signed out, switched off or moved is so at once, as without it.
 */

#include "config.h"

#include "rounds-recall.h"

#include <string.h>

/* A session is some 500 bytes, a record a kilobyte or two. */
#define MAX_SESSIONS 1000
#define MAX_USERS 1000
#define MAX_RECORDS 1000

typedef struct
{
  guint8 hash[ROUNDS_TOKEN_HASH_BYTES]; /* the key */
  RoundsSession session;
} KnownSession;

struct _RoundsRecall
{
  RoundsDbWriter *writer;
  GMutex mutex; /* guards what follows */
  RoundsDbStamp stamp; /* up to which records were looked after */
  RoundsDbStamp people_stamp; /* and people: they may be behind */
  guint64 n_loud; /* by then; rounds_db_writer_read_loud() */
  RoundsRecallSpan span;
  GHashTable *sessions; /* set of KnownSession */
  GHashTable *users; /* id, the user's own → RoundsUser */
  GHashTable *meetings; /* id, the record's own → RoundsMeeting */
  GHashTable *appointments; /* id, the record's own → RoundsAppointment */
  GHashTable *answers; /* key → RoundsSharedBody */
  gint64 answers_until; /* µs UTC: the first one ends */
};

/* Neither who people are nor who is signed in stands in any of these. */
const char *const rounds_recall_quiet_tables[]
    = { "appointments", "appointment_overrides", "audit_log", "changes", "idempotency_keys",
        "meetings",     "meeting_participants",  NULL };

/* A hash is as good as random. */
static guint
hash_known (gconstpointer key)
{
  guint hash;
  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
equal_known (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, ROUNDS_TOKEN_HASH_BYTES) == 0;
}

static void
free_known (gpointer data)
{
  KnownSession *known = data;
  rounds_session_clear (&known->session);
  g_free (known);
}

RoundsRecall *
rounds_recall_new (RoundsDbWriter *writer)
{
  g_return_val_if_fail (writer != NULL, NULL);

  RoundsRecall *self = g_new0 (RoundsRecall, 1);
  self->writer = writer;
  g_mutex_init (&self->mutex);
  self->sessions = g_hash_table_new_full (hash_known, equal_known, free_known, NULL);
  self->users
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rounds_user_unref);
  self->meetings
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rounds_meeting_unref);
  self->appointments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify)rounds_appointment_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify)rounds_shared_body_unref);
  return self;
}

void
rounds_recall_free (RoundsRecall *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->meetings);
  g_hash_table_unref (self->appointments);
  g_hash_table_unref (self->answers);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* With the mutex held, as what follows. */
static void
look_at_records (RoundsRecall *self, const RoundsDbStamp *stamp)
{
  if (self->span.records > 0 && memcmp (stamp, &self->stamp, sizeof *stamp) == 0)
    return;
  self->stamp = *stamp;
  g_hash_table_remove_all (self->meetings);
  g_hash_table_remove_all (self->appointments);
  g_hash_table_remove_all (self->answers);
  self->span.records++;
}

/* FALSE when it is not known yet what the last commit was about. */
static gboolean
look_at_people (RoundsRecall *self, const RoundsDbStamp *stamp)
{
  if (self->span.people > 0 && memcmp (stamp, &self->people_stamp, sizeof *stamp) == 0)
    return TRUE;
  guint64 n_loud = rounds_db_writer_read_loud (self->writer, stamp);
  if (n_loud == 0)
    return FALSE;
  self->people_stamp = *stamp;
  if (n_loud == self->n_loud)
    return TRUE;
  self->n_loud = n_loud;
  g_hash_table_remove_all (self->sessions);
  g_hash_table_remove_all (self->users);
  self->span.people++;
  return TRUE;
}

/* The span of now. */
static RoundsRecallSpan
look_at_commits (RoundsRecall *self)
{
  RoundsDbStamp stamp;

  if (!rounds_db_writer_read_stamp (self->writer, &stamp))
    return (RoundsRecallSpan){ 0 };
  look_at_records (self, &stamp);
  gboolean known = look_at_people (self, &stamp);
  return (RoundsRecallSpan){ known ? self->span.people : 0, self->span.records };
}

static void
make_room (GHashTable *table, guint most)
{
  if (g_hash_table_size (table) >= most)
    g_hash_table_remove_all (table);
}

/* Makes room in @table for what was read in @span, if that still holds. */
static gboolean
may_keep (RoundsRecall *self, RoundsRecallSpan span, GHashTable *table)
{
  if (span.records == 0 || look_at_commits (self).records != span.records)
    return FALSE;
  make_room (table, MAX_RECORDS);
  return TRUE;
}

static gboolean
may_keep_people (RoundsRecall *self, RoundsRecallSpan span, GHashTable *table, guint most)
{
  if (span.people == 0 || look_at_commits (self).people != span.people)
    return FALSE;
  make_room (table, most);
  return TRUE;
}

RoundsRecallSpan
rounds_recall_begin (RoundsRecall *self)
{
  g_return_val_if_fail (self != NULL, (RoundsRecallSpan){ 0 });

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return look_at_commits (self);
}

gboolean
rounds_recall_session (RoundsRecall *self, RoundsRecallSpan span, const char *token,
                       RoundsSession *session)
{
  g_return_val_if_fail (self != NULL && token != NULL && session != NULL, FALSE);

  guint8 hash[ROUNDS_TOKEN_HASH_BYTES];
  if (span.people == 0 || !rounds_session_token_hash (token, hash))
    return FALSE;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  KnownSession *known
      = span.people == self->span.people ? g_hash_table_lookup (self->sessions, hash) : NULL;
  if (known == NULL)
    return FALSE;
  rounds_session_copy (&known->session, session);
  return TRUE;
}

void
rounds_recall_keep_session (RoundsRecall *self, RoundsRecallSpan span, const char *token,
                            const RoundsSession *session)
{
  g_return_if_fail (self != NULL && token != NULL && session != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (!may_keep_people (self, span, self->sessions, MAX_SESSIONS))
    return;
  KnownSession *known = g_new0 (KnownSession, 1);
  rounds_session_copy (session, &known->session);
  if (rounds_session_token_hash (token, known->hash))
    g_hash_table_add (self->sessions, known);
  else
    free_known (known);
}

RoundsUser *
rounds_recall_user (RoundsRecall *self, RoundsRecallSpan span, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  RoundsUser *user = span.people > 0 && span.people == self->span.people
                         ? g_hash_table_lookup (self->users, id)
                         : NULL;
  return user != NULL ? rounds_user_ref (user) : NULL;
}

void
rounds_recall_keep_user (RoundsRecall *self, RoundsRecallSpan span, RoundsUser *user)
{
  g_return_if_fail (self != NULL && user != NULL && user->id != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (may_keep_people (self, span, self->users, MAX_USERS))
    g_hash_table_replace (self->users, user->id, rounds_user_ref (user));
}

/* With the mutex held: of records. */
static gboolean
is_now (RoundsRecall *self, RoundsRecallSpan span)
{
  return span.records > 0 && span.records == self->span.records;
}

RoundsMeeting *
rounds_recall_meeting (RoundsRecall *self, RoundsRecallSpan span, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  RoundsMeeting *meeting = is_now (self, span) ? g_hash_table_lookup (self->meetings, id) : NULL;
  return meeting != NULL ? rounds_meeting_ref (meeting) : NULL;
}

void
rounds_recall_keep_meeting (RoundsRecall *self, RoundsRecallSpan span, RoundsMeeting *meeting)
{
  g_return_if_fail (self != NULL && meeting != NULL && meeting->id != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (may_keep (self, span, self->meetings))
    g_hash_table_replace (self->meetings, meeting->id, rounds_meeting_ref (meeting));
}

RoundsAppointment *
rounds_recall_appointment (RoundsRecall *self, RoundsRecallSpan span, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  RoundsAppointment *appointment
      = is_now (self, span) ? g_hash_table_lookup (self->appointments, id) : NULL;
  return appointment != NULL ? rounds_appointment_ref (appointment) : NULL;
}

void
rounds_recall_keep_appointment (RoundsRecall *self, RoundsRecallSpan span,
                                RoundsAppointment *appointment)
{
  g_return_if_fail (self != NULL && appointment != NULL && appointment->id != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (may_keep (self, span, self->appointments))
    g_hash_table_replace (self->appointments, appointment->id,
                          rounds_appointment_ref (appointment));
}

/* With the mutex held. Security: links are in there, which are forgotten with their time. */
static void
forget_old_answers (RoundsRecall *self, gint64 now)
{
  if (g_hash_table_size (self->answers) > 0 && now >= self->answers_until)
    g_hash_table_remove_all (self->answers);
}

RoundsSharedBody *
rounds_recall_answer (RoundsRecall *self, RoundsRecallSpan span, const char *key, gint64 now)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  forget_old_answers (self, now);
  RoundsSharedBody *body = is_now (self, span) ? g_hash_table_lookup (self->answers, key) : NULL;
  return body != NULL ? rounds_shared_body_ref (body) : NULL;
}

void
rounds_recall_keep_answer (RoundsRecall *self, RoundsRecallSpan span, const char *key,
                           RoundsSharedBody *body, gint64 until)
{
  g_return_if_fail (self != NULL && key != NULL && body != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (!may_keep (self, span, self->answers))
    return;
  self->answers_until
      = g_hash_table_size (self->answers) > 0 ? MIN (self->answers_until, until) : until;
  g_hash_table_replace (self->answers, g_strdup (key), rounds_shared_body_ref (body));
}
