/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Opening a file: its mode, its key, and the settings that every connection of ours has.
 * What happens on the open connection is in rounds-db-sqlite.c.
 */

#include "config.h"

#include "rounds-db-sqlite-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define KEY_LENGTH 32
#define DEFAULT_BUSY_TIMEOUT_MS 5000
/* SQLCipher 4's page size; every write to the file is a whole page. */
#define PAGE_SIZE 4096

static gboolean
is_file (const char *path)
{
  return strcmp (path, ":memory:") != 0;
}

/* Security: SQLite would create the file by the umask. Made here first, it is the owner's alone
 * from its first moment, and SQLite gives -wal and -shm the mode of the file that they belong to.
 *
 * A file that is there must not even be opened: closing it again would drop all locks that this
 * process has on it (POSIX), and another process would take itself for the last one that uses the
 * database and remove the write-ahead log from under our other connections. */
static gboolean
create_private_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0 && errno == EEXIST && g_access (path, R_OK | W_OK) == 0)
    return TRUE;
  if (fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, ROUNDS_DB_ERROR,
                   saved_errno == EROFS || saved_errno == EACCES    ? ROUNDS_DB_ERROR_READ_ONLY
                   : saved_errno == ENOSPC || saved_errno == EDQUOT ? ROUNDS_DB_ERROR_FULL
                                                                    : ROUNDS_DB_ERROR_OPEN,
                   "The database file cannot be opened: %s", g_strerror (saved_errno));
      return FALSE;
    }
  return g_close (fd, error);
}

/* SQLite would count each byte that it takes, under one lock for all connections: a twentieth of
 * what a small write costs, and nobody asks for the sum. Only before the first connection. */
static void
settle_memory (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  rounds_db_sqlite_keep_pieces ();
  g_once_init_leave (&done, 1);
}

/* The log that a process left behind which did not end well has to be read, too. */
static gboolean
has_log (const RoundsDbOptions *options)
{
  g_autofree char *log = g_strconcat (options->path, "-wal", NULL);
  GStatBuf buffer;

  return g_stat (log, &buffer) == 0 && S_ISREG (buffer.st_mode) && buffer.st_size > 0;
}

/* A file with a log needs an index of the log, which SQLite keeps in memory for who has the file to
 * himself; one without is opened as something that nobody changes. Neither writes a byte. */
static int
open_untouched (RoundsDbSqlite *self, const RoundsDbOptions *options, int flags)
{
  g_autofree char *path = g_canonicalize_filename (options->path, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  int result;

  if (!has_log (options))
    return sqlite3_open_v2 (immutable, &self->handle, flags | SQLITE_OPEN_URI, NULL);
  result = sqlite3_open_v2 (path, &self->handle, flags, "unix-none");
  if (result != SQLITE_OK)
    return result;
  return sqlite3_exec (self->handle, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
}

static gboolean
open_handle (RoundsDbSqlite *self, const RoundsDbOptions *options, GError **error)
{
  int timeout = options->busy_timeout_ms > 0 ? options->busy_timeout_ms : DEFAULT_BUSY_TIMEOUT_MS;
  int flags = options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  int result;

  /* One thread at a time uses a connection, so SQLite need not lock it. */
  flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  result = options->untouched ? open_untouched (self, options, flags)
                              : sqlite3_open_v2 (options->path, &self->handle, flags, NULL);
  if (result != SQLITE_OK)
    {
      rounds_db_sqlite_set_error (error, self->handle, result);
      return FALSE;
    }
  sqlite3_busy_timeout (self->handle, timeout);
  /* Fifty KiB for small things that come and go while writing. Who only reads keeps his statements,
   * and a server has many such connections. Refused only while some of it is in use. */
  if (options->read_only)
    sqlite3_db_config (self->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, 0, 0);
  return TRUE;
}

static gboolean
set_key (RoundsDbSqlite *self, const guint8 *key, GError **error)
{
  static const char digits[] = "0123456789abcdef";
  char text[2 * KEY_LENGTH + 3];
  int result;

  /* The form x'…' is SQLCipher's raw key: 256 random bits need no stretching. */
  text[0] = 'x';
  text[1] = '\'';
  for (gsize i = 0; i < KEY_LENGTH; i++)
    {
      text[2 + 2 * i] = digits[key[i] >> 4];
      text[3 + 2 * i] = digits[key[i] & 0xf];
    }
  text[sizeof text - 1] = '\'';
  result = sqlite3_key (self->handle, text, sizeof text);
  explicit_bzero (text, sizeof text);
  if (result != SQLITE_OK)
    {
      rounds_db_sqlite_set_error (error, self->handle, result);
      return FALSE;
    }
  /* Our errors say it once; SQLCipher would say it on stderr as well. */
  return rounds_db_exec (&self->parent, "PRAGMA cipher_log_level = NONE", error);
}

/* An encrypted file whose size is no whole number of pages was cut off. Where that hit the first
 * page, SQLCipher cannot tell it from a wrong key; we can. */
static gboolean
is_cut_off (const RoundsDbOptions *options)
{
  GStatBuf buffer;

  return options->key != NULL && is_file (options->path) && g_stat (options->path, &buffer) == 0
         && buffer.st_size % PAGE_SIZE != 0;
}

/* SQLite reads nothing at all of a file that is shorter than it says, unless its schema may be
 * written; so who salvages does without the guard against our own SQL, and only selects. */
static void
set_guard (RoundsDbSqlite *self, const RoundsDbOptions *options)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, options->salvage ? 0 : 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, options->salvage ? 1 : 0, NULL);
}

/* The first read is where a wrong key and a foreign file show. */
static gboolean
read_header (RoundsDbSqlite *self, const RoundsDbOptions *options, GError **error)
{
  int result = sqlite3_exec (self->handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  if ((result & 0xff) == SQLITE_NOTADB && is_cut_off (options))
    result = SQLITE_CORRUPT;
  rounds_db_sqlite_set_error (error, self->handle, result);
  return FALSE;
}

static gboolean
set_journal_mode (RoundsDb *self, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (self, "PRAGMA journal_mode = WAL", error);

  if (statement == NULL || rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  /* A database in memory answers "memory"; a file answers what it got. */
  if (g_strcmp0 (rounds_db_get_text (statement, 0), "wal") == 0
      || g_strcmp0 (rounds_db_get_text (statement, 0), "memory") == 0)
    return TRUE;
  g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
                       "The file system of the database does not support a write-ahead log");
  return FALSE;
}

static gboolean
set_cache_size (RoundsDb *self, int kib, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = -%d", kib);

  return rounds_db_exec (self, sql, error);
}

static gboolean
configure (RoundsDbSqlite *self, const RoundsDbOptions *options, GError **error)
{
  /* Security: a file that somebody else wrote must not make our process run more than queries, and
   * sorted rows must not spill into a temporary file. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  /* "text" in double quotes is a name, never a string: a misspelt column is an error. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  if (!rounds_db_exec (&self->parent,
                       "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
                       "PRAGMA cell_size_check = ON; PRAGMA recursive_triggers = ON",
                       error))
    return FALSE;
  if (options->cache_kib > 0 && !set_cache_size (&self->parent, options->cache_kib, error))
    return FALSE;
  if (options->read_only)
    return TRUE;
  self->durable = options->full_sync;
  return set_journal_mode (&self->parent, error)
         && rounds_db_exec (&self->parent,
                            options->full_sync ? "PRAGMA synchronous = FULL"
                                               : "PRAGMA synchronous = NORMAL",
                            error);
}

/**
 * rounds_db_open:
 * @options: path, key and settings; only read during the call
 *
 * Opens the file, creating it with mode 0600. Blocks; the connection belongs to one thread at a
 * time. Returns: (transfer full): the connection, or %NULL with a %ROUNDS_DB_ERROR (OPEN, KEY,
 *   DAMAGED, BUSY, FULL, READ_ONLY)
 */
RoundsDb *
rounds_db_open (const RoundsDbOptions *options, GError **error)
{
  RoundsDbSqlite *self;
  g_autoptr (RoundsDb) db = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->path != NULL, NULL);
  g_return_val_if_fail (options->read_only || !options->untouched, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!options->read_only && is_file (options->path) && !create_private_file (options->path, error))
    return NULL;
  settle_memory ();
  self = g_new0 (RoundsDbSqlite, 1);
  db = &self->parent;
  rounds_db_init (db, &rounds_db_sqlite_driver);
  if (!open_handle (self, options, error)
      || (options->key != NULL && !set_key (self, options->key, error)))
    return NULL;
  set_guard (self, options);
  if (!read_header (self, options, error) || !configure (self, options, error))
    return NULL;
  rounds_db_sqlite_listen (self, options->quiet_tables);
  return g_steal_pointer (&db);
}
