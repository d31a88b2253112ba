/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Token buckets: how many requests at once, how many on the long run, whose are counted together.
 * Who is counted over HTTP is in test-api-rates.c.
 */

#include "rounds-rates.h"

#include "rounds-clock.h"
#include "rounds-test.h"

#include <sodium.h>

#define NOW (G_GINT64_CONSTANT (1700000000) * ROUNDS_SECOND)

/* Six at once and every ten seconds one; addresses twice of it. */
static RoundsRates *
new_rates (void)
{
  const RoundsRate rates[ROUNDS_N_RATES] = {
    [ROUNDS_RATE_ACCOUNT] = { 6, ROUNDS_MINUTE },
    [ROUNDS_RATE_ADDRESS] = { 12, ROUNDS_MINUTE },
  };
  return rounds_rates_new (rates);
}

/* How many of @n requests at @now go ahead. */
static guint
count_taken (RoundsRates *rates, RoundsRateKind kind, const char *name, guint n, gint64 now)
{
  guint taken = 0;
  for (guint i = 0; i < n; i++)
    {
      if (rounds_rates_take (rates, kind, name, now) == 0)
        taken++;
    }
  return taken;
}

static void
test_burst (void)
{
  g_autoptr (RoundsRates) rates = new_rates ();

  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 6, NOW), ==, 6);
  g_assert_cmpuint (rounds_rates_take (rates, ROUNDS_RATE_ACCOUNT, "anna", NOW), ==, 10);
  /* Asking again makes the wait no longer. */
  g_assert_cmpuint (rounds_rates_take (rates, ROUNDS_RATE_ACCOUNT, "anna", NOW), ==, 10);
  g_assert_cmpuint (rounds_rates_take (rates, ROUNDS_RATE_ACCOUNT, "anna", NOW + 9 * ROUNDS_SECOND),
                    ==, 1);
  /* Who waits as long as he was told goes ahead, once. */
  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 3, NOW + 10 * ROUNDS_SECOND),
                    ==, 1);
  g_assert_cmpuint (rounds_rates_get_refused (rates, ROUNDS_RATE_ACCOUNT), ==, 5);
  g_assert_cmpuint (rounds_rates_get_refused (rates, ROUNDS_RATE_ADDRESS), ==, 0);
}

/* What is not used comes back, and no more than fits. */
static void
test_refill (void)
{
  static const struct
  {
    gint64 after;
    guint taken;
  } rows[] = {
    { 0, 6 },
    { 25 * ROUNDS_SECOND, 2 },
    { 30 * ROUNDS_SECOND, 1 }, /* the five seconds that were left over count */
    { 90 * ROUNDS_SECOND, 6 },
    { ROUNDS_DAY, 6 },
    { ROUNDS_DAY, 0 },
  };
  g_autoptr (RoundsRates) rates = new_rates ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 20, NOW + rows[i].after), ==,
                      rows[i].taken);
}

static void
test_long_run (void)
{
  g_autoptr (RoundsRates) rates = new_rates ();
  guint taken = 0;

  for (gint64 second = 0; second < 3600; second++)
    taken += count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 3, NOW + second * ROUNDS_SECOND);
  g_assert_cmpuint (taken, ==, 6 + 3599 / 10);
}

static void
test_others (void)
{
  g_autoptr (RoundsRates) rates = new_rates ();

  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 20, NOW), ==, 6);
  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "berta", 20, NOW), ==, 6);
  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ADDRESS, "anna", 20, NOW), ==, 12);
}

static void
test_off (void)
{
  const RoundsRate none[ROUNDS_N_RATES] = { { 0, 0 } };
  g_autoptr (RoundsRates) rates = rounds_rates_new (none);

  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 10000, NOW), ==, 10000);
}

static void
test_clock_set_back (void)
{
  g_autoptr (RoundsRates) rates = new_rates ();

  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 20, NOW), ==, 6);
  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 20, NOW - ROUNDS_DAY), ==, 6);
}

/* Many names that ask once do not make us forget who asked for too much. */
static void
test_many_names (void)
{
  g_autoptr (RoundsRates) rates = new_rates ();
  guint refused = 0;

  g_assert_cmpuint (count_taken (rates, ROUNDS_RATE_ACCOUNT, "anna", 20, NOW), ==, 6);
  for (int i = 0; i < 200000; i++)
    {
      g_autofree char *name = g_strdup_printf ("somebody%d", i);
      refused += rounds_rates_take (rates, ROUNDS_RATE_ACCOUNT, name, NOW) > 0;
    }
  g_assert_cmpuint (refused, ==, 0);
  g_assert_cmpuint (rounds_rates_take (rates, ROUNDS_RATE_ACCOUNT, "anna", NOW), >, 0);
}

typedef struct
{
  RoundsRates *rates;
  guint taken;
} Thief;

static gpointer
take_many (gpointer data)
{
  Thief *self = data;
  self->taken = count_taken (self->rates, ROUNDS_RATE_ADDRESS, "one", 1000, NOW);
  return NULL;
}

/* However many ask at once, none is given twice. */
static void
test_threads (void)
{
  g_autoptr (RoundsRates) rates = new_rates ();
  GThread *threads[8];
  Thief thieves[8];
  guint taken = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      thieves[i] = (Thief){ .rates = rates };
      threads[i] = g_thread_new ("taker", take_many, &thieves[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_thread_join (threads[i]);
      taken += thieves[i].taken;
    }
  g_assert_cmpuint (taken, ==, 12);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/Rounds/Server/Rates/burst", test_burst);
  g_test_add_func ("/Rounds/Server/Rates/refill", test_refill);
  g_test_add_func ("/Rounds/Server/Rates/long-run", test_long_run);
  g_test_add_func ("/Rounds/Server/Rates/others", test_others);
  g_test_add_func ("/Rounds/Server/Rates/off", test_off);
  g_test_add_func ("/Rounds/Server/Rates/clock-set-back", test_clock_set_back);
  g_test_add_func ("/Rounds/Server/Rates/many-names", test_many_names);
  g_test_add_func ("/Rounds/Server/Rates/threads", test_threads);
  return g_test_run ();
}
