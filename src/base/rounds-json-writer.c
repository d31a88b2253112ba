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

/* Room for @length bytes and a NUL behind the text, which is as long as before. */
static char *
make_room (GString *text, gsize length)
{
  gsize end = text->len;

  if (end + length >= text->allocated_len)
    {
      g_string_set_size (text, end + length);
      text->len = end;
    }
  return text->str + end;
}

/* Up to @p, which make_room() gave or what follows it. */
static void
end_at (GString *text, char *p)
{
  text->len = (gsize)(p - text->str);
  *p = '\0';
}

static gboolean
needs_escape (guchar c)
{
  return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

/* Sixteen bytes that are looked at in one go. */
typedef guint8 Block __attribute__ ((vector_size (16)));
#define HALF 8

static gboolean
any_needs_escape (const Block *block)
{
  const Block found
      = (Block)((*block < 0x20) | (*block == '"') | (*block == '\\') | (*block == 0x7f));
  guint64 halves[2];

  memcpy (halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/* Copies what of @value stands for itself in JSON: all of UTF-8 but quotes, backslashes and control
 * characters. By blocks, the last one together with some of what is before, or the two halves of a
 * short text: most of what is written is such text. Returns how much. */
static gsize
copy_plain (char *to, const char *value, gsize length)
{
  gsize done = 0;
  Block block;

  while (done + sizeof block <= length)
    {
      memcpy (&block, value + done, sizeof block);
      if (any_needs_escape (&block))
        break;
      memcpy (to + done, &block, sizeof block);
      done += sizeof block;
      if (done < length && done + sizeof block > length)
        done = length - sizeof block;
    }
  if (length >= HALF && length < sizeof block)
    {
      memcpy (&block, value, HALF);
      memcpy ((char *)&block + HALF, value + length - HALF, HALF);
      if (!any_needs_escape (&block))
        {
          memcpy (to, value, length);
          return length;
        }
    }
  for (; done < length && !needs_escape ((guchar)value[done]); done++)
    to[done] = value[done];
  return done;
}

static char *
append_escaped_text (GString *text, char *p, const char *value, gsize length)
{
  while (TRUE)
    {
      gsize n_plain = copy_plain (p, value, length);

      p += n_plain;
      if (n_plain == length)
        return p;
      end_at (text, p);
      append_escaped (text, (guchar)value[n_plain]);
      value += n_plain + 1;
      length -= n_plain + 1;
      p = make_room (text, length + 1);
    }
}

/* The comma before and the name of a value, with room for @length bytes behind them. */
static char *
begin_value (RoundsJsonWriter *self, const char *member, gsize length)
{
  gsize member_length = member != NULL ? strlen (member) : 0;
  char *p = make_room (self->text, member_length + 4 + length);

  if (self->needs_comma)
    *p++ = ',';
  self->needs_comma = TRUE;
  if (member == NULL)
    return p;
  *p++ = '"';
  memcpy (p, member, member_length);
  p += member_length;
  *p++ = '"';
  *p++ = ':';
  return p;
}

void
rounds_json_write_text (RoundsJsonWriter *self, const char *member, const char *value)
{
  if (value == NULL)
    return;

  gsize length = strlen (value);
  char *p = begin_value (self, member, length + 2);
  *p++ = '"';
  p = append_escaped_text (self->text, p, value, length);
  *p++ = '"';
  end_at (self->text, p);
}

const char *
rounds_json_format_int (gint64 value, char digits[static ROUNDS_JSON_INT_SIZE])
{
  char *first = digits + ROUNDS_JSON_INT_SIZE - 1;
  /* Of the smallest number there is no positive one. */
  guint64 rest = value < 0 ? 0 - (guint64)value : (guint64)value;

  *first = '\0';
  do
    {
      *--first = (char)('0' + rest % 10);
      rest /= 10;
    }
  while (rest > 0);
  if (value < 0)
    *--first = '-';
  return first;
}

/* A value that is JSON already. */
static void
write_raw (RoundsJsonWriter *self, const char *member, const char *json)
{
  gsize length = strlen (json);
  char *p = begin_value (self, member, length);

  memcpy (p, json, length);
  end_at (self->text, p + length);
}

void
rounds_json_write_int (RoundsJsonWriter *self, const char *member, gint64 value)
{
  char digits[ROUNDS_JSON_INT_SIZE];

  write_raw (self, member, rounds_json_format_int (value, digits));
}

void
rounds_json_write_boolean (RoundsJsonWriter *self, const char *member, gboolean value)
{
  write_raw (self, member, value ? "true" : "false");
}

void
rounds_json_write_time (RoundsJsonWriter *self, const char *member, gint64 moment)
{
  if (moment == ROUNDS_TIME_NONE)
    return;
  /* Where it belongs: nothing in it needs an escape. */
  char *p = begin_value (self, member, ROUNDS_RFC3339_SIZE + 1);
  *p++ = '"';
  rounds_time_format_rfc3339 (moment, p);
  p += strlen (p);
  *p++ = '"';
  end_at (self->text, p);
}

void
rounds_json_write_strv (RoundsJsonWriter *self, const char *member, char *const *values)
{
  rounds_json_begin_array (self, member);
  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    rounds_json_write_text (self, NULL, values[i]);
  rounds_json_end_array (self);
}

static void
begin (RoundsJsonWriter *self, const char *member, char bracket)
{
  char *p = begin_value (self, member, 1);

  *p++ = bracket;
  end_at (self->text, p);
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
