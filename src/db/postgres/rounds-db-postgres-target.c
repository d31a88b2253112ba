/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A URL, our defaults, and connecting with them.
 * What happens on the connection is in rounds-db-postgres-link.c.
 */

#include "config.h"

#include "rounds-db-postgres-target.h"

#include "rounds-wipe.h"

#include <string.h>

struct _RoundsDbPostgresTarget
{
  GPtrArray *keywords; /* of char *, ends with NULL */
  GPtrArray *values; /* of char *, ends with NULL */
};

void
rounds_db_postgres_target_free (RoundsDbPostgresTarget *self)
{
  g_ptr_array_unref (self->keywords);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static void
add (RoundsDbPostgresTarget *self, const char *keyword, const char *value)
{
  g_ptr_array_add (self->keywords, g_strdup (keyword));
  g_ptr_array_add (self->values, g_strdup (value));
}

static const char *
get (const RoundsDbPostgresTarget *self, const char *keyword)
{
  for (guint i = 0; i < self->keywords->len; i++)
    if (g_strcmp0 (self->keywords->pdata[i], keyword) == 0)
      return self->values->pdata[i];
  return NULL;
}

static void
add_unless_given (RoundsDbPostgresTarget *self, const char *keyword, const char *variable,
                  const char *value)
{
  if (get (self, keyword) == NULL && (variable == NULL || g_getenv (variable) == NULL))
    add (self, keyword, value);
}

static gboolean
is_local (const char *host)
{
  return host[0] == '\0' || host[0] == '/' || host[0] == '@' || g_str_equal (host, "localhost")
         || g_str_has_prefix (host, "127.") || g_str_equal (host, "::1");
}

/* Several hosts may stand there, with commas; one far away is enough. */
static gboolean
is_far (const RoundsDbPostgresTarget *self)
{
  const char *const places[][2] = { { "host", "PGHOST" }, { "hostaddr", "PGHOSTADDR" } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *given = get (self, places[i][0]);
      const char *text = given != NULL ? given : g_getenv (places[i][1]);
      g_auto (GStrv) hosts = g_strsplit (text != NULL ? text : "", ",", -1);

      for (char **host = hosts; *host != NULL; host++)
        if (!is_local (*host))
          return TRUE;
    }
  return FALSE;
}

static void
add_defaults (RoundsDbPostgresTarget *self, gboolean read_only)
{
  const char *host = get (self, "host");

  add (self, "client_encoding", "UTF8");
  add_unless_given (self, "fallback_application_name", NULL, "roundsd");
  add_unless_given (self, "connect_timeout", "PGCONNECT_TIMEOUT", "5");
  /* A machine that vanished is noticed within a minute, not within two hours. */
  add_unless_given (self, "keepalives_idle", NULL, "20");
  add_unless_given (self, "keepalives_interval", NULL, "5");
  add_unless_given (self, "keepalives_count", NULL, "4");
  add_unless_given (self, "tcp_user_timeout", NULL, "30000");
  /* After a fail-over, the host that takes writes. */
  if (!read_only && host != NULL && strchr (host, ',') != NULL)
    add_unless_given (self, "target_session_attrs", "PGTARGETSESSIONATTRS", "read-write");
  /* Security: libpq's own default would fall back to plain text, with patient data in it, for
   * whoever stands in between. Who wants less than a verified server has to write so. */
  if (is_far (self) && get (self, "sslmode") == NULL && g_getenv ("PGSSLMODE") == NULL)
    {
      add (self, "sslmode", "verify-full");
      add_unless_given (self, "sslrootcert", "PGSSLROOTCERT", "system");
    }
}

/* Security: libpq's complaint about a URL quotes the URL, and a password may stand there. */
static PQconninfoOption *
parse (const char *url)
{
  char *complaint = NULL;
  PQconninfoOption *options = rounds_libpq.PQconninfoParse (url, &complaint);

  rounds_libpq.PQfreemem (complaint);
  return options;
}

RoundsDbPostgresTarget *
rounds_db_postgres_target_new (const RoundsDbPostgresOptions *options, GError **error)
{
  PQconninfoOption *given;
  RoundsDbPostgresTarget *self;

  /* Whatever calls libpq has a target first. */
  if (!rounds_libpq_load (error))
    return NULL;
  given = parse (options->url);
  if (given == NULL)
    {
      g_set_error_literal (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
                           "The address of the database cannot be understood; it should look like "
                           "postgresql://user@host/name");
      return NULL;
    }
  self = g_new0 (RoundsDbPostgresTarget, 1);
  self->keywords = g_ptr_array_new_null_terminated (16, g_free, TRUE);
  self->values = g_ptr_array_new_null_terminated (16, rounds_wipe_free, TRUE);
  for (PQconninfoOption *option = given; option->keyword != NULL; option++)
    if (option->val != NULL)
      add (self, option->keyword, option->val);
  rounds_libpq.PQconninfoFree (given);
  add_defaults (self, options->read_only);
  return self;
}

/* Security: notices may quote rows; nobody reads them here. */
static void
ignore_notice (void *data, const PGresult *notice)
{
}

/* Security: no message of libpq holds the password today; one that did would not get past here. */
static void
set_connect_error (GError **error, PGconn *connection)
{
  const char *password = rounds_libpq.PQpass (connection);
  g_auto (GStrv) lines = g_strsplit (rounds_libpq.PQerrorMessage (connection), "\n", 2);
  gboolean refused = rounds_libpq.PQconnectionNeedsPassword (connection)
                     || rounds_libpq.PQconnectionUsedPassword (connection);
  const char *reason = lines[0];

  if (reason == NULL || (password != NULL && *password != '\0' && strstr (reason, password)))
    reason = "the reason is not known";
  if (refused)
    g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_KEY,
                 "The database server does not let us in: %s", reason);
  else
    g_set_error (error, ROUNDS_DB_ERROR, ROUNDS_DB_ERROR_OPEN,
                 "The database server cannot be reached: %s", reason);
}

PGconn *
rounds_db_postgres_target_connect (const RoundsDbPostgresTarget *self, GError **error)
{
  PGconn *connection = rounds_libpq.PQconnectdbParams (
      (const char *const *)self->keywords->pdata, (const char *const *)self->values->pdata, FALSE);

  if (rounds_libpq.PQstatus (connection) != CONNECTION_OK
      || rounds_libpq.PQsetnonblocking (connection, TRUE) != 0)
    {
      set_connect_error (error, connection);
      rounds_libpq.PQfinish (connection);
      return NULL;
    }
  rounds_libpq.PQsetNoticeReceiver (connection, ignore_notice, NULL);
  return connection;
}

/**
 * rounds_db_postgres_is_url:
 * @text: what somebody configured as the database
 */
gboolean
rounds_db_postgres_is_url (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_str_has_prefix (text, "postgresql://") || g_str_has_prefix (text, "postgres://");
}

static const char *
find_value (PQconninfoOption *options, const char *keyword)
{
  for (PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (g_str_equal (option->keyword, keyword))
      return option->val;
  return NULL;
}

/**
 * rounds_db_postgres_describe:
 * @url: as in #RoundsDbPostgresOptions
 *
 * Security: nothing else of a URL may be shown or logged; its parameters can hold secrets too.
 *
 * Returns: (transfer full): who, where and what, as far as @url says so and libpq is there to read
 * it
 */
char *
rounds_db_postgres_describe (const char *url)
{
  PQconninfoOption *options = NULL;
  GString *text = g_string_new ("postgresql://");

  g_return_val_if_fail (url != NULL, NULL);

  if (rounds_libpq_load (NULL))
    options = parse (url);
  if (options != NULL)
    {
      const char *user = find_value (options, "user");
      const char *host = find_value (options, "host");
      const char *port = find_value (options, "port");
      const char *name = find_value (options, "dbname");

      g_string_append_printf (text, "%s%s%s%s%s", user != NULL ? user : "", user != NULL ? "@" : "",
                              host != NULL ? host : "", port != NULL ? ":" : "",
                              port != NULL ? port : "");
      if (name != NULL)
        g_string_append_printf (text, "/%s", name);
      rounds_libpq.PQconninfoFree (options);
    }
  return g_string_free (text, FALSE);
}
