/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of minted tokens: their very bytes, claims, times, sizes, and what is refused.
 * They are taken apart by hand with GLib, so that libjwt does not vouch for itself.
 */

#include "config.h"

#include "jitsi-test-keys.h"
#include "rounds-clock.h"
#include "rounds-init.h"
#include "rounds-jitsi-token.h"
#include "rounds-json.h"

#include <string.h>

#define ROOM "appointment-65a4f0c2b7e8d9f001234567-a1b2c3d4e5f60718"
#define NOW (G_GINT64_CONSTANT (1705312800) * ROUNDS_SECOND)
#define JAAS_APP "vpaas-magic-cookie-0123"

static const RoundsJitsiPerson doctor = {
  .id = "65a4f0c2b7e8d9f0aabbccdd",
  .name = "Dr. Zoë Ångström",
  .email = "zoe@example.org",
  .moderator = TRUE,
};

static RoundsJitsiConfig *
create_config (void)
{
  RoundsJitsiConfig *config = rounds_jitsi_config_new ();

  config->app_id = g_strdup ("hospital");
  config->secret = g_strdup (TEST_SECRET);
  config->domain = g_strdup ("Meet.Example.org:8443");
  return config;
}

static RoundsJitsiConfig *
create_jaas_config (void)
{
  RoundsJitsiConfig *config = rounds_jitsi_config_new ();

  config->app_id = g_strdup (JAAS_APP);
  config->domain = g_strdup ("8x8.vc");
  config->kid = g_strdup (JAAS_APP "/4f4910");
  config->private_key = g_strdup (TEST_PRIVATE_KEY);
  return config;
}

static char *
decode_part (const char *token, guint position)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);
  g_autoptr (GString) base64 = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_assert_null (strpbrk (token, "+/="));
  base64 = g_string_new (parts[position]);
  g_string_replace (base64, "-", "+", 0);
  g_string_replace (base64, "_", "/", 0);
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');
  bytes = (char *)g_base64_decode (base64->str, &length);
  return g_strndup (bytes, length);
}

static void
assert_claims (const char *token, const char *expected)
{
  g_autofree char *text = decode_part (token, 1);
  g_autoptr (JsonNode) claims = json_from_string (text, NULL);
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);

  g_assert_nonnull (claims);
  g_assert_nonnull (wanted);
  if (!json_node_equal (claims, wanted))
    g_error ("the claims are %s, not %s", text, expected);
}

static char *
mint (const RoundsJitsiConfig *config, const RoundsJitsiPerson *person, gint64 end)
{
  g_autoptr (GError) error = NULL;
  char *token = rounds_jitsi_token_mint (config, person, ROOM, NOW, end, &error);

  g_assert_no_error (error);
  g_assert_nonnull (token);
  return token;
}

static void
test_header (void)
{
  g_autoptr (RoundsJitsiConfig) config = create_config ();
  g_autofree char *token = mint (config, &doctor, ROUNDS_TIME_NONE);
  g_autofree char *header = decode_part (token, 0);

  g_assert_cmpstr (header, ==, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
}

static void
test_claims (void)
{
  g_autoptr (RoundsJitsiConfig) config = create_config ();
  g_autofree char *token = mint (config, &doctor, ROUNDS_TIME_NONE);

  assert_claims (token, "{\"iss\":\"hospital\",\"aud\":\"jitsi\",\"sub\":\"meet.example.org\","
                        "\"room\":\"" ROOM "\",\"exp\":1705399200,\"nbf\":1705312790,"
                        "\"context\":{\"user\":{\"id\":\"65a4f0c2b7e8d9f0aabbccdd\","
                        "\"name\":\"Dr. Zoë Ångström\",\"email\":\"zoe@example.org\","
                        "\"moderator\":true}}}");
}

static void
test_settings (void)
{
  static const struct
  {
    const char *sub, *aud, *tenant;
    const char *expected_sub, *expected_aud;
  } cases[] = {
    { NULL, NULL, NULL, "meet.example.org", "jitsi" },
    { "", "", "", "meet.example.org", "jitsi" },
    { "Meet.Jitsi", "hospital", NULL, "meet.jitsi", "hospital" },
    { NULL, NULL, "Clinic", "clinic", "jitsi" },
    { "meet.jitsi", NULL, "clinic", "meet.jitsi", "jitsi" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsJitsiConfig) config = create_config ();
      g_autofree char *token = NULL;
      g_autoptr (RoundsJitsiToken) read = NULL;

      config->sub = g_strdup (cases[i].sub);
      config->aud = g_strdup (cases[i].aud);
      config->tenant = g_strdup (cases[i].tenant);
      token = mint (config, &doctor, ROUNDS_TIME_NONE);
      read = rounds_jitsi_token_inspect (token, NULL);
      g_assert_cmpstr (read->subject, ==, cases[i].expected_sub);
      g_assert_cmpstr (read->audience, ==, cases[i].expected_aud);
    }
}

static void
test_missing_claims (void)
{
  static const RoundsJitsiPerson people[] = {
    { .id = "65a4f0c2b7e8d9f0aabbccdd" },
    { .id = "65a4f0c2b7e8d9f0aabbccdd", .name = "", .email = "" },
    { .id = "65a4f0c2b7e8d9f0aabbccdd", .name = " \n\t ", .email = "\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (RoundsJitsiConfig) config = create_config ();
      g_autofree char *token = mint (config, &people[i], ROUNDS_TIME_NONE);
      g_autofree char *payload = decode_part (token, 1);

      g_assert_null (strstr (payload, "null"));
      g_assert_nonnull (strstr (payload, "\"user\":{\"id\":\"65a4f0c2b7e8d9f0aabbccdd\","
                                         "\"moderator\":false}"));
    }
}

/* RFC 7515 by hand: HMAC over the first two parts, base64url without padding. */
static void
test_signature (void)
{
  g_autoptr (RoundsJitsiConfig) config = create_config ();
  g_autofree char *token = mint (config, &doctor, ROUNDS_TIME_NONE);
  const char *dot = strrchr (token, '.');
  g_autoptr (GHmac) hmac
      = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)TEST_SECRET, strlen (TEST_SECRET));
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *base64 = NULL;
  g_autoptr (GString) expected = NULL;

  g_hmac_update (hmac, (const guchar *)token, dot - token);
  g_hmac_get_digest (hmac, digest, &length);
  base64 = g_base64_encode (digest, length);
  expected = g_string_new (base64);
  g_string_replace (expected, "+", "-", 0);
  g_string_replace (expected, "/", "_", 0);
  g_string_replace (expected, "=", "", 0);
  g_assert_cmpstr (dot + 1, ==, expected->str);
}

static void
test_times (void)
{
  static const struct
  {
    gint64 now, end;
    gint64 exp, nbf;
  } cases[] = {
    { NOW, ROUNDS_TIME_NONE, 1705312800 + 3600, 1705312790 },
    { NOW + 999999, ROUNDS_TIME_NONE, 1705312800 + 3600, 1705312790 },
    { NOW, NOW - ROUNDS_HOUR, 1705312800 + 3600, 1705312790 },
    { NOW, NOW + ROUNDS_HOUR, 1705312800 + 3600, 1705312790 },
    { NOW, NOW + ROUNDS_HOUR + 1, 1705312800 + 3601, 1705312790 },
    { NOW, NOW + 3 * ROUNDS_HOUR, 1705312800 + 3 * 3600, 1705312790 },
  };
  g_autoptr (RoundsJitsiConfig) config = create_config ();

  config->token_ttl = 3600;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token
          = rounds_jitsi_token_mint (config, &doctor, ROOM, cases[i].now, cases[i].end, NULL);
      g_autofree char *payload = decode_part (token, 1);
      g_autofree char *expected = g_strdup_printf (
          "\"exp\":%" G_GINT64_FORMAT ",\"iss\":\"hospital\",\"nbf\":%" G_GINT64_FORMAT ",",
          cases[i].exp, cases[i].nbf);

      g_assert_nonnull (strstr (payload, expected));
    }
}

static void
test_absurd_names (void)
{
  static const char *const units[]
      = { "x", "é", "漢", "👩‍⚕️", "\x01", "\"", "\\", "\xff", "</script>" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (RoundsJitsiConfig) config = create_config ();
      g_autoptr (GString) name = g_string_new ("N");
      g_autofree char *token = NULL;
      g_autoptr (RoundsJitsiToken) read = NULL;
      RoundsJitsiPerson person = doctor;

      while (name->len < 100000)
        g_string_append (name, units[i]);
      person.name = name->str;
      person.email = name->str;
      token = mint (config, &person, ROUNDS_TIME_NONE);
      g_assert_cmpuint (strlen (token), <, 6000);
      read = rounds_jitsi_token_verify (token, TEST_SECRET, NULL);
      g_assert_nonnull (read);
      g_assert_true (g_str_has_prefix (read->user_name, "N"));
      g_assert_true (g_utf8_validate (read->user_name, -1, NULL));
      g_assert_cmpuint (strlen (read->user_name), <=, 400);
      /* Half an address is none. */
      g_assert_null (read->user_email);
    }
}

static void
test_jaas (void)
{
  static const char *const listed[] = { "recording",      "livestreaming", "transcription",
                                        "screen-sharing", "lobby",         "outbound-call" };

  for (int moderator = 0; moderator < 2; moderator++)
    {
      g_autoptr (RoundsJitsiConfig) config = create_jaas_config ();
      RoundsJitsiPerson person = doctor;
      g_autofree char *token = NULL;
      g_autofree char *header = NULL;
      g_autofree char *payload = NULL;
      g_autoptr (RoundsJitsiToken) read = NULL;

      person.moderator = moderator != 0;
      token = mint (config, &person, ROUNDS_TIME_NONE);
      header = decode_part (token, 0);
      payload = decode_part (token, 1);
      read = rounds_jitsi_token_verify (token, TEST_PUBLIC_KEY, NULL);
      g_assert_nonnull (read);
      g_assert_cmpstr (header, ==,
                       "{\"alg\":\"RS256\",\"kid\":\"" JAAS_APP "/4f4910\",\"typ\":\"JWT\"}");
      g_assert_cmpstr (read->audience, ==, "jitsi");
      g_assert_cmpstr (read->issuer, ==, "chat");
      g_assert_cmpstr (read->subject, ==, JAAS_APP);
      g_assert_cmpstr (read->room, ==, ROOM);
      g_assert_cmpint (read->moderator, ==, moderator);
      for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
        {
          gboolean may = moderator || g_str_equal (listed[i], "screen-sharing");
          g_autofree char *claim
              = g_strdup_printf ("\"%s\":\"%s\"", listed[i], may ? "true" : "false");

          g_assert_nonnull (strstr (payload, claim));
        }
      /* As text, in 8x8's rules and samples. */
      g_assert_nonnull (
          strstr (payload, moderator ? "\"moderator\":\"true\"" : "\"moderator\":\"false\""));
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *secret, *domain, *room, *id;
    int code;
  } cases[] = {
    { "", "meet.example.org", ROOM, "1", ROUNDS_JITSI_ERROR_CONFIG },
    { "your-jitsi-secret-key", "meet.example.org", ROOM, "1", ROUNDS_JITSI_ERROR_CONFIG },
    { TEST_SECRET, "meet.jit.si", ROOM, "1", ROUNDS_JITSI_ERROR_CONFIG },
    { TEST_SECRET, "https://x", ROOM, "1", ROUNDS_JITSI_ERROR_CONFIG },
    { TEST_SECRET, "meet.example.org", "*", "1", ROUNDS_JITSI_ERROR_TOKEN },
    { TEST_SECRET, "meet.example.org", "", "1", ROUNDS_JITSI_ERROR_TOKEN },
    { TEST_SECRET, "meet.example.org", "Room", "1", ROUNDS_JITSI_ERROR_TOKEN },
    { TEST_SECRET, "meet.example.org", ROOM, "", ROUNDS_JITSI_ERROR_TOKEN },
    { TEST_SECRET, "meet.example.org", ROOM, NULL, ROUNDS_JITSI_ERROR_TOKEN },
    { TEST_SECRET, "meet.example.org", ROOM, "\xff", ROUNDS_JITSI_ERROR_TOKEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsJitsiConfig) config = create_config ();
      const RoundsJitsiPerson person = { .id = cases[i].id };
      g_autoptr (GError) error = NULL;

      g_set_str (&config->secret, cases[i].secret);
      g_set_str (&config->domain, cases[i].domain);
      g_assert_null (
          rounds_jitsi_token_mint (config, &person, cases[i].room, NOW, ROUNDS_TIME_NONE, &error));
      g_assert_error (error, ROUNDS_JITSI_ERROR, cases[i].code);
    }
}

static void
test_personal (void)
{
  g_autoptr (RoundsJitsiConfig) config = create_config ();
  const RoundsJitsiPerson patient = { .id = "65a4f0c2b7e8d9f0aabbccde", .name = "Ana" };
  g_autofree char *first = mint (config, &doctor, ROUNDS_TIME_NONE);
  g_autofree char *second = mint (config, &patient, ROUNDS_TIME_NONE);
  g_autofree char *again = mint (config, &doctor, ROUNDS_TIME_NONE);

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (first, ==, again);
}

static gpointer
mint_many (gpointer data)
{
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *token = mint (data, &doctor, ROUNDS_TIME_NONE);
      g_autoptr (RoundsJitsiToken) read = rounds_jitsi_token_verify (token, TEST_SECRET, NULL);

      g_assert_nonnull (read);
      g_assert_cmpstr (read->user_id, ==, doctor.id);
    }
  return NULL;
}

/* The server's workers share one configuration. */
static void
test_threads (void)
{
  g_autoptr (RoundsJitsiConfig) config = create_config ();
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("mint", mint_many, config);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-jitsi-token");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Jitsi/Token/header", test_header);
  g_test_add_func ("/Rounds/Jitsi/Token/claims", test_claims);
  g_test_add_func ("/Rounds/Jitsi/Token/settings", test_settings);
  g_test_add_func ("/Rounds/Jitsi/Token/missing-claims", test_missing_claims);
  g_test_add_func ("/Rounds/Jitsi/Token/signature", test_signature);
  g_test_add_func ("/Rounds/Jitsi/Token/times", test_times);
  g_test_add_func ("/Rounds/Jitsi/Token/absurd-names", test_absurd_names);
  g_test_add_func ("/Rounds/Jitsi/Token/jaas", test_jaas);
  g_test_add_func ("/Rounds/Jitsi/Token/refusals", test_refusals);
  g_test_add_func ("/Rounds/Jitsi/Token/personal", test_personal);
  g_test_add_func ("/Rounds/Jitsi/Token/threads", test_threads);
  return g_test_run ();
}
