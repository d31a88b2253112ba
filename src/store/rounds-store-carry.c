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

/* From here on the outbox has the columns for changes of fields. */
#define VERSION_WITH_CHANGES 4

typedef struct
{
  const char *table;
  const char *columns;
  const char *values; /* one $N for each */
  const char *where; /* of the row that is read */
  const char *needs; /* of the new cache, with the same $N */
  const char *order; /* both ways: what is behind a page that cannot be read may be readable */
} Carried;

static const Carried OUTBOX_BEFORE = {
  "outbox",
  "number, name, key, kind, record, state, draft, status, notes, base_status, base_notes, attempts,"
  " reason, made_at",
  "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14",
  "TRUE",
  "TRUE",
  "number",
};

/* The first of CARRIED. */
#define N_TABLES_OF_EDITS 3

static const Carried CARRIED[] = {
  {
      "outbox",
      "number, name, key, kind, record, state, draft, status, notes, base_status, base_notes,"
      " attempts, reason, made_at, changes, base_changes",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16",
      "TRUE",
      "TRUE",
      "number",
  },
  { "original", "kind, record, document", "$1, $2, $3", "TRUE", "TRUE", "kind || record" },
  { "draft", "kind, record, payload, updated_at", "$1, $2, $3, $4", "TRUE", "TRUE",
    "kind || record" },
  /* Not what was synced until when: all of that has to come again. */
  { "fact", "name, value", "$1, $2", "name = 'user'", "TRUE", "name" },
  { "person", "id, name, email, role, hospital, department, phone, age, gender",
    "$1, $2, $3, $4, $5, $6, $7, $8, $9", "TRUE", "TRUE", "id" },
  { "hospital", "id, name, timezone, departments", "$1, $2, $3, $4", "TRUE", "TRUE", "id" },
  /* Before version 5 rows had no number, and stay behind. */
  {
      "appointment",
      "number, id, hospital, department, type, wall_date, wall_time, timezone, starts_at, minutes,"
      " reason, patient_name, patient_email, patient_phone, patient_age, patient_gender, doctor,"
      " patient, status, notes, room_name, version, created_at, updated_at",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
      " $21, $22, $23, $24",
      "TRUE",
      "TRUE",
      "number",
  },
  {
      "meeting",
      "number, id, created_by, role_context, title, description, type, status, scheduled_at,"
      " expected_minutes, started_at, ended_at, duration, notes, room_name, version, created_at,"
      " updated_at",
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18",
      "TRUE",
      "TRUE",
      "number",
  },
  { "participant", "meeting, position, person", "$1, $2, $3", "TRUE",
    "EXISTS (SELECT 1 FROM meeting WHERE number = $1)", "meeting" },
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

static int
count_columns (const Carried *carried)
{
  int n_columns = 1;

  for (const char *at = carried->columns; *at != '\0'; at++)
    n_columns += *at == ',';
  return n_columns;
}

/* As far as it goes in one direction; what cannot be read is no error, what cannot be written is.
 */
static gboolean
carry_one_way (RoundsDb *from, RoundsDb *to, const Carried *carried, const char *direction,
               gboolean *is_whole, GError **error)
{
  g_autofree char *select
      = g_strdup_printf ("SELECT %s FROM %s WHERE %s ORDER BY %s %s", carried->columns,
                         carried->table, carried->where, carried->order, direction);
  g_autofree char *insert
      = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) SELECT %s WHERE %s", carried->table,
                         carried->columns, carried->values, carried->needs);
  g_autoptr (RoundsDbStatement) rows = rounds_db_prepare (from, select, NULL);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (rows != NULL && (step = rounds_db_step (rows, NULL)) == ROUNDS_DB_ROW)
    if (!carry_row (rows, to, insert, count_columns (carried), error))
      return FALSE;
  *is_whole = step == ROUNDS_DB_DONE;
  return TRUE;
}

static gboolean
carry_table (RoundsDb *from, RoundsDb *to, const Carried *carried, gboolean *is_whole,
             GError **error)
{
  if (!carry_one_way (from, to, carried, "ASC", is_whole, error))
    return FALSE;
  return *is_whole || carry_one_way (from, to, carried, "DESC", &(gboolean){ FALSE }, error);
}

static gboolean
carry_tables (RoundsDb *from, RoundsDb *to, gsize n_tables, gboolean *is_whole, GError **error)
{
  gint64 version = 0;

  *is_whole = TRUE;
  if (rounds_db_get_version (from, &version, NULL) && version < VERSION_WITH_CHANGES
      && !carry_table (from, to, &OUTBOX_BEFORE, &(gboolean){ FALSE }, error))
    return FALSE;
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
 * All of them, also until when the cache is current: for a @to that has all of @from. Returns: as
 * rounds_store_carry_all()
 */
gboolean
rounds_store_carry_facts (RoundsDb *from, RoundsDb *to, GError **error)
{
  static const Carried facts = { "fact", "name, value", "$1, $2", "TRUE", "TRUE", "name" };

  return carry_table (from, to, &facts, &(gboolean){ FALSE }, error);
}

/**
 * rounds_store_carry_show:
 * @n_edits: (out): how many there are
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

      if (!rounds_overlay_show (to, item->kind, item->record, &changed, error))
        return FALSE;
    }
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
