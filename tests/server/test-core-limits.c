/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Counting of wrong passwords, and passwords themselves.
 * Signing in over HTTP is in test-core-sign-in.c.
 */

#include "rounds-limits.h"

#include "rounds-clock.h"
#include "rounds-passwords.h"
#include "rounds-test.h"

#include <sodium.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1700000000) * ROUNDS_SECOND)
#define LONGEST (10 * ROUNDS_MINUTE)
#define HERE "192.0.2.1"
#define THERE "192.0.2.2"

static RoundsLimits *
new_limits (void)
{
  RoundsLimitsRules rules = {
    .per_pair = 3,
    .per_account = 6,
    .per_address = 8,
    .first_wait = 10 * ROUNDS_SECOND,
    .longest_wait = LONGEST,
  };
  return rounds_limits_new (&rules);
}

static guint
try_from (RoundsLimits *limits, const char *account, const char *address, gint64 now)
{
  return rounds_limits_try (limits, &(RoundsLimitsWho){ account, address, NULL }, now);
}

/* One account from one address: a few tries, then each has to wait twice as long. */
static void
test_growing (void)
{
  static const guint waits[] = { 10, 20, 40, 80, 160, 320, 600, 600 };
  g_autoptr (RoundsLimits) limits = new_limits ();
  gint64 now = NOW;

  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (try_from (limits, "Anna@example.org", HERE, now), ==, 0);
  for (gsize i = 0; i < 6; i++)
    {
      /* Neither another case helps nor asking again; who waits may try once more. */
      g_assert_cmpuint (try_from (limits, "anna@EXAMPLE.org", HERE, now), ==, waits[i]);
      g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, now + ROUNDS_SECOND), ==,
                        waits[i] - 1);
      now += waits[i] * ROUNDS_SECOND;
      g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, now), ==, 0);
    }
  g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, now + LONGEST), ==, 0);
}

/* Guesses from one address hold nobody up elsewhere; guesses from everywhere do, but not forever.
 */
static void
test_account (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (try_from (limits, "anna@example.org", THERE, NOW), ==, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", THERE, NOW), >, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, NOW), ==, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", "192.0.2.3", NOW), ==, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", "192.0.2.4", NOW), ==, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", "192.0.2.5", NOW), ==, 10);
  g_assert_cmpuint (try_from (limits, "berta@example.org", "192.0.2.5", NOW), ==, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", "192.0.2.5", NOW + LONGEST), ==, 0);
}

static void
test_address (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 8; i++)
    {
      g_autofree char *account = g_strdup_printf ("somebody%d@example.org", i);
      g_assert_cmpuint (try_from (limits, account, HERE, NOW), ==, 0);
    }
  g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, NOW), >, 0);
  g_assert_cmpuint (try_from (limits, "anna@example.org", THERE, NOW), ==, 0);
}

/* Whatever is guessed at an account, from anywhere and from its own address: a known place goes on,
 * with a few tries of its own. So nobody can lock out a hospital from the desk beside. */
static void
test_known_place (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();
  const RoundsLimitsWho anna = { "anna@example.org", HERE, "her browser" };

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *address = g_strdup_printf ("192.0.2.%d", i % 200);
      g_autofree char *account = g_strdup_printf ("somebody%d@example.org", i);
      try_from (limits, "anna@example.org", address, NOW);
      try_from (limits, account, HERE, NOW);
    }
  g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, NOW), >, 0);
  for (int i = 0; i < 100; i++)
    {
      g_assert_cmpuint (rounds_limits_try (limits, &anna, NOW), ==, 0);
      rounds_limits_succeeded (limits, &anna);
    }
  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (rounds_limits_try (limits, &anna, NOW), ==, 0);
  g_assert_cmpuint (rounds_limits_try (limits, &anna, NOW), ==, 10);
}

static void
test_success (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();
  const RoundsLimitsWho anna = { "Anna@example.org", HERE, NULL };

  /* A whole hospital behind one address signs in and is not counted. */
  for (int i = 0; i < 100; i++)
    {
      g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, NOW), ==, 0);
      rounds_limits_succeeded (limits, &anna);
    }
  /* But somebody's success takes no failure of others away. */
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *account = g_strdup_printf ("somebody%d@example.org", i);
      g_assert_cmpuint (try_from (limits, account, HERE, NOW), ==, 0);
    }
  g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, NOW), ==, 0);
  rounds_limits_succeeded (limits, &anna);
  g_assert_cmpuint (try_from (limits, "other@example.org", HERE, NOW), ==, 0);
  g_assert_cmpuint (try_from (limits, "another@example.org", HERE, NOW), >, 0);
}

static void
test_clock_set_back (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 4; i++)
    try_from (limits, "anna@example.org", HERE, NOW);
  g_assert_cmpuint (try_from (limits, "anna@example.org", HERE, NOW - 30 * ROUNDS_DAY), ==, 0);
}

static void
test_many_names (void)
{
  g_autoptr (RoundsLimits) limits = rounds_limits_new (NULL);

  for (int i = 0; i < 120000; i++)
    {
      g_autofree char *account = g_strdup_printf ("%d@example.org", i);
      g_autofree char *address = g_strdup_printf ("2001:db8::%x:%x", i >> 16, i & 0xffff);
      g_assert_cmpuint (try_from (limits, account, address, NOW), ==, 0);
    }
}

static void
test_hash (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = rounds_password_hash ("korrekte Batterie", &error);
  g_autofree char *again = rounds_password_hash ("korrekte Batterie", &error);
  gboolean outdated = TRUE;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_true (rounds_password_verify (hash, "korrekte Batterie", &outdated));
  g_assert_false (outdated);
  g_assert_false (rounds_password_verify (hash, "korrekte batterie", &outdated));
  g_assert_false (rounds_password_verify (hash, "", NULL));
  g_assert_false (rounds_password_verify (NULL, "korrekte Batterie", &outdated));
  g_assert_false (outdated);
  g_assert_false (rounds_password_verify ("", "", NULL));
  g_assert_false (rounds_password_verify ("$argon2id$garbage", "x", NULL));
}

static void
test_outdated_hash (void)
{
  char weak[crypto_pwhash_STRBYTES];
  gboolean outdated = FALSE;

  g_assert_cmpint (crypto_pwhash_str (weak, "korrekte Batterie", strlen ("korrekte Batterie"),
                                      crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
                   ==, 0);
  g_assert_true (rounds_password_verify (weak, "korrekte Batterie", &outdated));
  g_assert_true (outdated);
}

static void
test_strength (void)
{
  g_autofree char *longest = g_strnfill (ROUNDS_PASSWORD_MAX_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (ROUNDS_PASSWORD_MAX_BYTES + 1, 'x');
  const struct
  {
    const char *password;
    gboolean good;
  } rows[] = {
    { "", FALSE },
    { "short", FALSE },
    { "123456789", FALSE },
    { "1234567890", TRUE },
    { "äöüäöüäöü", FALSE },
    { "äöüäöüäöüä", TRUE },
    { "not \xff utf-8 text", FALSE },
    { longest, TRUE },
    { too_long, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (rounds_password_check_strength (rows[i].password, &error), ==, rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_assert_true (rounds_passwords_init (NULL));
  g_test_add_func ("/Rounds/Server/Limits/account", test_account);
  g_test_add_func ("/Rounds/Server/Limits/address", test_address);
  g_test_add_func ("/Rounds/Server/Limits/growing", test_growing);
  g_test_add_func ("/Rounds/Server/Limits/known-place", test_known_place);
  g_test_add_func ("/Rounds/Server/Limits/success", test_success);
  g_test_add_func ("/Rounds/Server/Limits/clock-set-back", test_clock_set_back);
  g_test_add_func ("/Rounds/Server/Limits/many-names", test_many_names);
  g_test_add_func ("/Rounds/Server/Passwords/hash", test_hash);
  g_test_add_func ("/Rounds/Server/Passwords/outdated-hash", test_outdated_hash);
  g_test_add_func ("/Rounds/Server/Passwords/strength", test_strength);
  return g_test_run ();
}
