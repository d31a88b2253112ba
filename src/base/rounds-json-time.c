/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Moments as RFC 3339 text and back, by arithmetic on the Gregorian calendar.
 * It knows no time zone names; wall clocks are in model.
 */

#include "rounds-json.h"

#include <string.h>

#include "rounds-clock.h"

/* GDate counts days from 0001-01-01 = 1. */
#define JULIAN_OF_EPOCH 719163
#define JULIAN_OF_LAST_DAY 3652059 /* 9999-12-31 */

/* Takes exactly @n_digits digits off @text, which moves on. */
static gboolean
take_number (const char **text, guint n_digits, int *out)
{
  int value = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      value = 10 * value + g_ascii_digit_value ((*text)[i]);
    }

  *text += n_digits;
  *out = value;
  return TRUE;
}

static gboolean
take_character (const char **text, const char *any_of)
{
  if (**text == '\0' || strchr (any_of, **text) == NULL)
    return FALSE;

  (*text)++;
  return TRUE;
}

static gboolean
take_date (const char **text, gint64 *days)
{
  int year, month, day;
  GDate date;

  if (!take_number (text, 4, &year) || !take_character (text, "-") || !take_number (text, 2, &month)
      || !take_character (text, "-") || !take_number (text, 2, &day))
    return FALSE;
  if (month > 12 || !g_date_valid_dmy (day, month, year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  *days = (gint64)g_date_get_julian (&date) - JULIAN_OF_EPOCH;
  return TRUE;
}

static gboolean
take_fraction (const char **text, gint64 *microseconds)
{
  gint64 unit = ROUNDS_SECOND / 10;

  *microseconds = 0;
  if (!take_character (text, "."))
    return TRUE;
  if (!g_ascii_isdigit (**text))
    return FALSE;

  for (; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    *microseconds += unit * g_ascii_digit_value (**text);
  return TRUE;
}

static gboolean
take_offset (const char **text, gint64 *offset)
{
  int hours, minutes, sign;

  *offset = 0;
  if (take_character (text, "Zz"))
    return TRUE;

  sign = **text == '-' ? -1 : 1;
  if (!take_character (text, "+-") || !take_number (text, 2, &hours) || !take_character (text, ":")
      || !take_number (text, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;

  *offset = sign * (hours * ROUNDS_HOUR + minutes * ROUNDS_MINUTE);
  return TRUE;
}

gboolean
rounds_time_from_rfc3339 (const char *text, gint64 *out)
{
  int hour, minute, second;
  gint64 days, microseconds, offset, moment;

  g_return_val_if_fail (text != NULL && out != NULL, FALSE);

  if (!take_date (&text, &days) || !take_character (&text, "Tt") || !take_number (&text, 2, &hour)
      || !take_character (&text, ":") || !take_number (&text, 2, &minute)
      || !take_character (&text, ":") || !take_number (&text, 2, &second)
      || !take_fraction (&text, &microseconds) || !take_offset (&text, &offset) || *text != '\0')
    return FALSE;
  /* 60 is a leap second; Unix time gives it the number of the second after. */
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;

  moment = days * ROUNDS_DAY + hour * ROUNDS_HOUR + minute * ROUNDS_MINUTE + second * ROUNDS_SECOND
           + microseconds - offset;
  if (moment < (1 - JULIAN_OF_EPOCH) * ROUNDS_DAY
      || moment >= (JULIAN_OF_LAST_DAY + 1 - JULIAN_OF_EPOCH) * ROUNDS_DAY)
    return FALSE;

  *out = moment;
  return TRUE;
}

static char *
put_two (char *p, guint number, char after)
{
  p[0] = (char)('0' + number / 10);
  p[1] = (char)('0' + number % 10);
  p[2] = after;
  return p + 3;
}

void
rounds_time_format_rfc3339 (gint64 moment, char text[static ROUNDS_RFC3339_SIZE])
{
  gint64 days = moment / ROUNDS_DAY;
  gint64 rest = moment % ROUNDS_DAY;
  GDate date;
  char *p = text;

  *p = '\0';
  if (rest < 0)
    {
      rest += ROUNDS_DAY;
      days--;
    }
  g_return_if_fail (days >= 1 - JULIAN_OF_EPOCH);
  g_return_if_fail (days <= JULIAN_OF_LAST_DAY - JULIAN_OF_EPOCH);

  guint seconds = (guint)(rest / ROUNDS_SECOND);
  guint thousandths = (guint)(rest % ROUNDS_SECOND / 1000);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(days + JULIAN_OF_EPOCH));
  /* By hand: a list of a thousand records has four thousand of these. */
  guint year = g_date_get_year (&date);
  *p++ = (char)('0' + year / 1000);
  *p++ = (char)('0' + year / 100 % 10);
  p = put_two (p, year % 100, '-');
  p = put_two (p, (guint)g_date_get_month (&date), '-');
  p = put_two (p, g_date_get_day (&date), 'T');
  p = put_two (p, seconds / 3600, ':');
  p = put_two (p, seconds / 60 % 60, ':');
  p = put_two (p, seconds % 60, '.');
  *p++ = (char)('0' + thousandths / 100);
  p = put_two (p, thousandths % 100, 'Z');
  *p = '\0';
}

char *
rounds_time_to_rfc3339 (gint64 moment)
{
  char text[ROUNDS_RFC3339_SIZE];

  rounds_time_format_rfc3339 (moment, text);
  return *text != '\0' ? g_strdup (text) : NULL;
}
