/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All that only this computer knows as a text for people: every edit with what it is about, and
 * what was typed without being saved. It says all that the edit says: nothing else may be left.
 */

#include "config.h"

#include "rounds-unsent-text.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "rounds-entry-words.h"
#include "rounds-field-words.h"
#include "rounds-store-drafts.h"
#include "rounds-store-outbox.h"
#include "rounds-time-words.h"
#include "rounds-unsent-words.h"

/* What a new record consists of. */
#define APPOINTMENT_FIELDS                                                                         \
  (ROUNDS_SYNC_FIELD_WHEN | ROUNDS_SYNC_FIELD_DURATION | ROUNDS_SYNC_FIELD_DOCTOR                  \
   | ROUNDS_SYNC_FIELD_DEPARTMENT | ROUNDS_SYNC_FIELD_REASON | ROUNDS_SYNC_FIELD_PATIENT           \
   | ROUNDS_SYNC_FIELD_NOTES)
#define MEETING_FIELDS                                                                             \
  (ROUNDS_SYNC_FIELD_TITLE | ROUNDS_SYNC_FIELD_WHEN | ROUNDS_SYNC_FIELD_DURATION                   \
   | ROUNDS_SYNC_FIELD_DESCRIPTION | ROUNDS_SYNC_FIELD_PARTICIPANTS | ROUNDS_SYNC_FIELD_NOTES)

typedef struct
{
  RoundsStore *store;
  RoundsUser *viewer;
  gint64 now;
  GString *text;
} Writer;

static void
write_line (Writer *self, const char *name, const char *value)
{
  g_string_append_c (self->text, '\t');
  /* Translators: a field and its value, as in "Status: In progress". */
  g_string_append_printf (self->text, C_ ("field and value", "%s: %s"), name, value);
  g_string_append_c (self->text, '\n');
}

/* --- JSON: what stands for itself when its record is not there --- */

static void
write_value (Writer *self, const char *name, JsonNode *node)
{
  RoundsSyncFields field = rounds_sync_fields_from_member (name);
  g_autofree char *value = NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    return;
  value = json_node_get_value_type (node) == G_TYPE_STRING ? g_strdup (json_node_get_string (node))
                                                           : json_to_string (node, FALSE);
  if (*value != '\0')
    write_line (self, field != ROUNDS_SYNC_NO_FIELDS ? rounds_field_words_name (field) : name,
                value);
}

static void
write_json (Writer *self, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (node != NULL)
        write_value (self, _ ("Notes"), node);
      return;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    write_value (self, name, member);
}

/* --- edits --- */

/* @before: NULL for a new record. */
static void
write_fields (Writer *self, RoundsEntry *before, RoundsEntry *after, RoundsSyncFields fields)
{
  for (guint bit = 0; 1u << bit <= ROUNDS_SYNC_ALL_FIELDS; bit++)
    {
      RoundsSyncFields field = fields & (RoundsSyncFields)(1u << bit);
      g_autofree char *value = NULL;
      g_autofree char *old = NULL;
      g_autofree char *both = NULL;

      if (field == ROUNDS_SYNC_NO_FIELDS)
        continue;
      value = rounds_field_words_value (after, field, self->viewer, self->store, self->now);
      if (before != NULL)
        {
          old = rounds_field_words_value (before, field, self->viewer, self->store, self->now);
          /* Translators: a new value and the one that it takes the place of. */
          both = g_strdup_printf (_ ("%s (before: %s)"), value, old);
        }
      write_line (self, rounds_field_words_name (field), both != NULL ? both : value);
    }
}

/* The record with its edits among the first @end of @items, whatever became of them. */
static RoundsEntry *
apply_until (RoundsEntry *original, GPtrArray *items, guint end)
{
  g_autoptr (GPtrArray) earlier
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_outbox_item_free);

  for (guint i = 0; i < end; i++)
    {
      const RoundsOutboxItem *item = g_ptr_array_index (items, i);
      RoundsOutboxItem *copy = NULL;

      if (item->kind != rounds_entry_get_kind (original)
          || !g_str_equal (item->record, rounds_entry_get_id (original)))
        continue;
      copy = rounds_outbox_item_copy (item);
      copy->state = ROUNDS_OUTBOX_WAITING;
      g_ptr_array_add (earlier, copy);
    }
  return rounds_outbox_items_apply (original, earlier);
}

static void
write_step (Writer *self, const RoundsOutboxItem *item)
{
  write_line (self, rounds_field_words_name (ROUNDS_SYNC_FIELD_STATUS),
              rounds_unsent_words_status (item));
  if (item->notes != NULL)
    write_line (self, rounds_field_words_name (ROUNDS_SYNC_FIELD_NOTES), item->notes);
}

/* Awaits. */
static void
write_changes (Writer *self, GPtrArray *items, guint position)
{
  const RoundsOutboxItem *item = g_ptr_array_index (items, position);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) original = dex_await_object (
      rounds_store_get_original (self->store, item->kind, item->record), &error);
  g_autoptr (RoundsEntry) before = NULL;
  g_autoptr (RoundsEntry) after = NULL;

  if (original == NULL)
    {
      write_json (self, item->changes);
      return;
    }
  after = apply_until (original, items, position + 1);
  before = apply_until (original, items, position);
  write_fields (self, before, after, rounds_field_words_compare (before, after));
}

static char *
dup_title (Writer *self, const RoundsOutboxItem *item, RoundsEntry *entry)
{
  g_autofree char *title = NULL;
  g_autofree char *when = NULL;

  if (entry == NULL)
    return g_strdup (rounds_unsent_words_missing (item));
  title = rounds_entry_words_title (entry, self->viewer, self->store);
  when = rounds_time_words_when (rounds_entry_get_range (entry).start, self->now);
  return g_strdup_printf ("%s · %s · %s", title, rounds_entry_words_kind (entry), when);
}

/* Awaits. */
static void
write_edit (Writer *self, GPtrArray *items, guint position)
{
  const RoundsOutboxItem *item = g_ptr_array_index (items, position);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsEntry) entry
      = dex_await_object (rounds_store_get_entry (self->store, item->kind, item->record), &error);
  g_autofree char *title = dup_title (self, item, entry);
  g_autofree char *made = rounds_time_words_when (item->made_at, self->now);

  g_string_append_printf (self->text, "\n%u. %s\n", position + 1, title);
  write_line (self, C_ ("change", "Made"), made);
  if (item->draft != NULL)
    {
      g_string_append_printf (self->text, "\t%s\n", rounds_unsent_words_new (item));
      if (entry != NULL)
        write_fields (self, NULL, entry,
                      item->kind == ROUNDS_ENTRY_APPOINTMENT ? APPOINTMENT_FIELDS : MEETING_FIELDS);
      else
        write_json (self, item->draft);
    }
  else if (rounds_outbox_item_is_step (item))
    write_step (self, item);
  else
    write_changes (self, items, position);
  if (item->reason != NULL)
    write_line (self, _ ("The server did not take it"), item->reason);
}

/* --- drafts --- */

/* Awaits. */
static void
write_draft (Writer *self, const RoundsStoreDraft *draft)
{
  g_autoptr (RoundsEntry) entry = NULL;
  g_autofree char *typed = rounds_time_words_when (draft->updated_at, self->now);
  g_autofree char *title = NULL;

  for (int kind = 0; entry == NULL && *draft->record != '\0' && kind < ROUNDS_N_ENTRY_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;

      entry = dex_await_object (rounds_store_get_entry (self->store, kind, draft->record), &error);
    }
  title = entry != NULL ? rounds_entry_words_title (entry, self->viewer, self->store)
                        : g_strdup (_ ("A new record"));
  g_string_append_printf (self->text, "\n– %s\n", title);
  write_line (self, C_ ("text", "Typed"), typed);
  write_json (self, draft->payload);
}

char *
rounds_unsent_text_write_fiber (RoundsStore *store, RoundsUser *viewer, gint64 now,
                                guint *n_changes, GError **error)
{
  g_autoptr (RoundsUser) nobody = rounds_user_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  Writer writer = { store, viewer != NULL ? viewer : nobody, now, text };
  g_autoptr (GPtrArray) items = dex_await_boxed (rounds_store_list_edits (store), error);
  g_autoptr (GPtrArray) drafts = NULL;

  if (items != NULL)
    drafts = dex_await_boxed (rounds_store_list_drafts (store, NULL), error);
  if (drafts == NULL)
    return NULL;

  g_set_str (&nobody->id, "");
  g_string_append_printf (text, "%s\n", _ ("Changes That Were Not Sent Yet"));
  for (guint i = 0; i < items->len; i++)
    write_edit (&writer, items, i);
  if (drafts->len > 0)
    g_string_append_printf (text, "\n%s\n", _ ("Typed and Not Yet Saved"));
  for (guint i = 0; i < drafts->len; i++)
    write_draft (&writer, g_ptr_array_index (drafts, i));
  *n_changes = items->len + drafts->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
