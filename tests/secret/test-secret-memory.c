/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The keyring in memory.
 * The real one is in test-secret-keyring.c.
 */

#include "config.h"

#include "rounds-test.h"
#include "secrets-contract.h"

static void
test_contract (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_memory_new ();

  check_secrets_contract (secrets);
}

static void
test_forgets_when_freed (void)
{
  g_autoptr (RoundsSecrets) first = rounds_secret_memory_new ();
  g_autoptr (RoundsSecrets) second = NULL;
  g_autofree char *found = NULL;

  rounds_test_expect (
      rounds_secrets_store (first, ROUNDS_SECRET_CACHE_KEY, "http://[::1]", "a@b", "s"));
  g_clear_object (&first);
  second = rounds_secret_memory_new ();
  found = look_up (second, ROUNDS_SECRET_CACHE_KEY, "http://[::1]", "a@b");
  g_assert_null (found);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/Secret/Memory/contract", test_contract);
  g_test_add_func ("/Rounds/Secret/Memory/forgets-when-freed", test_forgets_when_freed);
  return g_test_run ();
}
