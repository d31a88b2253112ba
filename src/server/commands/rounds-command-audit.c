/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * `roundsd audit`: checks the audit log, signs its head, gives up what is older than it has to be
 * kept.
 * Reading it is for admins, by GET /api/audit.
 */

#include "config.h"

#include "rounds-commands.h"

#include "rounds-audit-heads.h"
#include "rounds-audit-repository.h"
#include "rounds-clock.h"
#include "rounds-console.h"
#include "rounds-server-error.h"

typedef struct
{
  RoundsCommandOptions common;
  char *heads;
  char *public_key;
} AuditOptions;

static void
clear_audit_options (AuditOptions *options)
{
  rounds_command_options_clear (&options->common);
  g_free (options->heads);
  g_free (options->public_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AuditOptions, clear_audit_options)

static gboolean
check_chain (RoundsDb *db, gboolean *whole, GError **error)
{
  RoundsAuditReport report = { 0 };

  if (!rounds_audit_repository_verify (db, &report, error))
    return FALSE;
  *whole = report.problem == NULL;
  if (!*whole)
    g_print ("The audit log is damaged at row %" G_GINT64_FORMAT ": %s.\n", report.bad_seq,
             report.problem);
  else if (report.n_rows == 0)
    g_print ("The audit log is empty.\n");
  else
    g_print ("The audit log is whole: %" G_GINT64_FORMAT " rows, from %" G_GINT64_FORMAT
             " to %" G_GINT64_FORMAT ".\n",
             report.n_rows, report.first_seq, report.last_seq);
  if (*whole && report.first_seq > 1)
    g_print ("Rows up to %" G_GINT64_FORMAT " were given up after their time.\n",
             report.first_seq - 1);
  return TRUE;
}

/* Security: who cuts off the end of the log can take the server's own heads away with it. */
static const char no_heads[] = "There is no signed head to compare with: rows that were cut off at "
                               "the end would not show.\n";

static gboolean
check_heads (const RoundsServerConfig *config, RoundsDb *db, const AuditOptions *options,
             gboolean *right, GError **error)
{
  g_autofree char *path = options->heads != NULL ? g_strdup (options->heads)
                                                 : rounds_audit_heads_dup_path (config->data_dir);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_right = 0;

  *right = TRUE;
  /* A server that never ran for an hour has noted none. */
  if (options->heads == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_print ("%s", no_heads);
      return TRUE;
    }
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *problem = NULL;

      if (*lines[i] == '\0')
        continue;
      if (rounds_audit_heads_check (config->data_dir, options->public_key, db, lines[i], &problem,
                                    error))
        n_right++;
      else if (problem == NULL)
        return FALSE;
      else
        g_print ("The audit log is not what it was: %s.\n", problem);
      *right = *right && problem == NULL;
    }
  if (*right && n_right == 0 && options->heads != NULL)
    {
      g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT, "There is no head in %s",
                   path);
      return FALSE;
    }
  if (*right && n_right == 0)
    g_print ("%s", no_heads);
  else if (*right)
    g_print ("It agrees with %u signed heads.\n", n_right);
  return TRUE;
}

static int
verify (int argc, char **argv)
{
  g_auto (AuditOptions) options = { { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = NULL;
  g_autoptr (RoundsServerConfig) config = NULL;
  gboolean whole = FALSE;
  gboolean right = FALSE;
  const GOptionEntry entries[] = {
    { "heads", 0, 0, G_OPTION_ARG_FILENAME, &options.heads,
      "Compare with the signed heads in FILE; without it, with those that the server noted",
      "FILE" },
    { "public-key", 0, 0, G_OPTION_ARG_STRING, &options.public_key,
      "Whose signatures count; without it, this server's", "HEX" },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Looks for rows of the audit log that were changed, removed or "
                             "inserted. Fails when it finds one.",
                             entries, &options.common))
    return ROUNDS_EXIT_USAGE;
  db = rounds_command_open (&options.common, &config, &error);
  if (db == NULL || !check_chain (db, &whole, &error)
      || !check_heads (config, db, &options, &right, &error))
    return rounds_command_fail (error);
  return whole && right ? 0 : ROUNDS_EXIT_REFUSED;
}

static int
print_head (int argc, char **argv)
{
  g_auto (AuditOptions) options = { { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDb) db = NULL;
  g_autoptr (RoundsServerConfig) config = NULL;
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  g_autofree char *line = NULL;

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Prints the audit log's last row and hash, signed. Kept elsewhere, it "
                             "shows later whether rows were cut off or written anew: give it to "
                             "“roundsd audit verify --heads”.",
                             NULL, &options.common))
    return ROUNDS_EXIT_USAGE;
  db = rounds_command_open (&options.common, &config, &error);
  if (db != NULL)
    line = rounds_audit_heads_sign (config->data_dir, db, rounds_clock_now (clock), &error);
  if (line == NULL)
    return rounds_command_fail (error);
  g_print ("%s\n", line);
  return 0;
}

typedef struct
{
  int keep_days;
  int n_removed; /* out */
} Trim;

static gboolean
trim_log (RoundsDb *db, gpointer data, gint64 now, GError **error)
{
  Trim *self = data;
  return rounds_audit_repository_trim (db, now - self->keep_days * ROUNDS_DAY, now,
                                       &self->n_removed, error);
}

static int
trim (int argc, char **argv)
{
  g_auto (RoundsCommandOptions) common = { NULL };
  g_autoptr (GError) error = NULL;
  Trim trim = { 0 };
  const RoundsConsoleAct act = { .action = "roundsd audit trim" };
  const GOptionEntry entries[] = {
    { "keep-days", 0, 0, G_OPTION_ARG_INT, &trim.keep_days, "Keep the last N days", "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_command_parse (&argc, &argv, NULL,
                             "Gives up rows of the audit log that are older than the law and the "
                             "hospital want them kept. The rest stays checkable.",
                             entries, &common))
    return ROUNDS_EXIT_USAGE;
  if (trim.keep_days < 1)
    {
      g_printerr ("roundsd audit trim: --keep-days N is needed, N at least 1\n");
      return ROUNDS_EXIT_USAGE;
    }
  g_autoptr (RoundsDb) db = rounds_command_open (&common, NULL, &error);
  if (db == NULL || !rounds_console_write (db, &act, trim_log, &trim, &error))
    return rounds_command_fail (error);
  g_print ("%d rows were given up.\n", trim.n_removed);
  return 0;
}

int
rounds_command_audit (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_str_equal (what, "verify"))
    return verify (argc - 1, argv + 1);
  if (g_str_equal (what, "head"))
    return print_head (argc - 1, argv + 1);
  if (g_str_equal (what, "trim"))
    return trim (argc - 1, argv + 1);
  g_printerr ("Usage: roundsd audit verify|head|trim [OPTIONS…]\n");
  return ROUNDS_EXIT_USAGE;
}
