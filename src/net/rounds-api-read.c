/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Finds records and lists in answers, from our server and from one that knows only the guide.
 * What is inside a record is wire's to say.
 */

#include "config.h"

#include "rounds-api-private.h"

#include "rounds-json.h"
#include "rounds-net-error.h"

static const char *
find_id (JsonObject *object)
{
  static const char *const members[] = { "_id", "id" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *id = rounds_json_peek_text (object, members[i]);

      if (id != NULL)
        return id;
    }
  return NULL;
}

/* A new reference to the array of @member, or to `data` where that is an array; or NULL. */
static JsonArray *
find_list (RoundsWireAnswer *answer, GBytes *body, const char *member)
{
  JsonNode *node = json_object_get_member (answer->data, member);
  g_autoptr (JsonObject) envelope = NULL;

  if (node == NULL)
    {
      /* The envelope's reader takes objects only, so the text is opened once more. */
      envelope
          = rounds_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
      if (envelope != NULL)
        node = json_object_get_member (envelope, "data");
    }

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  return json_array_ref (json_node_get_array (node));
}

static void
add_record (RoundsListing *listing, JsonNode *node, RoundsApiParseFunc parse)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gpointer record = object != NULL ? parse (object, problems) : NULL;
  const char *id = object != NULL ? find_id (object) : NULL;

  if (record != NULL)
    {
      g_ptr_array_add (listing->records, record);
      return;
    }

  listing->n_unreadable++;
  if (rounds_api_is_id (id))
    g_ptr_array_add (listing->unreadable_ids, g_strdup (id));
}

JsonObject *
rounds_api_find_record (RoundsWireAnswer *answer, const char *member)
{
  JsonNode *node = json_object_get_member (answer->data, member);

  if (node != NULL)
    return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  return find_id (answer->data) != NULL ? answer->data : NULL;
}

gpointer
rounds_api_read_record (RoundsWireAnswer *answer, const char *member, RoundsApiParseFunc parse,
                        GError **error)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  JsonObject *object = rounds_api_find_record (answer, member);
  gpointer record = object != NULL ? parse (object, problems) : NULL;

  if (record == NULL)
    {
      const char *field = member;

      if (rounds_problems_get_length (problems) > 0)
        field = rounds_problems_get (problems, 0)->field;
      g_propagate_error (error, rounds_net_error_new_unreadable (field));
    }
  return record;
}

gpointer
rounds_api_read_listing (RoundsWireAnswer *answer, GBytes *body, const char *member,
                         RoundsApiParseFunc parse, GDestroyNotify free_record, GError **error)
{
  g_autoptr (RoundsListing) listing = rounds_listing_new (free_record);
  g_autoptr (JsonArray) list = find_list (answer, body, member);
  guint length = list != NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < length; i++)
    add_record (listing, json_array_get_element (list, i), parse);

  if (list == NULL || (length > 0 && listing->records->len == 0))
    {
      g_propagate_error (error, rounds_net_error_new_unreadable (member));
      return NULL;
    }
  return g_steal_pointer (&listing);
}

gpointer
rounds_api_read_nothing (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return g_bytes_ref (body);
}
