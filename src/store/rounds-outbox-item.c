/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One edit as the outbox keeps it, and what it does to the record that is shown.
 * It knows no table; those are in rounds-outbox.c.
 */

#include "config.h"

#include "rounds-outbox-item.h"

#include "rounds-id.h"
#include "rounds-json.h"
#include "rounds-wire-changes.h"
#include "rounds-wire.h"

/* 128 random bits: nobody guesses another's key. */
#define KEY_BYTES 16

G_DEFINE_BOXED_TYPE (RoundsOutboxItem, rounds_outbox_item, rounds_outbox_item_copy,
                     rounds_outbox_item_free)

RoundsOutboxItem *
rounds_outbox_item_new (RoundsEntryKind kind, const char *record, gint64 made_at)
{
  RoundsOutboxItem *self;

  g_return_val_if_fail (record != NULL, NULL);

  self = g_new0 (RoundsOutboxItem, 1);
  self->name = rounds_random_hex (KEY_BYTES);
  self->key = rounds_random_hex (KEY_BYTES);
  self->kind = kind;
  self->record = g_strdup (record);
  self->state = ROUNDS_OUTBOX_WAITING;
  self->made_at = made_at;
  return self;
}

RoundsOutboxItem *
rounds_outbox_item_copy (const RoundsOutboxItem *self)
{
  RoundsOutboxItem *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->key = g_strdup (self->key);
  copy->record = g_strdup (self->record);
  copy->draft = g_strdup (self->draft);
  copy->changes = g_strdup (self->changes);
  copy->notes = g_strdup (self->notes);
  copy->base_notes = g_strdup (self->base_notes);
  copy->base_changes = g_strdup (self->base_changes);
  copy->reason = g_strdup (self->reason);
  return copy;
}

void
rounds_outbox_item_free (RoundsOutboxItem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->key);
  g_free (self->record);
  g_free (self->draft);
  g_free (self->changes);
  g_free (self->notes);
  g_free (self->base_notes);
  g_free (self->base_changes);
  g_free (self->reason);
  g_free (self);
}

gboolean
rounds_outbox_item_is_step (const RoundsOutboxItem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->draft == NULL && self->changes == NULL;
}

void
rounds_outbox_item_renew_key (RoundsOutboxItem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  self->key = rounds_random_hex (KEY_BYTES);
}

gboolean
rounds_outbox_item_is_active (const RoundsOutboxItem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->state == ROUNDS_OUTBOX_HELD || self->state == ROUNDS_OUTBOX_WAITING;
}

static RoundsEntry *
change_appointment (RoundsAppointment *appointment, const RoundsOutboxItem *item)
{
  /* How long a patient has waited counts from here, as it will when the server has the change. */
  g_autoptr (RoundsAppointment) copy = rounds_appointment_with_status (
      appointment, (RoundsAppointmentStatus)item->status, item->notes, item->made_at);

  return rounds_entry_new_for_appointment (copy);
}

static RoundsEntry *
change_meeting (RoundsMeeting *meeting, const RoundsOutboxItem *item)
{
  RoundsMeetingStatus to = (RoundsMeetingStatus)item->status;
  g_autoptr (RoundsMeeting) copy = NULL;

  if (rounds_meeting_status_leads_to (meeting->status, to))
    {
      copy = rounds_meeting_with_status (meeting, to, item->notes, item->made_at);
      copy->version = meeting->version;
      return rounds_entry_new_for_meeting (copy);
    }

  copy = rounds_meeting_copy (meeting);
  copy->status = to;
  copy->updated_at = item->made_at;
  if (item->notes != NULL)
    g_set_str (&copy->notes, item->notes);
  return rounds_entry_new_for_meeting (copy);
}

static RoundsEntry *
change_fields_of_appointment (RoundsAppointment *appointment, JsonObject *changes, gint64 made_at)
{
  g_autoptr (JsonObject) document = rounds_wire_appointment_to_json (appointment, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsAppointment) copy = NULL;

  rounds_wire_changes_apply (changes, document);
  copy = rounds_wire_appointment_from_json (document, problems);
  if (copy == NULL)
    return NULL;
  copy->updated_at = made_at;
  return rounds_entry_new_for_appointment (copy);
}

static RoundsEntry *
change_fields_of_meeting (RoundsMeeting *meeting, JsonObject *changes, gint64 made_at)
{
  g_autoptr (JsonObject) document = rounds_wire_meeting_to_json (meeting, NULL);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsMeeting) copy = NULL;

  rounds_wire_changes_apply (changes, document);
  copy = rounds_wire_meeting_from_json (document, problems);
  if (copy == NULL)
    return NULL;
  copy->updated_at = made_at;
  return rounds_entry_new_for_meeting (copy);
}

/* A change that makes no record of it any more, such as a time in no form that there is, is left
 * for the server to refuse. */
static RoundsEntry *
change_fields (RoundsEntry *before, const RoundsOutboxItem *item)
{
  g_autoptr (JsonObject) changes = rounds_json_parse_object (item->changes, -1, NULL);
  RoundsEntry *after = NULL;

  if (changes != NULL)
    after = item->kind == ROUNDS_ENTRY_APPOINTMENT
                ? change_fields_of_appointment (rounds_entry_get_appointment (before), changes,
                                                item->made_at)
                : change_fields_of_meeting (rounds_entry_get_meeting (before), changes,
                                            item->made_at);
  return after != NULL ? after : g_object_ref (before);
}

static RoundsEntry *
change_record (RoundsEntry *before, const RoundsOutboxItem *item)
{
  if (item->changes != NULL)
    return change_fields (before, item);
  return item->kind == ROUNDS_ENTRY_APPOINTMENT
             ? change_appointment (rounds_entry_get_appointment (before), item)
             : change_meeting (rounds_entry_get_meeting (before), item);
}

RoundsEntry *
rounds_outbox_items_apply (RoundsEntry *original, GPtrArray *items)
{
  g_autoptr (RoundsEntry) entry = NULL;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (original), NULL);
  g_return_val_if_fail (items != NULL, NULL);

  entry = g_object_ref (original);
  for (guint i = 0; i < items->len; i++)
    {
      const RoundsOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr (RoundsEntry) before = NULL;

      if (item->draft != NULL || !rounds_outbox_item_is_active (item))
        continue;

      before = g_steal_pointer (&entry);
      entry = change_record (before, item);
    }
  return g_steal_pointer (&entry);
}
