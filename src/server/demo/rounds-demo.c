/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A believable hospital to try Rounds with: people, two months of appointments, meetings.
 * Not for a database that real people use: rounds_demo_fill() refuses one that has users.
 */

#include "config.h"

#include "rounds-demo.h"

#include "rounds-demo-private.h"
#include "rounds-passwords.h"
#include "rounds-server-error.h"
#include "rounds-user-repository.h"
#include "rounds-wall-time.h"

/* Any number; it only has to stay the same. */
#define SEED 20240115

/* Of ROUNDS_DEMO_PASSWORD, which is public; all accounts share it. To make one takes the tenth of a
 * second that a demo is waited for. */
#define PASSWORD_HASH                                                                              \
  "$argon2id$v=19$m=65536,t=2,p=1$ZLqqOfs41DUWE63679s+Mg$"                                         \
  "RtcmIrk0oBwG2et+tlEFLkvhjZp03YcSHxWqEi7yzu8"

/* After this, what was about to start has started, and the day has to be laid out anew. */
#define FRESH_FOR (15 * ROUNDS_MINUTE)

char *
rounds_demo_next_id (RoundsDemo *self)
{
  self->n_ids++;
  return g_strdup_printf ("%08x%016x", (guint32)(self->now / ROUNDS_SECOND), self->n_ids);
}

gboolean
rounds_demo_throw (RoundsDemo *self, int percent)
{
  return g_rand_int_range (self->random, 0, 100) < percent;
}

const char *
rounds_demo_pick (RoundsDemo *self, const char *const *words)
{
  guint n_words = g_strv_length ((char **)words);

  return words[g_rand_int_range (self->random, 0, (gint32)n_words)];
}

gint64
rounds_demo_moment (RoundsDemo *self, const RoundsDemoPlace *place, int days, const char *time)
{
  const char *zone = place->hospital->timezone;
  RoundsTimeRange day = rounds_wall_time_day_offset (zone, self->now, days);
  g_autofree char *date = NULL;
  g_autofree char *midnight = NULL;
  gint64 moment = day.start;

  rounds_wall_time_from_moment (zone, day.start, &date, &midnight);
  /* No zone here skips anything by daylight; if one ever does, midnight is still that day. */
  rounds_wall_time_to_moment (zone, date, time, &moment, NULL);
  return moment;
}

gboolean
rounds_demo_is_weekend (RoundsDemo *self, const RoundsDemoPlace *place, int days)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (place->hospital->timezone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (
      rounds_demo_moment (self, place, days, "12:00") / ROUNDS_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_get_day_of_week (local) > G_DATE_FRIDAY;
}

static void
clear_demo (RoundsDemo *self)
{
  for (guint i = 0; i < ROUNDS_DEMO_N_PLACES; i++)
    {
      RoundsDemoPlace *place = &self->places[i];

      g_clear_pointer (&place->hospital, rounds_hospital_unref);
      g_clear_pointer (&place->doctors, g_ptr_array_unref);
      g_clear_pointer (&place->desks, g_ptr_array_unref);
      g_clear_pointer (&place->patients, g_ptr_array_unref);
    }
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_clear_pointer (&self->random, g_rand_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsDemo, clear_demo)

static gboolean
fill (RoundsDb *db, gint64 now, GError **error)
{
  g_autofree char *cheap = NULL;
  g_auto (RoundsDemo) demo = {
    .db = db,
    .now = now,
    .random = g_rand_new_with_seed (SEED),
    .users = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_user_unref),
  };

  if (rounds_passwords_are_cheap ()
      && (cheap = rounds_password_hash (ROUNDS_DEMO_PASSWORD, error)) == NULL)
    return FALSE;
  return rounds_demo_add_people (&demo, cheap != NULL ? cheap : PASSWORD_HASH, error)
         && rounds_demo_add_today (&demo, error) && rounds_demo_add_visits (&demo, error)
         && rounds_demo_add_meetings (&demo, error);
}

/* Whether there is anybody, and whether these are the demo's people. */
static gboolean
look_around (RoundsDb *db, gboolean *empty, gboolean *filled, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT 1 FROM users LIMIT 1", error);
  g_autoptr (RoundsUser) doctor = NULL;
  RoundsDbStep step = statement != NULL ? rounds_db_step (statement, error) : ROUNDS_DB_FAILED;

  if (step == ROUNDS_DB_FAILED
      || !rounds_user_repository_find_by_email (db, "doctor@example.org", &doctor, NULL, error))
    return FALSE;

  *empty = step == ROUNDS_DB_DONE;
  *filled = doctor != NULL;
  return TRUE;
}

static gboolean
lay_out (RoundsDb *db, gint64 now, GError **error)
{
  if (!rounds_db_begin (db, error))
    return FALSE;

  if (!rounds_demo_clear_former (db, error) || !fill (db, now, error))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  return rounds_db_commit (db, error);
}

gboolean
rounds_demo_fill (RoundsDb *db, gint64 now, GError **error)
{
  gboolean empty = FALSE;
  gboolean filled = FALSE;
  gint64 last = ROUNDS_TIME_NONE;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!look_around (db, &empty, &filled, error) || !rounds_demo_find_last (db, &last, error))
    return FALSE;

  if (!empty && !filled)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "This database has people in it; the demo only goes into an empty one");
      return FALSE;
    }
  if (filled && last != ROUNDS_TIME_NONE && now - last < FRESH_FOR)
    return TRUE;

  return lay_out (db, now, error);
}
