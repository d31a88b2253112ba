/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Filling the search's tables, a row or a batch at a time.
 * What a search asks them is in rounds-query.c.
 */

#include "config.h"

#include "rounds-search-index.h"

#include "rounds-effort.h"
#include "rounds-words.h"

/* Rows in a batch: some 50 ms, during which other writes wait. */
#define BATCH 2000

typedef struct
{
  char *forget;
  char *insert;
} Sql;

/* The texts of one kind, made once. */
static const Sql *
get_sql (const RoundsRecordKind *kind)
{
  static Sql sql[ROUNDS_N_ENTRY_KINDS];
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < ROUNDS_N_ENTRY_KINDS; i++)
        {
          const char *table = rounds_record_kind_get (i)->table;

          sql[i].forget = g_strdup_printf ("DELETE FROM %s_search WHERE rowid = $1", table);
          sql[i].insert
              = g_strdup_printf ("INSERT INTO %s_search (rowid, words) VALUES ($1, $2)", table);
        }
      g_once_init_leave (&once, 1);
    }
  return &sql[kind->kind];
}

/* Names, reasons and departments come back again and again: in a batch each is cut once. @known:
 * (nullable): text → terms. */
static void
append_terms (GString *terms, const char *text, GHashTable *known)
{
  g_autofree char *cut = NULL;

  if (text == NULL)
    return;
  if (known == NULL)
    cut = rounds_words_to_terms (text);
  else if (!g_hash_table_contains (known, text))
    g_hash_table_insert (known, g_strdup (text), rounds_words_to_terms (text));
  g_string_append (terms, cut != NULL ? cut : g_hash_table_lookup (known, text));
  g_string_append_c (terms, ' ');
}

static gboolean
write_terms (RoundsDb *db, const RoundsRecordKind *kind, gint64 number, const char *terms,
             GError **error)
{
  g_autoptr (RoundsDbStatement) forget = rounds_db_prepare (db, get_sql (kind)->forget, error);
  g_autoptr (RoundsDbStatement) insert = NULL;

  if (forget == NULL)
    return FALSE;
  rounds_db_bind_int (forget, 1, number);
  if (!rounds_db_run (forget, error))
    return FALSE;
  insert = rounds_db_prepare (db, get_sql (kind)->insert, error);
  if (insert == NULL)
    return FALSE;
  rounds_db_bind_int (insert, 1, number);
  rounds_db_bind_text (insert, 2, terms);
  return rounds_db_run (insert, error);
}

static gboolean
put (RoundsDb *db, const RoundsRecordKind *kind, gint64 number, GHashTable *known, GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (db, kind->words, error);
  g_autoptr (GString) terms = g_string_sized_new (256);
  RoundsDbStep step;

  if (row == NULL)
    return FALSE;
  rounds_db_bind_int (row, 1, number);
  step = rounds_db_step (row, error);
  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  for (guint i = 1; i <= kind->n_words; i++)
    append_terms (terms, rounds_db_get_text (row, (int)i), known);
  return write_terms (db, kind, number, terms->str, error);
}

gboolean
rounds_search_index_put (RoundsDb *db, const RoundsRecordKind *kind, gint64 number, GError **error)
{
  return put (db, kind, number, NULL, error);
}

gboolean
rounds_search_index_defer (RoundsDb *db, const RoundsRecordKind *kind, gint64 number,
                           GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (
      db, "INSERT OR IGNORE INTO unindexed (kind, number) VALUES ($1, $2)", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_int (row, 1, kind->kind);
  rounds_db_bind_int (row, 2, number);
  return rounds_db_run (row, error);
}

static gboolean
defer_where (RoundsDb *db, const RoundsRecordKind *kind, const char *person_id, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RoundsDbStatement) rows = NULL;

  g_string_printf (sql,
                   "INSERT OR IGNORE INTO unindexed (kind, number) SELECT %d, number FROM %s"
                   " WHERE $P IS NULL OR %s",
                   (int)kind->kind, kind->table, kind->is_about);
  g_string_replace (sql, "$P", "$1", 0);
  rows = rounds_db_prepare (db, sql->str, error);
  if (rows == NULL)
    return FALSE;
  rounds_db_bind_text (rows, 1, person_id);
  return rounds_db_run (rows, error);
}

gboolean
rounds_search_index_defer_all (RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  return defer_where (db, kind, NULL, error);
}

gboolean
rounds_search_index_defer_person (RoundsDb *db, const char *person_id, GError **error)
{
  return defer_where (db, &rounds_appointment_kind, person_id, error)
         && defer_where (db, &rounds_meeting_kind, person_id, error);
}

gboolean
rounds_search_index_count_waiting (RoundsDb *db, guint *n_waiting, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT $1)", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_int (row, 1, ROUNDS_SEARCH_INDEX_MANY);
  if (rounds_db_step (row, error) != ROUNDS_DB_ROW)
    return FALSE;
  *n_waiting = (guint)rounds_db_get_int (row, 0);
  return TRUE;
}

static GArray *
list_waiting (RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  g_autoptr (RoundsDbStatement) rows = rounds_db_prepare (
      db, "SELECT number FROM unindexed WHERE kind = $1 ORDER BY number LIMIT $2", error);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  RoundsDbStep step;

  if (rows == NULL)
    return NULL;
  rounds_db_bind_int (rows, 1, kind->kind);
  rounds_db_bind_int (rows, 2, BATCH);
  while ((step = rounds_db_step (rows, error)) == ROUNDS_DB_ROW)
    {
      gint64 number = rounds_db_get_int (rows, 0);

      g_array_append_val (numbers, number);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
note_indexed (RoundsDb *db, const RoundsRecordKind *kind, GArray *numbers, GError **error)
{
  g_autoptr (RoundsDbStatement) row
      = rounds_db_prepare (db, "DELETE FROM unindexed WHERE kind = $1 AND number <= $2", error);

  if (row == NULL)
    return FALSE;
  rounds_db_bind_int (row, 1, kind->kind);
  rounds_db_bind_int (row, 2, g_array_index (numbers, gint64, numbers->len - 1));
  return rounds_db_run (row, error);
}

static gboolean
index_some (RoundsDb *db, const RoundsRecordKind *kind, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) numbers = list_waiting (db, kind, error);

  if (numbers == NULL)
    return FALSE;
  for (guint i = 0; i < numbers->len; i++)
    if (!put (db, kind, g_array_index (numbers, gint64, i), known, error))
      return FALSE;
  return numbers->len == 0 || note_indexed (db, kind, numbers, error);
}

gboolean
rounds_search_index_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  guint n_waiting = 0;

  if (!rounds_db_begin (db, error))
    return FALSE;
  if (!index_some (db, &rounds_appointment_kind, error)
      || !index_some (db, &rounds_meeting_kind, error)
      || !rounds_search_index_count_waiting (db, &n_waiting, error))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  if (!rounds_db_commit (db, error)
      || (n_waiting == 0 && !rounds_effort_give_room_back (db, error)))
    return FALSE;
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, n_waiting > 0);
  return TRUE;
}
