/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What ./dev run presets by the environment; in a release build there is nothing of it.
 * No password of a person is ever read here.
 */

#include "config.h"

#include "rounds-development.h"

#ifdef ROUNDS_DEVELOPMENT

#include <gio/gio.h>
#include <stdio.h>

static gboolean
is_loopback (const char *server)
{
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

gboolean
rounds_development_find_demo_account (RoundsDemoAccount *demo)
{
  const char *server = g_getenv ("ROUNDS_SERVER");
  const char *email = g_getenv ("ROUNDS_DEMO_ACCOUNT");

  /* Security: the published password goes to this computer and to nowhere else. */
  if (server == NULL || email == NULL || *email == '\0' || !is_loopback (server))
    return FALSE;

  demo->server = g_strdup (server);
  demo->email = g_strdup (email);
  demo->password = "demo-password";
  return TRUE;
}

char *
rounds_development_dup_server (void)
{
  return g_strdup (g_getenv ("ROUNDS_SERVER"));
}

const char *
rounds_development_get_locale_dir (void)
{
  const char *folder = g_getenv ("ROUNDS_LOCALEDIR");

  return folder != NULL ? folder : ROUNDS_LOCALEDIR;
}

gboolean
rounds_development_find_window_size (int *width, int *height)
{
  const char *size = g_getenv ("ROUNDS_WINDOW_SIZE");

  return size != NULL && sscanf (size, "%dx%d", width, height) == 2 && *width > 0 && *height > 0;
}

#else

gboolean
rounds_development_find_demo_account (RoundsDemoAccount *demo)
{
  return FALSE;
}

char *
rounds_development_dup_server (void)
{
  return NULL;
}

const char *
rounds_development_get_locale_dir (void)
{
  return ROUNDS_LOCALEDIR;
}

gboolean
rounds_development_find_window_size (int *width, int *height)
{
  return FALSE;
}

#endif

void
rounds_demo_account_clear (RoundsDemoAccount *demo)
{
  g_clear_pointer (&demo->server, g_free);
  g_clear_pointer (&demo->email, g_free);
}
