/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Single rows of records, so that nobody else asks which of the two tables it is.
 * Whole listings are in rounds-record-listing.c.
 */

#include "config.h"

#include "rounds-record-table-private.h"

#include "rounds-entry-private.h"
#include "rounds-number.h"
#include "rounds-search-index.h"

/* More than this at once, and searches learn of them later. */
#define MOST_INDEXED_AT_ONCE 32

gpointer
rounds_record_table_unwrap (RoundsEntry *entry)
{
  if (rounds_entry_get_kind (entry) == ROUNDS_ENTRY_MEETING)
    return rounds_entry_get_meeting (entry);
  return rounds_entry_get_appointment (entry);
}

RoundsEntry *
rounds_record_table_wrap (RoundsEntryKind kind, gpointer record)
{
  return kind == ROUNDS_ENTRY_MEETING ? rounds_entry_new_for_meeting (record)
                                      : rounds_entry_new_for_appointment (record);
}

/* "$3, $4, …" for the values of @count columns from position @first on; with @columns,
 * "name = $3, …". */
static char *
write_values (const char *columns, guint count, guint first)
{
  g_auto (GStrv) names = columns != NULL ? g_strsplit (columns, ", ", -1) : NULL;
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    {
      if (i > 0)
        g_string_append (values, ", ");
      if (names != NULL)
        g_string_append_printf (values, "%s = ", names[i]);
      g_string_append_printf (values, "$%u", first + i);
    }
  return g_string_free_and_steal (g_steal_pointer (&values));
}

static void
write_sql (RoundsRecordSql *sql, const RoundsRecordKind *kind)
{
  g_autofree char *values = write_values (NULL, kind->n_columns, 1);
  g_autofree char *settings = write_values (kind->columns, kind->n_columns, 1);
  g_autofree char *select
      = g_strdup_printf ("SELECT %s, %s, number, (SELECT max (state) FROM outbox"
                         " WHERE outbox.kind = '%s' AND outbox.record = %s.id) FROM %s",
                         kind->columns, kind->more, kind->table, kind->table, kind->table);

  sql->find = g_strconcat (select, " WHERE id = $1", NULL);
  sql->read = g_strconcat (select, " WHERE number = $1", NULL);
  sql->walk = g_strdup_printf ("SELECT %s, %s, number FROM %s ORDER BY number", kind->columns,
                               kind->more, kind->table);
  sql->insert = g_strdup_printf ("INSERT INTO %s (%s, number) VALUES (%s, $%u)", kind->table,
                                 kind->columns, values, kind->n_columns + 1);
  sql->update = g_strdup_printf ("UPDATE %s SET %s, number = $%u WHERE number = $%u", kind->table,
                                 settings, kind->n_columns + 1, kind->n_columns + 2);
  sql->remove = g_strdup_printf ("DELETE FROM %s WHERE id = $1", kind->table);
  sql->last = g_strdup_printf ("SELECT number FROM %s WHERE number BETWEEN $1 AND $2"
                               " ORDER BY number DESC LIMIT 1",
                               kind->table);
  sql->forget = g_strdup_printf ("DELETE FROM %s_search WHERE rowid = $1", kind->table);
}

const RoundsRecordSql *
rounds_record_sql_get (const RoundsRecordKind *kind)
{
  static RoundsRecordSql sql[ROUNDS_N_ENTRY_KINDS];
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < ROUNDS_N_ENTRY_KINDS; i++)
        write_sql (&sql[i], rounds_record_kind_get (i));
      g_once_init_leave (&once, 1);
    }
  return &sql[kind->kind];
}

/* Steps @row and makes an entry of it. */
static gboolean
step_entry (RoundsDbStatement *row, const RoundsRecordKind *kind, RoundsEntry **entry,
            GError **error)
{
  RoundsDbStep step = rounds_db_step (row, error);
  gpointer record;

  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  record = kind->read (row, error);
  if (record == NULL)
    return FALSE;
  *entry = rounds_record_table_wrap (kind->kind, record);
  kind->unref (record);
  rounds_entry_set_outbox_state (*entry, (int)rounds_db_get_int (row, (int)kind->n_columns + 2));
  return TRUE;
}

gboolean
rounds_record_table_find (RoundsDb *db, RoundsEntryKind kind, const char *id, RoundsEntry **entry,
                          GError **error)
{
  const RoundsRecordKind *table = rounds_record_kind_get (kind);
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (table)->find, error);

  *entry = NULL;
  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, id);
  return step_entry (row, table, entry, error);
}

gboolean
rounds_record_table_read (RoundsDb *db, RoundsEntryKind kind, gint64 number, RoundsEntry **entry,
                          GError **error)
{
  const RoundsRecordKind *table = rounds_record_kind_get (kind);
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (table)->read, error);

  *entry = NULL;
  if (row == NULL)
    return FALSE;
  rounds_db_bind_int (row, 1, number);
  return step_entry (row, table, entry, error);
}

gboolean
rounds_record_table_choose_number (RoundsDb *db, const RoundsRecordKind *kind, gint64 start,
                                   gint64 *number, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (kind)->last, error);
  RoundsDbStep step;

  if (row == NULL)
    return FALSE;
  *number = rounds_number_for_start (start);
  rounds_db_bind_int (row, 1, *number);
  rounds_db_bind_int (row, 2, *number + (1 << ROUNDS_NUMBER_TIE_BITS) - 1);
  step = rounds_db_step (row, error);
  if (step == ROUNDS_DB_ROW)
    *number = rounds_db_get_int (row, 0) + 1;
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_record_table_insert (RoundsDb *db, const RoundsRecordKind *kind, gconstpointer record,
                            gint64 number, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (kind)->insert, error);

  if (row == NULL)
    return FALSE;
  kind->bind (row, record);
  rounds_db_bind_int (row, (int)kind->n_columns + 1, number);
  return rounds_db_run (row, error)
         && (kind->put_rest == NULL || kind->put_rest (db, number, record, error));
}

/* The search knows the row by its number. */
static gboolean
forget_words (RoundsDb *db, const RoundsRecordKind *kind, gint64 number, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (kind)->forget, error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_int (row, 1, number);
  return rounds_db_run (row, error);
}

gboolean
rounds_record_table_update (RoundsDb *db, const RoundsRecordKind *kind, gconstpointer record,
                            gint64 *number, GError **error)
{
  gint64 old = *number;
  gint64 start = kind->get_start (record);
  g_autoptr (RoundsDbStatement) row = NULL;

  if (rounds_number_for_start (start) >> ROUNDS_NUMBER_TIE_BITS != old >> ROUNDS_NUMBER_TIE_BITS
      && (!rounds_record_table_choose_number (db, kind, start, number, error)
          || !forget_words (db, kind, old, error)))
    return FALSE;
  row = rounds_db_prepare (db, rounds_record_sql_get (kind)->update, error);
  if (row == NULL)
    return FALSE;
  kind->bind (row, record);
  rounds_db_bind_int (row, (int)kind->n_columns + 1, *number);
  rounds_db_bind_int (row, (int)kind->n_columns + 2, old);
  return rounds_db_run (row, error)
         && (kind->put_rest == NULL || kind->put_rest (db, *number, record, error));
}

/* @number: of the row there is, or -1; @same: whether it says what @record says. */
static gboolean
compare_row (RoundsDb *db, const RoundsRecordKind *kind, gconstpointer record, gint64 *number,
             gboolean *same, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (kind)->find, error);
  RoundsDbStep step;
  gpointer kept;

  *number = -1;
  *same = FALSE;
  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, kind->get_id (record));
  step = rounds_db_step (row, error);
  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  kept = kind->read (row, error);
  if (kept == NULL)
    return FALSE;
  *number = rounds_db_get_int (row, (int)kind->n_columns + 1);
  *same = kind->equal (kept, record);
  kind->unref (kept);
  return TRUE;
}

static gboolean
put (RoundsDb *db, const RoundsRecordKind *kind, gconstpointer record, gboolean index_now,
     gboolean *changed, GError **error)
{
  gint64 number;
  gboolean same;

  if (!compare_row (db, kind, record, &number, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  *changed = TRUE;
  if (number >= 0
          ? !rounds_record_table_update (db, kind, record, &number, error)
          : !rounds_record_table_choose_number (db, kind, kind->get_start (record), &number, error)
                || !rounds_record_table_insert (db, kind, record, number, error))
    return FALSE;
  return index_now ? rounds_search_index_put (db, kind, number, error)
                   : rounds_search_index_defer (db, kind, number, error);
}

gboolean
rounds_record_table_put (RoundsDb *db, RoundsEntry *entry, gboolean *changed, GError **error)
{
  return put (db, rounds_record_kind_get (rounds_entry_get_kind (entry)),
              rounds_record_table_unwrap (entry), TRUE, changed, error);
}

gboolean
rounds_record_table_put_all (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records,
                             gboolean *changed, GError **error)
{
  const RoundsRecordKind *table = rounds_record_kind_get (kind);
  gboolean index_now = records->len <= MOST_INDEXED_AT_ONCE;

  for (guint i = 0; i < records->len; i++)
    if (!put (db, table, records->pdata[i], index_now, changed, error))
      return FALSE;
  return TRUE;
}

gboolean
rounds_record_table_remove (RoundsDb *db, RoundsEntryKind kind, const char *id, gboolean *changed,
                            GError **error)
{
  const RoundsRecordKind *table = rounds_record_kind_get (kind);
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, rounds_record_sql_get (table)->remove, error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_text (row, 1, id);
  if (!rounds_db_run (row, error))
    return FALSE;
  if (rounds_db_get_changes (db) > 0)
    *changed = TRUE;
  return TRUE;
}
