/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An edit meets what the server has by now: merged with it, or decided by a person.
 * The rules of merging themselves are in rounds-sync-merge.h.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include "rounds-json.h"
#include "rounds-wire-changes.h"
#include "rounds-wire.h"

static RoundsMergeFields
get_step_fields (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  RoundsMeeting *meeting = rounds_entry_get_meeting (entry);

  if (appointment != NULL)
    return (RoundsMergeFields){ (int)appointment->status, appointment->notes };
  return (RoundsMergeFields){ (int)meeting->status, meeting->notes };
}

static JsonObject *
write_document (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  return appointment != NULL ? rounds_wire_appointment_to_json (appointment, NULL)
                             : rounds_wire_meeting_to_json (rounds_entry_get_meeting (entry), NULL);
}

/* What is in the file was read when it was taken up, so it can be again. */
static JsonObject *
read_object (const char *text)
{
  JsonObject *object = rounds_json_parse_object (text, -1, NULL);

  g_assert (object != NULL);
  return object;
}

/* "— Dr. Grace Hopper, 2024-01-15 10:00 —", between two people's notes. */
static char *
make_heading (RoundsSync *self, const RoundsOutboxItem *item)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (item->made_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *moment = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : NULL;

  return g_strdup_printf ("— %s, %s —", self->user->name != NULL ? self->user->name : "",
                          moment != NULL ? moment : "");
}

/* The change as it is to be sent is one to @theirs: notes that were put together are not put
 * together again. */
static void
rebase_step (RoundsOutboxItem *item, const RoundsMergeFields *theirs, const char *notes)
{
  if (g_strcmp0 (item->notes, notes) != 0)
    {
      g_set_str (&item->notes, notes);
      rounds_outbox_item_renew_key (item);
    }
  item->base_status = theirs->status;
  g_set_str (&item->base_notes, theirs->notes);
}

static RoundsMergeResult
merge_step (RoundsOutboxItem *item, RoundsEntry *original, const char *heading,
            RoundsSyncFields *conflicts)
{
  const RoundsMergeFields base = { item->base_status, item->base_notes };
  const RoundsMergeFields mine = { item->status, item->notes };
  const RoundsMergeFields theirs = get_step_fields (original);
  g_autofree char *notes = NULL;
  RoundsMergeResult result = rounds_merge (&base, &mine, &theirs, heading, &notes);

  if (result == ROUNDS_MERGE_SEND)
    rebase_step (item, &theirs, notes);
  else if (result == ROUNDS_MERGE_CONFLICT)
    *conflicts = theirs.status != base.status && theirs.status != mine.status
                     ? ROUNDS_SYNC_FIELD_STATUS
                     : ROUNDS_SYNC_FIELD_NOTES;
  return result;
}

static RoundsMergeResult
merge_changes (RoundsOutboxItem *item, RoundsEntry *original, const char *heading,
               RoundsSyncFields *conflicts)
{
  g_autoptr (JsonObject) base = read_object (item->base_changes);
  g_autoptr (JsonObject) mine = read_object (item->changes);
  g_autoptr (JsonObject) theirs = write_document (original);
  g_autoptr (JsonObject) seen = NULL;
  g_autofree char *before = g_strdup (item->changes);
  RoundsMergeResult result = rounds_merge_changes (base, mine, theirs, heading, conflicts);

  if (result != ROUNDS_MERGE_SEND)
    return result;
  seen = rounds_wire_changes_find_base (mine, theirs);
  rounds_sync_edit_set_changes (item, mine, seen);
  if (g_strcmp0 (before, item->changes) != 0)
    rounds_outbox_item_renew_key (item);
  return result;
}

RoundsMergeResult
rounds_sync_rebase (RoundsSync *self, RoundsOutboxItem *item, RoundsEntry *original,
                    RoundsSyncFields *conflicts)
{
  g_autofree char *heading = make_heading (self, item);

  g_assert (item->draft == NULL);

  *conflicts = ROUNDS_SYNC_NO_FIELDS;
  return rounds_outbox_item_is_step (item) ? merge_step (item, original, heading, conflicts)
                                           : merge_changes (item, original, heading, conflicts);
}

/* The person leaves the status to the others; what was written with it is kept. */
static gboolean
give_up_status (RoundsOutboxItem *item)
{
  g_autoptr (JsonObject) changes = json_object_new ();
  g_autoptr (JsonObject) base = json_object_new ();

  if (item->notes == NULL)
    return FALSE;
  json_object_set_string_member (changes, "notes", item->notes);
  json_object_set_string_member (base, "notes", item->base_notes != NULL ? item->base_notes : "");
  g_clear_pointer (&item->notes, g_free);
  g_clear_pointer (&item->base_notes, g_free);
  item->status = item->base_status = 0;
  rounds_sync_edit_set_changes (item, changes, base);
  return TRUE;
}

static gboolean
decide_step (RoundsOutboxItem *item, const RoundsMergeFields *theirs, RoundsSyncFields conflicts,
             RoundsSyncFields mine)
{
  if ((conflicts & ~mine & ROUNDS_SYNC_FIELD_STATUS) != 0)
    return give_up_status (item);
  if ((conflicts & ~mine & ROUNDS_SYNC_FIELD_NOTES) != 0)
    g_clear_pointer (&item->notes, g_free);
  else if ((conflicts & ROUNDS_SYNC_FIELD_NOTES) != 0)
    g_set_str (&item->base_notes, theirs->notes);
  item->base_status = theirs->status;
  return item->notes != NULL || item->status != theirs->status;
}

static gboolean
decide_changes (RoundsOutboxItem *item, RoundsEntry *original, RoundsSyncFields conflicts,
                RoundsSyncFields mine)
{
  g_autoptr (JsonObject) changes = read_object (item->changes);
  g_autoptr (JsonObject) base = read_object (item->base_changes);
  g_autoptr (JsonObject) theirs = write_document (original);
  g_autoptr (JsonObject) seen = NULL;

  rounds_merge_drop_fields (changes, conflicts & ~mine);
  seen = rounds_wire_changes_find_base (changes, theirs);
  /* What is not in conflict is still a change of what the person saw: both notes are kept. */
  rounds_merge_drop_fields (base, conflicts);
  rounds_merge_drop_fields (seen, ROUNDS_SYNC_ALL_FIELDS & ~conflicts);
  rounds_wire_changes_apply (seen, base);
  rounds_sync_edit_set_changes (item, changes, base);
  return json_object_get_size (changes) > 0;
}

gboolean
rounds_sync_decide (RoundsSync *self, RoundsOutboxItem *item, RoundsEntry *original,
                    RoundsSyncFields mine)
{
  const RoundsMergeFields theirs = get_step_fields (original);
  g_autoptr (RoundsOutboxItem) copy = rounds_outbox_item_copy (item);
  RoundsSyncFields conflicts;

  rounds_sync_rebase (self, copy, original, &conflicts);
  return rounds_outbox_item_is_step (item) ? decide_step (item, &theirs, conflicts, mine)
                                           : decide_changes (item, original, conflicts, mine);
}

gboolean
rounds_sync_has_arrived (const RoundsOutboxItem *item, RoundsEntry *original)
{
  const RoundsMergeFields theirs = get_step_fields (original);
  g_autoptr (JsonObject) base = NULL;
  g_autoptr (JsonObject) mine = NULL;
  g_autoptr (JsonObject) document = NULL;
  RoundsSyncFields conflicts;

  if (rounds_outbox_item_is_step (item))
    return theirs.status == item->status
           && (item->notes == NULL || g_strcmp0 (theirs.notes, item->notes) == 0);
  base = read_object (item->base_changes);
  mine = read_object (item->changes);
  document = write_document (original);
  return rounds_merge_changes (base, mine, document, "", &conflicts) == ROUNDS_MERGE_DONE;
}
