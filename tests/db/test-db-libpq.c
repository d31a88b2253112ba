/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A machine without libpq, or with one that is too old: words that somebody can act on, no crash.
 * What is done with a good one is in test-db-postgres.c.
 */

#include "config.h"

#include "rounds-db-listener.h"
#include "rounds-test.h"

#include <dlfcn.h>
#include <unistd.h>

#define URL "postgresql://nurse:geheim@127.0.0.1:1/rounds"
/* In a process of its own: which libpq there is, is decided once for each. */
#define IN_PROCESS "/Rounds/Db/Libpq/subprocess/refused"

static void
test_refused (void)
{
  RoundsDbPostgresOptions options = { .url = URL };
  g_autofree char *described = rounds_db_postgres_describe (URL);
  g_autoptr (GError) error = NULL;

  /* Security: what cannot be read is not shown. */
  g_assert_cmpstr (described, ==, "postgresql://");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (rounds_db_postgres_open (&options, &error));
      g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN);
      g_assert_nonnull (strstr (error->message, "libpq5"));
      g_assert_nonnull (strstr (error->message, g_getenv ("TEST_REASON")));
      g_assert_null (strstr (error->message, "geheim"));
      g_clear_error (&error);
    }
  g_assert_null (rounds_db_listener_new (&options, "channel", &error));
  g_assert_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN);
}

static void
run_with (const char *folder, const char *reason)
{
  g_autofree char *before = g_strdup (g_getenv ("LD_LIBRARY_PATH"));

  g_setenv ("LD_LIBRARY_PATH", folder, TRUE);
  g_setenv ("TEST_REASON", reason, TRUE);
  g_test_trap_subprocess (IN_PROCESS, 0, G_TEST_SUBPROCESS_DEFAULT);
  if (before != NULL)
    g_setenv ("LD_LIBRARY_PATH", before, TRUE);
  else
    g_unsetenv ("LD_LIBRARY_PATH");
  g_test_trap_assert_passed ();
}

/* As where it is not installed: what has its name is no library. */
static void
test_missing (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "libpq.so.5", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  run_with (folder, "too short");
}

/* A library that lacks what we call, as an older libpq does. */
static void
test_old (void)
{
  g_autoptr (RoundsTestFolder) folder = rounds_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "libpq.so.5", NULL);
  Dl_info glib;

  g_assert_true (dladdr ((gpointer)g_malloc, &glib) != 0);
  g_assert_no_errno (symlink (glib.dli_fname, path));
  run_with (folder, "undefined symbol: PQ");
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Db/Libpq/missing", test_missing);
  g_test_add_func ("/Rounds/Db/Libpq/old", test_old);
  g_test_add_func (IN_PROCESS, test_refused);
  return g_test_run ();
}
