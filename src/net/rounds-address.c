/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server's address as people type it, made into one base URL.
 * It resolves no name and opens no connection.
 */

#include "config.h"

#include "rounds-address.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-api.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  /* GResolver answers these itself, with loopback only (RFC 6761), so no DNS server can point them
   * elsewhere. */
  return strcmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

/* The host in the form that goes into the URL: ASCII, lower case, or an address; NULL when it is
 * none of these. */
static char *
normalise_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (g_hostname_is_ip_address (host))
    return g_ascii_strdown (host, -1);

  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || *ascii == '\0' || *ascii == '.' || *ascii == '-')
    return NULL;

  for (const char *p = ascii; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._", *p) == NULL)
      return NULL;

  return g_ascii_strdown (ascii, -1);
}

/* @path with single slashes and none at its end. */
static char *
normalise_path (const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GString) normal = g_string_new (NULL);

  for (guint i = 0; segments[i] != NULL; i++)
    if (*segments[i] != '\0')
      g_string_append_printf (normal, "/%s", segments[i]);

  return g_string_free_and_steal (g_steal_pointer (&normal));
}

static GUri *
parse_uri (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *url = NULL;

  if (*text == '\0')
    return NULL;

  url = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  return g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
}

/* −1 where the scheme says the port, so that one server has one name in the keyring. */
static int
get_unusual_port (GUri *uri)
{
  int usual = strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;

  return g_uri_get_port (uri) == usual ? -1 : g_uri_get_port (uri);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS, message);
  return FALSE;
}

static gboolean
check_uri (GUri *uri, const char *host, GError **error)
{
  const char *scheme;

  /* Without a URI there is no host either. */
  if (host == NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL
      || g_uri_get_port (uri) == 0)
    return refuse (error, _ ("That is not a server address. It looks like “rounds.example.org”."));

  scheme = g_uri_get_scheme (uri);
  if (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0)
    return refuse (error, _ ("A server address begins with “https://”."));

  /* Security: a name or password in the address would end up in the keyring's attributes. */
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, _ ("A server address holds no user name or password."));

  /* Security: off this machine, plain http would show patients' data and the token to everybody on
   * the way. */
  if (strcmp (scheme, "http") == 0 && !is_loopback (host))
    return refuse (error, _ ("Without “https://” the connection would not be private."));

  return TRUE;
}

RoundsAddress *
rounds_address_parse (const char *typed, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  RoundsAddress *self;

  g_return_val_if_fail (typed != NULL, NULL);

  uri = parse_uri (typed);
  if (uri != NULL && g_uri_get_host (uri) != NULL)
    host = normalise_host (g_uri_get_host (uri));
  if (!check_uri (uri, host, error))
    return NULL;

  path = normalise_path (g_uri_get_path (uri));
  self = g_new0 (RoundsAddress, 1);
  self->is_loopback = is_loopback (host);
  self->base_url = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host,
                               get_unusual_port (uri), path, NULL, NULL);
  self->host = g_hostname_to_unicode (host);
  if (self->host == NULL)
    self->host = g_steal_pointer (&host);
  return self;
}

void
rounds_address_free (RoundsAddress *self)
{
  g_free (self->base_url);
  g_free (self->host);
  g_free (self);
}
