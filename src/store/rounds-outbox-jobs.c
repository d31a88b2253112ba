/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An edit comes, changes, is taken by the server or goes: cache and outbox in one transaction.
 * So whenever the power goes out, what is shown and what will be sent belong together.
 */

#include "config.h"

#include "rounds-outbox-jobs.h"

#include "rounds-draft-rows.h"
#include "rounds-effort.h"
#include "rounds-outbox.h"
#include "rounds-overlay.h"
#include "rounds-record-table.h"

typedef gboolean (*StepFunc) (RoundsDb *db, const RoundsOutboxStep *step, RoundsOutcome *outcome,
                              GError **error);

RoundsOutboxStep *
rounds_outbox_step_new (const RoundsOutboxItem *item, RoundsEntry *entry,
                        const RoundsStoreDraft *typed)
{
  RoundsOutboxStep *step = g_new0 (RoundsOutboxStep, 1);

  step->item = rounds_outbox_item_copy (item);
  g_set_object (&step->entry, entry);
  step->typed = typed != NULL ? rounds_store_draft_copy (typed) : NULL;
  return step;
}

void
rounds_outbox_step_free (gpointer data)
{
  RoundsOutboxStep *step = data;

  g_clear_pointer (&step->item, rounds_outbox_item_free);
  g_clear_object (&step->entry);
  g_clear_pointer (&step->typed, rounds_store_draft_free);
  g_free (step);
}

static gboolean
transact (RoundsDb *db, const RoundsOutboxStep *step, StepFunc func, RoundsOutcome *outcome,
          GError **error)
{
  if (!rounds_db_begin (db, error))
    return FALSE;
  if (func (db, step, outcome, error))
    return rounds_db_commit (db, error);
  rounds_db_rollback (db);
  return FALSE;
}

static gboolean
run_step (RoundsDb *db, const RoundsOutboxStep *step, StepFunc func, GValue *result, GError **error)
{
  g_autoptr (RoundsOutcome) outcome = g_atomic_rc_box_new0 (RoundsOutcome);

  /* An edit that somebody was told is kept outlives the power. */
  if (!rounds_effort_be_durable (db, TRUE, error) || !transact (db, step, func, outcome, error)
      || !rounds_effort_be_durable (db, FALSE, error))
    return FALSE;
  g_value_init (result, ROUNDS_TYPE_OUTCOME);
  g_value_take_boxed (result, g_steal_pointer (&outcome));
  return TRUE;
}

/* What the person saw is what the change was made to. */
static void
read_base (RoundsOutboxItem *item, RoundsEntry *shown)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (shown);
  RoundsMeeting *meeting = rounds_entry_get_meeting (shown);

  item->has_base = TRUE;
  item->base_status = appointment != NULL ? (int)appointment->status : (int)meeting->status;
  g_set_str (&item->base_notes, appointment != NULL ? appointment->notes : meeting->notes);
}

/* The record that a change is about. The first edit of it keeps what the server has. An edit that
 * knows what it was made to may come before its record does, into a file that has lost both. */
static gboolean
take_base (RoundsDb *db, RoundsOutboxItem *item, GError **error)
{
  g_autoptr (RoundsEntry) shown = NULL;
  g_autoptr (RoundsEntry) original = NULL;

  if (!rounds_record_table_find (db, item->kind, item->record, &shown, error)
      || !rounds_original_get (db, item->kind, item->record, &original, error))
    return FALSE;
  if (shown == NULL && item->has_base)
    return TRUE;
  if (shown == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such record");
      return FALSE;
    }
  if (!item->has_base)
    read_base (item, shown);
  return original != NULL || rounds_original_set (db, shown, error);
}

static gboolean
add (RoundsDb *db, const RoundsOutboxStep *step, RoundsOutcome *outcome, GError **error)
{
  g_autoptr (RoundsOutboxItem) item = rounds_outbox_item_copy (step->item);

  if (step->entry != NULL ? !rounds_original_set (db, step->entry, error)
                          : !take_base (db, item, error))
    return FALSE;
  if (!rounds_outbox_add (db, item, error)
      || (step->typed != NULL && !rounds_drafts_remove (db, step->typed, error))
      || !rounds_overlay_show (db, item->kind, item->record, &outcome->records_changed, error))
    return FALSE;
  outcome->records_changed = TRUE;
  outcome->item = g_steal_pointer (&item);
  return TRUE;
}

gboolean
rounds_outbox_add_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return run_step (db, data, add, result, error);
}

static gboolean
update (RoundsDb *db, const RoundsOutboxStep *step, RoundsOutcome *outcome, GError **error)
{
  const RoundsOutboxItem *item = step->item;
  int before = 0;
  int after = 0;

  if (!rounds_outbox_get_state (db, item->kind, item->record, &before, error)
      || !rounds_outbox_update (db, item, error)
      || !rounds_outbox_get_state (db, item->kind, item->record, &after, error))
    return FALSE;
  outcome->records_changed = before != after;
  return rounds_overlay_show (db, item->kind, item->record, &outcome->records_changed, error);
}

gboolean
rounds_outbox_update_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return run_step (db, data, update, result, error);
}

/* The server knows the record: ours goes in the same moment as the server's comes, and what was
 * done to ours meanwhile is now about that. */
static gboolean
replace_local (RoundsDb *db, const RoundsOutboxStep *step, gboolean *changed, GError **error)
{
  const RoundsOutboxItem *item = step->item;

  return rounds_record_table_remove (db, item->kind, item->record, changed, error)
         && rounds_original_remove (db, item->kind, item->record, error)
         && rounds_outbox_repoint (db, item->kind, item->record, rounds_entry_get_id (step->entry),
                                   error)
         && rounds_drafts_repoint (db, item->record, rounds_entry_get_id (step->entry), error);
}

static gboolean
settle (RoundsDb *db, const RoundsOutboxStep *step, RoundsOutcome *outcome, GError **error)
{
  const RoundsOutboxItem *item = step->item;

  if (!rounds_outbox_remove (db, item->name, error))
    return FALSE;
  outcome->records_changed = TRUE;
  if (item->draft != NULL && !replace_local (db, step, &outcome->records_changed, error))
    return FALSE;
  return rounds_overlay_put (db, step->entry, &outcome->records_changed, error);
}

gboolean
rounds_outbox_settle_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return run_step (db, data, settle, result, error);
}

static gboolean
drop (RoundsDb *db, const RoundsOutboxStep *step, RoundsOutcome *outcome, GError **error)
{
  const RoundsOutboxItem *item = step->item;

  outcome->records_changed = TRUE;
  if (step->typed != NULL && step->typed->payload != NULL
      && !rounds_drafts_put (db, step->typed, error))
    return FALSE;
  if (item->draft != NULL)
    return rounds_outbox_remove_all (db, item->kind, item->record, error)
           && rounds_original_remove (db, item->kind, item->record, error)
           && rounds_record_table_remove (db, item->kind, item->record, &outcome->records_changed,
                                          error);
  return rounds_outbox_remove (db, item->name, error)
         && rounds_overlay_show (db, item->kind, item->record, &outcome->records_changed, error);
}

gboolean
rounds_outbox_drop_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  return run_step (db, data, drop, result, error);
}

gboolean
rounds_outbox_list_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  GPtrArray *items = rounds_outbox_list (db, ROUNDS_ENTRY_APPOINTMENT, NULL, error);

  if (items == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, items);
  return TRUE;
}

gboolean
rounds_original_job (RoundsDb *db, gpointer data, GValue *result, GError **error)
{
  const RoundsKey *key = data;
  RoundsEntry *entry = NULL;

  if (!rounds_original_get (db, key->kind, key->id, &entry, error))
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
