/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How current the data is, in words: for the sync indicator and the banner.
 * It reads the engine's properties and starts nothing.
 */

#include "config.h"

#include "rounds-sync-words.h"

#include <glib/gi18n.h>

#include "rounds-error-words.h"
#include "rounds-time-words.h"
#include "rounds-wall-time.h"

/* "09:42" today, "yesterday, 09:42" and so on before; within a sentence. */
static char *
dup_moment (gint64 moment, gint64 now)
{
  g_autofree char *clock = rounds_time_words_clock (moment, NULL);

  if (rounds_wall_time_day_of (NULL, now).start <= moment)
    return g_steal_pointer (&clock);
  if (rounds_wall_time_day_offset (NULL, now, -1).start <= moment)
    /* Translators: within a sentence: "Offline since yesterday, 09:42". */
    return g_strdup_printf (_ ("yesterday, %s"), clock);
  return rounds_time_words_when (moment, now);
}

static char *
dup_offline_line (RoundsSync *sync, gint64 now)
{
  gint64 since = rounds_sync_get_offline_since (sync);
  g_autofree char *moment = NULL;

  if (since == ROUNDS_TIME_NONE)
    return g_strdup (_ ("Offline"));
  moment = dup_moment (since, now);
  /* Translators: "Offline since 09:42". */
  return g_strdup_printf (_ ("Offline since %s"), moment);
}

/* Everything is being fetched, for the first time or anew. What is near came before. */
static gboolean
is_fetching_all (RoundsSync *sync, guint *n_fetched, guint *n_total)
{
  RoundsSyncState state = rounds_sync_get_state (sync);

  g_object_get (sync, "n-fetched", n_fetched, "n-total", n_total, NULL);
  return *n_fetched > 0 && (state == ROUNDS_SYNC_BUSY || state == ROUNDS_SYNC_IDLE);
}

/**
 * rounds_sync_words_line:
 * Returns: (transfer full): the state of @sync in a few words.
 */
char *
rounds_sync_words_line (RoundsSync *sync, gint64 now)
{
  guint n_unsent = 0;
  guint n_refused = 0;
  guint n_fetched = 0;
  guint n_total = 0;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  g_object_get (sync, "n-unsent", &n_unsent, "n-refused", &n_refused, NULL);
  switch (rounds_sync_get_state (sync))
    {
    case ROUNDS_SYNC_OFFLINE:
      return dup_offline_line (sync, now);
    case ROUNDS_SYNC_SIGNED_OUT:
      return g_strdup (_ ("Signed out"));
    case ROUNDS_SYNC_TROUBLE:
      return g_strdup (_ ("Needs attention"));
    case ROUNDS_SYNC_BUSY:
    case ROUNDS_SYNC_IDLE:
    default:
      break;
    }

  if (n_refused > 0)
    return g_strdup_printf (ngettext ("%u change needs you", "%u changes need you", n_refused),
                            n_refused);
  if (n_unsent > 0)
    return g_strdup_printf (ngettext ("Sending %u change…", "Sending %u changes…", n_unsent),
                            n_unsent);
  if (is_fetching_all (sync, &n_fetched, &n_total))
    return g_strdup (_ ("Getting earlier appointments…"));
  if (rounds_sync_get_state (sync) == ROUNDS_SYNC_BUSY)
    return g_strdup (_ ("Updating…"));
  return g_strdup (_ ("Up to date"));
}

/**
 * rounds_sync_words_progress:
 * @fraction: (out): how much of it is there, from 0 to 1; below 0 where nobody knows
 *
 * Returns: (transfer full) (nullable): how far fetching everything has come; %NULL when that is not
 *   under way.
 */
char *
rounds_sync_words_progress (RoundsSync *sync, double *fraction)
{
  guint n_fetched = 0;
  guint n_total = 0;
  g_autofree char *fetched = NULL;
  g_autofree char *total = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (fraction != NULL, NULL);

  if (!is_fetching_all (sync, &n_fetched, &n_total))
    return NULL;
  fetched = g_strdup_printf ("%'u", n_fetched);
  total = g_strdup_printf ("%'u", n_total);
  *fraction = n_total > 0 ? MIN (1.0, (double)n_fetched / n_total) : -1;
  if (n_total == 0)
    /* Translators: how many records have come, as in "12,000 so far". */
    return g_strdup_printf (_ ("%s so far"), fetched);
  /* Translators: how many records have come, of how many, as in "12,000 of 40,000". */
  return g_strdup_printf (_ ("%s of %s"), fetched, total);
}

/**
 * rounds_sync_words_last:
 * Returns: (transfer full): when the data was last fetched.
 */
char *
rounds_sync_words_last (RoundsSync *sync, gint64 now)
{
  gint64 last;
  g_autofree char *moment = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  last = rounds_sync_get_last_sync (sync);
  if (last == ROUNDS_TIME_NONE)
    return g_strdup (_ ("Never updated"));
  moment = dup_moment (last, now);
  /* Translators: "Last updated 09:42". */
  return g_strdup_printf (_ ("Last updated %s"), moment);
}

/**
 * rounds_sync_words_banner:
 * @server: (nullable): the base URL, for its host
 *
 * Returns: (transfer full) (nullable): what a person has to know about how current a list is;
 *   %NULL while all is well.
 */
char *
rounds_sync_words_banner (RoundsSync *sync, const char *server, gint64 now)
{
  g_autofree char *host = rounds_server_host (server);
  g_autofree char *moment = NULL;
  const char *reason;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  reason = rounds_sync_get_reason (sync);
  switch (rounds_sync_get_state (sync))
    {
    case ROUNDS_SYNC_OFFLINE:
      if (rounds_sync_get_last_sync (sync) == ROUNDS_TIME_NONE)
        /* Translators: %s is the server's name. */
        return g_strdup_printf (_ ("Rounds can’t reach %s. It is tried again by itself."), host);
      moment = dup_moment (rounds_sync_get_last_sync (sync), now);
      /* Translators: the server's name, then a time: "09:42". */
      return g_strdup_printf (_ ("Rounds can’t reach %s. What you see is from %s."), host, moment);
    case ROUNDS_SYNC_SIGNED_OUT:
      return g_strdup (_ ("You are signed out: sign in again to see what is new."));
    case ROUNDS_SYNC_TROUBLE:
      return g_strdup (reason != NULL ? reason : _ ("What you see may not be current."));
    case ROUNDS_SYNC_BUSY:
    case ROUNDS_SYNC_IDLE:
    default:
      return NULL;
    }
}

/**
 * rounds_sync_words_icon:
 * Returns: the icon that goes with the state of @sync; static.
 */
const char *
rounds_sync_words_icon (RoundsSync *sync)
{
  guint n_refused = 0;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  g_object_get (sync, "n-refused", &n_refused, NULL);
  switch (rounds_sync_get_state (sync))
    {
    case ROUNDS_SYNC_OFFLINE:
      return "network-offline-symbolic";
    case ROUNDS_SYNC_SIGNED_OUT:
      return "dialog-password-symbolic";
    case ROUNDS_SYNC_TROUBLE:
      return "dialog-warning-symbolic";
    case ROUNDS_SYNC_BUSY:
    case ROUNDS_SYNC_IDLE:
    default:
      break;
    }

  if (n_refused > 0)
    return "dialog-warning-symbolic";
  return rounds_sync_get_state (sync) == ROUNDS_SYNC_BUSY ? "view-refresh-symbolic"
                                                          : "object-select-symbolic";
}
