/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Rows of one cache into another, table by table and row by row, as far as they can be read.
 * Which files these are, and what becomes of them, is their callers' business.
 */

#include "config.h"

#include "rounds-store-carry.h"

#include "rounds-outbox.h"
#include "rounds-overlay.h"
#include "rounds-store.h"

typedef struct
{
  const char *table;
  const char *first; /* the column that all else hangs on; a cache from before it leaves no row */
  const char *where; /* of the row that is read */
  const char *needs; /* of the new cache; $1 is the first column */
  const char *order; /* both ways: what is behind a page that cannot be read may be readable */
} Carried;

/* The first of CARRIED. */
#define N_TABLES_OF_EDITS 3

static const Carried CARRIED[] = {
  { "outbox", "number", "TRUE", "TRUE", "number" },
  { "original", "kind", "TRUE", "TRUE", "kind || record" },
  { "draft", "kind", "TRUE", "TRUE", "kind || record" },
  /* Not what was synced until when: all of that has to come again. */
  { "fact", "name", "name = 'user'", "TRUE", "name" },
  { "person", "id", "TRUE", "TRUE", "id" },
  { "hospital", "id", "TRUE", "TRUE", "id" },
  /* Before version 5 rows had no number, and stay behind. */
  { "appointment", "number", "TRUE", "TRUE", "number" },
  { "meeting", "number", "TRUE", "TRUE", "number" },
  { "participant", "meeting", "TRUE", "EXISTS (SELECT 1 FROM meeting WHERE number = $1)",
    "meeting" },
};

static const char LEARN_ALL[] = "INSERT OR IGNORE INTO unindexed SELECT 0, number FROM appointment;"
                                "INSERT OR IGNORE INTO unindexed SELECT 1, number FROM meeting";

/* STRICT tables take a text for a number where it says one, so all values travel as texts. */
static gboolean
carry_row (RoundsDbStatement *from, RoundsDb *to, const char *insert, int n_columns, GError **error)
{
  g_autoptr (RoundsDbStatement) row = rounds_db_prepare (to, insert, error);

  if (row == NULL)
    return FALSE;
  for (int i = 0; i < n_columns; i++)
    rounds_db_bind_text (row, i + 1, rounds_db_get_text (from, i));
  return rounds_db_run (row, error);
}

/* Names of columns, @first before all others; empty where there is no such table or it has no
 * @first. NULL: the schema cannot be read. */
static GPtrArray *
list_columns (RoundsDb *db, const Carried *carried)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsDbStatement) rows = rounds_db_prepare (
      db, "SELECT name FROM pragma_table_info ($1) ORDER BY name <> $2, cid", NULL);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  if (rows == NULL)
    return NULL;
  rounds_db_bind_text (rows, 1, carried->table);
  rounds_db_bind_text (rows, 2, carried->first);
  while ((step = rounds_db_step (rows, NULL)) == ROUNDS_DB_ROW)
    g_ptr_array_add (columns, g_strdup (rounds_db_get_text (rows, 0)));
  if (step != ROUNDS_DB_DONE)
    return NULL;
  if (columns->len > 0 && !g_str_equal (columns->pdata[0], carried->first))
    g_ptr_array_set_size (columns, 0);
  return g_steal_pointer (&columns);
}

/* Those that both have: a cache may be older, or newer. */
static GPtrArray *
find_common_columns (RoundsDb *from, RoundsDb *to, const Carried *carried)
{
  g_autoptr (GPtrArray) columns = list_columns (from, carried);
  g_autoptr (GPtrArray) known = list_columns (to, carried);

  if (columns == NULL || known == NULL)
    return NULL;
  for (guint i = columns->len; i > 0; i--)
    if (!g_ptr_array_find_with_equal_func (known, columns->pdata[i - 1], g_str_equal, NULL))
      g_ptr_array_remove_index (columns, i - 1);
  return g_steal_pointer (&columns);
}

static char *
join_names (GPtrArray *columns)
{
  g_autoptr (GString) names = g_string_new (columns->pdata[0]);

  for (guint i = 1; i < columns->len; i++)
    g_string_append_printf (names, ", %s", (const char *)columns->pdata[i]);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
make_insert (const Carried *carried, GPtrArray *columns, const char *names)
{
  g_autoptr (GString) values = g_string_new ("$1");

  for (guint i = 1; i < columns->len; i++)
    g_string_append_printf (values, ", $%u", i + 1);
  return g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) SELECT %s WHERE %s", carried->table, names,
                          values->str, carried->needs);
}

/* As far as it goes in one direction; what cannot be read is no error, what cannot be written is.
 */
static gboolean
carry_one_way (RoundsDb *from, RoundsDb *to, const Carried *carried, GPtrArray *columns,
               const char *direction, gboolean *is_whole, GError **error)
{
  g_autofree char *names = join_names (columns);
  g_autofree char *select
      = g_strdup_printf ("SELECT %s FROM %s WHERE %s ORDER BY %s %s", names, carried->table,
                         carried->where, carried->order, direction);
  g_autofree char *insert = make_insert (carried, columns, names);
  g_autoptr (RoundsDbStatement) rows = rounds_db_prepare (from, select, NULL);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (rows != NULL && (step = rounds_db_step (rows, NULL)) == ROUNDS_DB_ROW)
    if (!carry_row (rows, to, insert, (int)columns->len, error))
      return FALSE;
  *is_whole = step == ROUNDS_DB_DONE;
  return TRUE;
}

static gboolean
carry_table (RoundsDb *from, RoundsDb *to, const Carried *carried, gboolean *is_whole,
             GError **error)
{
  g_autoptr (GPtrArray) columns = find_common_columns (from, to, carried);

  *is_whole = columns != NULL;
  if (columns == NULL || columns->len == 0)
    return TRUE;
  if (!carry_one_way (from, to, carried, columns, "ASC", is_whole, error))
    return FALSE;
  return *is_whole
         || carry_one_way (from, to, carried, columns, "DESC", &(gboolean){ FALSE }, error);
}

static gboolean
carry_tables (RoundsDb *from, RoundsDb *to, gsize n_tables, gboolean *is_whole, GError **error)
{
  *is_whole = TRUE;
  for (gsize i = 0; i < n_tables; i++)
    {
      gboolean is_table_whole = FALSE;

      if (!carry_table (from, to, &CARRIED[i], &is_table_whole, error))
        return FALSE;
      *is_whole = *is_whole && is_table_whole;
    }
  return TRUE;
}

/**
 * rounds_store_carry_all:
 * @from: a cache that may be damaged
 * @to: one without records, in a transaction
 * @is_whole: (out): whether there was nothing that could not be read
 *
 * Edits, drafts, whose cache it is, people and records. Any thread that owns both. Returns: %FALSE
 * with a %ROUNDS_DB_ERROR when it could not be written
 */
gboolean
rounds_store_carry_all (RoundsDb *from, RoundsDb *to, gboolean *is_whole, GError **error)
{
  return carry_tables (from, to, G_N_ELEMENTS (CARRIED), is_whole, error)
         && rounds_db_exec (to, LEARN_ALL, error);
}

/**
 * rounds_store_carry_edits:
 *
 * Edits with what is under them, and drafts. Returns: as rounds_store_carry_all()
 */
gboolean
rounds_store_carry_edits (RoundsDb *from, RoundsDb *to, GError **error)
{
  return carry_tables (from, to, N_TABLES_OF_EDITS, &(gboolean){ FALSE }, error);
}

/**
 * rounds_store_carry_facts:
 *
 * All of them, also until when the cache is current: for a @to that has all of @from. One of
 * another version lacks what its server would have told by now: then they stay behind. Returns: as
 * rounds_store_carry_all()
 */
gboolean
rounds_store_carry_facts (RoundsDb *from, RoundsDb *to, GError **error)
{
  static const Carried facts = { "fact", "name", "TRUE", "TRUE", "name" };
  gint64 version = 0;
  gint64 present = 0;

  if (!rounds_db_get_version (to, &present, error))
    return FALSE;
  if (!rounds_db_get_version (from, &version, NULL) || version != present)
    return TRUE;
  return carry_table (from, to, &facts, &(gboolean){ FALSE }, error);
}

/**
 * rounds_store_carry_show:
 * @n_edits: (out) (optional): how many there are
 *
 * The records that have edits stand in the new cache as they were shown. One whose original could
 * not be read comes with the next sync, and its edit goes on top of that. Returns: as
 * rounds_store_carry_all()
 */
gboolean
rounds_store_carry_show (RoundsDb *to, gint64 *n_edits, GError **error)
{
  g_autoptr (GPtrArray) items = rounds_outbox_list (to, ROUNDS_ENTRY_APPOINTMENT, NULL, error);
  gboolean changed = FALSE;

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const RoundsOutboxItem *item = items->pdata[i];
      g_autoptr (GError) local_error = NULL;

      if (rounds_overlay_show (to, item->kind, item->record, &changed, &local_error)
          || g_error_matches (local_error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED))
        continue;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (n_edits != NULL)
    *n_edits = items->len;
  return TRUE;
}

/**
 * rounds_store_carry_note:
 * @is_part: whether some of the damaged cache could be read
 *
 * Leaves in @to what has happened, until the person was told. Returns: as rounds_store_carry_all()
 */
gboolean
rounds_store_carry_note (RoundsDb *to, gboolean is_part, GError **error)
{
  return rounds_db_exec (
      to,
      is_part ? "INSERT OR REPLACE INTO fact (name, value) VALUES ('" ROUNDS_STORE_FACT_MENDED
                "', '" ROUNDS_STORE_MENDED_PART "')"
              : "INSERT OR REPLACE INTO fact (name, value) VALUES ('" ROUNDS_STORE_FACT_MENDED
                "', '" ROUNDS_STORE_MENDED_NOTHING "')",
      error);
}
