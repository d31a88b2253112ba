/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The store's jobs: writing in one transaction, single reads, facts.
 * What a list shows is in rounds-query.c.
 */

#include "config.h"

#include "rounds-store-jobs.h"

#include "rounds-outbox.h"
#include "rounds-effort.h"
#include "rounds-overlay.h"
#include "rounds-people-rows.h"
#include "rounds-record-table.h"
#include "rounds-search-index.h"
#include "rounds-store-files.h"
#include "rounds-sweep.h"
#include "rounds-table.h"

/* Records in one transaction. */
#define MUCH 200

G_DEFINE_BOXED_TYPE (RoundsOutcome, rounds_outcome, rounds_outcome_ref, rounds_outcome_unref)

static void
clear_outcome (gpointer data)
{
  RoundsOutcome *outcome = data;

  g_clear_pointer (&outcome->users, g_ptr_array_unref);
  g_clear_pointer (&outcome->hospitals, g_ptr_array_unref);
  g_clear_pointer (&outcome->item, rounds_outbox_item_free);
}

RoundsOutcome *
rounds_outcome_ref (RoundsOutcome *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rounds_outcome_unref (RoundsOutcome *self)
{
  g_atomic_rc_box_release_full (self, clear_outcome);
}

void
rounds_write_free (gpointer data)
{
  RoundsWrite *write = data;

  g_clear_pointer (&write->appointments, g_ptr_array_unref);
  g_clear_pointer (&write->meetings, g_ptr_array_unref);
  g_clear_pointer (&write->users, g_ptr_array_unref);
  g_clear_pointer (&write->hospitals, g_ptr_array_unref);
  for (int kind = 0; kind < ROUNDS_N_ENTRY_KINDS; kind++)
    g_strfreev (write->gone[kind]);
  g_strfreev (write->gone_users);
  g_strfreev (write->gone_hospitals);
  for (int kind = 0; kind < ROUNDS_N_ENTRY_KINDS; kind++)
    g_clear_pointer (&write->only[kind], g_hash_table_unref);
  g_clear_pointer (&write->only_users, g_hash_table_unref);
  g_clear_pointer (&write->only_hospitals, g_hash_table_unref);
  g_free (write->cursor);
  g_free (write->last_sync);
  g_free (write);
}

RoundsKey *
rounds_key_new (RoundsEntryKind kind, const char *id)
{
  RoundsKey *key = g_new0 (RoundsKey, 1);

  key->kind = kind;
  key->id = g_strdup (id);
  return key;
}

void
rounds_key_free (gpointer data)
{
  RoundsKey *key = data;

  g_free (key->id);
  g_free (key);
}

RoundsFact *
rounds_fact_new (const char *name, const char *value)
{
  RoundsFact *fact = g_new0 (RoundsFact, 1);

  fact->name = g_strdup (name);
  fact->value = g_strdup (value);
  return fact;
}

void
rounds_fact_free (gpointer data)
{
  RoundsFact *fact = data;

  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

static gboolean
write_directory (RoundsDb *db, const RoundsTable *table, GPtrArray *records, gboolean whole,
                 gboolean *changed, GError **error)
{
  if (records == NULL)
    return TRUE;
  if (whole)
    return rounds_table_replace (table, db, records, changed, error);
  for (guint i = 0; i < records->len; i++)
    if (!table->put (db, records->pdata[i], changed, error))
      return FALSE;
  return TRUE;
}

/* What the server says goes under the edits that it has not taken yet. */
static gboolean
write_covered (RoundsDb *db, RoundsEntryKind kind, GPtrArray *records, gboolean whole,
               gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) covered = NULL;

  if (records == NULL)
    return TRUE;
  covered = rounds_overlay_cover (db, kind, records, whole, error);
  if (covered == NULL)
    return FALSE;
  return whole ? rounds_record_table_replace (db, kind, covered, changed, error)
               : rounds_record_table_put_all (db, kind, covered, changed, error);
}

/* Edits of a record that is gone stay in the outbox: what becomes of them is sync's decision. */
static gboolean
remove_records (RoundsDb *db, RoundsEntryKind kind, char **ids, gboolean *changed, GError **error)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (!rounds_record_table_remove (db, kind, *id, changed, error)
        || !rounds_original_remove (db, kind, *id, error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_rows (RoundsDb *db, const RoundsTable *table, char **ids, gboolean *changed, GError **error)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (!rounds_table_remove (table, db, *id, changed, error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_gone (RoundsDb *db, const RoundsWrite *write, gboolean *records, gboolean *directory,
             GError **error)
{
  for (int kind = 0; kind < ROUNDS_N_ENTRY_KINDS; kind++)
    if (!remove_records (db, kind, write->gone[kind], records, error))
      return FALSE;
  return remove_rows (db, &rounds_person_table, write->gone_users, directory, error)
         && remove_rows (db, &rounds_hospital_table, write->gone_hospitals, directory, error);
}

static gboolean
sweep_records (RoundsDb *db, const RoundsWrite *write, gboolean *changed, GError **error)
{
  static const char *const tables[ROUNDS_N_ENTRY_KINDS] = { "appointment", "meeting" };

  for (int kind = 0; kind < ROUNDS_N_ENTRY_KINDS; kind++)
    if (write->only[kind] != NULL)
      {
        g_auto (GStrv) ids = rounds_sweep_find (db, tables[kind], write->only[kind], error);

        if (ids == NULL || !remove_records (db, kind, ids, changed, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
sweep_rows (RoundsDb *db, const RoundsTable *table, const char *name, GHashTable *only,
            gboolean *changed, GError **error)
{
  g_auto (GStrv) ids = NULL;

  if (only == NULL)
    return TRUE;
  ids = rounds_sweep_find (db, name, only, error);
  return ids != NULL && remove_rows (db, table, ids, changed, error);
}

static gboolean
sweep (RoundsDb *db, const RoundsWrite *write, gboolean *records, gboolean *directory,
       GError **error)
{
  return sweep_records (db, write, records, error)
         && sweep_rows (db, &rounds_person_table, "person", write->only_users, directory, error)
         && sweep_rows (db, &rounds_hospital_table, "hospital", write->only_hospitals, directory,
                        error);
}

static gboolean
set_fact (RoundsDb *db, const char *name, const char *value, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "INSERT INTO fact (name, value) VALUES ($1, $2) ON CONFLICT (name)"
      " DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value",
      error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, name);
  rounds_db_bind_text (statement, 2, value);
  return rounds_db_run (statement, error);
}

static gboolean
keep_fact (RoundsDb *db, const char *name, const char *value, GError **error)
{
  return value == NULL || set_fact (db, name, value, error);
}

/* People first: the search index of the records after them knows their names. */
static gboolean
write_all (RoundsDb *db, const RoundsWrite *write, gboolean *records, gboolean *directory,
           GError **error)
{
  return write_directory (db, &rounds_hospital_table, write->hospitals, write->whole, directory,
                          error)
         && write_directory (db, &rounds_person_table, write->users, write->whole, directory, error)
         && write_covered (db, ROUNDS_ENTRY_APPOINTMENT, write->appointments, write->whole, records,
                           error)
         && write_covered (db, ROUNDS_ENTRY_MEETING, write->meetings, write->whole, records, error)
         && remove_gone (db, write, records, directory, error)
         && sweep (db, write, records, directory, error)
         && keep_fact (db, ROUNDS_STORE_FACT_CURSOR, write->cursor, error)
         && keep_fact (db, ROUNDS_STORE_FACT_LAST_SYNC, write->last_sync, error);
}

static gboolean
read_directory (RoundsDb *db, RoundsOutcome *outcome, GError **error)
{
  outcome->users = rounds_people_list (db, error);
  if (outcome->users == NULL)
    return FALSE;
  outcome->hospitals = rounds_hospitals_list (db, error);
  return outcome->hospitals != NULL;
}

static void
answer (GValue *result, RoundsOutcome *outcome)
{
  g_value_init (result, ROUNDS_TYPE_OUTCOME);
  g_value_take_boxed (result, outcome);
}

static gboolean
is_much (const RoundsWrite *write)
{
  return (write->appointments != NULL && write->appointments->len >= MUCH)
         || (write->meetings != NULL && write->meetings->len >= MUCH);
}

gboolean
rounds_write_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (RoundsOutcome) outcome = g_atomic_rc_box_new0 (RoundsOutcome);
  gboolean directory = FALSE;

  if (is_much (data) && !rounds_effort_take_room (db, error))
    return FALSE;
  if (!rounds_db_begin (db, error))
    return FALSE;
  if (!write_all (db, data, &outcome->records_changed, &directory, error)
      || (directory && !read_directory (db, outcome, error))
      || !rounds_search_index_count_waiting (db, &outcome->n_untaught, error))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  if (!rounds_db_commit (db, error))
    return FALSE;
  answer (result, g_steal_pointer (&outcome));
  return TRUE;
}

/* A file may open and be only readable all the same; better to know now than at the first edit. */
static gboolean
try_to_write (RoundsDb *db, GError **error)
{
  if (!rounds_db_begin (db, error))
    return FALSE;
  rounds_db_rollback (db);
  return TRUE;
}

gboolean
rounds_inspect_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  g_autoptr (RoundsOutcome) outcome = g_atomic_rc_box_new0 (RoundsOutcome);

  if (!rounds_effort_start (db, error) || !try_to_write (db, error)
      || !read_directory (db, outcome, error)
      || !rounds_store_files_remove (data, ROUNDS_STORE_MARK, error)
      || !rounds_search_index_count_waiting (db, &outcome->n_untaught, error))
    return FALSE;
  answer (result, g_steal_pointer (&outcome));
  return TRUE;
}

gboolean
rounds_get_entry_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const RoundsKey *key = data;
  RoundsEntry *entry = NULL;

  if (!rounds_record_table_find (db, key->kind, key->id, &entry, error))
    return FALSE;
  if (entry == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such record");
      return FALSE;
    }
  g_value_init (result, ROUNDS_TYPE_ENTRY);
  g_value_take_object (result, entry);
  return TRUE;
}

gboolean
rounds_get_fact_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const RoundsFact *fact = data;
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT value FROM fact WHERE name = $1", error);
  RoundsDbStep step;

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, fact->name);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_FAILED)
    return FALSE;
  g_value_init (result, G_TYPE_STRING);
  if (step == ROUNDS_DB_ROW)
    g_value_set_string (result, rounds_db_get_text (statement, 0));
  return TRUE;
}

gboolean
rounds_set_fact_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const RoundsFact *fact = data;

  return set_fact (db, fact->name, fact->value, error);
}
