/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Token buckets, one for each account and address, in a table of a fixed size.
 * A bucket is a single moment: when it will be full again. What is full needs no place.
 */

#include "config.h"

#include "rounds-rates.h"

#include "rounds-clock.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>

/* A name has a place in one set only, and threads that ask for names of different stripes do not
 * wait for each other. */
#define N_SETS 8192
#define N_WAYS 4
#define N_STRIPES 64

typedef struct
{
  guint64 name; /* its hash; 0 for an empty place */
  gint64 full_at; /* µs UTC */
} Bucket;

struct _RoundsRates
{
  RoundsRate rates[ROUNDS_N_RATES];
  guint8 key[crypto_shorthash_KEYBYTES];
  GMutex stripes[N_STRIPES];
  guint64 refused[ROUNDS_N_RATES]; /* atomic */
  Bucket sets[N_SETS][N_WAYS]; /* each set guarded by its stripe */
};

/* Half a MiB whose pages cost nothing until somebody touches them. From a heap it would be wiped,
 * and so touched, wherever something had lain there before. */
static RoundsRates *
map_rates (void)
{
  void *pages = mmap (NULL, sizeof (RoundsRates), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (pages == MAP_FAILED)
    g_error ("There is no memory to count requests in: %s", g_strerror (errno));
  return pages;
}

RoundsRates *
rounds_rates_new (const RoundsRate rates[ROUNDS_N_RATES])
{
  g_return_val_if_fail (rates != NULL, NULL);

  RoundsRates *self = map_rates ();
  memcpy (self->rates, rates, sizeof self->rates);
  /* Security: nobody can choose names that share a set with somebody else's. */
  crypto_shorthash_keygen (self->key);
  for (gsize i = 0; i < N_STRIPES; i++)
    g_mutex_init (&self->stripes[i]);
  return self;
}

void
rounds_rates_free (RoundsRates *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < N_STRIPES; i++)
    g_mutex_clear (&self->stripes[i]);
  munmap (self, sizeof *self);
}

static guint64
hash_name (RoundsRates *self, RoundsRateKind kind, const char *name)
{
  guint8 bytes[crypto_shorthash_BYTES];
  guint64 hash;

  crypto_shorthash (bytes, (const guint8 *)name, strlen (name), self->key);
  memcpy (&hash, bytes, sizeof hash);
  /* The same word may be an account and an address. */
  hash ^= (guint64)kind << 63;
  return hash != 0 ? hash : 1;
}

/* The bucket of @name, or the place of the one that is full the soonest: whoever asked the least
 * loses the least by being forgotten. */
static Bucket *
find_bucket (Bucket *set, guint64 name)
{
  Bucket *soonest = &set[0];

  for (gsize i = 0; i < N_WAYS; i++)
    {
      if (set[i].name == name)
        return &set[i];
      if (set[i].full_at < soonest->full_at)
        soonest = &set[i];
    }
  *soonest = (Bucket){ .name = name };
  return soonest;
}

/* Takes one request out of @bucket; returns the µs to wait when there is none in it. */
static gint64
take (Bucket *bucket, const RoundsRate *rate, gint64 now)
{
  gint64 cost = MAX (rate->span / rate->n_requests, 1);
  gint64 full_at = MAX (bucket->full_at, now);

  /* Only a clock that was set back leaves more missing than a bucket holds. */
  if (full_at > now + rate->span)
    full_at = now;
  if (full_at + cost > now + rate->span)
    return full_at + cost - rate->span - now;
  bucket->full_at = full_at + cost;
  return 0;
}

guint
rounds_rates_take (RoundsRates *self, RoundsRateKind kind, const char *name, gint64 now)
{
  g_return_val_if_fail (self != NULL && kind < ROUNDS_N_RATES && name != NULL, 0);

  const RoundsRate *rate = &self->rates[kind];
  if (rate->n_requests == 0)
    return 0;
  guint64 hash = hash_name (self, kind, name);
  gsize set = hash % N_SETS;
  GMutex *stripe = &self->stripes[set % N_STRIPES];

  g_mutex_lock (stripe);
  gint64 wait = take (find_bucket (self->sets[set], hash), rate, now);
  g_mutex_unlock (stripe);
  if (wait == 0)
    return 0;
  __atomic_fetch_add (&self->refused[kind], 1, __ATOMIC_RELAXED);
  return (guint)((wait + ROUNDS_SECOND - 1) / ROUNDS_SECOND);
}

guint64
rounds_rates_get_refused (RoundsRates *self, RoundsRateKind kind)
{
  g_return_val_if_fail (self != NULL && kind < ROUNDS_N_RATES, 0);

  return __atomic_load_n (&self->refused[kind], __ATOMIC_RELAXED);
}
