/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of reading tokens that others made: damaged, forged, of wrong types, random.
 * The forging is done here by hand, with GLib's HMAC.
 */

#include "config.h"

#include "jitsi-test-keys.h"
#include "rounds-clock.h"
#include "rounds-init.h"
#include "rounds-jitsi-token.h"

#include <string.h>

#define GOOD_HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"

static char *
encode_bytes (const guchar *bytes, gsize length)
{
  g_autofree char *base64 = g_base64_encode (bytes, length);
  g_autoptr (GString) text = g_string_new (base64);

  g_string_replace (text, "+", "-", 0);
  g_string_replace (text, "/", "_", 0);
  g_string_replace (text, "=", "", 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Any header and payload, rightly signed with @key for HS256. */
static char *
forge (const char *header, const char *payload, const char *key)
{
  g_autofree char *first = encode_bytes ((const guchar *)header, strlen (header));
  g_autofree char *second = encode_bytes ((const guchar *)payload, strlen (payload));
  g_autofree char *head = g_strconcat (first, ".", second, NULL);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)key, strlen (key));
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *signature = NULL;

  g_hmac_update (hmac, (const guchar *)head, -1);
  g_hmac_get_digest (hmac, digest, &length);
  signature = encode_bytes (digest, length);
  return g_strconcat (head, ".", signature, NULL);
}

static void
assert_refused (const char *token, const char *key, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsJitsiToken) read = rounds_jitsi_token_verify (token, key, &error);

  g_assert_null (read);
  g_assert_error (error, ROUNDS_JITSI_ERROR, code);
  /* A message may end up in a log. */
  g_assert_null (strstr (error->message, "eyJ"));
}

static void
test_verify (void)
{
  g_autofree char *token
      = forge (GOOD_HEADER,
               "{\"room\":\"r\",\"exp\":1705399200,\"context\":{\"user\":{\"id\":"
               "\"7\",\"moderator\":true}}}",
               TEST_SECRET);
  g_autoptr (RoundsJitsiToken) read = rounds_jitsi_token_verify (token, TEST_SECRET, NULL);

  g_assert_nonnull (read);
  g_assert_cmpstr (read->algorithm, ==, "HS256");
  g_assert_cmpstr (read->room, ==, "r");
  g_assert_cmpstr (read->user_id, ==, "7");
  g_assert_null (read->user_name);
  g_assert_null (read->issuer);
  g_assert_true (read->moderator);
  g_assert_cmpint (read->expires_at, ==, G_GINT64_CONSTANT (1705399200) * ROUNDS_SECOND);
  g_assert_cmpint (read->not_before, ==, ROUNDS_TIME_NONE);
  assert_refused (token, "another secret", ROUNDS_JITSI_ERROR_TOKEN);
  assert_refused (token, TEST_PUBLIC_KEY, ROUNDS_JITSI_ERROR_TOKEN);
  assert_refused (token, "", ROUNDS_JITSI_ERROR_KEY);
}

/* The token must never choose how it is checked. */
static void
test_algorithms (void)
{
  static const struct
  {
    const char *header, *signed_with, *checked_with;
  } cases[] = {
    { "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", TEST_PUBLIC_KEY, TEST_PUBLIC_KEY },
    { "{\"alg\":\"none\",\"typ\":\"JWT\"}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":\"None\",\"typ\":\"JWT\"}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":\"hs256\",\"typ\":\"JWT\"}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":\"HS384\",\"typ\":\"JWT\"}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":\"RS256\",\"typ\":\"JWT\"}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":\"RS256\",\"typ\":\"JWT\"}", TEST_PUBLIC_KEY, TEST_PUBLIC_KEY },
    { "{\"typ\":\"JWT\"}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":null}", TEST_SECRET, TEST_SECRET },
    { "{\"alg\":[\"HS256\"]}", TEST_SECRET, TEST_SECRET },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = forge (cases[i].header, "{}", cases[i].signed_with);

      assert_refused (token, cases[i].checked_with, ROUNDS_JITSI_ERROR_TOKEN);
    }
}

static void
test_rs256_of_others (void)
{
  g_autoptr (RoundsJitsiConfig) config = rounds_jitsi_config_new ();
  const RoundsJitsiPerson person = { .id = "7" };
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  config->app_id = g_strdup ("app");
  config->domain = g_strdup ("8x8.vc");
  config->kid = g_strdup ("app/1");
  config->private_key = g_strdup (TEST_PRIVATE_KEY);
  token = rounds_jitsi_token_mint (config, &person, "room", 0, ROUNDS_TIME_NONE, &error);
  g_assert_no_error (error);
  assert_refused (token, TEST_OTHER_PUBLIC_KEY, ROUNDS_JITSI_ERROR_TOKEN);
  assert_refused (token, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                  ROUNDS_JITSI_ERROR_TOKEN);
}

static void
test_wrong_types (void)
{
  static const struct
  {
    const char *payload, *claim;
  } cases[] = {
    { "{\"iss\":7}", "iss" },
    { "{\"aud\":[\"jitsi\"]}", "aud" },
    { "{\"sub\":true}", "sub" },
    { "{\"room\":{}}", "room" },
    { "{\"exp\":\"1705399200\"}", "exp" },
    { "{\"exp\":false}", "exp" },
    { "{\"exp\":1705399200000}", "exp" },
    { "{\"exp\":-1}", "exp" },
    { "{\"nbf\":1.5}", "nbf" },
    { "{\"context\":7}", "context" },
    { "{\"context\":{\"user\":[]}}", "context.user" },
    { "{\"context\":{\"user\":{\"id\":7}}}", "context.user.id" },
    { "{\"context\":{\"user\":{\"moderator\":1}}}", "context.user.moderator" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = forge (GOOD_HEADER, cases[i].payload, TEST_SECRET);
      g_autofree char *named = g_strdup_printf ("claim %s:", cases[i].claim);
      g_autoptr (GError) error = NULL;

      g_assert_null (rounds_jitsi_token_inspect (token, &error));
      g_assert_error (error, ROUNDS_JITSI_ERROR, ROUNDS_JITSI_ERROR_TOKEN);
      g_assert_nonnull (strstr (error->message, named));
    }
}

static void
test_tolerated (void)
{
  static const struct
  {
    const char *payload;
    gboolean moderator;
  } cases[] = {
    { "{}", FALSE },
    { "{\"iss\":null,\"exp\":null,\"context\":null}", FALSE },
    { "{\"context\":{\"user\":{\"moderator\":\"true\"}}}", TRUE },
    { "{\"context\":{\"user\":{\"moderator\":\"yes\"}}}", FALSE },
    { "{\"exp\":1705399200.0}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = forge (GOOD_HEADER, cases[i].payload, "any");
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsJitsiToken) read = rounds_jitsi_token_inspect (token, &error);

      g_assert_no_error (error);
      g_assert_cmpint (read->moderator, ==, cases[i].moderator);
    }
}

static void
test_no_token (void)
{
  g_autofree char *large = g_strnfill (100000, 'a');
  g_autofree char *larger = g_strconcat ("eyJ9.", large, ".x", NULL);
  g_autofree char *deep_text = g_strnfill (5000, '[');
  g_autofree char *deep_claims = g_strconcat ("{\"a\":", deep_text, NULL);
  g_autofree char *deep = forge (GOOD_HEADER, deep_claims, TEST_SECRET);
  g_autofree char *no_object = forge (GOOD_HEADER, "[]", TEST_SECRET);
  g_autofree char *no_utf8 = forge (GOOD_HEADER, "{\"iss\":\"\xff\"}", TEST_SECRET);
  const char *const texts[] = { "",        ".",       "..",           "...",       "a.b",
                                "a.b.c.d", "e30.e30", "e30.e30.e30.", "e 0.e30.x", "e30=.e30=.x",
                                "☃.e30.x", "e30.e.x", "e30..x",       ".e30.x",    larger,
                                deep,      no_object, no_utf8 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      assert_refused (texts[i], TEST_SECRET, ROUNDS_JITSI_ERROR_TOKEN);
      g_assert_null (rounds_jitsi_token_inspect (texts[i], NULL));
    }
}

/* Whatever is changed in a token, it no longer verifies, and nothing crashes. */
static void
test_mutations (void)
{
  g_autofree char *good = forge (GOOD_HEADER, "{\"room\":\"r\",\"exp\":1705399200}", TEST_SECRET);
  gsize length = strlen (good);
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);

  for (int round = 0; round < 20000; round++)
    {
      g_autofree char *token = g_strdup (good);
      gsize position = g_rand_int_range (random, 0, (gint32)length);
      g_autoptr (RoundsJitsiToken) read = NULL;

      if (g_rand_boolean (random))
        token[position] = (char)g_rand_int_range (random, 1, 256);
      else
        token[position] = '\0';
      read = rounds_jitsi_token_verify (token, TEST_SECRET, NULL);
      g_assert_cmpint (read != NULL, ==, g_str_equal (token, good));
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-jitsi-token-read");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Jitsi/Token/verify", test_verify);
  g_test_add_func ("/Rounds/Jitsi/Token/algorithms", test_algorithms);
  g_test_add_func ("/Rounds/Jitsi/Token/rs256-of-others", test_rs256_of_others);
  g_test_add_func ("/Rounds/Jitsi/Token/wrong-types", test_wrong_types);
  g_test_add_func ("/Rounds/Jitsi/Token/tolerated", test_tolerated);
  g_test_add_func ("/Rounds/Jitsi/Token/no-token", test_no_token);
  g_test_add_func ("/Rounds/Jitsi/Token/mutations", test_mutations);
  return g_test_run ();
}
