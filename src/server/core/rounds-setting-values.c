/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Kinds of values that several settings have: times, rates, texts that may be absent.
 * Which settings there are is rounds-server-config.c's.
 */

#include "config.h"

#include "rounds-setting-values.h"

#include "rounds-clock.h"

#include <string.h>

#define LONGEST_RATE_SPAN 3600
#define MOST_REQUESTS 1000000

gboolean
rounds_setting_refuse (GError **error, const char *name, const char *expected)
{
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_CONFIG, "%s: expected %s", name,
               expected);
  return FALSE;
}

static gboolean
parse_duration (const char *text, gint64 most, gint64 *seconds)
{
  static const char units[] = "smhd";
  static const gint64 lengths[] = { 1, 60, 3600, 86400 };
  g_autofree char *digits = g_strstrip (g_strdup (text));
  gsize length = strlen (digits);
  gint64 unit = 1;
  guint64 number = 0;

  if (length > 0 && !g_ascii_isdigit (digits[length - 1]))
    {
      const char *found = strchr (units, digits[length - 1]);
      if (found == NULL)
        return FALSE;
      unit = lengths[found - units];
      digits[length - 1] = '\0';
    }
  if (!g_ascii_string_to_unsigned (digits, 10, 1, (guint64)(most / unit), &number, NULL))
    return FALSE;
  *seconds = (gint64)number * unit;
  return TRUE;
}

gboolean
rounds_setting_take_duration (RoundsSettingLayers *settings, const char *name, gint64 most,
                              gint64 *seconds, GError **error)
{
  g_return_val_if_fail (settings != NULL && name != NULL && seconds != NULL, FALSE);

  const char *text = rounds_setting_layers_get (settings, name);
  if (text == NULL || parse_duration (text, most, seconds))
    return TRUE;
  return rounds_setting_refuse (error, name, "a time in seconds, or as “30m”, “12h”, “7d”");
}

gboolean
rounds_setting_take_rate (RoundsSettingLayers *settings, const char *name, RoundsRate *rate,
                          GError **error)
{
  g_return_val_if_fail (settings != NULL && name != NULL && rate != NULL, FALSE);

  const char *text = rounds_setting_layers_get (settings, name);
  guint64 n_requests = 0;
  gint64 seconds = 0;
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "off"))
    {
      *rate = (RoundsRate){ 0 };
      return TRUE;
    }
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);
  if (g_strv_length (parts) != 2
      || !g_ascii_string_to_unsigned (g_strstrip (parts[0]), 10, 1, MOST_REQUESTS, &n_requests,
                                      NULL)
      || !parse_duration (parts[1], LONGEST_RATE_SPAN, &seconds))
    return rounds_setting_refuse (error, name,
                                  "requests in a time of up to an hour, as “1200/1m”, or “off”");
  *rate = (RoundsRate){ .n_requests = (guint)n_requests, .span = seconds * ROUNDS_SECOND };
  return TRUE;
}

char *
rounds_setting_dup_optional (RoundsSettingLayers *settings, const char *name)
{
  g_return_val_if_fail (settings != NULL && name != NULL, NULL);

  const char *value = rounds_setting_layers_get (settings, name);
  return value != NULL && *value != '\0' ? g_strstrip (g_strdup (value)) : NULL;
}
