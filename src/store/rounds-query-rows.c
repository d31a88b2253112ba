/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A query as SQL, and two sorted streams of rows as one.
 * Numbers are in the order of lists, so nothing is ever sorted here.
 */

#include "config.h"

#include "rounds-query-rows.h"

#include "rounds-query.h"

#include "rounds-number.h"
#include "rounds-record-kind.h"
#include "rounds-words.h"

RoundsStoreQuery *
rounds_query_copy (const RoundsStoreQuery *query)
{
  RoundsStoreQuery *copy = g_memdup2 (query, sizeof *query);

  copy->search = g_strdup (query->search);
  copy->person = g_strdup (query->person);
  return copy;
}

void
rounds_query_free (RoundsStoreQuery *query)
{
  g_free ((char *)query->search);
  g_free ((char *)query->person);
  g_free (query);
}

gboolean
rounds_query_equal (const RoundsStoreQuery *a, const RoundsStoreQuery *b)
{
  return !a->appointments == !b->appointments && !a->meetings == !b->meetings
         && a->range.start == b->range.start && a->range.end == b->range.end
         && g_strcmp0 (a->search, b->search) == 0 && !a->hide_over == !b->hide_over
         && a->appointment_statuses == b->appointment_statuses
         && a->meeting_statuses == b->meeting_statuses && g_strcmp0 (a->person, b->person) == 0;
}

gboolean
rounds_query_has_words (const RoundsStoreQuery *query)
{
  g_autofree char *match = rounds_words_to_query (query->search);

  return match != NULL;
}

/* " AND status IN ('…')" for those that the query lets through, "" for all of them. The words are
 * our own. */
static char *
limit_statuses (const RoundsStoreQuery *query, const RoundsRecordKind *kind)
{
  guint wanted
      = kind->kind == ROUNDS_ENTRY_MEETING ? query->meeting_statuses : query->appointment_statuses;
  g_autoptr (GString) text = g_string_new (" AND status IN (");
  guint n_let_through = 0;

  for (guint i = 0; i < kind->n_statuses; i++)
    if ((wanted == 0 || (wanted & 1u << i) != 0) && (!query->hide_over || !kind->is_final (i)))
      g_string_append_printf (text, "%s'%s'", n_let_through++ > 0 ? ", " : "",
                              kind->name_status (i));
  g_string_append_c (text, ')');
  return n_let_through == kind->n_statuses ? g_strdup ("")
                                           : g_string_free_and_steal (g_steal_pointer (&text));
}

/* $1 and $2 bound the numbers, $3 how many rows; then the FTS5 query and the person. Without words
 * to look for the index says all there is to know; with them their table leads. */
static char *
write_sql (const RoundsStoreQuery *query, const RoundsRecordKind *kind, gboolean has_words)
{
  g_autofree char *statuses = limit_statuses (query, kind);
  g_autoptr (GString) about = g_string_new (query->person != NULL ? kind->is_about : NULL);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (has_words)
    g_string_append_printf (sql, "SELECT %s_search.rowid FROM %s_search", kind->table, kind->table);
  else
    g_string_append_printf (sql, "SELECT number FROM %s", kind->table);
  if (has_words && (about->len > 0 || *statuses != '\0'))
    g_string_append_printf (sql, " CROSS JOIN %s ON number = %s_search.rowid", kind->table,
                            kind->table);
  if (!has_words && about->len == 0)
    g_string_append_printf (sql, " INDEXED BY %s_in_order", kind->table);
  if (has_words)
    g_string_append_printf (sql,
                            " WHERE %s_search MATCH $4 AND %s_search.rowid >= $1"
                            " AND %s_search.rowid < $2",
                            kind->table, kind->table, kind->table);
  else
    g_string_append (sql, " WHERE number >= $1 AND number < $2");
  g_string_append (sql, statuses);
  g_string_replace (about, "$P", has_words ? "$5" : "$4", 0);
  if (about->len > 0)
    g_string_append_printf (sql, " AND %s", about->str);
  if (has_words)
    g_string_append_printf (sql, " ORDER BY %s_search.rowid", kind->table);
  else
    g_string_append (sql, " ORDER BY number");
  g_string_append (sql, " LIMIT $3");
  return g_string_free_and_steal (g_steal_pointer (&sql));
}

/* The rows of one kind, one after the other. */
typedef struct
{
  RoundsDbStatement *rows; /* NULL: the kind is not asked for */
  RoundsEntryKind kind;
  RoundsRowKey key;
  gboolean is_over;
  guint n_rows;
} Stream;

static gboolean
go_on (Stream *self, GError **error)
{
  RoundsDbStep step = rounds_db_step (self->rows, error);

  if (step == ROUNDS_DB_ROW)
    {
      self->key = rounds_row_key (rounds_db_get_int (self->rows, 0), self->kind);
      self->n_rows++;
    }
  self->is_over = step != ROUNDS_DB_ROW;
  return step != ROUNDS_DB_FAILED;
}

static void
clear_stream (Stream *self)
{
  g_clear_pointer (&self->rows, rounds_db_statement_reset);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, clear_stream)

static gboolean
begin (Stream *self, RoundsDb *db, const RoundsStoreQuery *query, guint most, GError **error)
{
  gboolean is_limited = !rounds_time_range_is_empty (query->range);
  g_autofree char *match = rounds_words_to_query (query->search);
  g_autofree char *sql = write_sql (query, rounds_record_kind_get (self->kind), match != NULL);

  self->rows = rounds_db_prepare (db, sql, error);
  if (self->rows == NULL)
    return FALSE;
  rounds_db_bind_int (self->rows, 1, is_limited ? rounds_number_from (query->range.start) : 0);
  rounds_db_bind_int (self->rows, 2,
                      is_limited ? rounds_number_from (query->range.end) : G_MAXINT64);
  rounds_db_bind_int (self->rows, 3, most > 0 ? (gint64)most : -1);
  if (match != NULL)
    rounds_db_bind_text (self->rows, 4, match);
  if (query->person != NULL)
    rounds_db_bind_text (self->rows, match != NULL ? 5 : 4, query->person);
  return go_on (self, error);
}

static gboolean
merge (Stream *streams, RoundsOrder *order, guint most, GError **error)
{
  Stream *a = &streams[ROUNDS_ENTRY_APPOINTMENT];
  Stream *b = &streams[ROUNDS_ENTRY_MEETING];

  while ((!a->is_over || !b->is_over) && (most == 0 || rounds_order_get_length (order) < most))
    {
      Stream *next = b->is_over || (!a->is_over && a->key < b->key) ? a : b;

      rounds_order_append (order, next->key);
      if (!go_on (next, error))
        return FALSE;
    }
  return TRUE;
}

RoundsOrder *
rounds_query_rows_list (RoundsDb *db, const RoundsStoreQuery *query, guint most, gboolean *is_cut,
                        GError **error)
{
  gboolean everything = !query->appointments && !query->meetings;
  g_auto (Stream) appointments = { .kind = ROUNDS_ENTRY_APPOINTMENT, .is_over = TRUE };
  g_auto (Stream) meetings = { .kind = ROUNDS_ENTRY_MEETING, .is_over = TRUE };
  g_autoptr (RoundsOrder) order = rounds_order_new ();
  Stream streams[ROUNDS_N_ENTRY_KINDS];

  if (((everything || query->appointments) && !begin (&appointments, db, query, most, error))
      || ((everything || query->meetings) && !begin (&meetings, db, query, most, error)))
    return NULL;
  streams[ROUNDS_ENTRY_APPOINTMENT] = appointments;
  streams[ROUNDS_ENTRY_MEETING] = meetings;
  if (!merge (streams, order, most, error))
    return NULL;
  *is_cut = most > 0 && rounds_order_get_length (order) >= most;
  return g_steal_pointer (&order);
}
