/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The audit log in the database: appended to, read, checked, and trimmed after its time.
 * That nothing else can be done to it is the triggers' business, in sql/007-audit.sql.
 */

#include "config.h"

#include "rounds-audit-repository.h"

#include <string.h>

#define COLUMNS                                                                                    \
  "seq, at, user_id, role, session_id, address, action, record_kind, record_id, result, detail,"   \
  " hash"

static const char head_sql[] = "SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1";
static const char trimmed_sql[] = "SELECT seq, hash FROM audit_trims ORDER BY seq DESC LIMIT 1";
static const char hash_sql[] = "SELECT seq, hash FROM audit_log WHERE seq = $1";
static const char all_sql[] = "SELECT " COLUMNS " FROM audit_log ORDER BY seq";
static const char insert_sql[] = "INSERT INTO audit_log (" COLUMNS ")"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
#define LIST "SELECT " COLUMNS " FROM audit_log WHERE seq < $1 AND at >= $2 AND at < $3"
#define LAST_FIRST " ORDER BY seq DESC LIMIT $4"
/* Each leads to its rows by an index of its own, also in a log of many years. */
static const char list_all_sql[] = LIST LAST_FIRST;
static const char list_of_user_sql[] = LIST " AND user_id = $5" LAST_FIRST;
static const char list_of_record_sql[] = LIST " AND record_id = $5" LAST_FIRST;
static const char list_of_both_sql[] = LIST " AND record_id = $5 AND user_id = $6" LAST_FIRST;
static const char last_before_sql[]
    = "SELECT seq, hash FROM audit_log WHERE at < $1 ORDER BY seq DESC LIMIT 1";
static const char trim_sql[] = "INSERT INTO audit_trims (seq, at, hash) VALUES ($1, $2, $3)";
static const char delete_sql[] = "DELETE FROM audit_log WHERE seq <= $1";

/* The one row of seq and hash that @sql gives; @seq 0 when there is none. */
static gboolean
read_point (RoundsDb *db, const char *sql, gint64 parameter, gint64 *seq, guint8 *hash,
            GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  gsize length = 0;
  RoundsDbStep step;

  *seq = 0;
  memset (hash, 0, ROUNDS_AUDIT_HASH_LENGTH);
  if (statement == NULL)
    return FALSE;

  if (strstr (sql, "$1") != NULL)
    rounds_db_bind_int (statement, 1, parameter);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    {
      const guint8 *bytes = rounds_db_get_bytes (statement, 1, &length);

      *seq = rounds_db_get_int (statement, 0);
      /* The table's own check lets no other length in. */
      g_assert (length == ROUNDS_AUDIT_HASH_LENGTH);
      memcpy (hash, bytes, length);
    }
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_audit_repository_read_head (RoundsDb *db, gint64 *seq, guint8 *hash, GError **error)
{
  g_return_val_if_fail (db != NULL && seq != NULL && hash != NULL, FALSE);

  /* A log that was trimmed to nothing goes on where it ended. */
  return read_point (db, head_sql, 0, seq, hash, error)
         && (*seq > 0 || read_point (db, trimmed_sql, 0, seq, hash, error));
}

gboolean
rounds_audit_repository_find_hash (RoundsDb *db, gint64 seq, gboolean *found, guint8 *hash,
                                   GError **error)
{
  gint64 there = 0;

  g_return_val_if_fail (db != NULL && found != NULL && hash != NULL, FALSE);

  if (!read_point (db, hash_sql, seq, &there, hash, error))
    return FALSE;
  *found = there == seq;
  return TRUE;
}

gboolean
rounds_audit_repository_append (RoundsDb *db, RoundsAuditEntry *entry, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  guint8 previous[ROUNDS_AUDIT_HASH_LENGTH];

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (entry != NULL && entry->action != NULL && entry->address != NULL, FALSE);

  if (!rounds_db_lock (db, "audit", error)
      || !rounds_audit_repository_read_head (db, &entry->seq, previous, error))
    return FALSE;
  entry->seq++;
  rounds_audit_entry_hash (entry, previous, entry->hash);

  statement = rounds_db_prepare (db, insert_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, entry->seq);
  rounds_db_bind_int (statement, 2, entry->at);
  rounds_db_bind_text (statement, 3, entry->user_id);
  rounds_db_bind_text (statement, 4, entry->role);
  rounds_db_bind_text (statement, 5, entry->session_id);
  rounds_db_bind_text (statement, 6, entry->address);
  rounds_db_bind_text (statement, 7, entry->action);
  rounds_db_bind_text (statement, 8, entry->record_kind);
  rounds_db_bind_text (statement, 9, entry->record_id);
  rounds_db_bind_int (statement, 10, entry->result);
  rounds_db_bind_text (statement, 11, entry->detail);
  rounds_db_bind_bytes (statement, 12, entry->hash, ROUNDS_AUDIT_HASH_LENGTH);
  return rounds_db_run (statement, error);
}

static RoundsAuditEntry *
read_entry (RoundsDbStatement *statement)
{
  RoundsAuditEntry *self = g_new0 (RoundsAuditEntry, 1);
  gsize length = 0;
  const guint8 *hash = NULL;

  self->seq = rounds_db_get_int (statement, 0);
  self->at = rounds_db_get_int (statement, 1);
  self->user_id = g_strdup (rounds_db_get_text (statement, 2));
  self->role = g_strdup (rounds_db_get_text (statement, 3));
  self->session_id = g_strdup (rounds_db_get_text (statement, 4));
  self->address = g_strdup (rounds_db_get_text (statement, 5));
  self->action = g_strdup (rounds_db_get_text (statement, 6));
  self->record_kind = g_strdup (rounds_db_get_text (statement, 7));
  self->record_id = g_strdup (rounds_db_get_text (statement, 8));
  self->result = (int)rounds_db_get_int (statement, 9);
  self->detail = g_strdup (rounds_db_get_text (statement, 10));
  hash = rounds_db_get_bytes (statement, 11, &length);
  if (length == ROUNDS_AUDIT_HASH_LENGTH)
    memcpy (self->hash, hash, length);
  return self;
}

/* The list that @filter asks for, its people and records bound. */
static RoundsDbStatement *
prepare_list (RoundsDb *db, const RoundsAuditFilter *filter, GError **error)
{
  const char *one = filter->record_id != NULL ? filter->record_id : filter->user_id;
  gboolean both = filter->record_id != NULL && filter->user_id != NULL;
  const char *sql = both                        ? list_of_both_sql
                    : filter->record_id != NULL ? list_of_record_sql
                    : filter->user_id != NULL   ? list_of_user_sql
                                                : list_all_sql;
  RoundsDbStatement *statement = rounds_db_prepare (db, sql, error);

  if (statement != NULL && one != NULL)
    rounds_db_bind_text (statement, 5, one);
  if (statement != NULL && both)
    rounds_db_bind_text (statement, 6, filter->user_id);
  return statement;
}

GPtrArray *
rounds_audit_repository_list (RoundsDb *db, const RoundsAuditFilter *filter, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_audit_entry_free);
  RoundsDbStep step;

  g_return_val_if_fail (db != NULL && filter != NULL, NULL);

  statement = prepare_list (db, filter, error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_int (statement, 1, filter->before_seq > 0 ? filter->before_seq : G_MAXINT64);
  rounds_db_bind_int (statement, 2, filter->from);
  rounds_db_bind_int (statement, 3, filter->to > 0 ? filter->to : G_MAXINT64);
  rounds_db_bind_int (statement, 4, filter->limit > 0 ? filter->limit : G_MAXINT64);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    g_ptr_array_add (entries, read_entry (statement));
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&entries) : NULL;
}

/* Whether @entry is what follows (@seq, @hash); both move on to it. */
static const char *
check_entry (const RoundsAuditEntry *entry, gint64 *seq, guint8 *hash)
{
  guint8 right[ROUNDS_AUDIT_HASH_LENGTH];

  if (entry->seq > *seq + 1)
    return "rows before it were removed";
  if (entry->seq < *seq + 1)
    return "it was inserted before the beginning";
  rounds_audit_entry_hash (entry, hash, right);
  if (memcmp (right, entry->hash, sizeof right) != 0)
    return "it was changed or inserted, or the row before it was";
  *seq = entry->seq;
  memcpy (hash, right, sizeof right);
  return NULL;
}

gboolean
rounds_audit_repository_verify (RoundsDb *db, RoundsAuditReport *report, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  guint8 hash[ROUNDS_AUDIT_HASH_LENGTH];
  gint64 seq = 0;
  RoundsDbStep step;

  g_return_val_if_fail (db != NULL && report != NULL, FALSE);

  *report = (RoundsAuditReport){ 0 };
  if (!read_point (db, trimmed_sql, 0, &seq, hash, error))
    return FALSE;
  report->first_seq = seq + 1;
  report->last_seq = seq;
  statement = rounds_db_prepare (db, all_sql, error);
  if (statement == NULL)
    return FALSE;
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      g_autoptr (RoundsAuditEntry) entry = read_entry (statement);

      report->problem = check_entry (entry, &seq, hash);
      report->n_rows++;
      report->last_seq = entry->seq;
      if (report->problem != NULL)
        {
          report->bad_seq = entry->seq;
          return TRUE;
        }
    }
  return step == ROUNDS_DB_DONE;
}

gboolean
rounds_audit_repository_trim (RoundsDb *db, gint64 moment, gint64 now, int *n_removed,
                              GError **error)
{
  g_autoptr (RoundsDbStatement) trim = NULL;
  g_autoptr (RoundsDbStatement) remove = NULL;
  guint8 hash[ROUNDS_AUDIT_HASH_LENGTH];
  gint64 seq = 0;

  g_return_val_if_fail (db != NULL && n_removed != NULL, FALSE);

  *n_removed = 0;
  if (!rounds_db_lock (db, "audit", error)
      || !read_point (db, last_before_sql, moment, &seq, hash, error))
    return FALSE;
  if (seq == 0)
    return TRUE;

  trim = rounds_db_prepare (db, trim_sql, error);
  if (trim == NULL)
    return FALSE;
  rounds_db_bind_int (trim, 1, seq);
  rounds_db_bind_int (trim, 2, now);
  rounds_db_bind_bytes (trim, 3, hash, sizeof hash);
  if (!rounds_db_run (trim, error))
    return FALSE;
  remove = rounds_db_prepare (db, delete_sql, error);
  if (remove == NULL)
    return FALSE;
  rounds_db_bind_int (remove, 1, seq);
  if (!rounds_db_run (remove, error))
    return FALSE;
  *n_removed = rounds_db_get_changes (db);
  return TRUE;
}
