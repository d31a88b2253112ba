/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Host names as settings and links write them: taken apart, checked, told from loopback.
 * It resolves nothing: no DNS here.
 */

#include "config.h"

#include "rounds-jitsi-private.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_HOST 253
#define MAX_LABEL 63

static gboolean
check_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-')
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_name (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);

  if (host[0] == '\0' || strlen (host) > MAX_HOST)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++)
    {
      if (!check_label (labels[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_port (const char *text, int *port)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &value, NULL))
    return FALSE;
  *port = (int)value;
  return TRUE;
}

static gboolean
split_bracketed (const char *text, char **host, int *port)
{
  const char *end = strchr (text, ']');
  g_autofree char *inner = NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (end == NULL || (end[1] != '\0' && end[1] != ':'))
    return FALSE;
  inner = g_strndup (text + 1, end - text - 1);
  address = g_inet_address_new_from_string (inner);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return FALSE;
  if (end[1] == ':' && !parse_port (end + 2, port))
    return FALSE;
  *host = g_inet_address_to_string (address);
  return TRUE;
}

gboolean
rounds_jitsi_host_split (const char *text, char **host, int *port)
{
  g_autofree char *lower = NULL;
  char *colon = NULL;
  int found = 0;

  g_assert (text != NULL && host != NULL && port != NULL);

  *port = 0;
  if (text[0] == '[')
    return split_bracketed (text, host, port);

  lower = g_ascii_strdown (text, -1);
  colon = strchr (lower, ':');
  if (colon != NULL)
    {
      if (!parse_port (colon + 1, &found))
        return FALSE;
      *colon = '\0';
    }
  if (!check_name (lower))
    return FALSE;
  *host = g_steal_pointer (&lower);
  *port = found;
  return TRUE;
}

gboolean
rounds_jitsi_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  g_assert (host != NULL);

  if (g_str_equal (host, "localhost"))
    return TRUE;
  /* Security: only addresses that inet_pton() takes; "127.1" or "0x7f000001" are names here. */
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}
