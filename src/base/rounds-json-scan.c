/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One pass over a JSON text that needs no recursion: limits, comments, numbers.
 * What it lets through is not yet JSON; json-glib's strict parser decides that.
 */

#include "rounds-json-scan-private.h"

#include <string.h>

typedef struct
{
  char *position;
  char *end;
  char open[ROUNDS_JSON_MAX_DEPTH]; /* the closing brackets that are waited for */
  guint depth;
  guint line;
} Scan;

static gboolean
fail_syntax (Scan *scan, GError **error)
{
  /* Security: the text itself is not quoted; it may hold patient data and errors are logged. */
  g_set_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_SYNTAX,
               "The JSON has a mistake in line %u", scan->line);
  return FALSE;
}

static gboolean
open_bracket (Scan *scan, GError **error)
{
  if (scan->depth == ROUNDS_JSON_MAX_DEPTH)
    {
      g_set_error (error, ROUNDS_JSON_ERROR, ROUNDS_JSON_ERROR_TOO_DEEP,
                   "The JSON is nested more than %d levels deep", ROUNDS_JSON_MAX_DEPTH);
      return FALSE;
    }

  scan->open[scan->depth++] = *scan->position == '{' ? '}' : ']';
  scan->position++;
  return TRUE;
}

static gboolean
close_bracket (Scan *scan, GError **error)
{
  if (scan->depth == 0 || scan->open[scan->depth - 1] != *scan->position)
    return fail_syntax (scan, error);

  scan->depth--;
  scan->position++;
  return TRUE;
}

static gboolean
skip_string (Scan *scan, GError **error)
{
  for (scan->position++; scan->position < scan->end; scan->position++)
    {
      if (*scan->position == '"')
        {
          scan->position++;
          return TRUE;
        }
      if (*scan->position == '\\')
        {
          /* Security: json-glib ends the string at an escaped U+0000, so that what was checked and
           * what the sender meant would differ. */
          if (scan->end - scan->position >= 6 && memcmp (scan->position, "\\u0000", 6) == 0)
            return fail_syntax (scan, error);
          scan->position++;
        }
    }

  return fail_syntax (scan, error);
}

static gboolean
blank_comment (Scan *scan, GError **error)
{
  gboolean block = scan->end - scan->position >= 2 && scan->position[1] == '*';

  if (!block && (scan->end - scan->position < 2 || scan->position[1] != '/'))
    return fail_syntax (scan, error);

  *scan->position++ = ' ';
  *scan->position++ = ' ';
  for (; scan->position < scan->end; scan->position++)
    {
      if (*scan->position == '\n')
        {
          if (!block)
            return TRUE;
          scan->line++;
          continue;
        }
      if (block && *scan->position == '*' && scan->end - scan->position >= 2
          && scan->position[1] == '/')
        {
          *scan->position++ = ' ';
          *scan->position++ = ' ';
          return TRUE;
        }
      *scan->position = ' ';
    }

  return block ? fail_syntax (scan, error) : TRUE;
}

static void
skip_number (Scan *scan)
{
  char *start = scan->position;
  gboolean negative = *start == '-';
  char *digits = negative ? start + 1 : start;
  gsize n_digits = 0;
  const char *largest = negative ? "9223372036854775808" : "9223372036854775807";

  for (scan->position = digits; scan->position < scan->end; scan->position++)
    {
      if (!g_ascii_isdigit (*scan->position))
        break;
      n_digits++;
    }
  if (scan->position < scan->end && strchr (".eE", *scan->position) != NULL)
    return;
  if (n_digits < 19 || (n_digits == 19 && memcmp (digits, largest, 19) <= 0))
    return;

  /* Same length, about the same value, but a float: its last digits no longer count. */
  scan->position[-2] = 'e';
  scan->position[-1] = '2';
}

static gboolean
scan_token (Scan *scan, GError **error)
{
  char c = *scan->position;

  switch (c)
    {
    case '{':
    case '[':
      return open_bracket (scan, error);
    case '}':
    case ']':
      return close_bracket (scan, error);
    case '"':
      return skip_string (scan, error);
    case '/':
      return blank_comment (scan, error);
    default:
      break;
    }

  if (c == '-' || g_ascii_isdigit (c))
    {
      skip_number (scan);
      return TRUE;
    }
  if (c == '\n')
    scan->line++;
  scan->position++;
  return TRUE;
}

gboolean
rounds_json_scan (char *text, gsize length, GError **error)
{
  Scan scan = { .position = text, .end = text + length, .line = 1 };

  while (scan.position < scan.end)
    {
      if (!scan_token (&scan, error))
        return FALSE;
    }

  return scan.depth == 0 ? TRUE : fail_syntax (&scan, error);
}
