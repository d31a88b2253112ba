/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From where a person has signed in before.
 * What follows from it is rounds-limits.c's.
 */

#include "config.h"

#include "rounds-known-places.h"

#include <sodium.h>
#include <string.h>

#define HASH_LENGTH 32
#define LIFE (90 * ROUNDS_DAY)

static const char find_sql[]
    = "SELECT 1 FROM known_places k JOIN users u ON u.id = k.user_id"
      " WHERE lower (u.email) = lower ($1) AND k.place_hash = $2 AND k.seen_at > $3";
static const char note_sql[]
    = "INSERT INTO known_places (user_id, place_hash, seen_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (user_id, place_hash) DO UPDATE SET seen_at = excluded.seen_at";
static const char forget_sql[] = "DELETE FROM known_places WHERE user_id = $1 AND seen_at <= $2";

/* Only a hash: where people live is nobody's business. */
static void
hash_place (const char *address, const char *user_agent, guint8 *hash)
{
  g_autofree char *place
      = g_strdup_printf ("%s\n%s", address, user_agent != NULL ? user_agent : "");

  crypto_generichash (hash, HASH_LENGTH, (const guint8 *)place, strlen (place), NULL, 0);
}

gboolean
rounds_known_places_find (RoundsDb *db, const char *email, const char *address,
                          const char *user_agent, gint64 now, gboolean *known, GError **error)
{
  g_return_val_if_fail (db != NULL && email != NULL && address != NULL && known != NULL, FALSE);

  guint8 hash[HASH_LENGTH];
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, find_sql, error);
  if (statement == NULL)
    return FALSE;
  hash_place (address, user_agent, hash);
  rounds_db_bind_text (statement, 1, email);
  rounds_db_bind_bytes (statement, 2, hash, sizeof hash);
  rounds_db_bind_time (statement, 3, now - LIFE);
  RoundsDbStep step = rounds_db_step (statement, error);
  *known = step == ROUNDS_DB_ROW;
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_known_places_note (RoundsDb *db, const char *user_id, const char *address,
                          const char *user_agent, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && user_id != NULL && address != NULL, FALSE);

  guint8 hash[HASH_LENGTH];
  g_autoptr (RoundsDbStatement) forget = rounds_db_prepare (db, forget_sql, error);
  if (forget == NULL)
    return FALSE;
  rounds_db_bind_text (forget, 1, user_id);
  rounds_db_bind_time (forget, 2, now - LIFE);
  if (!rounds_db_run (forget, error))
    return FALSE;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, note_sql, error);
  if (statement == NULL)
    return FALSE;
  hash_place (address, user_agent, hash);
  rounds_db_bind_text (statement, 1, user_id);
  rounds_db_bind_bytes (statement, 2, hash, sizeof hash);
  rounds_db_bind_time (statement, 3, now);
  return rounds_db_run (statement, error);
}
