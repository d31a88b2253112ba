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
#define WINDOW (10 * ROUNDS_MINUTE)
#define HERE "192.0.2.1"
#define THERE "192.0.2.2"

static RoundsLimits *
new_limits (void)
{
  RoundsLimitsRules rules = { .per_account = 3, .per_address = 5, .window = WINDOW };
  return rounds_limits_new (&rules);
}

static void
test_account (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (rounds_limits_try (limits, "Anna@example.org", HERE, NOW), ==, 0);
  /* Neither another case nor another address helps; another account is not held up. */
  g_assert_cmpuint (rounds_limits_try (limits, "anna@EXAMPLE.org", THERE, NOW), ==, 600);
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW + 599 * ROUNDS_SECOND),
                    ==, 1);
  g_assert_cmpuint (rounds_limits_try (limits, "berta@example.org", HERE, NOW), ==, 0);
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW + WINDOW), ==, 0);
}

static void
test_address (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *account = g_strdup_printf ("somebody%d@example.org", i);
      g_assert_cmpuint (rounds_limits_try (limits, account, HERE, NOW), ==, 0);
    }
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW), >, 0);
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", THERE, NOW), ==, 0);
}

static void
test_refused_tries_do_not_prolong (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 50; i++)
    rounds_limits_try (limits, "anna@example.org", HERE, NOW + i * ROUNDS_SECOND);
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW + WINDOW), ==, 0);
}

static void
test_success (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  /* A whole hospital behind one address signs in and is not counted. */
  for (int i = 0; i < 100; i++)
    {
      g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW), ==, 0);
      rounds_limits_succeeded (limits, "Anna@example.org", HERE, NOW);
    }
  /* But somebody's success takes no failure of others away. */
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *account = g_strdup_printf ("somebody%d@example.org", i);
      g_assert_cmpuint (rounds_limits_try (limits, account, HERE, NOW), ==, 0);
    }
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW), ==, 0);
  rounds_limits_succeeded (limits, "anna@example.org", HERE, NOW);
  g_assert_cmpuint (rounds_limits_try (limits, "other@example.org", HERE, NOW), ==, 0);
  g_assert_cmpuint (rounds_limits_try (limits, "another@example.org", HERE, NOW), >, 0);
}

static void
test_clock_set_back (void)
{
  g_autoptr (RoundsLimits) limits = new_limits ();

  for (int i = 0; i < 4; i++)
    rounds_limits_try (limits, "anna@example.org", HERE, NOW);
  g_assert_cmpuint (rounds_limits_try (limits, "anna@example.org", HERE, NOW - 30 * ROUNDS_DAY), ==,
                    0);
}

static void
test_many_names (void)
{
  g_autoptr (RoundsLimits) limits = rounds_limits_new (NULL);

  for (int i = 0; i < 120000; i++)
    {
      g_autofree char *account = g_strdup_printf ("%d@example.org", i);
      g_autofree char *address = g_strdup_printf ("2001:db8::%x:%x", i >> 16, i & 0xffff);
      g_assert_cmpuint (rounds_limits_try (limits, account, address, NOW), ==, 0);
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
  g_test_add_func ("/Rounds/Server/Limits/refused-tries-do-not-prolong",
                   test_refused_tries_do_not_prolong);
  g_test_add_func ("/Rounds/Server/Limits/success", test_success);
  g_test_add_func ("/Rounds/Server/Limits/clock-set-back", test_clock_set_back);
  g_test_add_func ("/Rounds/Server/Limits/many-names", test_many_names);
  g_test_add_func ("/Rounds/Server/Passwords/hash", test_hash);
  g_test_add_func ("/Rounds/Server/Passwords/outdated-hash", test_outdated_hash);
  g_test_add_func ("/Rounds/Server/Passwords/strength", test_strength);
  return g_test_run ();
}
