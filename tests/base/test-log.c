/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the redacting log writer: what never may be read in a log, and what has to stay.
 * Where the lines go is GLib's.
 */

#include "rounds-log.h"

#include <string.h>

#include "rounds-init.h"

#define TOKEN "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqaXRzaSJ9.c2lnbmF0dXJl"

static void
test_hides (void)
{
  static const struct
  {
    const char *text;
    const char *redacted;
  } cases[] = {
    { "token " TOKEN " end", "token «…» end" },
    { "https://meet.example.org/room?jwt=" TOKEN "#config.x=1",
      "https://meet.example.org/room?jwt=«…»#config.x=1" },
    { "https://meet.example.org/room?jwt=abc.def&lang=de",
      "https://meet.example.org/room?jwt=«…»&lang=de" },
    { "cut eyJhbGciOiJI", "cut «…»" },
    { "Authorization: Bearer abcDEF123._~+/-=", "Authorization: Bearer «…»" },
    { "authorization=bearer x", "authorization=bearer «…»" },
    { "Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic «…»" },
    { "password=hunter2 user=x", "password=«…» user=x" },
    { "PASSWORD=\"two words\" x", "PASSWORD=«…» x" },
    { "--password='two words' x", "--password=«…» x" },
    { "password: hunter2", "password: «…»" },
    { "{\"password\":\"a \\\" b\",\"n\":1}", "{\"password\":«…»,\"n\":1}" },
    { "{\"accessToken\": \"opaque\", \"n\":1}", "{\"accessToken\": «…», \"n\":1}" },
    { "{\"refreshToken\":\"cut off", "{\"refreshToken\":«…»" },
    { "refresh_token=opaque&x=1", "refresh_token=«…»&x=1" },
    { "JITSI_SECRET=abc", "JITSI_SECRET=«…»" },
    { "url jwt%3Dabc%26x", "url jwt%3D«…»" },
    { "token: 0123456789abcdef0123", "token: «…»" },
    { "mail jane.doe+x@example.org!", "mail «…»" },
    { "to=<jane@example.org>", "to=<«…»>" },
    { "/api/users?search=jane%40example.org&x=1", "/api/users?search=«…»&x=1" },
    { "dörte@müller.example, next", "«…», next" },
    { "two a@b.c and d@e.f", "two «…» and «…»" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *redacted = rounds_log_redact (cases[i].text);
      g_autofree char *again = rounds_log_redact (redacted);

      g_assert_cmpstr (redacted, ==, cases[i].redacted);
      g_assert_cmpstr (again, ==, redacted);
    }
}

static void
test_leaves (void)
{
  static const char *const texts[] = {
    "",
    "listening on http://127.0.0.1:5000",
    "GET /api/appointments/65a51c2f9b1e8a0012345678 200 in 3 ms",
    "Invalid token: expired",
    "The password was refused",
    "65 % of 12 requests, 3/4",
    "müde Ärzte – 10:00",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *redacted = rounds_log_redact (texts[i]);

      g_assert_cmpstr (redacted, ==, texts[i]);
    }
}

static void
test_not_utf8 (void)
{
  g_autofree char *redacted = rounds_log_redact ("\xff\xfe password=hunter2 \xc3");

  g_assert_true (g_utf8_validate (redacted, -1, NULL));
  g_assert_null (strstr (redacted, "hunter2"));
}

/* Texts on which a backtracking matcher would run into this test's time-out, or give up and let all
 * through. */
static void
test_hostile (void)
{
  static const char *const pieces[]
      = { "a", "a.", "eyJaaaa.", "password=", "\"\\", "bearer ", "@", "%4", "a@", " : " };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *redacted = NULL;

      while (text->len < 200000)
        g_string_append (text, pieces[i]);
      g_string_append (text, " password=hunter2");
      redacted = rounds_log_redact (text->str);

      g_assert_null (strstr (redacted, "hunter2"));
    }
}

static void
test_writer (void)
{
  if (g_test_subprocess ())
    {
      g_log_structured ("rounds-test", G_LOG_LEVEL_MESSAGE, "ROUNDS_PATH", "/x?token=hunter3",
                        "MESSAGE", "signed in with password=%s", "hunter2");
      g_message ("and again: Bearer hunter2");
      g_debug ("never shown");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*signed in with password=«…»*and again: Bearer «…»*");
  g_test_trap_assert_stderr_unmatched ("*hunter*");
  g_test_trap_assert_stderr_unmatched ("*never shown*");
}

static void
test_warnings_stay_fatal (void)
{
  if (g_test_subprocess ())
    {
      g_warning ("stop here");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*stop here*");
}

static void
test_binary_fields (void)
{
  static const guint8 binary[] = { 0xff, 0x00, 0x01 };
  GLogField fields[] = {
    { "MESSAGE", "nothing", -1 },
    { "GLIB_DOMAIN", "rounds-test", -1 },
    { "BINARY", binary, sizeof binary },
    { "POINTER", GINT_TO_POINTER (8), 0 },
  };

  /* A debug message is dropped before its fields are looked at; a message is not. */
  g_assert_cmpint (rounds_log_writer (G_LOG_LEVEL_DEBUG, fields, 4, NULL), ==,
                   G_LOG_WRITER_HANDLED);
  if (g_test_subprocess ())
    {
      rounds_log_writer (G_LOG_LEVEL_MESSAGE, fields, 4, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*nothing*");
}

int
main (int argc, char **argv)
{
  rounds_init ("test-log");
  rounds_init ("ignored");
  g_assert_cmpstr (g_get_prgname (), ==, "test-log");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Log/hides", test_hides);
  g_test_add_func ("/Rounds/Base/Log/leaves", test_leaves);
  g_test_add_func ("/Rounds/Base/Log/not-utf8", test_not_utf8);
  g_test_add_func ("/Rounds/Base/Log/hostile", test_hostile);
  g_test_add_func ("/Rounds/Base/Log/writer", test_writer);
  g_test_add_func ("/Rounds/Base/Log/warnings-stay-fatal", test_warnings_stay_fatal);
  g_test_add_func ("/Rounds/Base/Log/binary-fields", test_binary_fields);

  return g_test_run ();
}
