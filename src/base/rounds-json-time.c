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
/* From 0000-03-01. */
#define DAYS_TO_EPOCH 719468

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

/* The date of a day that is counted from 1 March of the year 0: counted like that, a leap day is
 * the last of its year, of its four years, and so on up to the 400 after which the calendar begins
 * anew. The months from March on have 153 days in each five. */
static char *
put_date (char *p, guint32 days)
{
  guint32 day = days % 146097;
  guint32 year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  guint32 day_of_year = day - (365 * year + year / 4 - year / 100);
  guint32 month = (5 * day_of_year + 2) / 153; /* 0 is March */
  guint32 day_of_month = day_of_year - (153 * month + 2) / 5 + 1;

  year += days / 146097 * 400 + (month >= 10 ? 1 : 0);
  *p++ = (char)('0' + year / 1000);
  *p++ = (char)('0' + year / 100 % 10);
  p = put_two (p, year % 100, '-');
  p = put_two (p, month < 10 ? month + 3 : month - 9, '-');
  return put_two (p, day_of_month, 'T');
}

void
rounds_time_format_rfc3339 (gint64 moment, char text[static ROUNDS_RFC3339_SIZE])
{
  gint64 days = moment / ROUNDS_DAY;
  gint64 rest = moment % ROUNDS_DAY;
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
  /* By hand, and without GDate: a list of a thousand records has seven thousand of these. */
  p = put_date (p, (guint32)(days + DAYS_TO_EPOCH));
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
