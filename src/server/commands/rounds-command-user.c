/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * `roundsd user add|list|passwd`: the accounts, for who runs the machine.
 * Passwords come from rounds-terminal.h; a running server sees the changes at once.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-appointment-draft.h"
#include "rounds-console.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-passwords.h"
#include "rounds-sessions.h"
#include "rounds-terminal.h"
#include "rounds-user-repository.h"

#include <string.h>

typedef struct
{
  RoundsCommandOptions common;
  char *email;
  char *name;
  char *role;
  char *hospital;
  char *department;
} UserOptions;

static void
clear_user_options (UserOptions *options)
{
  rounds_command_options_clear (&options->common);
  g_free (options->email);
  g_free (options->name);
  g_free (options->role);
  g_free (options->hospital);
  g_free (options->department);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UserOptions, clear_user_options)

static gboolean
refuse_input (GError **error, const char *message)
{
  g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT, message);
  return FALSE;
}

/* user add */

/* @given: a hospital's id or its whole name. Sets @id (transfer full). */
static gboolean
find_hospital (RoundsDb *db, const char *given, char **id, GError **error)
{
  g_autoptr (GPtrArray) hospitals = rounds_hospital_repository_list (db, error);
  if (hospitals == NULL)
    return FALSE;
  for (guint i = 0; i < hospitals->len; i++)
    {
      const RoundsHospital *hospital = g_ptr_array_index (hospitals, i);
      if (g_str_equal (hospital->id, given) || g_str_equal (hospital->name, given))
        {
          *id = g_strdup (hospital->id);
          return TRUE;
        }
    }
  return refuse_input (error, "There is no such hospital; “roundsd hospital list” shows them");
}

/* The rules of the API: what it would refuse is not to come in by the console. */
static gboolean
check_user (const RoundsUser *user, GError **error)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  rounds_user_check (user, problems);
  return rounds_console_refuse_problems (problems, error);
}

static gboolean
fill_user (RoundsUser *user, RoundsDb *db, const UserOptions *options, GError **error)
{
  if (options->email == NULL || !rounds_email_looks_valid (options->email))
    return refuse_input (error, "--email has to be an e-mail address");
  if (options->name == NULL)
    return refuse_input (error, "--name has to be the person's name");
  if (options->role == NULL || !rounds_role_from_string (options->role, &user->role))
    return refuse_input (error, "--role is one of patient, doctor, hospital, admin");
  if (user->role != ROUNDS_ROLE_ADMIN && options->hospital == NULL)
    return refuse_input (error, "--hospital is needed for everybody but administrators");
  if (user->role == ROUNDS_ROLE_ADMIN && options->hospital != NULL)
    return refuse_input (error, "An administrator belongs to no hospital");
  if (options->hospital != NULL
      && !find_hospital (db, options->hospital, &user->hospital_id, error))
    return FALSE;
  g_free (user->id);
  user->id = rounds_id_new ();
  g_set_str (&user->email, options->email);
  g_set_str (&user->name, options->name);
  g_set_str (&user->department, options->department);
  user->age = -1;
  return check_user (user, error);
}

typedef struct
{
  const RoundsUser *user;
  const char *hash;
} Account;

static gboolean
store_user (RoundsDb *db, gpointer data, gint64 now, GError **error)
{
  const Account *account = data;
  return rounds_user_repository_insert (db, account->user, account->hash, now, error);
}

static gboolean
insert_user (RoundsDb *db, const UserOptions *options, GError **error)
{
  g_autoptr (RoundsUser) user = rounds_user_new ();
  g_autoptr (RoundsUser) taken = NULL;

  if (!fill_user (user, db, options, error)
      || !rounds_user_repository_find_by_email (db, user->email, &taken, NULL, error))
    return FALSE;
  if (taken != NULL)
    return refuse_input (error, "Somebody with this e-mail address is there already");
  g_autoptr (RoundsPassword) password = rounds_terminal_read_password (error);
  g_autofree char *hash = password != NULL ? rounds_password_hash (password, error) : NULL;
  Account account = { user, hash };
  const RoundsConsoleAct act = { "roundsd user add", "user", user->id };
  if (hash == NULL || !rounds_console_write (db, &act, store_user, &account, error))
    return FALSE;
  g_print ("%s\n", user->id);
  return TRUE;
}

static int
add_user (int argc, char **argv)
{
  g_auto (UserOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &options.email, "E-mail address to sign in with",
      "ADDRESS" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Name", "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, "patient, doctor, hospital or admin",
      "ROLE" },
    { "hospital", 0, 0, G_OPTION_ARG_STRING, &options.hospital, "Id or name of the hospital",
      "HOSPITAL" },
    { "department", 0, 0, G_OPTION_ARG_STRING, &options.department, "A doctor's department",
      "DEPARTMENT" },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Adds a person; the password is read from standard input.", entries,
                             &options.common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsDb) db = rounds_command_open (&options.common, NULL, &error);
  return db != NULL && insert_user (db, &options, &error) ? 0 : rounds_command_fail (error);
}

/* user list */

static gboolean
print_users (RoundsDb *db, GError **error)
{
  RoundsDbStep step;
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (
      db,
      "SELECT users.id, role, active, email, users.name, COALESCE (hospitals.name, '') FROM users "
      "LEFT JOIN hospitals ON hospitals.id = hospital_id ORDER BY role, email",
      error);
  if (statement == NULL)
    return FALSE;
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    g_print ("%s\t%s\t%s\t%s\t%s\t%s\n", rounds_db_get_text (statement, 0),
             rounds_db_get_text (statement, 1),
             rounds_db_get_int (statement, 2) == 1 ? "active" : "off",
             rounds_db_get_text (statement, 3), rounds_db_get_text (statement, 4),
             rounds_db_get_text (statement, 5));
  return step == ROUNDS_DB_DONE;
}

static int
list_users (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Lists id, role, state, e-mail address, name and hospital, with tabs.",
                             NULL, &common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsDb) db = rounds_command_open (&common, NULL, &error);
  return db != NULL && print_users (db, &error) ? 0 : rounds_command_fail (error);
}

/* user passwd */

static gboolean
store_password (RoundsDb *db, gpointer data, gint64 now, GError **error)
{
  const Account *account = data;
  /* Security: who knew the old password is signed out everywhere. */
  return rounds_user_repository_set_password (db, account->user->id, account->hash, now, error)
         && rounds_session_end_all_of (db, account->user->id, error);
}

static gboolean
set_password (RoundsDb *db, const char *email, GError **error)
{
  g_autoptr (RoundsUser) user = NULL;

  if (!rounds_user_repository_find_by_email (db, email, &user, NULL, error))
    return FALSE;
  if (user == NULL)
    return refuse_input (error, "There is nobody with this e-mail address");
  g_autoptr (RoundsPassword) password = rounds_terminal_read_password (error);
  g_autofree char *hash = password != NULL ? rounds_password_hash (password, error) : NULL;
  Account account = { user, hash };
  const RoundsConsoleAct act = { "roundsd user passwd", "user", user->id };
  return hash != NULL && rounds_console_write (db, &act, store_password, &account, error);
}

static int
change_password (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;

  if (!rounds_command_parse (&argc, &argv, "EMAIL",
                             "Sets a password, read from standard input, and ends all sessions.",
                             NULL, &common))
    return ROUNDS_EXIT_USAGE;
  if (argc != 2)
    {
      g_printerr ("roundsd user passwd: one e-mail address is expected.\n");
      return ROUNDS_EXIT_USAGE;
    }
  g_autoptr (RoundsDb) db = rounds_command_open (&common, NULL, &error);
  return db != NULL && set_password (db, argv[1], &error) ? 0 : rounds_command_fail (error);
}

int
rounds_command_user (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";
  if (g_str_equal (what, "add"))
    return add_user (argc - 1, argv + 1);
  if (g_str_equal (what, "list"))
    return list_users (argc - 1, argv + 1);
  if (g_str_equal (what, "passwd"))
    return change_password (argc - 1, argv + 1);
  g_printerr ("Usage: roundsd user add|list|passwd [OPTIONS…]\n");
  return ROUNDS_EXIT_USAGE;
}
