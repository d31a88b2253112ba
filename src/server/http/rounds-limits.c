/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How often a password may be wrong before the next try has to wait, longer each time.
 * It decides about no other calls than those that take a password.
 */

#include "config.h"

#include "rounds-limits.h"

#include "rounds-clock.h"

static const RoundsLimitsRules default_rules = {
  .per_pair = 10,
  .per_account = 100,
  .per_address = 300,
  .first_wait = 30 * ROUNDS_SECOND,
  .longest_wait = 15 * ROUNDS_MINUTE,
};

/* Security: names of accounts that do not exist are counted too, so somebody can make us remember
 * as many as he likes; past this many, old ones give way. */
#define MAX_COUNTERS 50000

/* What a try counts for. */
typedef enum
{
  OF_PAIR, /* or of a known place */
  OF_ACCOUNT,
  OF_ADDRESS,
  N_KINDS,
} Kind;

typedef struct
{
  guint tries;
  gint64 last;
} Counter;

struct _RoundsLimits
{
  GMutex mutex;
  RoundsLimitsRules rules;
  GHashTable *counters[N_KINDS]; /* char * → Counter */
};

RoundsLimits *
rounds_limits_new (const RoundsLimitsRules *rules)
{
  RoundsLimits *self = g_new0 (RoundsLimits, 1);
  g_mutex_init (&self->mutex);
  self->rules = rules != NULL ? *rules : default_rules;
  for (int kind = 0; kind < N_KINDS; kind++)
    self->counters[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rounds_limits_free (RoundsLimits *self)
{
  if (self == NULL)
    return;
  for (int kind = 0; kind < N_KINDS; kind++)
    g_hash_table_unref (self->counters[kind]);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_over (const Counter *counter, gint64 span, gint64 now)
{
  /* A clock that was set back must not hold anybody up for longer either. */
  return now >= counter->last + span || now < counter->last - span;
}

static void
make_room (GHashTable *counters, gint64 span, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (counters) < MAX_COUNTERS)
    return;
  g_hash_table_iter_init (&iter, counters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (is_over (value, span, now))
        g_hash_table_iter_remove (&iter);
    }
  g_hash_table_iter_init (&iter, counters);
  while (g_hash_table_size (counters) > MAX_COUNTERS / 2
         && g_hash_table_iter_next (&iter, NULL, NULL))
    g_hash_table_iter_remove (&iter);
}

static Counter *
find_counter (RoundsLimits *self, Kind kind, const char *key, gint64 now)
{
  GHashTable *counters = self->counters[kind];
  Counter *counter = g_hash_table_lookup (counters, key);
  if (counter == NULL)
    {
      make_room (counters, self->rules.longest_wait, now);
      counter = g_new0 (Counter, 1);
      counter->last = now;
      g_hash_table_insert (counters, g_strdup (key), counter);
    }
  else if (is_over (counter, self->rules.longest_wait, now))
    {
      *counter = (Counter){ .last = now };
    }
  return counter;
}

/* Half a minute after the first failure too many, a minute after the next, and so on. */
static gint64
get_wait (const RoundsLimitsRules *rules, const Counter *counter, guint most, gint64 now)
{
  gint64 wait = rules->first_wait;

  if (counter->tries < most)
    return 0;
  for (guint i = most; i < counter->tries && wait < rules->longest_wait; i++)
    wait *= 2;
  return MAX (counter->last + MIN (wait, rules->longest_wait) - now, 0);
}

/* The names that @who's tries are counted under; NULL where they are not. */
static void
make_keys (const RoundsLimitsWho *who, char *keys[static N_KINDS])
{
  g_autofree char *account = g_ascii_strdown (who->account, -1);

  keys[OF_PAIR]
      = g_strdup_printf ("%s\n%s\n%s", account, who->address, who->place != NULL ? who->place : "");
  keys[OF_ACCOUNT] = who->place == NULL ? g_strdup (account) : NULL;
  keys[OF_ADDRESS] = who->place == NULL ? g_strdup (who->address) : NULL;
}

static void
free_keys (char *keys[static N_KINDS])
{
  for (int kind = 0; kind < N_KINDS; kind++)
    g_free (keys[kind]);
}

guint
rounds_limits_try (RoundsLimits *self, const RoundsLimitsWho *who, gint64 now)
{
  g_return_val_if_fail (self != NULL && who != NULL, 0);
  g_return_val_if_fail (who->account != NULL && who->address != NULL, 0);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const guint most[N_KINDS]
      = { self->rules.per_pair, self->rules.per_account, self->rules.per_address };
  Counter *counters[N_KINDS] = { NULL };
  char *keys[N_KINDS] = { NULL };
  gint64 wait = 0;

  make_keys (who, keys);
  for (int kind = 0; kind < N_KINDS; kind++)
    {
      if (keys[kind] == NULL)
        continue;
      counters[kind] = find_counter (self, kind, keys[kind], now);
      wait = MAX (wait, get_wait (&self->rules, counters[kind], most[kind], now));
    }
  for (int kind = 0; wait == 0 && kind < N_KINDS; kind++)
    {
      if (counters[kind] != NULL)
        *counters[kind] = (Counter){ counters[kind]->tries + 1, now };
    }
  free_keys (keys);
  return (guint)((wait + ROUNDS_SECOND - 1) / ROUNDS_SECOND);
}

void
rounds_limits_succeeded (RoundsLimits *self, const RoundsLimitsWho *who)
{
  g_return_if_fail (self != NULL && who != NULL);
  g_return_if_fail (who->account != NULL && who->address != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char *keys[N_KINDS] = { NULL };

  make_keys (who, keys);
  g_hash_table_remove (self->counters[OF_PAIR], keys[OF_PAIR]);
  for (int kind = OF_ACCOUNT; kind < N_KINDS; kind++)
    {
      Counter *counter
          = keys[kind] != NULL ? g_hash_table_lookup (self->counters[kind], keys[kind]) : NULL;

      if (counter != NULL && counter->tries > 0)
        counter->tries--;
    }
  free_keys (keys);
}
