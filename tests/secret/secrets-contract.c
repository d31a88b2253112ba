/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The contract of RoundsSecrets as checks.
 * It starts no keyring.
 */

#include "config.h"

#include "secrets-contract.h"

#include "rounds-test.h"

#define SERVER "https://rounds.example.org"
#define OTHER_SERVER "http://127.0.0.1:5000"
#define ACCOUNT "doctor@example.org"
#define OTHER_ACCOUNT "desk@example.org"

typedef struct
{
  RoundsSecretKind kind;
  const char *server;
  const char *account;
  const char *secret;
} Entry;

static const Entry ENTRIES[] = {
  { ROUNDS_SECRET_ACCESS_TOKEN, SERVER, ACCOUNT, "eyJhbGciOi.first.access" },
  { ROUNDS_SECRET_REFRESH_TOKEN, SERVER, ACCOUNT, "first refresh" },
  { ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "00112233445566778899aabbccddeeff" },
  { ROUNDS_SECRET_ACCESS_TOKEN, SERVER, OTHER_ACCOUNT, "ünïcödé ❤ \"quotes\" and\nlines" },
  { ROUNDS_SECRET_ACCESS_TOKEN, OTHER_SERVER, ACCOUNT, "" },
};

char *
look_up (RoundsSecrets *secrets, RoundsSecretKind kind, const char *server, const char *account)
{
  g_autoptr (DexFuture) future = rounds_secrets_lookup (secrets, kind, server, account);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return g_value_dup_boxed (value);
}

static void
expect_entry (RoundsSecrets *secrets, const Entry *entry, const char *secret)
{
  g_autofree char *found = look_up (secrets, entry->kind, entry->server, entry->account);

  g_assert_cmpstr (found, ==, secret);
}

static void
check_misuse (RoundsSecrets *secrets)
{
  rounds_test_expect_error (rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, NULL, ACCOUNT),
                            G_IO_ERROR, G_IO_ERROR_INVAL);
  rounds_test_expect_error (rounds_secrets_lookup (secrets, (RoundsSecretKind)3, SERVER, ACCOUNT),
                            G_IO_ERROR, G_IO_ERROR_INVAL);
  rounds_test_expect_error (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, NULL), G_IO_ERROR,
      G_IO_ERROR_INVAL);
  rounds_test_expect_error (rounds_secrets_clear (secrets, SERVER, NULL), G_IO_ERROR,
                            G_IO_ERROR_INVAL);
}

void
check_secrets_contract (RoundsSecrets *secrets)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    expect_entry (secrets, &ENTRIES[i], NULL);
  rounds_test_expect (rounds_secrets_clear (secrets, SERVER, ACCOUNT));

  for (gsize i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    rounds_test_expect (rounds_secrets_store (secrets, ENTRIES[i].kind, ENTRIES[i].server,
                                              ENTRIES[i].account, ENTRIES[i].secret));
  for (gsize i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    expect_entry (secrets, &ENTRIES[i], ENTRIES[i].secret);

  rounds_test_expect (rounds_secrets_store (secrets, ENTRIES[1].kind, ENTRIES[1].server,
                                            ENTRIES[1].account, "second refresh"));
  expect_entry (secrets, &ENTRIES[1], "second refresh");
  expect_entry (secrets, &ENTRIES[0], ENTRIES[0].secret);

  /* All of one account goes, nothing of the others. */
  rounds_test_expect (rounds_secrets_clear (secrets, SERVER, ACCOUNT));
  for (gsize i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    expect_entry (secrets, &ENTRIES[i], i < 3 ? NULL : ENTRIES[i].secret);
  check_misuse (secrets);
}
