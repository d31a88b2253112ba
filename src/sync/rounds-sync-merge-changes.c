/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The three-way merge of a change of fields: the rules of docs/sync.md, "Conflicts".
 * Status and the joining of notes are in rounds-sync-merge.c.
 */

#include "config.h"

#include "rounds-sync-merge.h"

#include "rounds-json.h"
#include "rounds-wire-changes.h"

#define PARTICIPANTS "participants"
#define PATIENT "patientDetails"
#define NOTES "notes"

/* What one merge works on. Borrowed. */
typedef struct
{
  JsonObject *base;
  JsonObject *mine;
  JsonObject *theirs;
  const char *heading;
} Sides;

static gboolean
member_is_same (JsonObject *a, JsonObject *b, const char *member)
{
  return rounds_wire_values_are_same (member, json_object_get_member (a, member),
                                      json_object_get_member (b, member));
}

/* Whether all that mine names of @field is the same in @a and @b. */
static gboolean
field_is_same (const Sides *sides, RoundsSyncFields field, JsonObject *a, JsonObject *b)
{
  g_autoptr (GList) members = json_object_get_members (sides->mine);

  for (GList *i = members; i != NULL; i = i->next)
    if (rounds_sync_fields_from_member (i->data) == field && !member_is_same (a, b, i->data))
      return FALSE;
  return TRUE;
}

void
rounds_merge_drop_fields (JsonObject *changes, RoundsSyncFields fields)
{
  g_autoptr (GList) members = NULL;

  g_return_if_fail (changes != NULL);

  members = json_object_get_members (changes);
  for (GList *i = members; i != NULL; i = i->next)
    if ((rounds_sync_fields_from_member (i->data) & fields) != 0)
      json_object_remove_member (changes, i->data);
}

static gboolean
has_person (JsonObject *object, const char *id)
{
  JsonNode *node = json_object_get_member (object, PARTICIPANTS);
  JsonArray *people
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; people != NULL && i < json_array_get_length (people); i++)
    if (g_strcmp0 (json_array_get_string_element (people, i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Theirs without those whom mine takes out, then those whom mine brings in. */
static JsonArray *
merge_people (const Sides *sides)
{
  JsonArray *merged = json_array_new ();
  JsonArray *theirs = json_object_get_array_member (sides->theirs, PARTICIPANTS);
  JsonArray *mine = json_object_get_array_member (sides->mine, PARTICIPANTS);

  for (guint i = 0; i < json_array_get_length (theirs); i++)
    {
      const char *id = json_array_get_string_element (theirs, i);

      if (has_person (sides->mine, id) || !has_person (sides->base, id))
        json_array_add_string_element (merged, id);
    }
  for (guint i = 0; i < json_array_get_length (mine); i++)
    {
      const char *id = json_array_get_string_element (mine, i);

      if (!has_person (sides->base, id) && !has_person (sides->theirs, id))
        json_array_add_string_element (merged, id);
    }
  return merged;
}

/* Returns whether it could be merged. */
static gboolean
merge_notes (const Sides *sides)
{
  gboolean fits = TRUE;
  g_autofree char *merged = rounds_merge_notes (
      rounds_json_peek_text (sides->base, NOTES), rounds_json_peek_text (sides->mine, NOTES),
      rounds_json_peek_text (sides->theirs, NOTES), sides->heading, &fits);

  if (fits && merged == NULL)
    json_object_remove_member (sides->mine, NOTES);
  else if (fits)
    json_object_set_string_member (sides->mine, NOTES, merged);
  return fits;
}

/* Each of the patient's details by itself. Returns whether none was changed on both sides. */
static gboolean
merge_patient (const Sides *sides)
{
  JsonObject *base = rounds_json_peek_object (sides->base, PATIENT);
  JsonObject *mine = rounds_json_peek_object (sides->mine, PATIENT);
  JsonObject *theirs = rounds_json_peek_object (sides->theirs, PATIENT);
  g_autoptr (GList) members = mine != NULL ? json_object_get_members (mine) : NULL;

  if (base == NULL || theirs == NULL)
    return FALSE;
  for (GList *i = members; i != NULL; i = i->next)
    {
      if (member_is_same (mine, theirs, i->data))
        json_object_remove_member (mine, i->data);
      else if (!member_is_same (base, theirs, i->data))
        return FALSE;
    }
  return TRUE;
}

/* Both changed @field, and not to the same. */
static gboolean
merge_both (const Sides *sides, RoundsSyncFields field)
{
  if (field == ROUNDS_SYNC_FIELD_NOTES)
    return merge_notes (sides);
  if (field == ROUNDS_SYNC_FIELD_PATIENT)
    return merge_patient (sides);
  if (field != ROUNDS_SYNC_FIELD_PARTICIPANTS
      || !json_object_has_member (sides->theirs, PARTICIPANTS))
    return FALSE;
  json_object_set_array_member (sides->mine, PARTICIPANTS, merge_people (sides));
  return TRUE;
}

static RoundsSyncFields
find_fields (JsonObject *changes)
{
  g_autoptr (GList) members = json_object_get_members (changes);
  RoundsSyncFields fields = ROUNDS_SYNC_NO_FIELDS;

  for (GList *i = members; i != NULL; i = i->next)
    fields |= rounds_sync_fields_from_member (i->data);
  return fields;
}

static void
merge_field (const Sides *sides, RoundsSyncFields field, RoundsSyncFields *conflicts)
{
  if (field_is_same (sides, field, sides->mine, sides->theirs)
      || field_is_same (sides, field, sides->mine, sides->base))
    rounds_merge_drop_fields (sides->mine, field);
  else if (!field_is_same (sides, field, sides->base, sides->theirs) && !merge_both (sides, field))
    *conflicts |= field;
}

RoundsMergeResult
rounds_merge_changes (JsonObject *base, JsonObject *mine, JsonObject *theirs, const char *heading,
                      RoundsSyncFields *conflicts)
{
  const Sides sides = { base, mine, theirs, heading };
  RoundsSyncFields fields;

  g_return_val_if_fail (base != NULL && mine != NULL && theirs != NULL, ROUNDS_MERGE_CONFLICT);
  g_return_val_if_fail (heading != NULL && conflicts != NULL, ROUNDS_MERGE_CONFLICT);

  *conflicts = ROUNDS_SYNC_NO_FIELDS;
  fields = find_fields (mine);
  for (guint bit = 1; bit <= (guint)fields; bit <<= 1)
    if (((guint)fields & bit) != 0)
      merge_field (&sides, (RoundsSyncFields)bit, conflicts);

  if (*conflicts != ROUNDS_SYNC_NO_FIELDS)
    return ROUNDS_MERGE_CONFLICT;
  return json_object_get_size (mine) > 0 ? ROUNDS_MERGE_SEND : ROUNDS_MERGE_DONE;
}
