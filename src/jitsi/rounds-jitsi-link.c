/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Room names and meeting links: made for the API, taken apart again.
 * The URI that the call page loads is made in rounds-jitsi-page-uri.c.
 */

#include "config.h"

#include "rounds-jitsi-link.h"

#include "rounds-id.h"
#include "rounds-jitsi-private.h"
#include "rounds-wipe.h"

#include <string.h>

#define MAX_ROOM 200
#define ROOM_RANDOM_BYTES 8
#define MAX_LINK (16 * 1024)

char *
rounds_jitsi_room_name_new (const char *kind, const char *id)
{
  g_autofree char *suffix = rounds_random_hex (ROOM_RANDOM_BYTES);
  g_autofree char *room = NULL;

  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  room = g_strdup_printf ("%s-%s-%s", kind, id, suffix);
  g_return_val_if_fail (rounds_jitsi_room_name_is_valid (room), NULL);
  return g_steal_pointer (&room);
}

gboolean
rounds_jitsi_room_name_is_valid (const char *room)
{
  gsize length;

  if (room == NULL)
    return FALSE;
  length = strspn (room, "abcdefghijklmnopqrstuvwxyz0123456789-");
  return room[length] == '\0' && length > 0 && length <= MAX_ROOM;
}

static char *
build_origin (const char *host, int port)
{
  gboolean plain = rounds_jitsi_host_is_loopback (host);
  gboolean ipv6 = strchr (host, ':') != NULL;
  g_autoptr (GString) origin = g_string_new (plain ? "http://" : "https://");

  g_string_append_printf (origin, ipv6 ? "[%s]" : "%s", host);
  if (port != 0 && port != (plain ? 80 : 443))
    g_string_append_printf (origin, ":%d", port);
  return g_string_free_and_steal (g_steal_pointer (&origin));
}

char *
rounds_jitsi_link_build (const RoundsJitsiConfig *config, const char *room, const char *token)
{
  g_autoptr (GString) link = NULL;
  g_autofree char *host = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *tenant = NULL;
  int port = 0;

  g_return_val_if_fail (config != NULL && config->domain != NULL, NULL);
  g_return_val_if_fail (rounds_jitsi_room_name_is_valid (room), NULL);
  g_return_val_if_fail (rounds_jitsi_host_split (config->domain, &host, &port), NULL);

  origin = build_origin (host, port);
  tenant = rounds_jitsi_config_dup_tenant (config);
  link = g_string_new (origin);
  if (tenant != NULL)
    g_string_append_printf (link, "/%s", tenant);
  g_string_append_printf (link, "/%s", room);
  /* Security: a server that takes no tokens of ours is not sent any either. */
  if (token != NULL && rounds_jitsi_config_takes_tokens (config))
    {
      g_string_append (link, "?jwt=");
      g_string_append_uri_escaped (link, token, NULL, FALSE);
    }
  return g_string_free_and_steal (g_steal_pointer (&link));
}

char *
rounds_jitsi_link_dup_prosody_room (const RoundsJitsiConfig *config, const char *room)
{
  g_return_val_if_fail (config != NULL && room != NULL, NULL);

  g_autofree char *tenant = rounds_jitsi_config_dup_tenant (config);
  return tenant != NULL ? g_strdup_printf ("[%s]%s", tenant, room) : g_strdup (room);
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (
      error, g_error_new_valist (ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_LINK, format, args));
  va_end (args);
  return FALSE;
}

/* Security: a browser reads "\" as "/" and drops line breaks, so that such a link would lead
 * elsewhere than it says here. */
static gboolean
check_characters (const char *link, GError **error)
{
  if (link[0] == '\0')
    return refuse (error, "The meeting link is empty");
  if (strlen (link) > MAX_LINK)
    return refuse (error, "The meeting link is too long");
  for (const char *p = link; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == '\\')
        return refuse (error, "The meeting link has a character in it that no link has");
    }
  return TRUE;
}

static gboolean
read_origin (RoundsJitsiLink *self, GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *name = g_uri_get_host (uri);
  gboolean plain = g_str_equal (scheme, "http");
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  int port = 0;

  if (!plain && !g_str_equal (scheme, "https"))
    return refuse (error, "The meeting link is not an https link");
  /* Security: "https://meet.example.org@evil.example/" is made to be misread. */
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, "The meeting link has a user name in it");
  if (name == NULL)
    return refuse (error, "The meeting link names no server");
  text = strchr (name, ':') != NULL ? g_strdup_printf ("[%s]", name) : g_strdup (name);
  if (!rounds_jitsi_host_split (text, &host, &port) || g_uri_get_port (uri) == 0)
    return refuse (error, "The meeting link names no proper server");
  /* Security: over plain http the token could be read on the way. */
  if (plain && !rounds_jitsi_host_is_loopback (host))
    return refuse (error, "The meeting link is not encrypted (http instead of https)");

  port = g_uri_get_port (uri);
  if (port == -1 || port == (plain ? 80 : 443))
    self->origin = g_strconcat (scheme, "://", strchr (host, ':') != NULL ? text : host, NULL);
  else
    self->origin
        = g_strdup_printf ("%s://%s:%d", scheme, strchr (host, ':') != NULL ? text : host, port);
  return TRUE;
}

static gboolean
read_path (RoundsJitsiLink *self, GUri *uri, GError **error)
{
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  g_auto (GStrv) parts = NULL;
  guint n_parts = 0;

  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  parts = g_strsplit (path, "/", -1);
  n_parts = g_strv_length (parts);
  for (guint i = 1; i < n_parts; i++)
    {
      g_autofree char *decoded = g_uri_unescape_string (parts[i], "/");

      if (decoded == NULL || decoded[0] == '\0' || decoded[0] == '.'
          || !g_utf8_validate (decoded, -1, NULL))
        return refuse (error, "The meeting link's path is not one of a room");
      g_set_str (&self->room, decoded);
    }
  if (self->room == NULL)
    return refuse (error, "The meeting link names no room");
  if (strspn (path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%/")
      != strlen (path))
    return refuse (error, "The meeting link's path is not one of a room");
  self->path = g_steal_pointer (&path);
  return TRUE;
}

/* The value of @name in "a=b&c=d", percent-decoded and without JSON quotes, or NULL. Security: it
 * may be a token, of which no other copy is left. */
static char *
find_parameter (const char *text, const char *name)
{
  gsize length = strlen (name);

  for (const char *pair = text; pair != NULL; pair = strchr (pair, '&'))
    {
      g_autoptr (RoundsSecretText) value = NULL;
      gsize end = 0;

      pair += *pair == '&' ? 1 : 0;
      if (strncmp (pair, name, length) != 0 || pair[length] != '=')
        continue;
      pair += length + 1;
      value = g_uri_unescape_segment (pair, pair + strcspn (pair, "&"), NULL);
      end = value != NULL ? strlen (value) : 0;
      if (end >= 2 && value[0] == '"' && value[end - 1] == '"')
        return g_strndup (value + 1, end - 2);
      return value != NULL ? g_steal_pointer (&value) : g_strdup ("%");
    }
  return NULL;
}

static gboolean
read_token (RoundsJitsiLink *self, GUri *uri, GError **error)
{
  /* The page looks into the fragment first. */
  g_autoptr (RoundsSecretText) token = find_parameter (g_uri_get_fragment (uri), "jwt");

  if (token == NULL)
    token = find_parameter (g_uri_get_query (uri), "jwt");
  if (token == NULL || token[0] == '\0')
    return TRUE;
  for (const char *p = token; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("-_.=", *p) == NULL)
        return refuse (error, "The meeting link's token is damaged");
    }
  self->token = g_steal_pointer (&token);
  return TRUE;
}

RoundsJitsiLink *
rounds_jitsi_link_parse (const char *link, GError **error)
{
  g_autoptr (RoundsJitsiLink) self = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (link != NULL, NULL);

  if (!check_characters (link, error))
    return NULL;
  uri = g_uri_parse (link, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL)
    {
      /* GLib's own message quotes the link, and with it the token. */
      refuse (error, "The meeting link is not a link");
      return NULL;
    }
  self = g_new0 (RoundsJitsiLink, 1);
  if (!read_origin (self, uri, error) || !read_path (self, uri, error)
      || !read_token (self, uri, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rounds_jitsi_link_free (RoundsJitsiLink *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->origin);
  g_free (self->path);
  g_free (self->room);
  rounds_wipe_free (self->token);
  g_free (self);
}
