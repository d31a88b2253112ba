/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The tables of the directory: people and hospitals.
 * The lists that the app shows are made in rounds-directory.c.
 */

#include "config.h"

#include "rounds-people-rows.h"
#include "rounds-search-index.h"
#include "rounds-table.h"

#include <stdio.h>

#define HOSPITAL_COLUMNS "id, name, timezone, departments, openings, version"
#define PERSON_COLUMNS "id, name, email, role, hospital, department, phone, age, gender"

static char *
dup_text (RoundsDbStatement *statement, int column)
{
  return g_strdup (rounds_db_get_text (statement, column));
}

static RoundsUser *
read_user (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsUser) user = rounds_user_new ();

  if (!rounds_role_from_string (rounds_db_get_text (row, 3), &user->role))
    {
      g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                           "The cache holds an unknown word in person.role");
      return NULL;
    }
  user->id = dup_text (row, 0);
  user->name = dup_text (row, 1);
  user->email = dup_text (row, 2);
  user->hospital_id = dup_text (row, 4);
  user->department = dup_text (row, 5);
  user->phone = dup_text (row, 6);
  user->age = (int)rounds_db_get_int (row, 7);
  user->gender = dup_text (row, 8);
  return g_steal_pointer (&user);
}

static gboolean
refuse_openings (GError **error)
{
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_DAMAGED,
                       "The cache holds an unknown word in hospital.openings");
  return FALSE;
}

/* "1 480 1080": weekday, and the minutes of the day from which to which. */
static gboolean
read_openings (const char *text, GArray *openings, GError **error)
{
  g_auto (GStrv) words = rounds_table_split (text);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      RoundsOpening opening = { 0 };

      if (sscanf (words[i], "%d %d %d", &opening.weekday, &opening.opens, &opening.closes) != 3
          || opening.weekday < G_DATE_MONDAY || opening.weekday > G_DATE_SUNDAY)
        return refuse_openings (error);
      g_array_append_val (openings, opening);
    }
  return TRUE;
}

/* (transfer full) */
static char *
join_openings (const GArray *openings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; i < openings->len; i++)
    {
      const RoundsOpening *opening = &g_array_index (openings, RoundsOpening, i);

      g_strv_builder_take (
          builder, g_strdup_printf ("%d %d %d", opening->weekday, opening->opens, opening->closes));
    }
  words = g_strv_builder_end (builder);
  return rounds_table_join (words);
}

static RoundsHospital *
read_hospital (RoundsDbStatement *row, GError **error)
{
  g_autoptr (RoundsHospital) hospital = rounds_hospital_new ();

  if (!read_openings (rounds_db_get_text (row, 4), hospital->openings, error))
    return NULL;
  hospital->id = dup_text (row, 0);
  hospital->name = dup_text (row, 1);
  hospital->timezone = dup_text (row, 2);
  g_strfreev (hospital->departments);
  hospital->departments = rounds_table_split (rounds_db_get_text (row, 3));
  hospital->version = rounds_db_get_int (row, 5);
  return g_steal_pointer (&hospital);
}

GPtrArray *
rounds_people_list (RoundsDb *db, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT " PERSON_COLUMNS " FROM person", error);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (statement != NULL && (step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsUser *user = read_user (statement, error);

      if (user == NULL)
        return NULL;
      g_ptr_array_add (people, user);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&people) : NULL;
}

GPtrArray *
rounds_hospitals_list (RoundsDb *db, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT " HOSPITAL_COLUMNS " FROM hospital", error);
  g_autoptr (GPtrArray) hospitals
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_hospital_unref);
  RoundsDbStep step = ROUNDS_DB_FAILED;

  while (statement != NULL && (step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      RoundsHospital *hospital = read_hospital (statement, error);

      if (hospital == NULL)
        return NULL;
      g_ptr_array_add (hospitals, hospital);
    }
  return step == ROUNDS_DB_DONE ? g_steal_pointer (&hospitals) : NULL;
}

static const char *
get_user_id (gconstpointer record)
{
  return ((const RoundsUser *)record)->id;
}

static const char *
get_hospital_id (gconstpointer record)
{
  return ((const RoundsHospital *)record)->id;
}

static RoundsDbStep
find (RoundsDbStatement *statement, const char *id, GError **error)
{
  rounds_db_bind_text (statement, 1, id);
  return rounds_db_step (statement, error);
}

/* Whether the row of @user already says what @user says; @name_changed: whether searches by the
 * name have to learn it anew. */
static gboolean
is_user_kept (RoundsDb *db, const RoundsUser *user, gboolean *kept, gboolean *name_changed,
              GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT " PERSON_COLUMNS " FROM person WHERE id = $1", error);
  g_autoptr (RoundsUser) row = NULL;
  RoundsDbStep step = statement != NULL ? find (statement, user->id, error) : ROUNDS_DB_FAILED;

  *kept = FALSE;
  *name_changed = TRUE;
  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  row = read_user (statement, error);
  if (row == NULL)
    return FALSE;
  *kept = rounds_user_equal (row, user);
  *name_changed = g_strcmp0 (row->name, user->name) != 0;
  return TRUE;
}

static gboolean
write_user (RoundsDb *db, const RoundsUser *user, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db,
                           "INSERT OR REPLACE INTO person (" PERSON_COLUMNS
                           ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                           error);

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, user->id);
  rounds_db_bind_text (statement, 2, user->name);
  rounds_db_bind_text (statement, 3, user->email);
  rounds_db_bind_text (statement, 4, rounds_role_to_string (user->role));
  rounds_db_bind_text (statement, 5, user->hospital_id);
  rounds_db_bind_text (statement, 6, user->department);
  rounds_db_bind_text (statement, 7, user->phone);
  rounds_db_bind_int (statement, 8, user->age);
  rounds_db_bind_text (statement, 9, user->gender);
  return rounds_db_run (statement, error);
}

static gboolean
put_user (RoundsDb *db, gpointer record, gboolean *changed, GError **error)
{
  const RoundsUser *user = record;
  gboolean kept;
  gboolean name_changed;

  if (!is_user_kept (db, user, &kept, &name_changed, error))
    return FALSE;
  if (kept)
    return TRUE;
  if (!write_user (db, user, error))
    return FALSE;
  *changed = TRUE;
  return !name_changed || rounds_search_index_defer_person (db, user->id, error);
}

static gboolean
is_hospital_kept (RoundsDb *db, const RoundsHospital *hospital, gboolean *kept, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT " HOSPITAL_COLUMNS " FROM hospital WHERE id = $1", error);
  g_autoptr (RoundsHospital) row = NULL;
  RoundsDbStep step = statement != NULL ? find (statement, hospital->id, error) : ROUNDS_DB_FAILED;

  *kept = FALSE;
  if (step != ROUNDS_DB_ROW)
    return step == ROUNDS_DB_DONE;
  row = read_hospital (statement, error);
  if (row == NULL)
    return FALSE;
  *kept = rounds_hospital_equal (row, hospital);
  return TRUE;
}

static gboolean
put_hospital (RoundsDb *db, gpointer record, gboolean *changed, GError **error)
{
  const RoundsHospital *hospital = record;
  g_autofree char *departments = rounds_table_join (hospital->departments);
  g_autofree char *openings = join_openings (hospital->openings);
  g_autoptr (RoundsDbStatement) statement = NULL;
  gboolean kept;

  if (!is_hospital_kept (db, hospital, &kept, error))
    return FALSE;
  if (kept)
    return TRUE;
  statement = rounds_db_prepare (
      db, "INSERT OR REPLACE INTO hospital (" HOSPITAL_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)",
      error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, hospital->id);
  rounds_db_bind_text (statement, 2, hospital->name);
  rounds_db_bind_text (statement, 3, hospital->timezone);
  rounds_db_bind_text (statement, 4, departments);
  rounds_db_bind_text (statement, 5, openings);
  rounds_db_bind_int (statement, 6, hospital->version);
  *changed = TRUE;
  return rounds_db_run (statement, error);
}

const RoundsTable rounds_person_table = {
  .list_ids = "SELECT id FROM person",
  .remove = "DELETE FROM person WHERE id = $1",
  .get_id = get_user_id,
  .put = put_user,
};

const RoundsTable rounds_hospital_table = {
  .list_ids = "SELECT id FROM hospital",
  .remove = "DELETE FROM hospital WHERE id = $1",
  .get_id = get_hospital_id,
  .put = put_hospital,
};
