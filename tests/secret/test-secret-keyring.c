/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * libsecret against a real gnome-keyring, against none, and as in a sandbox against the Secret
 * portal; with-keyring starts them. What every keyring has to do is in secrets-contract.c.
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "rounds-test.h"
#include "secrets-contract.h"

#define SERVER "https://rounds.example.org/"
#define ACCOUNT "margarethe@example.org"
#define SERVICE "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define LOGIN "/org/freedesktop/secrets/collection/login"

static GVariant *
call_on (const char *name, const char *path, const char *interface, const char *method,
         GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GVariant *answer;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, name, path, interface, method, arguments, NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

static GVariant *
call (const char *path, const char *interface, const char *method, GVariant *arguments)
{
  return call_on (SERVICE, path, interface, method, arguments);
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

static void
expect_refusals (RoundsSecrets *secrets, RoundsSecretError code)
{
  rounds_test_expect_error (
      rounds_secrets_lookup (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT),
      ROUNDS_SECRET_ERROR, (int)code);
  rounds_test_expect_error (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "other"),
      ROUNDS_SECRET_ERROR, (int)code);
  rounds_test_expect_error (rounds_secrets_clear (secrets, SERVER, ACCOUNT), ROUNDS_SECRET_ERROR,
                            (int)code);
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
  expect_refusals (secrets, ROUNDS_SECRET_ERROR_LOCKED);
}

static void
test_nobody_answers (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();

  expect_refusals (secrets, ROUNDS_SECRET_ERROR_UNAVAILABLE);
}

static void
answer_portal (guint response)
{
  g_variant_unref (call_on (PORTAL, PORTAL_PATH, "io.github.rounds_app.Test", "Answer",
                            g_variant_new ("(u)", response)));
}

/* In a sandbox a keyring that stays locked shows only in how the portal's question ended; what is
 * behind it is still there once the keyring opens. Each start of the app asks anew. */
static void
check_portal_not_unlocked (RoundsSecrets *secrets)
{
  g_autofree char *found = NULL;

  for (guint response = 1; response <= 2; response++)
    {
      answer_portal (response);
      expect_refusals (secrets, ROUNDS_SECRET_ERROR_LOCKED);
    }
  answer_portal (0);
  rounds_test_expect (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "key"));
  found = look_up (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT);
  g_assert_cmpstr (found, ==, "key");
  rounds_test_expect (rounds_secrets_clear (secrets, SERVER, ACCOUNT));
}

/* Who signs out leaves nothing, not even what was there before. */
static void
check_portal_clears_copies (RoundsSecrets *secrets)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "keyrings", NULL);
  g_autoptr (GDir) opened = NULL;

  answer_portal (0);
  for (RoundsSecretKind kind = ROUNDS_SECRET_ACCESS_TOKEN; kind <= ROUNDS_SECRET_CACHE_KEY; kind++)
    rounds_test_expect (rounds_secrets_store (secrets, kind, SERVER, ACCOUNT, "secret"));
  rounds_test_expect (rounds_secrets_clear (secrets, SERVER, ACCOUNT));
  opened = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (opened), ==, "default.keyring");
  g_assert_null (g_dir_read_name (opened));
}

/* A folder that cannot be written to is not a keyring that is missing. */
static void
check_portal_cannot_write (RoundsSecrets *secrets)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "keyrings", NULL);
  g_autofree char *moved = g_strconcat (folder, ".moved", NULL);

  answer_portal (0);
  g_assert_cmpint (g_rename (folder, moved), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  rounds_test_expect_error (
      rounds_secrets_store (secrets, ROUNDS_SECRET_CACHE_KEY, SERVER, ACCOUNT, "key"),
      ROUNDS_SECRET_ERROR, ROUNDS_SECRET_ERROR_REFUSED);
}

/* One test: libsecret settles once where its file is, and each test has folders of its own. */
static void
test_portal (void)
{
  g_autoptr (RoundsSecrets) secrets = rounds_secret_keyring_new ();

  check_portal_not_unlocked (secrets);
  check_secrets_contract (secrets);
  check_portal_clears_copies (secrets);
  check_portal_cannot_write (secrets);
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
  else if (g_strcmp0 (keyring, "portal") == 0)
    {
      g_test_add_func ("/Rounds/Secret/Keyring/portal", test_portal);
    }
  else
    {
      g_test_add_func ("/Rounds/Secret/Keyring/nobody-answers", test_nobody_answers);
    }
  return g_test_run ();
}
