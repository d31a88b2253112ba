/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A whole listing of the server's takes the place of what is cached, touching only what differs.
 * Single rows are in rounds-record-table.c.
 */

#include "config.h"

#include "rounds-record-table-private.h"

#include "rounds-number.h"
#include "rounds-search-index.h"

/* From here on it is faster to make a table's indexes anew than to keep them up row by row. */
#define MANY_ROWS 2000

/* How the listing and the table differ. Records are borrowed from the listing. */
typedef struct
{
  GHashTable *fresh; /* id → record, what the table does not have */
  GPtrArray *changed; /* records */
  GArray *numbers; /* of their rows */
  GPtrArray *gone; /* ids, owned */
  guint n_rows;
} Difference;

static void
clear_difference (Difference *self)
{
  g_clear_pointer (&self->fresh, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Difference, clear_difference)

static gboolean
compare_row (Difference *self, const RoundsRecordKind *kind, RoundsDbStatement *row, GError **error)
{
  const char *id = rounds_db_get_text (row, 0);
  gconstpointer listed = g_hash_table_lookup (self->fresh, id);
  gint64 number = rounds_db_get_int (row, (int)kind->n_columns + 1);
  gpointer kept;

  self->n_rows++;
  if (listed == NULL)
    {
      g_ptr_array_add (self->gone, g_strdup (id));
      return TRUE;
    }
  kept = kind->read (row, error);
  if (kept == NULL)
    return FALSE;
  if (!kind->equal (kept, listed))
    {
      g_ptr_array_add (self->changed, (gpointer)listed);
      g_array_append_val (self->numbers, number);
    }
  kind->unref (kept);
  g_hash_table_remove (self->fresh, id);
  return TRUE;
}

/* One walk through the table in the order of its pages. */
static gboolean
compare (Difference *self, RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  g_autoptr (RoundsDbStatement) rows
      = rounds_db_prepare (db, rounds_record_sql_get (kind)->walk, error);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (rows != NULL && (step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    if (!compare_row (self, kind, rows, error))
      return FALSE;
  return step == ROUNDS_DB_DONE;
}

static gboolean
apply_changed (const Difference *self, RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  for (guint i = 0; i < self->changed->len; i++)
    {
      gint64 number = g_array_index (self->numbers, gint64, i);

      if (!rounds_record_table_update (db, kind, self->changed->pdata[i], &number, error)
          || !rounds_search_index_defer (db, kind, number, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_records (gconstpointer a, gconstpointer b, gpointer data)
{
  const RoundsRecordKind *kind = data;
  gint64 first = kind->get_start (a);
  gint64 second = kind->get_start (b);

  if (first != second)
    return first < second ? -1 : 1;
  return g_strcmp0 (kind->get_id (a), kind->get_id (b));
}

/* In the order of the table, so that its pages fill one after the other. */
static gboolean
insert_sorted (RoundsDb *db, const RoundsRecordKind *kind, GPtrArray *records, gboolean is_empty,
               GError **error)
{
  gint64 number = -1;

  for (guint i = 0; i < records->len; i++)
    {
      gint64 start = kind->get_start (records->pdata[i]);
      gint64 first = rounds_number_for_start (start);

      if (number >= first)
        number++;
      else if (is_empty)
        number = first;
      else if (!rounds_record_table_choose_number (db, kind, start, &number, error))
        return FALSE;
      if (!rounds_record_table_insert (db, kind, records->pdata[i], number, error)
          || (!is_empty && !rounds_search_index_defer (db, kind, number, error)))
        return FALSE;
    }
  return !is_empty || rounds_search_index_defer_all (db, kind, error);
}

/* The texts that make the table's indexes, taken from the schema itself. */
static GPtrArray *
drop_indexes (RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) drop = g_string_new (NULL);
  g_autoptr (RoundsDbStatement) rows
      = rounds_db_prepare (db,
                           "SELECT name, sql FROM sqlite_schema WHERE type = 'index'"
                           " AND tbl_name = $1 AND sql IS NOT NULL",
                           error);
  RoundsDbStep step;

  if (rows == NULL)
    return NULL;
  rounds_db_bind_text (rows, 1, kind->table);
  while ((step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    {
      g_string_append_printf (drop, "DROP INDEX %s;", rounds_db_get_text (rows, 0));
      g_ptr_array_add (texts, g_strdup (rounds_db_get_text (rows, 1)));
    }
  rounds_db_statement_reset (rows);
  return step == ROUNDS_DB_DONE && rounds_db_exec (db, drop->str, error) ? g_steal_pointer (&texts)
                                                                         : NULL;
}

static gboolean
insert_many (RoundsDb *db, const RoundsRecordKind *kind, GPtrArray *records, gboolean is_empty,
             GError **error)
{
  g_autoptr (GPtrArray) indexes = drop_indexes (db, kind, error);

  if (indexes == NULL || !insert_sorted (db, kind, records, is_empty, error))
    return FALSE;
  for (guint i = 0; i < indexes->len; i++)
    if (!rounds_db_exec (db, indexes->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_fresh (const Difference *self, RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  g_autoptr (GPtrArray) records = g_hash_table_get_values_as_ptr_array (self->fresh);
  gboolean is_empty = self->n_rows == 0;

  g_ptr_array_sort_values_with_data (records, compare_records, (gpointer)kind);
  if (records->len >= MANY_ROWS && records->len > self->n_rows)
    return insert_many (db, kind, records, is_empty, error);
  return records->len == 0 || insert_sorted (db, kind, records, is_empty, error);
}

gboolean
rounds_record_table_replace (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records,
                             gboolean *changed, GError **error)
{
  const RoundsRecordKind *table = rounds_record_kind_get (kind);
  g_auto (Difference) difference = {
    .fresh = g_hash_table_new (g_str_hash, g_str_equal),
    .changed = g_ptr_array_new (),
    .numbers = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .gone = g_ptr_array_new_with_free_func (g_free),
  };

  for (guint i = 0; i < records->len; i++)
    g_hash_table_replace (difference.fresh, (gpointer)table->get_id (records->pdata[i]),
                          records->pdata[i]);
  if (!compare (&difference, db, table, error))
    return FALSE;
  if (difference.changed->len > 0 || g_hash_table_size (difference.fresh) > 0)
    *changed = TRUE;
  for (guint i = 0; i < difference.gone->len; i++)
    if (!rounds_record_table_remove (db, kind, difference.gone->pdata[i], changed, error))
      return FALSE;
  return apply_changed (&difference, db, table, error)
         && apply_fresh (&difference, db, table, error);
}
