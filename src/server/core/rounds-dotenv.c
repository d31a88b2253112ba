/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The `.env` format: NAME=value by line, with comments, quotes and `export`.
 * Values do not refer to each other and run nothing.
 */

#include "config.h"

#include "rounds-dotenv.h"

#include <string.h>

static gboolean
is_name (const char *text)
{
  if (!g_ascii_isalpha (*text) && *text != '_')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '_')
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_rest_of_line (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;
  return *text == '\0' || *text == '#';
}

/* "…" knows \n, \t, \" and \\; '…' is taken as it stands. NULL when the quote does not end. */
static char *
parse_quoted (const char *text)
{
  char quote = *text;
  g_autoptr (GString) value = g_string_new (NULL);
  const char *p = text + 1;
  for (; *p != '\0' && *p != quote; p++)
    {
      if (quote == '"' && *p == '\\' && p[1] != '\0')
        {
          p++;
          g_string_append_c (value, *p == 'n' ? '\n' : *p == 't' ? '\t' : *p);
          continue;
        }
      g_string_append_c (value, *p);
    }
  if (*p != quote || !is_rest_of_line (p + 1))
    return NULL;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* Up to the end of the line or to a "#" after a blank. */
static char *
parse_plain (const char *text)
{
  gsize length = 0;
  while (text[length] != '\0'
         && !(text[length] == '#' && (length == 0 || g_ascii_isspace (text[length - 1]))))
    length++;
  return g_strchomp (g_strndup (text, length));
}

static gboolean
parse_line (char *line, GHashTable *values)
{
  char *text = g_strstrip (line);
  if (*text == '\0' || *text == '#')
    return TRUE;
  if (g_str_has_prefix (text, "export "))
    text = g_strchug (text + strlen ("export "));
  char *equals = strchr (text, '=');
  if (equals == NULL)
    return FALSE;
  *equals = '\0';
  char *name = g_strchomp (text);
  const char *written = g_strchug (equals + 1);
  char *value
      = *written == '"' || *written == '\'' ? parse_quoted (written) : parse_plain (written);
  if (value == NULL || !is_name (name))
    {
      g_free (value);
      return FALSE;
    }
  g_hash_table_replace (values, g_strdup (name), value);
  return TRUE;
}

GHashTable *
rounds_dotenv_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  g_auto (GStrv) lines = g_strsplit (start, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      /* Security: the line itself may hold a secret; its number says enough. */
      if (!g_utf8_validate (lines[i], -1, NULL) || !parse_line (lines[i], values))
        {
          g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG,
                       "Line %" G_GSIZE_FORMAT " is not of the form NAME=value", i + 1);
          return NULL;
        }
    }
  return g_steal_pointer (&values);
}
