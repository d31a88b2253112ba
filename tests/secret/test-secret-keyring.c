/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * libsecret against a real gnome-keyring, and against none; with-keyring starts it.
 * What every keyring has to do is in secrets-contract.c.
 */

#include "config.h"

#include <gio/gio.h>

#include "rounds-test.h"
#include "secrets-contract.h"

#define SERVER "https://rounds.example.org/"
#define ACCOUNT "margarethe@example.org"
#define SERVICE "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define LOGIN "/org/freedesktop/secrets/collection/login"

static GVariant *
call (const char *path, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GVariant *answer;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, SERVICE, path, interface, method, arguments, NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

static void
test_contract (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();

  check_secrets_contract (secrets);
}

static GVariant *
get_property (const char *path, const char *name)
{
  g_autoptr (GVariant) answer = call (path, "org.freedesktop.DBus.Properties", "Get",
                                      g_variant_new ("(ss)", "org.freedesktop.Secret.Item", name));
  g_autoptr (GVariant) boxed = g_variant_get_child_value (answer, 0);

  return g_variant_get_variant (boxed);
}

/* Other programs, and Rounds of next year, find the entry by exactly this. */
static void
test_entries_are_found_by_others (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GVariant) label = NULL;
  g_autofree const char **paths = NULL;
  GVariantBuilder query;

  rounds_test_expect (
      rounds_secrets_store (secrets, ROUNDS_SECRET_REFRESH_TOKEN, SERVER, ACCOUNT, "token"));
  g_variant_builder_init (&query, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&query, "{ss}", "xdg:schema", "io.github.rounds_app.Rounds.Credential");
  g_variant_builder_add (&query, "{ss}", "server", SERVER);
  g_variant_builder_add (&query, "{ss}", "account", ACCOUNT);
  g_variant_builder_add (&query, "{ss}", "kind", "refresh-token");
  found = call (SERVICE_PATH, "org.freedesktop.Secret.Service", "SearchItems",
                g_variant_new ("(a{ss})", &query));
  g_variant_get (found, "(^a&o@ao)", &paths, NULL);
  g_assert_cmpuint (g_strv_length ((char **)paths), ==, 1);
  label = get_property (paths[0], "Label");
  g_assert_cmpstr (g_variant_get_string (label, NULL), ==,
                   "Rounds – margarethe@example.org@rounds.example.org/");
  rounds_test_expect (rounds_secrets_clear (secrets, SERVER, ACCOUNT));
}

/* A lookup that is dropped answers nobody and disturbs nobody. */
static void
test_dropped_calls (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();
  g_autofree char *found = NULL;

  dex_unref (rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "kept"));
  dex_unref (rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT));
  rounds_test_expect (
      rounds_secrets_store (secrets, ROUNDS_SECRET_ACCESS_TOKEN, SERVER, ACCOUNT, "x"));
  found = look_up (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT);
  g_assert_cmpstr (found, ==, "kept");
  rounds_test_expect (rounds_secrets_clear (secrets, SERVER, ACCOUNT));
}

/* Last of the real ones, since nobody here can unlock the keyring again: no prompter is on this
 * bus, which is what a person who closes the question looks like. */
static void
test_locked_is_not_empty (void)
{
  const char *const collections[] = { LOGIN, NULL };
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();
  g_autoptr (GVariant) locked = NULL;

  rounds_test_expect (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "key"));
  locked = call (SERVICE_PATH, "org.freedesktop.Secret.Service", "Lock",
                 g_variant_new ("(^ao)", collections));
  rounds_test_expect_error (
      rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT),
      ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_LOCKED);
  rounds_test_expect_error (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "other"),
      ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_LOCKED);
  rounds_test_expect_error (rounds_secrets_clear (secrets, SERVER, ACCOUNT), ROUNDS_SECRET_ERROR,
                            ROUNDS_SECRET_ERROR_LOCKED);
}

static void
test_nobody_answers (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();

  rounds_test_expect_error (
      rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT),
      ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_UNAVAILABLE);
  rounds_test_expect_error (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "s"),
      ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_UNAVAILABLE);
  rounds_test_expect_error (rounds_secrets_clear (secrets, SERVER, ACCOUNT), ROUNDS_SECRET_ERROR,
                            ROUNDS_SECRET_ERROR_UNAVAILABLE);
}

int
main (int argc, char *argv[])
{
  const char *keyring = g_getenv ("ROUNDS_TEST_KEYRING");

  rounds_test_init (&argc, &argv);

  if (g_strcmp0 (keyring, "unlocked") == 0)
    {
      g_test_add_func ("/Rounds/Secret/Keyring/contract", test_contract);
      g_test_add_func ("/Rounds/Secret/Keyring/found-by-others", test_entries_are_found_by_others);
      g_test_add_func ("/Rounds/Secret/Keyring/dropped-calls", test_dropped_calls);
      g_test_add_func ("/Rounds/Secret/Keyring/locked-is-not-empty", test_locked_is_not_empty);
    }
  else
    {
      g_test_add_func ("/Rounds/Secret/Keyring/nobody-answers", test_nobody_answers);
    }
  return g_test_run ();
}
