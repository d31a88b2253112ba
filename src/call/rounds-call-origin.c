/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Comparing where a page comes from with where the meeting is: scheme, host and port.
 * It takes no meeting link apart; RoundsJitsiLink does.
 */

#include "config.h"

#include "rounds-call-origin.h"

#define PARSE_FLAGS (G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_ENCODED)

static int
find_usual_port (GUri *uri)
{
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return 443;

  return g_str_equal (g_uri_get_scheme (uri), "http") ? 80 : -1;
}

static int
find_port (GUri *uri)
{
  return g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : find_usual_port (uri);
}

/* Whether @uri (or an origin) has the scheme, host and port of @origin. What cannot be parsed, has
 * a user part or no host matches nothing. */
gboolean
rounds_call_origin_matches (const char *origin, const char *uri)
{
  g_autoptr (GUri) ours = NULL;
  g_autoptr (GUri) theirs = NULL;

  g_return_val_if_fail (origin != NULL, FALSE);

  if (uri == NULL)
    return FALSE;

  ours = g_uri_parse (origin, PARSE_FLAGS, NULL);
  theirs = g_uri_parse (uri, PARSE_FLAGS, NULL);
  if (ours == NULL || theirs == NULL || g_uri_get_userinfo (theirs) != NULL
      || g_uri_get_host (ours) == NULL || g_uri_get_host (theirs) == NULL)
    return FALSE;

  return *g_uri_get_host (ours) != '\0'
         && g_str_equal (g_uri_get_scheme (ours), g_uri_get_scheme (theirs))
         && g_ascii_strcasecmp (g_uri_get_host (ours), g_uri_get_host (theirs)) == 0
         && find_port (ours) == find_port (theirs);
}

/* The part of @origin that a person knows: "meet.example.org", with the port where it is not the
 * usual one. (transfer full) */
char *
rounds_call_origin_dup_host (const char *origin)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (origin != NULL, NULL);

  uri = g_uri_parse (origin, PARSE_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (origin);
  if (find_port (uri) != find_usual_port (uri))
    return g_strdup_printf ("%s:%d", g_uri_get_host (uri), find_port (uri));

  return g_strdup (g_uri_get_host (uri));
}

/* Security: a page may have the browser, the mail program and the phone opened by a click, nothing
 * else that happens to be registered on this system. */
gboolean
rounds_call_origin_may_open_outside (const char *uri)
{
  static const char *const schemes[] = { "https", "http", "mailto", "tel" };
  const char *scheme = uri != NULL ? g_uri_peek_scheme (uri) : NULL;

  for (gsize i = 0; scheme != NULL && i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strcasecmp (scheme, schemes[i]) == 0)
      return TRUE;

  return FALSE;
}
