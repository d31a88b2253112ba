/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * PostgreSQL's client library, loaded by who speaks to a PostgreSQL server and by nobody else: with
 * what it brings (Kerberos, LDAP, SASL, TLS) it is a MiB of memory and a dozen libraries, of which
 * a server on SQLite uses nothing.
 * It knows no connection; the driver calls libpq's functions through the table.
 */

#include "config.h"

#include "rounds-libpq.h"

#include <dlfcn.h>

#include "rounds-db.h"

#define SONAME "libpq.so.5"

/* What ldd cannot show, for tools that make packages (the UAPI Group's dlopen metadata, format 1):
 * an ELF note of the owner "FDO". Nobody here reads it. */
#define NEED                                                                                       \
  "[{\"feature\":\"postgresql\",\"description\":\"Databases on a PostgreSQL server\","             \
  "\"priority\":\"recommended\",\"soname\":[\"" SONAME "\"]}]"

static const struct
{
  guint32 owner_size;
  guint32 text_size;
  guint32 type;
  char owner[4];
  char text[sizeof NEED];
} note __attribute__ ((used, section (".note.dlopen"), aligned (4)))
= { 4, sizeof NEED, 0x407c0c0a, "FDO", NEED };

#define PLACE(function) { #function, G_STRUCT_OFFSET (RoundsLibpq, function) },
static const struct
{
  const char *name;
  gsize offset;
} places[] = { ROUNDS_LIBPQ_FUNCTIONS (PLACE) };
#undef PLACE

RoundsLibpq rounds_libpq;

static void
set_error (GError **error, const char *reason)
{
  g_set_error (
      error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
      "PostgreSQL's client library cannot be loaded (libpq 17 or later; the package libpq5 "
      "on Debian, libpq on Fedora): %s",
      reason);
}

static gboolean
load (GError **error)
{
  RoundsLibpq found = { 0 };
  void *library = dlopen (SONAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

  if (library == NULL)
    {
      set_error (error, dlerror ());
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gpointer function = dlsym (library, places[i].name);

      if (function == NULL)
        {
          set_error (error, dlerror ());
          dlclose (library);
          return FALSE;
        }
      G_STRUCT_MEMBER (gpointer, &found, places[i].offset) = function;
    }
  rounds_libpq = found;
  return TRUE;
}

/**
 * rounds_libpq_load:
 *
 * See the header. Who has failed may try again.
 */
gboolean
rounds_libpq_load (GError **error)
{
  static GMutex mutex;
  static gboolean loaded = FALSE;
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  locker = g_mutex_locker_new (&mutex);
  if (!loaded)
    loaded = load (error);
  return loaded;
}
