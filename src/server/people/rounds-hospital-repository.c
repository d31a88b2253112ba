/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hospitals, their departments and opening hours in the server's database.
 * It decides nothing about who may change them.
 */

#include "config.h"

#include "rounds-hospital-repository.h"

/* One row for the hospital itself, one for each department and each opening: one statement, so that
 * all of it belongs to one moment. The rows of a hospital follow each other, itself first. */
#define HOSPITAL_COLUMNS "SELECT h.id, h.name, h.timezone, h.version"
#define SELECT_HOSPITALS(chosen)                                                                   \
  "WITH h AS (" chosen ") " HOSPITAL_COLUMNS ", 0, 0, 0, 0, NULL FROM h"                           \
  " UNION ALL " HOSPITAL_COLUMNS ", 1, d.position, 0, 0, d.name"                                   \
  " FROM h JOIN hospital_departments d ON d.hospital_id = h.id"                                    \
  " UNION ALL " HOSPITAL_COLUMNS ", 2, o.weekday, o.opens, o.closes, NULL"                         \
  " FROM h JOIN hospital_openings o ON o.hospital_id = h.id ORDER BY 2, 1, 5, 6, 7"

typedef enum
{
  ROW_HOSPITAL,
  ROW_DEPARTMENT,
  ROW_OPENING,
} RowKind;

static const char find_sql[] = SELECT_HOSPITALS ("SELECT * FROM hospitals WHERE id = $1");
static const char list_sql[]
    = SELECT_HOSPITALS ("SELECT * FROM hospitals WHERE $1 = ''"
                        " OR (name, id) > ((SELECT a.name FROM hospitals a WHERE a.id = $1), $1)"
                        " ORDER BY name, id LIMIT $2");
static const char insert_sql[]
    = "INSERT INTO hospitals (id, name, timezone, created_at, updated_at)"
      " VALUES ($1, $2, $3, $4, $4)";
static const char update_sql[]
    = "UPDATE hospitals SET name = $3, timezone = $4, updated_at = $5, version = $2"
      " WHERE id = $1 AND version = $2 - 1";
static const char delete_departments_sql[]
    = "DELETE FROM hospital_departments WHERE hospital_id = $1";
static const char delete_openings_sql[] = "DELETE FROM hospital_openings WHERE hospital_id = $1";
static const char insert_department_sql[]
    = "INSERT INTO hospital_departments (hospital_id, position, name) VALUES ($1, $2, $3)";
static const char insert_opening_sql[]
    = "INSERT INTO hospital_openings (hospital_id, weekday, opens, closes) VALUES ($1, $2, $3, $4)";

static RoundsHospital *
read_hospital (RoundsDbStatement *statement)
{
  RoundsHospital *self = rounds_hospital_new ();

  self->id = g_strdup (rounds_db_get_text (statement, 0));
  self->name = g_strdup (rounds_db_get_text (statement, 1));
  self->timezone = g_strdup (rounds_db_get_text (statement, 2));
  self->version = rounds_db_get_int (statement, 3);
  return self;
}

/* Adds to the last of @hospitals; its departments are gathered until the next one begins. */
static void
read_row (RoundsDbStatement *statement, GPtrArray *hospitals, GStrvBuilder *departments)
{
  RoundsHospital *last
      = hospitals->len > 0 ? g_ptr_array_index (hospitals, hospitals->len - 1) : NULL;
  RoundsOpening opening = { 0 };

  switch ((RowKind)rounds_db_get_int (statement, 4))
    {
    case ROW_HOSPITAL:
      g_ptr_array_add (hospitals, read_hospital (statement));
      break;
    case ROW_DEPARTMENT:
      g_strv_builder_add (departments, rounds_db_get_text (statement, 8));
      break;
    case ROW_OPENING:
    default:
      opening.weekday = (int)rounds_db_get_int (statement, 5);
      opening.opens = (int)rounds_db_get_int (statement, 6);
      opening.closes = (int)rounds_db_get_int (statement, 7);
      g_array_append_val (last->openings, opening);
      break;
    }
}

static void
finish_departments (GPtrArray *hospitals, GStrvBuilder *departments)
{
  RoundsHospital *last = NULL;

  if (hospitals->len == 0)
    return;
  last = g_ptr_array_index (hospitals, hospitals->len - 1);
  g_strfreev (last->departments);
  last->departments = g_strv_builder_end (departments);
}

static GPtrArray *
read_all (RoundsDbStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) hospitals
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_hospital_unref);
  g_autoptr (GStrvBuilder) departments = g_strv_builder_new ();
  RoundsDbStep step;

  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      if (rounds_db_get_int (statement, 4) == ROW_HOSPITAL)
        finish_departments (hospitals, departments);
      read_row (statement, hospitals, departments);
    }
  finish_departments (hospitals, departments);

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
  return rounds_hospital_repository_list_page (db, &ROUNDS_PAGE_ALL, error);
}

GPtrArray *
rounds_hospital_repository_list_page (RoundsDb *db, const RoundsPage *page, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (page != NULL, NULL);

  statement = rounds_db_prepare (db, list_sql, error);
  if (statement == NULL)
    return NULL;

  rounds_db_bind_text (statement, 1, page->after_id);
  rounds_db_bind_int (statement, 2, rounds_page_get_fetch (page));
  return read_all (statement, error);
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

static gboolean
insert_opening (RoundsDb *db, const char *hospital_id, const RoundsOpening *opening, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, insert_opening_sql, error);

  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, hospital_id);
  rounds_db_bind_int (statement, 2, opening->weekday);
  rounds_db_bind_int (statement, 3, opening->opens);
  rounds_db_bind_int (statement, 4, opening->closes);
  return rounds_db_run (statement, error);
}

static gboolean
insert_parts (RoundsDb *db, const RoundsHospital *hospital, GError **error)
{
  for (gsize i = 0; hospital->departments[i] != NULL; i++)
    {
      if (!insert_department (db, hospital->id, i, hospital->departments[i], error))
        return FALSE;
    }
  for (guint i = 0; i < hospital->openings->len; i++)
    {
      if (!insert_opening (db, hospital->id, &g_array_index (hospital->openings, RoundsOpening, i),
                           error))
        return FALSE;
    }
  return TRUE;
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
  return rounds_db_run (statement, error) && insert_parts (db, hospital, error);
}

static gboolean
delete_parts (RoundsDb *db, const char *sql, const char *hospital_id, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, hospital_id);
  return rounds_db_run (statement, error);
}

gboolean
rounds_hospital_repository_update (RoundsDb *db, const RoundsHospital *hospital, gint64 now,
                                   gboolean *stored, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (hospital != NULL && stored != NULL, FALSE);

  statement = rounds_db_prepare (db, update_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, hospital->id);
  rounds_db_bind_int (statement, 2, hospital->version);
  rounds_db_bind_text (statement, 3, hospital->name);
  rounds_db_bind_text (statement, 4, hospital->timezone);
  rounds_db_bind_time (statement, 5, now);
  if (!rounds_db_run (statement, error))
    return FALSE;

  *stored = rounds_db_get_changes (db) == 1;
  return !*stored
         || (delete_parts (db, delete_departments_sql, hospital->id, error)
             && delete_parts (db, delete_openings_sql, hospital->id, error)
             && insert_parts (db, hospital, error));
}
