/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an earlier start of the demo left in the database, and how it makes room for today's.
 * Nothing that a person made or changed is taken away.
 */

#include "config.h"

#include "rounds-demo-private.h"

/* See rounds_demo_next_id(). */
#define IS_OF_DEMO "substr (id, 9, 8) = '00000000'"

typedef struct
{
  const char *list; /* ids and when they were last changed */
  const char *delete;
} Table;

static const Table tables[] = {
  { "SELECT id, updated_at FROM appointments WHERE " IS_OF_DEMO,
    "DELETE FROM appointments WHERE id = $1" },
  { "SELECT id, updated_at FROM meetings WHERE " IS_OF_DEMO, "DELETE FROM meetings WHERE id = $1" },
};

/* When the demo that made @id was laid out: the first 8 digits, in seconds. */
static gint64
read_moment (const char *id)
{
  g_autofree char *seconds = g_strndup (id, 8);

  return (gint64)g_ascii_strtoull (seconds, NULL, 16) * ROUNDS_SECOND;
}

gboolean
rounds_demo_find_last (RoundsDb *db, gint64 *moment, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT max (id) FROM appointments WHERE " IS_OF_DEMO, error);
  RoundsDbStep step = statement != NULL ? rounds_db_step (statement, error) : ROUNDS_DB_FAILED;

  if (step == ROUNDS_DB_FAILED)
    return FALSE;

  *moment = rounds_db_is_null (statement, 0) ? ROUNDS_TIME_NONE
                                             : read_moment (rounds_db_get_text (statement, 0));
  return TRUE;
}

/* The ids that nobody has changed since they were laid out. (element-type utf8) */
static GPtrArray *
list_untouched (RoundsDb *db, const char *sql, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  RoundsDbStep step;

  if (statement == NULL)
    return NULL;

  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      const char *id = rounds_db_get_text (statement, 0);

      if (rounds_db_get_time (statement, 1) < read_moment (id) + ROUNDS_SECOND)
        g_ptr_array_add (ids, g_strdup (id));
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
delete_one (RoundsDb *db, const char *sql, const char *id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  return rounds_db_run (statement, error);
}

gboolean
rounds_demo_clear_former (RoundsDb *db, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GPtrArray) ids = list_untouched (db, tables[i].list, error);

      if (ids == NULL)
        return FALSE;
      for (guint k = 0; k < ids->len; k++)
        {
          if (!delete_one (db, tables[i].delete, g_ptr_array_index (ids, k), error))
            return FALSE;
        }
    }
  return TRUE;
}
