/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The files beside a cache.
 * What is in them is not looked at here.
 */

#include "config.h"

#include "rounds-store-files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "rounds-store.h"

static gboolean
refuse (GError **error)
{
  int saved_errno = errno;
  RoundsStoreError code = ROUNDS_STORE_ERROR_FAILED_IO;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    code = ROUNDS_STORE_ERROR_FULL;
  else if (saved_errno == EROFS || saved_errno == EACCES || saved_errno == EPERM)
    code = ROUNDS_STORE_ERROR_READ_ONLY;

  g_set_error (error, ROUNDS_STORE_ERROR, (int)code, "The cache's files cannot be changed: %s",
               g_strerror (saved_errno));
  return FALSE;
}

gboolean
rounds_store_files_exist (const char *path, const char *ending)
{
  g_autofree char *name = g_strconcat (path, ending, NULL);

  return g_access (name, F_OK) == 0;
}

gboolean
rounds_store_files_were_left (const char *path)
{
  g_autofree char *log = g_strconcat (path, ROUNDS_STORE_LOG, NULL);
  GStatBuf buffer;

  return g_stat (log, &buffer) == 0 && buffer.st_size > 0;
}

gboolean
rounds_store_files_remove (const char *path, const char *ending, GError **error)
{
  g_autofree char *name = g_strconcat (path, ending, NULL);

  /* A file system that can only be read refuses before it looks whether there is such a file. */
  return !rounds_store_files_exist (path, ending) || g_unlink (name) == 0 || errno == ENOENT
         || refuse (error);
}

void
rounds_store_files_mark (const char *path)
{
  g_autofree char *name = g_strconcat (path, ROUNDS_STORE_MARK, NULL);
  int fd = rounds_store_files_exist (path, "") ? g_open (name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)
                                               : -1;

  if (fd >= 0)
    g_close (fd, NULL);
}

gboolean
rounds_store_files_rename (const char *from, const char *to, GError **error)
{
  return g_rename (from, to) == 0 || refuse (error);
}

static gboolean
move (const char *path, const char *from_ending, const char *to_ending, GError **error)
{
  g_autofree char *from = g_strconcat (path, from_ending, NULL);
  g_autofree char *to = g_strconcat (path, to_ending, NULL);

  return g_rename (from, to) == 0 || errno == ENOENT || refuse (error);
}

/* The cache's name always leads to a cache: the damaged one gets a second name before it loses its
 * first. Where the file system knows no second names, the gap is closed by the next attempt. */
static gboolean
keep_aside (const char *path, GError **error)
{
  g_autofree char *aside = g_strconcat (path, ROUNDS_STORE_ASIDE, NULL);

  if (!rounds_store_files_remove (path, ROUNDS_STORE_ASIDE, error))
    return FALSE;
  return link (path, aside) == 0 || errno == ENOENT || move (path, "", ROUNDS_STORE_ASIDE, error);
}

gboolean
rounds_store_files_swap (const char *path, GError **error)
{
  if (!rounds_store_files_exist (path, ROUNDS_STORE_RESCUED))
    return TRUE;
  /* The damaged one's log must be gone before: SQLite would take it for the new one's. */
  return keep_aside (path, error)
         && move (path, ROUNDS_STORE_LOG, ROUNDS_STORE_ASIDE ROUNDS_STORE_LOG, error)
         && rounds_store_files_remove (path, ROUNDS_STORE_INDEX, error)
         && rounds_store_files_remove (path, ROUNDS_STORE_MARK, error)
         && move (path, ROUNDS_STORE_RESCUED, "", error);
}
