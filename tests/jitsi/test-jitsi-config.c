/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the judgement over Jitsi's settings: what refuses, what warns, which variable is named.
 * Tokens and links made from them have tests of their own.
 */

#include "config.h"

#include "jitsi-test-keys.h"
#include "rounds-init.h"
#include "rounds-jitsi-config.h"
#include "rounds-jitsi-link.h"

#include <string.h>

#define ROOM "meeting-0123456789abcdef01234567-0011223344556677"
#define JAAS_APP "vpaas-magic-cookie-0123"
#define JAAS_KID JAAS_APP "/4f4910"

/* NULL keeps what a good configuration has. */
typedef struct
{
  const char *app_id;
  const char *secret;
  const char *domain;
  const char *sub;
  const char *tenant;
  const char *kid;
  const char *private_key;
  gint64 ttl;
  const char *expected; /* in the error, or NULL: good */
  const char *warning; /* in one of the warnings, or NULL: none */
} Case;

static void
replace (char **setting, const char *value)
{
  if (value != NULL)
    g_set_str (setting, value);
}

static RoundsJitsiConfig *
create_config (const Case *c)
{
  RoundsJitsiConfig *config = rounds_jitsi_config_new ();

  config->app_id = g_strdup ("hospital");
  config->secret = g_strdup (TEST_SECRET);
  config->domain = g_strdup ("meet.example.org");
  replace (&config->app_id, c->app_id);
  replace (&config->secret, c->secret);
  replace (&config->domain, c->domain);
  replace (&config->sub, c->sub);
  replace (&config->tenant, c->tenant);
  replace (&config->kid, c->kid);
  replace (&config->private_key, c->private_key);
  if (c->ttl != 0)
    config->token_ttl = c->ttl;
  return config;
}

static const Case cases[] = {
  { .expected = NULL },
  { .app_id = "", .expected = "JITSI_APP_ID is empty" },
  { .app_id = "", .secret = "", .domain = "meet.jit.si", .warning = "JITSI_DOMAIN is meet.jit.si" },
  { .app_id = "your-jitsi-app-id", .expected = "JITSI_APP_ID is still the guide's placeholder" },
  { .app_id = "a\nb", .expected = "JITSI_APP_ID has a line break" },
  { .app_id = "\xff", .expected = "JITSI_APP_ID is not valid UTF-8" },
  { .secret = "", .expected = "JITSI_SECRET is empty" },
  { .secret = "your-jitsi-secret-key",
    .expected = "JITSI_SECRET is still the guide's placeholder" },
  { .secret = " Your-Jitsi-Secret-Key\n", .expected = "JITSI_SECRET is still" },
  { .secret = TEST_PUBLIC_KEY, .expected = "JITSI_SECRET holds a PEM key" },
  { .secret = "short", .warning = "JITSI_SECRET is 5 bytes long; RFC 7518 asks for 32" },
  { .secret = "0123456789abcdef0123456789abcde", .warning = "JITSI_SECRET is 31 bytes" },
  { .secret = "0123456789abcdef0123456789abcdef", .warning = NULL },
  { .secret = TEST_SECRET "\n", .warning = "JITSI_SECRET ends with a line break" },
  { .domain = "", .expected = "JITSI_DOMAIN is empty" },
  { .domain = "your-jitsi-domain.com",
    .expected = "JITSI_DOMAIN is still the guide's placeholder" },
  { .domain = "https://meet.example.org", .expected = "leave out “https://”" },
  { .domain = "meet.example.org/room", .expected = "JITSI_DOMAIN has to be a host name alone" },
  { .domain = "user@meet.example.org", .expected = "JITSI_DOMAIN has to be a host name alone" },
  { .domain = "meet.example.org ", .expected = "JITSI_DOMAIN has a space" },
  { .domain = "meet example.org", .expected = "JITSI_DOMAIN has a space" },
  { .domain = "meet.example.org\n", .expected = "JITSI_DOMAIN has a space or line break" },
  { .domain = "meet.müller.example", .expected = "“xn--” form" },
  { .domain = "meet..example.org", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "-meet.example.org", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "meet.example.org:", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "meet.example.org:0", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "meet.example.org:65536", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "meet.example.org:8443", .expected = NULL },
  { .domain = "MEET.Example.org", .expected = NULL },
  { .domain = "[::1]", .warning = "JITSI_DOMAIN is this machine itself" },
  { .domain = "[::1", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "[127.0.0.1]", .expected = "JITSI_DOMAIN is neither" },
  { .domain = "localhost:8000", .warning = "JITSI_DOMAIN is this machine itself" },
  { .domain = "meet.jit.si", .warning = "taken no tokens of others since August 2023" },
  { .domain = "Meet.Jit.Si:443", .warning = "taken no tokens of others since August 2023" },
  { .tenant = "Clinic-1", .expected = NULL },
  { .tenant = "a/b", .expected = "JITSI_TENANT may have only" },
  { .tenant = "..", .expected = "JITSI_TENANT may have only" },
  { .sub = "meet\tjitsi", .expected = "JITSI_SUB has a line break or another control" },
  { .ttl = 59, .expected = "JITSI_TOKEN_TTL has to be" },
  { .ttl = -1, .expected = "JITSI_TOKEN_TTL has to be" },
  { .ttl = G_MAXINT64, .expected = "JITSI_TOKEN_TTL has to be" },
  { .ttl = 8 * 24 * 3600, .warning = "JITSI_TOKEN_TTL is more than a week" },
  { .app_id = JAAS_APP,
    .kid = JAAS_KID,
    .private_key = TEST_PRIVATE_KEY,
    .secret = "",
    .domain = "8x8.vc" },
  { .app_id = JAAS_APP,
    .kid = JAAS_KID,
    .private_key = TEST_PRIVATE_KEY,
    .domain = "meet.example.org",
    .warning = "not 8x8.vc" },
  { .app_id = JAAS_APP,
    .kid = JAAS_KID,
    .private_key = TEST_PRIVATE_KEY,
    .domain = "8x8.vc",
    .tenant = "another",
    .expected = "JITSI_TENANT" },
  { .app_id = "hospital",
    .kid = "hospital/1",
    .private_key = TEST_PRIVATE_KEY,
    .domain = "8x8.vc",
    .warning = "vpaas-magic-cookie-" },
  { .domain = "8x8.vc", .expected = "JITSI_PRIVATE_KEY_FILE" },
  { .domain = "stage.8x8.vc", .expected = "JITSI_PRIVATE_KEY_FILE" },
  { .app_id = JAAS_APP, .kid = JAAS_KID, .expected = "JITSI_PRIVATE_KEY_FILE is not" },
  { .app_id = JAAS_APP, .private_key = TEST_PRIVATE_KEY, .expected = "JITSI_KID is not" },
  { .app_id = JAAS_APP,
    .kid = "other/1",
    .private_key = TEST_PRIVATE_KEY,
    .expected = "JITSI_KID has to be JITSI_APP_ID" },
  { .app_id = JAAS_APP,
    .kid = JAAS_APP "/",
    .private_key = TEST_PRIVATE_KEY,
    .expected = "JITSI_KID has to be JITSI_APP_ID" },
  { .app_id = "App_1",
    .kid = "App_1/x",
    .private_key = TEST_PRIVATE_KEY,
    .expected = "JITSI_APP_ID may have only" },
  { .app_id = JAAS_APP,
    .kid = JAAS_KID,
    .private_key = TEST_PRIVATE_KEY,
    .sub = "x",
    .warning = "JITSI_SUB and JITSI_AUD are not used" },
};

static void
check_warnings (const Case *c, char **warnings)
{
  guint length = g_strv_length (warnings);

  for (guint i = 0; i < length; i++)
    {
      g_assert_null (strstr (warnings[i], TEST_SECRET));
      if (c->warning != NULL && strstr (warnings[i], c->warning) != NULL)
        return;
    }
  if (c->warning != NULL || length > 0)
    g_error ("expected the warning “%s”, got “%s”", c->warning, length > 0 ? warnings[0] : "none");
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (RoundsJitsiConfig) config = create_config (c);
      g_auto (GStrv) warnings = NULL;
      g_autoptr (GError) error = NULL;
      gboolean good = rounds_jitsi_config_check (config, &warnings, &error);

      g_test_message ("case %zu", i);
      if (c->expected == NULL)
        {
          g_assert_no_error (error);
          g_assert_true (good);
          check_warnings (c, warnings);
          continue;
        }
      g_assert_false (good);
      g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_CONFIG);
      g_assert_null (warnings);
      if (strstr (error->message, c->expected) == NULL)
        g_error ("expected “%s” in “%s”", c->expected, error->message);
    }
}

/* An encrypted key would make OpenSSL ask on the terminal: this test would hang. */
static void
test_keys (void)
{
  static const struct
  {
    const char *key;
    const char *expected;
  } keys[] = {
    { "garbage", "does not hold a private key" },
    { TEST_PUBLIC_KEY, "does not hold a private key" },
    { TEST_ENCRYPTED_KEY, "holds a key with a passphrase" },
    { "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be used to sign" },
    { TEST_SHORT_KEY, "1024 bits" },
    { TEST_CURVE_KEY, "another kind (EC)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const Case c = { .app_id = JAAS_APP, .kid = JAAS_KID, .private_key = keys[i].key };
      g_autoptr (RoundsJitsiConfig) config = create_config (&c);
      g_autoptr (GError) error = NULL;

      g_assert_false (rounds_jitsi_config_check (config, NULL, &error));
      g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_KEY);
      g_assert_nonnull (strstr (error->message, "JITSI_PRIVATE_KEY_FILE"));
      g_assert_nonnull (strstr (error->message, keys[i].expected));
    }
}

static void
test_takes_tokens (void)
{
  static const struct
  {
    const char *domain;
    gboolean takes;
  } domains[] = {
    { "meet.example.org", TRUE }, { "localhost:8000", TRUE },    { "8x8.vc", TRUE },
    { "notmeet.jit.si", TRUE },   { "meet.jit.si", FALSE },      { "MEET.JIT.SI", FALSE },
    { "meet.jit.si:443", FALSE }, { "beta.meet.jit.si", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      const Case c = { .domain = domains[i].domain };
      g_autoptr (RoundsJitsiConfig) config = create_config (&c);

      g_assert_cmpint (rounds_jitsi_config_takes_tokens (config), ==, domains[i].takes);
    }
}

static void
test_empty (void)
{
  g_autoptr (RoundsJitsiConfig) config = rounds_jitsi_config_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (config->token_ttl, ==, 86400);
  g_assert_false (rounds_jitsi_config_takes_tokens (config));
  g_assert_false (rounds_jitsi_config_check (config, NULL, &error));
  g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_CONFIG);
}

static void
test_upper_case_domain (void)
{
  const Case c = { .domain = "MEET.Example.ORG:8443" };
  g_autoptr (RoundsJitsiConfig) config = create_config (&c);
  g_autofree char *link = rounds_jitsi_link_build (config, ROOM, NULL);

  g_assert_cmpstr (link, ==, "https://meet.example.org:8443/" ROOM);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-jitsi-config");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Jitsi/Config/cases", test_cases);
  g_test_add_func ("/Rounds/Jitsi/Config/keys", test_keys);
  g_test_add_func ("/Rounds/Jitsi/Config/takes-tokens", test_takes_tokens);
  g_test_add_func ("/Rounds/Jitsi/Config/empty", test_empty);
  g_test_add_func ("/Rounds/Jitsi/Config/upper-case-domain", test_upper_case_domain);
  return g_test_run ();
}
