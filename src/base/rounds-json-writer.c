/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * JSON text written from front to back, with no tree in between.
 * Reading is json-glib's; see rounds-json.h.
 */

#include "config.h"

#include "rounds-json-writer.h"

#include "rounds-clock.h"
#include "rounds-json.h"

#include <string.h>

static void
append_escaped (GString *text, guchar c)
{
  static const char special[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (gsize i = 0; special[i] != '\0'; i += 2)
    {
      if ((guchar)special[i] == c)
        {
          g_string_append_c (text, '\\');
          g_string_append_c (text, special[i + 1]);
          return;
        }
    }
  g_string_append_printf (text, "\\u%04x", c);
}

/* What JSON wants escaped: quotes, backslashes and control characters. All else of UTF-8 stands for
 * itself. By a table rather than by comparing: most of what is written is such text. */
static gsize
count_plain (const char *value)
{
  static const guint8 ends[256] = {
    [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,  [4] = 1,  [5] = 1,   [6] = 1,    [7] = 1,    [8] = 1,
    [9] = 1,  [10] = 1, [11] = 1, [12] = 1, [13] = 1, [14] = 1,  [15] = 1,   [16] = 1,   [17] = 1,
    [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1,  [24] = 1,   [25] = 1,   [26] = 1,
    [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1, ['"'] = 1, ['\\'] = 1, [0x7f] = 1,
  };
  const guchar *p = (const guchar *)value;

  while (ends[*p] == 0)
    p++;
  return (gsize)(p - (const guchar *)value);
}

static void
append_quoted (GString *text, const char *value)
{
  const char *start = value;

  g_string_append_c (text, '"');
  while (TRUE)
    {
      const char *p = start + count_plain (start);

      g_string_append_len (text, start, p - start);
      if (*p == '\0')
        break;
      append_escaped (text, (guchar)*p);
      start = p + 1;
    }
  g_string_append_c (text, '"');
}

/* The comma before and the name of a value. */
static void
begin_value (RoundsJsonWriter *self, const char *member)
{
  if (self->needs_comma)
    g_string_append_c (self->text, ',');
  self->needs_comma = TRUE;
  if (member == NULL)
    return;
  g_string_append_c (self->text, '"');
  g_string_append (self->text, member);
  g_string_append_len (self->text, "\":", 2);
}

void
rounds_json_write_text (RoundsJsonWriter *self, const char *member, const char *value)
{
  if (value == NULL)
    return;
  begin_value (self, member);
  append_quoted (self->text, value);
}

void
rounds_json_write_int (RoundsJsonWriter *self, const char *member, gint64 value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  /* Of the smallest number there is no positive one. */
  guint64 rest = value < 0 ? 0 - (guint64)value : (guint64)value;

  begin_value (self, member);
  do
    {
      *--p = (char)('0' + rest % 10);
      rest /= 10;
    }
  while (rest > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (self->text, p, digits + sizeof digits - p);
}

void
rounds_json_write_boolean (RoundsJsonWriter *self, const char *member, gboolean value)
{
  rounds_json_write_raw (self, member, value ? "true" : "false");
}

void
rounds_json_write_null (RoundsJsonWriter *self, const char *member)
{
  rounds_json_write_raw (self, member, "null");
}

void
rounds_json_write_time (RoundsJsonWriter *self, const char *member, gint64 moment)
{
  char text[ROUNDS_RFC3339_SIZE];

  if (moment == ROUNDS_TIME_NONE)
    return;
  rounds_time_format_rfc3339 (moment, text);
  begin_value (self, member);
  g_string_append_c (self->text, '"');
  g_string_append (self->text, text);
  g_string_append_c (self->text, '"');
}

void
rounds_json_write_strv (RoundsJsonWriter *self, const char *member, char *const *values)
{
  rounds_json_begin_array (self, member);
  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    rounds_json_write_text (self, NULL, values[i]);
  rounds_json_end_array (self);
}

void
rounds_json_write_raw (RoundsJsonWriter *self, const char *member, const char *json)
{
  begin_value (self, member);
  g_string_append (self->text, json);
}

static void
begin (RoundsJsonWriter *self, const char *member, char bracket)
{
  begin_value (self, member);
  g_string_append_c (self->text, bracket);
  self->needs_comma = FALSE;
}

static void
end (RoundsJsonWriter *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->needs_comma = TRUE;
}

void
rounds_json_begin_object (RoundsJsonWriter *self, const char *member)
{
  begin (self, member, '{');
}

void
rounds_json_end_object (RoundsJsonWriter *self)
{
  end (self, '}');
}

void
rounds_json_begin_array (RoundsJsonWriter *self, const char *member)
{
  begin (self, member, '[');
}

void
rounds_json_end_array (RoundsJsonWriter *self)
{
  end (self, ']');
}
