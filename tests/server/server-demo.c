/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * To make the demo takes longer than most tests of the server. One is made for each two minutes in
 * which it is needed, by all programs of a run together (ROUNDS_TEST_SHARED, a folder) or else by
 * each: what is about to begin in it must not have begun.
 */

#include "server-demo.h"

#include "server-database.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *own_dir; /* NULL where programs share */

static void
remove_own (void)
{
  const char *command[] = { "rm", "-rf", own_dir, NULL };

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_clear_pointer (&own_dir, g_free);
}

static const char *
get_dir (void)
{
  const char *shared = g_getenv ("ROUNDS_TEST_SHARED");
  const char *temporary = g_getenv ("TMPDIR");

  if (shared != NULL)
    return shared;
  if (own_dir == NULL)
    {
      own_dir
          = g_build_filename (temporary != NULL ? temporary : P_tmpdir, "rounds-demo-XXXXXX", NULL);
      if (g_mkdtemp (own_dir) == NULL)
        g_error ("No folder can be made: %s", g_strerror (errno));
      atexit (remove_own);
    }
  return own_dir;
}

/* Of the database, in its folder; NULL for a file. */
static char *
read_url (const char *model)
{
  g_autofree char *path = g_build_filename (model, "url", NULL);
  char *url = NULL;

  g_file_get_contents (path, &url, NULL, NULL);
  return url;
}

static void
make_model (const char *model, char **environment)
{
  g_autofree char *partial = g_strconcat (model, ".partial", NULL);
  g_autofree char *note = g_build_filename (partial, "url", NULL);
  g_autofree char *url = server_database_make_model ();
  const char *command[] = { g_getenv ("ROUNDSD"), "demo", "--data", partial, NULL };
  g_auto (GStrv) complete = g_strdupv (environment);
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_assert_nonnull (command[0]);
  g_assert_cmpint (g_mkdir_with_parents (partial, 0700), ==, 0);
  if (url != NULL)
    {
      complete = g_environ_setenv (complete, "ROUNDS_DATABASE", url, TRUE);
      g_file_set_contents (note, url, -1, &error);
      g_assert_no_error (error);
    }
  g_spawn_sync (partial, (char **)command, complete, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_cmpint (g_rename (partial, model), ==, 0);
}

/* The first patient is due five minutes after the demo was made, or a little later. */
#define FRESH_FOR (2 * G_TIME_SPAN_MINUTE)

/* The folder of the one that is fresh now. */
static char *
find_model (char **environment)
{
  const char *kind = g_getenv ("ROUNDS_TEST_DATABASE");
  char *model = g_strdup_printf ("%s/demo-%s-%" G_GINT64_FORMAT, get_dir (),
                                 kind != NULL ? kind : "file", g_get_monotonic_time () / FRESH_FOR);
  g_autofree char *lock_path = g_strconcat (model, ".lock", NULL);
  int lock = server_database_lock (lock_path);

  if (!g_file_test (model, G_FILE_TEST_IS_DIR))
    make_model (model, environment);
  close (lock);
  return model;
}

char *
server_demo_copy (const char *data_dir, char **environment)
{
  g_autofree char *model = find_model (environment);
  g_autofree char *url = read_url (model);
  g_autofree char *from = g_build_filename (model, "rounds.db", NULL);
  g_autofree char *to = g_build_filename (data_dir, "rounds.db", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  if (url != NULL)
    return server_database_copy (url);
  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return NULL;
}
