/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * `roundsd hospital add|list` and `roundsd demo`: what has to be there before the first person.
 * Changing hospitals belongs to the API.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-console.h"
#include "rounds-demo.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-server-error.h"
#include "rounds-wall-time.h"

typedef struct
{
  RoundsCommandOptions common;
  char *name;
  char *timezone;
  char **departments;
} HospitalOptions;

static void
clear_hospital_options (HospitalOptions *options)
{
  rounds_command_options_clear (&options->common);
  g_free (options->name);
  g_free (options->timezone);
  g_strfreev (options->departments);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HospitalOptions, clear_hospital_options)

static gboolean
store_hospital (RoundsDb *db, gpointer hospital, gint64 now, GError **error)
{
  return rounds_hospital_repository_insert (db, hospital, now, error);
}

static gboolean
insert_hospital (RoundsDb *db, const HospitalOptions *options, GError **error)
{
  g_autoptr (RoundsHospital) hospital = rounds_hospital_new ();
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  if (options->name == NULL)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "--name has to be the hospital's name");
      return FALSE;
    }
  if (options->timezone == NULL || !rounds_zone_is_valid (options->timezone))
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "--timezone has to be an IANA zone, like “Europe/Berlin”");
      return FALSE;
    }
  g_free (hospital->id);
  hospital->id = rounds_id_new ();
  g_set_str (&hospital->name, options->name);
  g_set_str (&hospital->timezone, options->timezone);
  g_array_unref (hospital->openings);
  hospital->openings = rounds_openings_new_default ();
  if (options->departments != NULL)
    {
      g_strfreev (hospital->departments);
      hospital->departments = g_strdupv (options->departments);
    }
  rounds_hospital_check (hospital, problems);
  if (!rounds_console_refuse_problems (problems, error))
    return FALSE;
  const RoundsConsoleAct act = { "roundsd hospital add", "hospital", hospital->id };
  if (!rounds_console_write (db, &act, store_hospital, hospital, error))
    return FALSE;
  g_print ("%s\n", hospital->id);
  return TRUE;
}

static int
add_hospital (int argc, char **argv)
{
  g_auto (HospitalOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Name", "NAME" },
    { "timezone", 0, 0, G_OPTION_ARG_STRING, &options.timezone, "IANA time zone", "ZONE" },
    { "department", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.departments,
      "A department; once for each", "NAME" },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_command_parse (&argc, &argv, NULL, "Adds a hospital and prints its id.", entries,
                             &options.common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsDb) db = rounds_command_open (&options.common, NULL, &error);
  return db != NULL && insert_hospital (db, &options, &error) ? 0 : rounds_command_fail (error);
}

static int
list_hospitals (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;

  if (!rounds_command_parse (&argc, &argv, NULL, "Lists id, time zone and name, with tabs.", NULL,
                             &common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsDb) db = rounds_command_open (&common, NULL, &error);
  g_autoptr (GPtrArray) hospitals
      = db != NULL ? rounds_hospital_repository_list (db, &error) : NULL;
  if (hospitals == NULL)
    return rounds_command_fail (error);
  for (guint i = 0; i < hospitals->len; i++)
    {
      const RoundsHospital *hospital = g_ptr_array_index (hospitals, i);
      g_print ("%s\t%s\t%s\n", hospital->id, hospital->timezone, hospital->name);
    }
  return 0;
}

int
rounds_command_hospital (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";
  if (g_str_equal (what, "add"))
    return add_hospital (argc - 1, argv + 1);
  if (g_str_equal (what, "list"))
    return list_hospitals (argc - 1, argv + 1);
  g_printerr ("Usage: roundsd hospital add|list [OPTIONS…]\n");
  return ROUNDS_EXIT_USAGE;
}

int
rounds_command_demo (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();

  if (!rounds_command_parse (
          &argc, &argv, NULL,
          "Fills an empty database with people, appointments and meetings around "
          "today. Everybody's password is “" ROUNDS_DEMO_PASSWORD "”.",
          NULL, &common))
    return ROUNDS_EXIT_USAGE;
  g_autoptr (RoundsDb) db = rounds_command_open (&common, NULL, &error);
  if (db == NULL || !rounds_demo_fill (db, rounds_clock_now (clock), &error))
    return rounds_command_fail (error);
  g_print ("The demo is in the database; sign in as doctor@example.org.\n");
  return 0;
}
