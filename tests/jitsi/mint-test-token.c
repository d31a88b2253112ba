/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Prints a token of each kind and the test keys as lines, for test-token-pyjwt.py.
 * It is a test's helper only: real tokens are never printed.
 */

#include "config.h"

#include "jitsi-test-keys.h"
#include "rounds-clock.h"
#include "rounds-init.h"
#include "rounds-jitsi-token.h"

static void
print_token (const RoundsJitsiConfig *config)
{
  const RoundsJitsiPerson person = {
    .id = "65a4f0c2b7e8d9f0aabbccdd",
    .name = "Dr. Zoë “Quotes” 漢字",
    .email = "zoe@example.org",
    .moderator = TRUE,
  };
  gint64 now = G_GINT64_CONSTANT (1705312800) * ROUNDS_SECOND;
  g_autoptr (GError) error = NULL;
  g_autofree char *token
      = rounds_jitsi_token_mint (config, &person, "meeting-1-2", now, ROUNDS_TIME_NONE, &error);

  g_assert_no_error (error);
  g_print ("%s\n", token);
}

int
main (void)
{
  g_autoptr (RoundsJitsiConfig) own = rounds_jitsi_config_new ();
  g_autoptr (RoundsJitsiConfig) jaas = rounds_jitsi_config_new ();

  rounds_init ("mint-test-token");
  own->app_id = g_strdup ("hospital");
  own->secret = g_strdup (TEST_SECRET);
  own->domain = g_strdup ("meet.example.org");
  jaas->app_id = g_strdup ("app");
  jaas->domain = g_strdup ("8x8.vc");
  jaas->kid = g_strdup ("app/1");
  jaas->private_key = g_strdup (TEST_PRIVATE_KEY);
  print_token (own);
  print_token (jaas);
  g_print ("%s\n%s", TEST_SECRET, TEST_PUBLIC_KEY);
  return 0;
}
