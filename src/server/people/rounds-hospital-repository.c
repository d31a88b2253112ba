/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hospitals and their departments in the server's database.
 * Opening hours come with the backend's own issue.
 */

#include "config.h"

#include "rounds-hospital-repository.h"

/* One row for each department, and one for a hospital that has none. */
#define SELECT_HOSPITALS                                                                           \
  "SELECT h.id, h.name, h.timezone, d.name FROM hospitals h"                                       \
  " LEFT JOIN hospital_departments d ON d.hospital_id = h.id"

static const char find_sql[] = SELECT_HOSPITALS " WHERE h.id = $1 ORDER BY d.position";
static const char list_sql[] = SELECT_HOSPITALS " ORDER BY h.name, h.id, d.position";
static const char insert_sql[]
    = "INSERT INTO hospitals (id, name, timezone, created_at, updated_at)"
      " VALUES ($1, $2, $3, $4, $4)";
static const char insert_department_sql[]
    = "INSERT INTO hospital_departments (hospital_id, position, name) VALUES ($1, $2, $3)";

/* The hospital of the rows that follow each other, and its departments so far. */
typedef struct
{
  RoundsHospital *hospital;
  GStrvBuilder *departments;
} Gathering;

static void
finish_gathering (Gathering *self, GPtrArray *hospitals)
{
  if (self->hospital == NULL)
    return;

  g_strfreev (self->hospital->departments);
  self->hospital->departments = g_strv_builder_end (self->departments);
  g_ptr_array_add (hospitals, g_steal_pointer (&self->hospital));
}

static void
gather_row (Gathering *self, RoundsDbStatement *statement, GPtrArray *hospitals)
{
  const char *id = rounds_db_get_text (statement, 0);
  const char *department = rounds_db_get_text (statement, 3);

  if (self->hospital == NULL || !g_str_equal (self->hospital->id, id))
    {
      finish_gathering (self, hospitals);
      self->hospital = rounds_hospital_new ();
      self->hospital->id = g_strdup (id);
      self->hospital->name = g_strdup (rounds_db_get_text (statement, 1));
      self->hospital->timezone = g_strdup (rounds_db_get_text (statement, 2));
    }
  if (department != NULL)
    g_strv_builder_add (self->departments, department);
}

static GPtrArray *
read_all (RoundsDbStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) hospitals
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_hospital_unref);
  g_autoptr (GStrvBuilder) departments = g_strv_builder_new ();
  Gathering gathering = { .departments = departments };
  RoundsDbStep step;

  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    gather_row (&gathering, statement, hospitals);
  finish_gathering (&gathering, hospitals);

  return step == ROUNDS_DB_DONE ? g_steal_pointer (&hospitals) : NULL;
}

gboolean
rounds_hospital_repository_find (RoundsDb *db, const char *id, RoundsHospital **hospital,
                                 GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (hospital != NULL && *hospital == NULL, FALSE);

  statement = rounds_db_prepare (db, find_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  found = read_all (statement, error);
  if (found == NULL)
    return FALSE;

  if (found->len > 0)
    *hospital = rounds_hospital_ref (g_ptr_array_index (found, 0));
  return TRUE;
}

GPtrArray *
rounds_hospital_repository_list (RoundsDb *db, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  statement = rounds_db_prepare (db, list_sql, error);
  return statement != NULL ? read_all (statement, error) : NULL;
}

static gboolean
insert_department (RoundsDb *db, const char *hospital_id, gsize position, const char *name,
                   GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, insert_department_sql, error);

  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, hospital_id);
  rounds_db_bind_int (statement, 2, (gint64)position);
  rounds_db_bind_text (statement, 3, name);
  return rounds_db_run (statement, error);
}

gboolean
rounds_hospital_repository_insert (RoundsDb *db, const RoundsHospital *hospital, gint64 now,
                                   GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (hospital != NULL && hospital->id != NULL, FALSE);

  statement = rounds_db_prepare (db, insert_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, hospital->id);
  rounds_db_bind_text (statement, 2, hospital->name);
  rounds_db_bind_text (statement, 3, hospital->timezone);
  rounds_db_bind_time (statement, 4, now);
  if (!rounds_db_run (statement, error))
    return FALSE;

  for (gsize i = 0; hospital->departments[i] != NULL; i++)
    {
      if (!insert_department (db, hospital->id, i, hospital->departments[i], error))
        return FALSE;
    }
  return TRUE;
}
