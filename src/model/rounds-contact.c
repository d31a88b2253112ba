/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whether an e-mail address or a phone number can be one.
 * Whether anybody is reached by it, only a message can tell.
 */

#include "rounds-appointment-draft.h"

#include <string.h>

#define LONGEST_EMAIL 254
#define LONGEST_LOCAL_PART 64
#define LONGEST_LABEL 63
#define LEAST_DIGITS 3
/* E.164 has 15; the rest is room for an extension. */
#define MOST_DIGITS 20

/* Letters beyond ASCII are taken: internationalised addresses have them. */
static gboolean
is_word_character (gunichar c)
{
  return c >= 0x80 ? g_unichar_isgraph (c) : g_ascii_isalnum ((char)c);
}

static gboolean
check_local_part (const char *start, const char *end)
{
  gboolean after_dot = TRUE;

  if (end == start || end - start > LONGEST_LOCAL_PART)
    return FALSE;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '.' && after_dot)
        return FALSE;
      after_dot = c == '.';
      if (c != '.' && !is_word_character (c)
          && (c >= 0x80 || strchr ("!#$%&'*+/=?^_`{|}~-", (int)c) == NULL))
        return FALSE;
    }
  return !after_dot;
}

static gboolean
check_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > LONGEST_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p != '-' && !is_word_character (g_utf8_get_char (p)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);

  for (char **label = labels; *label != NULL; label++)
    {
      if (!check_label (*label))
        return FALSE;
    }
  return g_strv_length (labels) >= 2;
}

gboolean
rounds_email_looks_valid (const char *email)
{
  const char *at = NULL;

  if (email == NULL || strlen (email) > LONGEST_EMAIL || !g_utf8_validate (email, -1, NULL))
    return FALSE;

  at = strrchr (email, '@');
  return at != NULL && check_local_part (email, at) && check_domain (at + 1);
}

static gboolean
is_separator (gunichar c)
{
  return c == ' ' || c == 0xa0 || c == '-' || c == '.' || c == '(' || c == ')' || c == '/'
         || (c >= 0x2010 && c <= 0x2013);
}

/* "x", "ext" or "ext.", once, before the digits of an extension. Returns where it ends. */
static const char *
skip_extension_mark (const char *p)
{
  if (g_ascii_strncasecmp (p, "ext", 3) == 0)
    return p + 3;
  if (*p == 'x' || *p == 'X')
    return p + 1;
  return NULL;
}

gboolean
rounds_phone_looks_valid (const char *phone)
{
  guint n_digits = 0;
  gboolean in_extension = FALSE;
  const char *p = phone;

  if (phone == NULL || strlen (phone) > LONGEST_EMAIL || !g_utf8_validate (phone, -1, NULL))
    return FALSE;

  if (*p == '+')
    p++;
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      const char *after_mark = skip_extension_mark (p);

      if (g_unichar_isdigit (c))
        n_digits++;
      else if (after_mark != NULL && !in_extension && n_digits >= LEAST_DIGITS)
        {
          in_extension = TRUE;
          p = after_mark;
          continue;
        }
      else if (!is_separator (c))
        return FALSE;
      p = g_utf8_next_char (p);
    }
  return n_digits >= LEAST_DIGITS && n_digits <= MOST_DIGITS;
}
