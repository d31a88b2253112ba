/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a supervisor hears, and what it can hand over.
 */

#include "config.h"

#include "rounds-supervisor.h"

#include "rounds-init.h"

#include <glib/gstdio.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A datagram socket at @path, or at the abstract name behind its "@". */
static int
listen_at (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = strlen (path);
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpuint (length, <, sizeof address.sun_path);
  memcpy (address.sun_path, path, length);
  if (path[0] == '@')
    address.sun_path[0] = '\0';
  g_assert_cmpint (bind (fd, (const struct sockaddr *)&address,
                         (socklen_t)(offsetof (struct sockaddr_un, sun_path) + length)),
                   ==, 0);
  return fd;
}

static void
assert_heard (const char *path)
{
  char heard[64] = "";
  g_autoptr (GError) error = NULL;
  int fd = listen_at (path);

  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  g_assert_true (rounds_supervisor_tell ("READY=1\nSTATUS=here", &error));
  g_assert_no_error (error);
  g_assert_cmpint (recv (fd, heard, sizeof heard - 1, MSG_DONTWAIT), ==, 19);
  g_assert_cmpstr (heard, ==, "READY=1\nSTATUS=here");
  close (fd);
}

static void
test_told (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rounds-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "notify", NULL);
  g_autofree char *abstract = g_strconcat ("@", path, NULL);

  g_assert_no_error (error);
  assert_heard (path);
  assert_heard (abstract);
  g_assert_cmpint (g_unlink (path), ==, 0);
  /* Nobody is there any more. */
  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  g_assert_false (rounds_supervisor_tell ("STOPPING=1", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_nobody_listens (void)
{
  g_autoptr (GError) error = NULL;

  g_unsetenv ("NOTIFY_SOCKET");
  g_assert_true (rounds_supervisor_tell ("READY=1", &error));
  g_assert_no_error (error);
}

static void
test_no_address (void)
{
  g_autofree char *long_one = g_strnfill (200, '/');
  const char *const names[] = { "", "relative", "@", "/", long_one };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_setenv ("NOTIFY_SOCKET", names[i], TRUE);
      g_assert_false (rounds_supervisor_tell ("READY=1", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

/* Nothing is handed over by words that are not for this process, or are none. */
static void
test_not_ours (void)
{
  g_autofree char *own = g_strdup_printf ("%d", (int)getpid ());
  g_autofree char *parent = g_strdup_printf ("%d", (int)getppid ());
  const struct
  {
    const char *pid;
    const char *fds;
  } cases[] = {
    { NULL, "1" },
    { parent, "1" },
    { "", "1" },
    { "x", "1" },
    { own, NULL },
    { own, "0" },
    { own, "-1" },
    { own, "1x" },
    { own, "" },
    { own, "65" },
    { own, "99999999999999999999" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_unsetenv ("LISTEN_PID");
      g_unsetenv ("LISTEN_FDS");
      if (cases[i].pid != NULL)
        g_setenv ("LISTEN_PID", cases[i].pid, TRUE);
      if (cases[i].fds != NULL)
        g_setenv ("LISTEN_FDS", cases[i].fds, TRUE);
      g_assert_cmpuint (rounds_supervisor_take_fds (), ==, 0);
      g_assert_null (g_getenv ("LISTEN_PID"));
      g_assert_null (g_getenv ("LISTEN_FDS"));
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-supervisor");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Server/Supervisor/told", test_told);
  g_test_add_func ("/Rounds/Server/Supervisor/nobody-listens", test_nobody_listens);
  g_test_add_func ("/Rounds/Server/Supervisor/no-address", test_no_address);
  g_test_add_func ("/Rounds/Server/Supervisor/not-ours", test_not_ours);
  return g_test_run ();
}
