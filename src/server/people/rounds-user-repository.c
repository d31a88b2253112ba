/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * People in the server's database: found by id, address or name, and added.
 * Who may see whom is decided by rounds-access.h; nothing is filtered here.
 */

#include "config.h"

#include "rounds-user-repository.h"

#include "rounds-json.h"
#include "rounds-rows.h"

#include <string.h>

#define USER_COLUMNS "id, name, email, role, hospital_id, department, phone, age, gender"
#define READ_COLUMNS USER_COLUMNS ", version"
#define FIND_COLUMNS "SELECT " READ_COLUMNS ", password_hash FROM users WHERE active = 1 AND "

static const char find_sql[] = FIND_COLUMNS "id = $1";
static const char find_by_email_sql[] = FIND_COLUMNS "lower (email) = lower ($1)";
static const char find_account_sql[] = "SELECT " READ_COLUMNS ", active FROM users WHERE id = $1";
static const char find_many_sql[]
    = "SELECT " READ_COLUMNS " FROM users"
      " WHERE active = 1 AND id IN (SELECT value FROM json_each ($1))";
/* What follows a person in this order. */
#define BEHIND " AND ($1 = '' OR (name, id) > ((SELECT a.name FROM users a WHERE a.id = $1), $1))"
#define BY_NAME " ORDER BY name, id"
static const char list_all_sql[]
    = "SELECT " READ_COLUMNS " FROM users WHERE active = 1" BEHIND BY_NAME;
static const char list_off_sql[]
    = "SELECT " READ_COLUMNS " FROM users WHERE active = 0" BEHIND BY_NAME;
static const char list_near_sql[]
    = "SELECT " READ_COLUMNS " FROM users WHERE active = 1"
      " AND (hospital_id = $2 OR role = 'admin' OR id = $3)" BEHIND BY_NAME;
static const char insert_sql[]
    = "INSERT INTO users (" USER_COLUMNS ", password_hash, created_at, updated_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)";
static const char update_sql[]
    = "UPDATE users SET name = $3, email = $4, role = $5, hospital_id = $6, department = $7,"
      " phone = $8, age = $9, gender = $10, active = $11, updated_at = $12, version = $2"
      " WHERE id = $1 AND version = $2 - 1";
static const char replace_password_sql[] = "UPDATE users SET password_hash = $2 WHERE id = $1";
static const char set_password_sql[]
    = "UPDATE users SET password_hash = $2, updated_at = $3, version = version + 1 WHERE id = $1";

static gpointer
read_user (RoundsDbStatement *statement)
{
  RoundsUser *user = rounds_user_new ();

  user->id = g_strdup (rounds_db_get_text (statement, 0));
  user->name = g_strdup (rounds_db_get_text (statement, 1));
  user->email = g_strdup (rounds_db_get_text (statement, 2));
  /* The table's own check lets no other word in. */
  if (!rounds_role_from_string (rounds_db_get_text (statement, 3), &user->role))
    g_assert_not_reached ();
  user->hospital_id = g_strdup (rounds_db_get_text (statement, 4));
  user->department = g_strdup (rounds_db_get_text (statement, 5));
  user->phone = g_strdup (rounds_db_get_text (statement, 6));
  user->age = rounds_rows_get_count (statement, 7);
  user->gender = g_strdup (rounds_db_get_text (statement, 8));
  user->version = rounds_db_get_int (statement, 9);
  return user;
}

static gboolean
find_one (RoundsDb *db, const char *sql, const char *key, RoundsUser **user, char **password_hash,
          GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  RoundsDbStep step;

  g_assert (user != NULL && *user == NULL);

  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, key);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    {
      *user = read_user (statement);
      if (password_hash != NULL)
        *password_hash = g_strdup (rounds_db_get_text (statement, 10));
    }

  return step != ROUNDS_DB_FAILED;
}

/* ["a","b"]: a list in one parameter, so that the statement's text stays the same. */
static char *
write_ids (const char *const *ids)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (gsize i = 0; ids[i] != NULL; i++)
    json_array_add_string_element (array, ids[i]);

  json_node_set_array (node, array);
  return rounds_json_to_text (node);
}

gboolean
rounds_user_repository_find (RoundsDb *db, const char *id, RoundsUser **user, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (user != NULL && *user == NULL, FALSE);

  return find_one (db, find_sql, id, user, NULL, error);
}

gboolean
rounds_user_repository_find_by_email (RoundsDb *db, const char *email, RoundsUser **user,
                                      char **password_hash, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (email != NULL, FALSE);
  g_return_val_if_fail (user != NULL && *user == NULL, FALSE);

  return find_one (db, find_by_email_sql, email, user, password_hash, error);
}

GPtrArray *
rounds_user_repository_find_many (RoundsDb *db, const char *const *ids, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autofree char *list = NULL;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  statement = rounds_db_prepare (db, find_many_sql, error);
  if (statement == NULL)
    return NULL;

  list = write_ids (ids);
  rounds_db_bind_text (statement, 1, list);
  return rounds_rows_list (statement, read_user, (GDestroyNotify)rounds_user_unref, error);
}

gboolean
rounds_user_repository_find_account (RoundsDb *db, const char *id, RoundsUser **user,
                                     gboolean *active, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  RoundsDbStep step;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL && active != NULL, FALSE);
  g_return_val_if_fail (user != NULL && *user == NULL, FALSE);

  statement = rounds_db_prepare (db, find_account_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    {
      *user = read_user (statement);
      *active = rounds_db_get_int (statement, 10) == 1;
    }
  return step != ROUNDS_DB_FAILED;
}

/* @statement has its parameters. */
static gboolean
call_for_each (RoundsDbStatement *statement, RoundsUserFunc func, gpointer data, GError **error)
{
  RoundsDbStep step;

  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    {
      g_autoptr (RoundsUser) user = read_user (statement);

      if (!func (user, data))
        return TRUE;
    }
  return step != ROUNDS_DB_FAILED;
}

gboolean
rounds_user_repository_each_off (RoundsDb *db, const char *after_id, RoundsUserFunc func,
                                 gpointer data, GError **error)
{
  g_return_val_if_fail (db != NULL && after_id != NULL && func != NULL, FALSE);

  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, list_off_sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, after_id);
  return call_for_each (statement, func, data, error);
}

gboolean
rounds_user_repository_each_near (RoundsDb *db, const RoundsUser *viewer, const char *after_id,
                                  RoundsUserFunc func, gpointer data, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;
  gboolean everybody;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (viewer != NULL && after_id != NULL && func != NULL, FALSE);

  everybody = viewer->role == ROUNDS_ROLE_ADMIN;
  statement = rounds_db_prepare (db, everybody ? list_all_sql : list_near_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, after_id);
  if (!everybody)
    {
      rounds_db_bind_text (statement, 2, viewer->hospital_id);
      rounds_db_bind_text (statement, 3, viewer->id);
    }
  return call_for_each (statement, func, data, error);
}

gboolean
rounds_user_repository_insert (RoundsDb *db, const RoundsUser *user, const char *password_hash,
                               gint64 now, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (user != NULL && user->id != NULL, FALSE);

  statement = rounds_db_prepare (db, insert_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, user->id);
  rounds_db_bind_text (statement, 2, user->name);
  rounds_db_bind_text (statement, 3, user->email);
  rounds_db_bind_text (statement, 4, rounds_role_to_string (user->role));
  rounds_db_bind_text (statement, 5, user->hospital_id);
  rounds_db_bind_text (statement, 6, user->department);
  rounds_db_bind_text (statement, 7, user->phone);
  rounds_rows_bind_count (statement, 8, user->age);
  rounds_db_bind_text (statement, 9, user->gender);
  rounds_db_bind_text (statement, 10, password_hash);
  rounds_db_bind_time (statement, 11, now);
  return rounds_db_run (statement, error);
}

gboolean
rounds_user_repository_set_password (RoundsDb *db, const char *id, const char *password_hash,
                                     gint64 now, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  statement = rounds_db_prepare (db, set_password_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  rounds_db_bind_text (statement, 2, password_hash);
  rounds_db_bind_time (statement, 3, now);
  return rounds_db_run (statement, error);
}

gboolean
rounds_user_repository_update (RoundsDb *db, const RoundsUser *user, gboolean active, gint64 now,
                               gboolean *stored, GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (user != NULL && stored != NULL, FALSE);

  statement = rounds_db_prepare (db, update_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, user->id);
  rounds_db_bind_int (statement, 2, user->version);
  rounds_db_bind_text (statement, 3, user->name);
  rounds_db_bind_text (statement, 4, user->email);
  rounds_db_bind_text (statement, 5, rounds_role_to_string (user->role));
  rounds_db_bind_text (statement, 6, user->hospital_id);
  rounds_db_bind_text (statement, 7, user->department);
  rounds_db_bind_text (statement, 8, user->phone);
  rounds_rows_bind_count (statement, 9, user->age);
  rounds_db_bind_text (statement, 10, user->gender);
  rounds_db_bind_int (statement, 11, active ? 1 : 0);
  rounds_db_bind_time (statement, 12, now);
  return rounds_rows_change_one (db, statement, stored, error);
}

gboolean
rounds_user_repository_replace_password (RoundsDb *db, const char *id, const char *password_hash,
                                         GError **error)
{
  g_autoptr (RoundsDbStatement) statement = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (id != NULL && password_hash != NULL, FALSE);

  statement = rounds_db_prepare (db, replace_password_sql, error);
  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, id);
  rounds_db_bind_text (statement, 2, password_hash);
  return rounds_db_run (statement, error);
}

gboolean
rounds_user_repository_is_taken (const GError *error)
{
  const char *constraint = rounds_db_error_get_constraint (error);

  return g_error_matches (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_CONSTRAINT) && constraint != NULL
         && strstr (constraint, "users.email") != NULL;
}
