/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * X-Jaas-Signature: the example of JaaS's documentation, and what is not quite that.
 */

#include "config.h"

#include "rounds-test.h"
#include "rounds-webhook-signature.h"

#include <string.h>

/* developer.8x8.com/jaas/docs/webhooks-signatures: the secret, the body and the header there. */
#define EXAMPLE_SECRET "whsec_9635df66714a4cf088ee9d0979dd3bf6"
#define EXAMPLE_APP "vpaas-magic-cookie-96f0941768964ab380ed0fbada7a502f"
#define EXAMPLE_TIME G_GINT64_CONSTANT (1632490060)
#define EXAMPLE_SIGNATURE "v1=xlzqEojlh4qb21sQpXYsWgyK8x9HVpz+RQldsv18rV0="
static const char example[]
    = "{\"eventType\":\"PARTICIPANT_JOINED\",\"sessionId\":\"9a441d60-ceaf-4eba-b0a8-"
      "a7d940a76e1b\","
      "\"timestamp\":1632490058278,\"fqn\":\"" EXAMPLE_APP "/sampleappromanticshiftsstripas\","
      "\"idempotencyKey\":\"9e9e7420-562d-4659-8e22-44b9b22aaa49\","
      "\"customerId\":\"96f0941768964ab380ed0fbada7a502f\",\"appId\":\"" EXAMPLE_APP "\","
      "\"data\":{\"avatar\":\"\",\"name\":\"Test User\",\"id\":\"auth0|5f903d7a77f3b4006eb8e67d\","
      "\"participantJid\":\"fc1ea14a-9bca-4218-a563-8c627e803d56@8x8.vc\",\"moderator\":true,"
      "\"email\":\"test.user@company.com\"}}";

#define ZEROS "v1=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static const struct
{
  const char *header;
  RoundsSignature found;
} headers[] = {
  { "t=1632490060," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_GOOD },
  { " t=1632490060 , " EXAMPLE_SIGNATURE " ", ROUNDS_SIGNATURE_GOOD },
  { EXAMPLE_SIGNATURE ",t=1632490060", ROUNDS_SIGNATURE_GOOD },
  { "t=1632490060," ZEROS "," EXAMPLE_SIGNATURE ",v0=x", ROUNDS_SIGNATURE_GOOD },
  { "t=1632490060,v1=nonsense," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_GOOD },
  { "t=1632490060," ZEROS, ROUNDS_SIGNATURE_FORGED },
  { "t=1632490061," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_FORGED },
  { "t=01632490060," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_FORGED },
  /* The first time counts, and it is as it was signed. */
  { "t=1632490061,t=1632490060," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_FORGED },
  { NULL, ROUNDS_SIGNATURE_MISSING },
  { "", ROUNDS_SIGNATURE_MISSING },
  { "t=1632490060", ROUNDS_SIGNATURE_MISSING },
  { EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_MISSING },
  { "t=," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_MISSING },
  { "t=0," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_MISSING },
  { "t=-1632490060," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_MISSING },
  { "t=99999999999999999999," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_MISSING },
  { "t=1632490060x," EXAMPLE_SIGNATURE, ROUNDS_SIGNATURE_MISSING },
  /* Other schemes, and what is no signature. */
  { "t=1632490060,v0=xlzqEojlh4qb21sQpXYsWgyK8x9HVpz+RQldsv18rV0=", ROUNDS_SIGNATURE_MISSING },
  { "t=1632490060,v1=", ROUNDS_SIGNATURE_MISSING },
  { "t=1632490060,v1=xlzqEojlh4qb21sQpXYsWgyK8x9HVpz+RQldsv18rV0", ROUNDS_SIGNATURE_MISSING },
  { "t=1632490060,v1=xlzqEojlh4qb21sQ", ROUNDS_SIGNATURE_MISSING },
  { "t=1632490060," EXAMPLE_SIGNATURE "AAAA", ROUNDS_SIGNATURE_MISSING },
};

static RoundsSignature
check (const char *header, const char *body, const char *secret, gint64 seconds)
{
  const char *secrets[] = { "whsec_00000000000000000000000000000000", secret, NULL };

  return rounds_webhook_signature_check (header, body, strlen (body), secrets,
                                         seconds * ROUNDS_SECOND);
}

static void
test_headers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_test_message ("%s", headers[i].header);
      g_assert_cmpint (check (headers[i].header, example, EXAMPLE_SECRET, EXAMPLE_TIME), ==,
                       headers[i].found);
    }
}

static void
test_bytes (void)
{
  static const char header[] = "t=1632490060," EXAMPLE_SIGNATURE;
  g_autofree char *more = g_strconcat (example, " ", NULL);
  g_autofree char *less = g_strndup (example, strlen (example) - 1);

  g_assert_cmpint (check (header, more, EXAMPLE_SECRET, EXAMPLE_TIME), ==, ROUNDS_SIGNATURE_FORGED);
  g_assert_cmpint (check (header, less, EXAMPLE_SECRET, EXAMPLE_TIME), ==, ROUNDS_SIGNATURE_FORGED);
  /* The secret is text as it stands, its beginning included. */
  g_assert_cmpint (check (header, example, EXAMPLE_SECRET + strlen ("whsec_"), EXAMPLE_TIME), ==,
                   ROUNDS_SIGNATURE_FORGED);
}

static void
test_age (void)
{
  static const struct
  {
    gint64 later; /* seconds */
    RoundsSignature found;
  } rows[] = {
    { 0, ROUNDS_SIGNATURE_GOOD },
    { 24 * 3600, ROUNDS_SIGNATURE_GOOD },
    { 24 * 3600 + 1, ROUNDS_SIGNATURE_STALE },
    { -300, ROUNDS_SIGNATURE_GOOD },
    { -301, ROUNDS_SIGNATURE_STALE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (check ("t=1632490060," EXAMPLE_SIGNATURE, example, EXAMPLE_SECRET,
                            EXAMPLE_TIME + rows[i].later),
                     ==, rows[i].found);
}

/* A time in milliseconds is one as well. */
static void
test_milliseconds (void)
{
  static const char secret[] = "whsec_x";
  static const char text[] = "1632490060000.{}";
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));

  g_hmac_update (hmac, (const guchar *)text, strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
  g_autofree char *base64 = g_base64_encode (digest, length);
  g_autofree char *header = g_strdup_printf ("t=1632490060000,v1=%s", base64);
  g_assert_cmpint (check (header, "{}", secret, EXAMPLE_TIME), ==, ROUNDS_SIGNATURE_GOOD);
  g_assert_cmpint (check (header, "{}", secret, EXAMPLE_TIME + 2 * 24 * 3600), ==,
                   ROUNDS_SIGNATURE_STALE);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/WebhookSignature/headers", test_headers);
  g_test_add_func ("/Rounds/Server/WebhookSignature/bytes", test_bytes);
  g_test_add_func ("/Rounds/Server/WebhookSignature/age", test_age);
  g_test_add_func ("/Rounds/Server/WebhookSignature/milliseconds", test_milliseconds);
  return g_test_run ();
}
