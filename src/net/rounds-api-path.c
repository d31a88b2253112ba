/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The addresses of calls, put together of parts that somebody else may have named.
 * Which calls there are, the files of the resources know.
 */

#include "config.h"

#include "rounds-api-private.h"

#include <string.h>

#include "rounds-json.h"

char *
rounds_api_path (const char *first, ...)
{
  GString *path = g_string_new ("/api");
  va_list segments;

  va_start (segments, first);
  for (const char *segment = first; segment != NULL; segment = va_arg (segments, const char *))
    {
      g_string_append_c (path, '/');
      g_string_append_uri_escaped (path, segment, NULL, FALSE);
    }
  va_end (segments);

  return g_string_free_and_steal (path);
}

char *
rounds_api_add_query (char *path, const char *name, const char *value)
{
  g_autofree char *owned = path;
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  return g_strconcat (owned, strchr (owned, '?') != NULL ? "&" : "?", name, "=", escaped, NULL);
}

char *
rounds_api_add_range (char *path, RoundsTimeRange range)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (range.start >= range.end)
    return path;
  from = rounds_time_to_rfc3339 (range.start);
  to = rounds_time_to_rfc3339 (range.end);
  return rounds_api_add_query (rounds_api_add_query (path, "from", from), "to", to);
}

gboolean
rounds_api_is_id (const char *id)
{
  return id != NULL && *id != '\0' && strcmp (id, ".") != 0 && strcmp (id, "..") != 0;
}
