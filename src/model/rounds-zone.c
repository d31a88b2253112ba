/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * IANA zones by name, and where their clocks skip or repeat.
 * GDateTime is not used: it moves a skipped wall time silently.
 */

#include "rounds-zone-private.h"

#include <string.h>

#include "rounds-wall-time.h"

#define LONGEST_NAME 64
/* More than any zone was ever ahead of or behind UTC. */
#define WIDEST_OFFSET (26 * 60 * 60)

/* Security: names come from requests. GLib would open any path, also relative ones, read POSIX
 * rules ("ABC5") and offsets ("+05:00") as zones, and complain loudly about files of the zone
 * folder that hold no zone ("leapseconds"). */
static gboolean
looks_like_zone (const char *name)
{
  gboolean has_folder = strchr (name, '/') != NULL;

  if (!g_ascii_isupper (name[0]) || strlen (name) > LONGEST_NAME || strstr (name, "..") != NULL)
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (g_ascii_isalpha (*p) || *p == '/' || *p == '_' || *p == '-')
        continue;
      if (has_folder && (g_ascii_isdigit (*p) || *p == '+'))
        continue;
      return FALSE;
    }

  /* "Z" is GLib's own; "Factory" is what the database calls a machine that was never set up. */
  return name[1] != '\0' && !g_str_equal (name, "Factory");
}

GTimeZone *
rounds_zone_lookup (const char *name)
{
  static GMutex lock;
  static GHashTable *zones = NULL;
  g_autoptr (GMutexLocker) locker = NULL;
  GTimeZone *zone = NULL;

  if (name == NULL || !looks_like_zone (name))
    return NULL;

  locker = g_mutex_locker_new (&lock);
  if (zones == NULL)
    zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                   (GDestroyNotify)g_time_zone_unref);

  /* Only names that exist are kept, so the table cannot grow beyond the time zone database. */
  zone = g_hash_table_lookup (zones, name);
  if (zone == NULL)
    {
      zone = g_time_zone_new_identifier (name);
      if (zone == NULL)
        return NULL;
      g_hash_table_insert (zones, g_strdup (name), zone);
    }
  return g_time_zone_ref (zone);
}

gboolean
rounds_zone_is_valid (const char *zone)
{
  g_autoptr (GTimeZone) found = rounds_zone_lookup (zone);

  return found != NULL;
}

static int
find_interval (GTimeZone *zone, gint64 moment)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, moment);
}

gint64
rounds_zone_get_offset_at (GTimeZone *zone, gint64 moment)
{
  g_return_val_if_fail (zone != NULL, 0);

  return g_time_zone_get_offset (zone, find_interval (zone, moment));
}

/* The first moment of @interval, known to be after @before and not after @by. */
static gint64
find_start (GTimeZone *zone, int interval, gint64 before, gint64 by)
{
  while (by - before > 1)
    {
      gint64 middle = before + (by - before) / 2;

      if (find_interval (zone, middle) >= interval)
        by = middle;
      else
        before = middle;
    }
  return by;
}

gboolean
rounds_zone_resolve (GTimeZone *zone, gint64 wall, gint64 *moment)
{
  gint64 earliest = wall - WIDEST_OFFSET;
  gint64 latest = wall + WIDEST_OFFSET;
  int last;

  g_return_val_if_fail (zone != NULL && moment != NULL, FALSE);

  last = find_interval (zone, latest);
  for (int i = find_interval (zone, earliest); i <= last; i++)
    {
      gint64 candidate = wall - g_time_zone_get_offset (zone, i);
      int actual = find_interval (zone, candidate);

      if (actual == i)
        {
          *moment = candidate;
          return TRUE;
        }
      /* With this interval's offset the clock would show @wall only before the interval began, and
       * with the one before only after it had ended: the jump between them went over it. */
      if (actual < i)
        {
          *moment = find_start (zone, i, earliest, latest);
          return FALSE;
        }
    }

  g_return_val_if_reached (FALSE);
}
