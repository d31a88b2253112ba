/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The change feed in the server's database, read by number and audience.
 * The cursors that clients get are made in rounds-change-cursor.c.
 */

#include "config.h"

#include "rounds-change-repository.h"

/* In the order of RoundsChangeKind. */
static const char *const kinds[] = { "appointment", "meeting", "user", "hospital", "access" };

static const char list_sql[] = "SELECT seq, kind, record_id FROM changes"
                               " WHERE audience = $1 AND seq > $2 ORDER BY seq LIMIT $3";

const char *
rounds_change_kind_to_string (RoundsChangeKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind];
}

static RoundsChangeKind
read_kind (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i], text))
        return (RoundsChangeKind)i;
    }
  /* The table's own check lets no other word in. */
  g_assert_not_reached ();
}

void
rounds_change_free (RoundsChange *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self);
}

static void
add_audience (GStrvBuilder *builder, const char *prefix, const char *id)
{
  g_strv_builder_take (builder, g_strconcat (prefix, id, NULL));
}

char **
rounds_change_audiences (const RoundsUser *user)
{
  g_return_val_if_fail (user != NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, "*");
  add_audience (builder, "u:", user->id);
  if (user->role == ROUNDS_ROLE_ADMIN)
    g_strv_builder_add (builder, "a");
  else if (user->role == ROUNDS_ROLE_PATIENT)
    add_audience (builder, "p:", user->hospital_id);
  else
    {
      g_strv_builder_add (builder, "m");
      add_audience (builder, "d:", user->hospital_id);
    }
  if (user->role == ROUNDS_ROLE_HOSPITAL)
    add_audience (builder, "s:", user->hospital_id);
  return g_strv_builder_end (builder);
}

static gboolean
read_number (RoundsDbStatement *statement, gint64 *number, GError **error)
{
  RoundsDbStep step = rounds_db_step (statement, error);
  *number = step == ROUNDS_DB_ROW ? rounds_db_get_int (statement, 0) : 0;
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_change_repository_get_head (RoundsDb *db, gint64 *head, GError **error)
{
  g_return_val_if_fail (db != NULL && head != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT COALESCE (max (seq), 0) FROM changes", error);
  return statement != NULL && read_number (statement, head, error);
}

gboolean
rounds_change_repository_get_access (RoundsDb *db, const char *user_id, gint64 *seq, GError **error)
{
  g_return_val_if_fail (db != NULL && user_id != NULL && seq != NULL, FALSE);

  g_autofree char *audience = g_strconcat ("u:", user_id, NULL);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "SELECT seq FROM changes WHERE audience = $1 AND kind = 'access' AND record_id = $2",
      error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, audience);
  rounds_db_bind_text (statement, 2, user_id);
  return read_number (statement, seq, error);
}

/* One number for each of @audiences, added up. */
gboolean
rounds_change_repository_count (RoundsDb *db, const char *const *audiences, gint64 *count,
                                GError **error)
{
  g_return_val_if_fail (db != NULL && audiences != NULL && count != NULL, FALSE);

  *count = 0;
  for (gsize i = 0; audiences[i] != NULL; i++)
    {
      gint64 number = 0;
      g_autoptr (RoundsDbStatement) statement
          = rounds_db_prepare (db, "SELECT count (*) FROM changes WHERE audience = $1", error);
      if (statement == NULL)
        return FALSE;
      rounds_db_bind_text (statement, 1, audiences[i]);
      if (!read_number (statement, &number, error))
        return FALSE;
      *count += number;
    }
  return TRUE;
}

static gboolean
add_changes (RoundsDb *db, const char *audience, gint64 seq, guint limit, GPtrArray *changes,
             GError **error)
{
  RoundsDbStep step;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, list_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, audience);
  rounds_db_bind_int (statement, 2, seq);
  rounds_db_bind_int (statement, 3, limit);
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsChange *change = g_new0 (RoundsChange, 1);
      change->seq = rounds_db_get_int (statement, 0);
      change->kind = read_kind (rounds_db_get_text (statement, 1));
      change->id = g_strdup (rounds_db_get_text (statement, 2));
      g_ptr_array_add (changes, change);
    }
  return step == ROUNDS_DB_DONE;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const RoundsChange *one = *(RoundsChange *const *)a;
  const RoundsChange *other = *(RoundsChange *const *)b;
  return one->seq < other->seq ? -1 : one->seq > other->seq;
}

/* The first @limit + 1 of each audience: more of them are not needed to find the first @limit of
 * all, and the index gives them without sorting. */
GPtrArray *
rounds_change_repository_list (RoundsDb *db, const char *const *audiences, gint64 seq, guint limit,
                               gboolean *more, GError **error)
{
  g_return_val_if_fail (db != NULL && audiences != NULL, NULL);
  g_return_val_if_fail (limit > 0 && more != NULL, NULL);

  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_change_free);
  for (gsize i = 0; audiences[i] != NULL; i++)
    {
      if (!add_changes (db, audiences[i], seq, limit + 1, changes, error))
        return NULL;
    }
  g_ptr_array_sort (changes, compare_changes);
  *more = changes->len > limit;
  if (*more)
    g_ptr_array_set_size (changes, (int)limit);
  return g_steal_pointer (&changes);
}

GHashTable *
rounds_change_repository_list_audiences (RoundsDb *db, gint64 seq, gint64 *head, GError **error)
{
  g_return_val_if_fail (db != NULL && head != NULL, NULL);

  RoundsDbStep step;
  g_autoptr (GHashTable) audiences
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db, "SELECT audience, max (seq) FROM changes WHERE seq > $1 GROUP BY audience", error);
  if (statement == NULL)
    return NULL;
  rounds_db_bind_int (statement, 1, seq);
  *head = seq;
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      gint64 last = rounds_db_get_int (statement, 1);
      *head = MAX (*head, last);
      g_hash_table_insert (audiences, g_strdup (rounds_db_get_text (statement, 0)),
                           g_memdup2 (&last, sizeof last));
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&audiences) : NULL;
}
