/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Idempotency-Key: a POST that a client repeats makes its record once.
 * It stores which record a key made, never an answer: answers carry links.
 */

#include "config.h"

#include "rounds-idempotency.h"

#include "rounds-audit-request.h"
#include "rounds-json.h"
#include "rounds-request-private.h"

#include <string.h>

#define MAX_KEY 255
#define HASH_LENGTH 32

static const char find_sql[] = "SELECT path, body_hash, record_id FROM idempotency_keys"
                               " WHERE user_id = $1 AND key = $2 AND created_at > $3";
static const char forget_sql[] = "DELETE FROM idempotency_keys WHERE created_at <= $1";
static const char claim_sql[]
    = "INSERT INTO idempotency_keys (user_id, key, path, body_hash, record_id, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, key) DO NOTHING";

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static JsonNode *sort_members (JsonNode *node);

static JsonObject *
sort_object (JsonObject *object)
{
  JsonObject *sorted = json_object_new ();
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (sorted, name->data,
                            sort_members (json_object_get_member (object, name->data)));
  return sorted;
}

/* A copy of @node with the members of each object in one order. As deep as a body may be. */
static JsonNode *
sort_members (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonNode *sorted = json_node_new (JSON_NODE_OBJECT);

      json_node_take_object (sorted, sort_object (json_node_get_object (node)));
      return sorted;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonNode *sorted = json_node_new (JSON_NODE_ARRAY);
      JsonArray *array = json_node_get_array (node);
      JsonArray *elements = json_array_sized_new (json_array_get_length (array));

      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (elements, sort_members (json_array_get_element (array, i)));
      json_node_take_array (sorted, elements);
      return sorted;
    }
  return json_node_copy (node);
}

/* What the body says, not how it is laid out: a client that retries may indent it differently, and
 * languages whose dictionaries have no order may write its members in another one. */
static void
hash_body (RoundsRequest *request, guint8 *hash)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = HASH_LENGTH;

  if (request->body != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), request->body);
      g_autoptr (JsonNode) sorted = sort_members (node);
      g_autofree char *text = rounds_json_to_text (sorted);

      g_checksum_update (checksum, (const guchar *)text, -1);
    }
  g_checksum_get_digest (checksum, hash, &length);
  g_assert (length == HASH_LENGTH);
}

/* Visible ASCII, as a header value has to be; the spaces in it too. */
static gboolean
is_key (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_KEY)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isprint (text[i]))
        return FALSE;
    }
  return TRUE;
}

static RoundsResponse *
refuse_key (void)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  rounds_problems_add (problems, "Idempotency-Key", "Has to have 1 to %d characters of ASCII",
                       MAX_KEY);
  return rounds_response_problems (400, problems);
}

static gboolean
is_same_request (RoundsRequest *request, RoundsDbStatement *statement)
{
  guint8 hash[HASH_LENGTH];
  gsize length = 0;
  const guint8 *stored = rounds_db_get_bytes (statement, 1, &length);

  hash_body (request, hash);
  return g_strcmp0 (rounds_db_get_text (statement, 0), request->path) == 0 && length == HASH_LENGTH
         && memcmp (stored, hash, HASH_LENGTH) == 0;
}

static gint64
get_horizon (RoundsRequest *request)
{
  return request->now - ROUNDS_IDEMPOTENCY_LIFE;
}

gboolean
rounds_idempotency_find (RoundsRequest *request, char **record_id, RoundsResponse **refusal)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  RoundsDbStep step;

  g_return_val_if_fail (request != NULL && request->caller != NULL, FALSE);
  g_return_val_if_fail (record_id != NULL && *record_id == NULL, FALSE);
  g_return_val_if_fail (refusal != NULL && *refusal == NULL, FALSE);

  if (request->idempotency_key == NULL)
    return TRUE;
  if (!is_key (request->idempotency_key))
    {
      *refusal = refuse_key ();
      return FALSE;
    }

  statement = rounds_db_prepare (request->db, find_sql, &error);
  if (statement != NULL)
    {
      /* Security: a key is its user's own; nobody gets at another one's answer by guessing it. */
      rounds_db_bind_text (statement, 1, request->caller->id);
      rounds_db_bind_text (statement, 2, request->idempotency_key);
      rounds_db_bind_time (statement, 3, get_horizon (request));
    }
  step = statement != NULL ? rounds_db_step (statement, &error) : ROUNDS_DB_FAILED;
  if (step == ROUNDS_DB_FAILED)
    *refusal = rounds_response_from_error (error);
  else if (step == ROUNDS_DB_ROW && !is_same_request (request, statement))
    *refusal = rounds_response_fail (422, "idempotency_key_reused",
                                     "This Idempotency-Key was used for another request", NULL);
  else if (step == ROUNDS_DB_ROW)
    {
      *record_id = g_strdup (rounds_db_get_text (statement, 2));
      /* What is shown again is noted as that record. */
      if (**record_id != '\0')
        rounds_audit_set_record (request, *record_id);
    }
  return *refusal == NULL;
}

static gboolean
forget_old (RoundsRequest *request, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (request->db, forget_sql, error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_time (statement, 1, get_horizon (request));
  return rounds_db_run (statement, error);
}

gboolean
rounds_idempotency_claim (RoundsRequest *request, const char *record_id, gboolean *claimed,
                          GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  guint8 hash[HASH_LENGTH];

  g_return_val_if_fail (request != NULL && request->caller != NULL, FALSE);
  g_return_val_if_fail (record_id != NULL && claimed != NULL, FALSE);

  *claimed = TRUE;
  if (*record_id != '\0')
    rounds_audit_set_record (request, record_id);
  if (request->idempotency_key == NULL)
    return TRUE;
  if (!forget_old (request, error))
    return FALSE;

  statement = rounds_db_prepare (request->db, claim_sql, error);
  if (statement == NULL)
    return FALSE;

  hash_body (request, hash);
  rounds_db_bind_text (statement, 1, request->caller->id);
  rounds_db_bind_text (statement, 2, request->idempotency_key);
  rounds_db_bind_text (statement, 3, request->path);
  rounds_db_bind_bytes (statement, 4, hash, HASH_LENGTH);
  rounds_db_bind_text (statement, 5, record_id);
  rounds_db_bind_time (statement, 6, request->now);
  if (!rounds_db_run (statement, error))
    return FALSE;

  *claimed = rounds_db_get_changes (request->db) == 1;
  request->key_claimed = TRUE;
  return TRUE;
}
