/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How often a password may be wrong, counted in windows that start at the first failure.
 * It decides about no other calls than signing in.
 */

#include "config.h"

#include "rounds-limits.h"

#include "rounds-clock.h"

#define DEFAULT_PER_ACCOUNT 10
#define DEFAULT_PER_ADDRESS 300
#define DEFAULT_WINDOW (15 * ROUNDS_MINUTE)

/* Security: names of accounts that do not exist are counted too, so somebody can make us remember
 * as many as he likes; past this many, old ones give way. */
#define MAX_COUNTERS 50000

typedef struct
{
  guint tries;
  gint64 began;
} Counter;

struct _RoundsLimits
{
  GMutex mutex;
  RoundsLimitsRules rules;
  GHashTable *accounts; /* char * → Counter */
  GHashTable *addresses; /* char * → Counter */
};

RoundsLimits *
rounds_limits_new (const RoundsLimitsRules *rules)
{
  RoundsLimits *self = g_new0 (RoundsLimits, 1);
  g_mutex_init (&self->mutex);
  self->rules = rules != NULL ? *rules
                              : (RoundsLimitsRules){
                                  .per_account = DEFAULT_PER_ACCOUNT,
                                  .per_address = DEFAULT_PER_ADDRESS,
                                  .window = DEFAULT_WINDOW,
                                };
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rounds_limits_free (RoundsLimits *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->addresses);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_over (const Counter *counter, gint64 window, gint64 now)
{
  /* A clock that was set back must not lock anybody out for longer than a window either. */
  return now >= counter->began + window || now < counter->began - window;
}

static void
make_room (GHashTable *counters, gint64 window, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (counters) < MAX_COUNTERS)
    return;
  g_hash_table_iter_init (&iter, counters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (is_over (value, window, now))
        g_hash_table_iter_remove (&iter);
    }
  g_hash_table_iter_init (&iter, counters);
  while (g_hash_table_size (counters) > MAX_COUNTERS / 2
         && g_hash_table_iter_next (&iter, NULL, NULL))
    g_hash_table_iter_remove (&iter);
}

static Counter *
find_counter (GHashTable *counters, const char *key, gint64 window, gint64 now)
{
  Counter *counter = g_hash_table_lookup (counters, key);
  if (counter == NULL)
    {
      make_room (counters, window, now);
      counter = g_new0 (Counter, 1);
      counter->began = now;
      g_hash_table_insert (counters, g_strdup (key), counter);
    }
  else if (is_over (counter, window, now))
    {
      *counter = (Counter){ .began = now };
    }
  return counter;
}

static guint
get_wait (const Counter *counter, guint most, gint64 window, gint64 now)
{
  if (counter->tries < most)
    return 0;
  gint64 left = counter->began + window - now;
  return (guint)MAX ((left + ROUNDS_SECOND - 1) / ROUNDS_SECOND, 1);
}

guint
rounds_limits_try (RoundsLimits *self, const char *account, const char *address, gint64 now)
{
  g_return_val_if_fail (self != NULL && account != NULL && address != NULL, 0);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 window = self->rules.window;
  g_autofree char *name = g_ascii_strdown (account, -1);
  Counter *of_account = find_counter (self->accounts, name, window, now);
  Counter *of_address = find_counter (self->addresses, address, window, now);
  guint wait = MAX (get_wait (of_account, self->rules.per_account, window, now),
                    get_wait (of_address, self->rules.per_address, window, now));
  if (wait == 0)
    {
      of_account->tries++;
      of_address->tries++;
    }
  return wait;
}

void
rounds_limits_succeeded (RoundsLimits *self, const char *account, const char *address, gint64 now)
{
  g_return_if_fail (self != NULL && account != NULL && address != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *name = g_ascii_strdown (account, -1);
  g_hash_table_remove (self->accounts, name);
  Counter *of_address = g_hash_table_lookup (self->addresses, address);
  if (of_address != NULL && !is_over (of_address, self->rules.window, now) && of_address->tries > 0)
    of_address->tries--;
}
