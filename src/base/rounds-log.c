/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The redacting log writer.
 * It is no place to hide a leak: what it takes out should not have been logged.
 */

#include "rounds-log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rounds-json-writer.h"

#define HIDDEN "«…»"

/* Security: each pattern is linear in the text (possessive where a repeat could be taken back), so
 * that a hostile text cannot make logging slow. The order matters: what a rule has put in place of
 * a secret is left alone by the next. */
static const struct
{
  const char *pattern;
  const char *replacement;
} rules[] = {
  /* JWTs: all begin with the base64url of `{"`. Cut ones are hidden too. */
  { "eyJ[\\w-]{4,}+(?:\\.[\\w-]*+)*+", HIDDEN },
  { "\\b(bearer\\s++)[^\\s\"',;«]++", "\\1" HIDDEN },
  { "\\b(authorization[\"']?\\s*+[:=]\\s*+[\"']?(?:basic\\s++)?)(?!bearer\\b|basic\\b)[^\\s\"',;«]+"
    "+",
    "\\1" HIDDEN },
  /* key=value, key%3Dvalue and "key": "value". */
  { "((?:jwt|token|passw(?:or)?d|passphrase|secret|api_?key)[\"']?\\s*+(?:=|%3D)\\s*+)"
    "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|'[^']*+'?|[^\\s&#,;\"')}«]++)",
    "\\1" HIDDEN },
  { "((?:jwt|token|passw(?:or)?d|passphrase|secret|api_?key)[\"']\\s*+:\\s*+)"
    "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|'[^']*+'?|[^\\s&#,;\"')}«]++)",
    "\\1" HIDDEN },
  { "((?:passw(?:or)?d|passphrase|secret)\\s*+:\\s*+)[^\\s«]++", "\\1" HIDDEN },
  { "((?:jwt|token)\\s*+:\\s*+)[\\w.~+/=-]{16,}+", "\\1" HIDDEN },
  /* E-mail addresses, also percent-encoded in a URL's query. It begins only where a word does: one
   * look at each word, not one at each letter of it. */
  { "(?<![^\\s@<>\"'`(),:;=?&/\\[\\]{}|«»])"
    "(?:[^\\s@%<>\"'`(),:;=?&/\\[\\]{}|«»]|%(?!40))++(?:@|%40)"
    "[^\\s@<>\"'`(),:;=?&/\\[\\]{}|«»]++",
    HIDDEN },
};

static GRegex *
get_rule (gsize position)
{
  static gsize compiled = 0;
  static GRegex *regexes[G_N_ELEMENTS (rules)];

  if (g_once_init_enter (&compiled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
        {
          g_autoptr (GError) error = NULL;

          regexes[i] = g_regex_new (rules[i].pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE,
                                    G_REGEX_MATCH_DEFAULT, &error);
          g_assert_no_error (error);
        }
      g_once_init_leave (&compiled, 1);
    }

  return regexes[position];
}

static const char *
find_domain (const GLogField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (fields[i].length < 0 && g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        return fields[i].value;
    }
  return NULL;
}

char *
rounds_log_redact (const char *text)
{
  g_autofree char *redacted = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  redacted = g_utf8_make_valid (text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      char *next = g_regex_replace (get_rule (i), redacted, -1, 0, rules[i].replacement,
                                    G_REGEX_MATCH_DEFAULT, NULL);

      /* Security: a text that the matcher gives up on is hidden whole. */
      if (next == NULL)
        return g_strdup (HIDDEN);
      g_free (redacted);
      redacted = next;
    }

  return g_steal_pointer (&redacted);
}

static RoundsLogFormat log_format = ROUNDS_LOG_TEXT;

void
rounds_log_set_format (RoundsLogFormat format)
{
  log_format = format;
}

RoundsLogFormat
rounds_log_get_format (void)
{
  return log_format;
}

gboolean
rounds_log_is_journal (void)
{
  static gsize known = 0;

  /* 1: no, 2: yes. */
  if (g_once_init_enter (&known))
    g_once_init_leave (&known, g_log_writer_is_journald (fileno (stderr)) ? 2 : 1);
  return known == 2;
}

void
rounds_log_write_safe (const char *line, gsize length)
{
  g_return_if_fail (line != NULL);

  while (length > 0)
    {
      gssize written = write (STDERR_FILENO, line, length);

      if (written < 0 && errno == EINTR)
        continue;
      /* There is nowhere to say that the log cannot be written. */
      if (written <= 0)
        return;
      line += written;
      length -= (gsize)written;
    }
}

static const char *
name_level (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  return level & G_LOG_LEVEL_DEBUG ? "debug" : "info";
}

/* The fields have been redacted. */
static void
write_as_json (GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
  g_autoptr (GString) line = g_string_new (NULL);
  RoundsJsonWriter writer = { line };

  rounds_json_begin_object (&writer, NULL);
  rounds_json_write_time (&writer, "time", g_get_real_time ());
  rounds_json_write_text (&writer, "level", name_level (level));
  for (gsize i = 0; i < n_fields; i++)
    {
      if (fields[i].length == 0)
        continue;
      if (g_str_equal (fields[i].key, "MESSAGE"))
        rounds_json_write_text (&writer, "message", fields[i].value);
      else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        rounds_json_write_text (&writer, "domain", fields[i].value);
    }
  rounds_json_end_object (&writer);
  g_string_append_c (line, '\n');
  rounds_log_write_safe (line->str, line->len);
}

GLogWriterOutput
rounds_log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                   gpointer user_data)
{
  g_autofree GLogField *clean = NULL;
  g_autoptr (GPtrArray) texts = NULL;

  g_return_val_if_fail (fields != NULL && n_fields > 0, G_LOG_WRITER_UNHANDLED);

  if (g_log_writer_default_would_drop (level, find_domain (fields, n_fields)))
    return G_LOG_WRITER_HANDLED;

  clean = g_memdup2 (fields, n_fields * sizeof *fields);
  texts = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *text = NULL;

      /* GLib's convention: length 0 is a pointer of the caller, which is never written. */
      if (fields[i].length == 0)
        continue;

      text = fields[i].length < 0 ? g_strdup (fields[i].value)
                                  : g_strndup (fields[i].value, fields[i].length);
      clean[i].value = rounds_log_redact (text);
      clean[i].length = -1;
      g_ptr_array_add (texts, (gpointer)clean[i].value);
    }

  if (log_format == ROUNDS_LOG_JSON)
    {
      write_as_json (level, clean, n_fields);
      return G_LOG_WRITER_HANDLED;
    }
  return g_log_writer_default (level, clean, n_fields, user_data);
}
