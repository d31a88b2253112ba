/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The small pure parts of the call: words for failures, elapsed time, origins.
 * Nothing here has a window.
 */

#include "config.h"

#include <string.h>
#include <webkit/webkit.h>

#include "rounds-call-elapsed.h"
#include "rounds-call-failure.h"
#include "rounds-call-origin.h"
#include "rounds-init.h"

static void
test_every_failure_has_words (void)
{
  for (int code = ROUNDS_CALL_ERROR_NO_WEBRTC; code <= ROUNDS_CALL_ERROR_CONFERENCE; code++)
    {
      g_autoptr (GError) error = g_error_new (ROUNDS_CALL_ERROR, code, "%s", "HTTP 502");
      g_autoptr (RoundsCallFailure) failure = rounds_call_failure_new (error, "meet.example.org");

      g_assert_nonnull (failure->icon_name);
      g_assert_cmpuint (strlen (failure->title), >, 5);
      g_assert_cmpuint (strlen (failure->description), >, 20);
      g_assert_null (strchr (failure->description, '%'));
      g_assert_cmpstr (failure->details, ==, "HTTP 502");
      /* There is always a next step. */
      g_assert_true (failure->can_try_again || failure->can_open_in_browser);
    }
}

static void
test_host_is_named (void)
{
  g_autoptr (GError) error
      = g_error_new (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_UNREACHABLE, "%s", "");
  g_autoptr (RoundsCallFailure) failure = rounds_call_failure_new (error, "meet.example.org");
  g_autoptr (RoundsCallFailure) nameless = rounds_call_failure_new (error, NULL);

  g_assert_true (g_str_has_prefix (failure->description, "meet.example.org "));
  g_assert_null (failure->details);
  g_assert_nonnull (nameless->description);
}

/* A certificate that is wrong is never clicked away: no browser, which would offer just that. */
static void
test_certificate_has_no_way_round (void)
{
  g_autoptr (GError) error
      = g_error_new (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_CERTIFICATE, "%s", "x");
  g_autoptr (RoundsCallFailure) failure = rounds_call_failure_new (error, "meet.example.org");

  g_assert_false (failure->can_open_in_browser);
}

static void
test_details_carry_no_secret (void)
{
  static const char *const messages[] = {
    "Could not load https://meet.example.org/room#jwt=%22aaaaaaaaaa.bbbbbbbbbb.cccccccccc%22 now",
    "Failed (http://127.0.0.1:1/room?jwt=aaaaaaaaaa.bbbbbbbbbb.cccccccccc)",
    "Refused: Bearer aaaaaaaaaa.bbbbbbbbbb.cccccccccc",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GError) error
          = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, messages[i]);
      g_autoptr (RoundsCallFailure) failure = rounds_call_failure_new (error, NULL);

      g_assert_nonnull (failure->details);
      g_assert_null (strstr (failure->details, "bbbbbbbbbb"));
      g_assert_null (strstr (failure->details, "://"));
    }
}

static void
test_long_details_are_cut (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (GError) error
      = g_error_new_literal (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_SERVER, text);
  g_autoptr (RoundsCallFailure) failure = rounds_call_failure_new (error, NULL);

  g_assert_cmpuint (strlen (failure->details), <=, 300);
}

static void
test_load_errors (void)
{
  const struct
  {
    GQuark domain;
    int code;
    int expected; /* 0: none */
  } cases[] = {
    { WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED, 0 },
    { WEBKIT_POLICY_ERROR, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE, 0 },
    { WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_FAILED, ROUNDS_CALL_ERROR_UNREACHABLE },
    { WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_TRANSPORT, ROUNDS_CALL_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, ROUNDS_CALL_ERROR_UNREACHABLE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, ROUNDS_CALL_ERROR_UNREACHABLE },
    { WEBKIT_POLICY_ERROR, WEBKIT_POLICY_ERROR_CANNOT_SHOW_MIME_TYPE, ROUNDS_CALL_ERROR_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) load = g_error_new_literal (cases[i].domain, cases[i].code, "x");
      g_autoptr (GError) error = rounds_call_failure_from_load (load);

      if (cases[i].expected == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ROUNDS_CALL_ERROR, cases[i].expected);
    }
}

static void
test_elapsed (void)
{
  static const struct
  {
    gint64 seconds;
    const char *figures;
    const char *words;
  } cases[] = {
    { -5, "0:00", "less than a minute" }, { 0, "0:00", "less than a minute" },
    { 59, "0:59", "less than a minute" }, { 60, "1:00", "1 minute" },
    { 185, "3:05", "3 minutes" },         { 3599, "59:59", "59 minutes" },
    { 3600, "1:00:00", "1 hour" },        { 3725, "1:02:05", "1 hour 2 minutes" },
    { 90000, "25:00:00", "25 hours" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *figures = rounds_call_elapsed_format (cases[i].seconds);
      g_autofree char *words = rounds_call_elapsed_describe (cases[i].seconds);

      g_assert_cmpstr (figures, ==, cases[i].figures);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_origins (void)
{
  static const struct
  {
    const char *origin;
    const char *uri;
    gboolean matches;
  } cases[] = {
    { "https://meet.example.org", "https://meet.example.org/room#jwt=x", TRUE },
    { "https://meet.example.org", "https://meet.example.org", TRUE },
    { "https://meet.example.org", "https://meet.example.org:443/room", TRUE },
    { "https://meet.example.org", "HTTPS://MEET.example.org/room", TRUE },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080/room", TRUE },
    { "https://meet.example.org", "http://meet.example.org/room", FALSE },
    { "https://meet.example.org", "https://meet.example.org:8443/room", FALSE },
    { "https://meet.example.org", "https://meet.example.org.evil.example/room", FALSE },
    { "https://meet.example.org", "https://evil.example/https://meet.example.org", FALSE },
    { "https://meet.example.org", "https://meet.example.org@evil.example/", FALSE },
    { "https://meet.example.org", "https://you@meet.example.org/", FALSE },
    { "http://127.0.0.1:8080", "http://localhost:8080/room", FALSE },
    { "https://meet.example.org", "about:blank", FALSE },
    { "https://meet.example.org", "data:text/html,x", FALSE },
    { "https://meet.example.org", "blob:https://meet.example.org/x", FALSE },
    { "https://meet.example.org", "", FALSE },
    { "https://meet.example.org", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (rounds_call_origin_matches (cases[i].origin, cases[i].uri) != cases[i].matches)
      g_error ("Wrong for %s", cases[i].uri);
}

static void
test_hosts (void)
{
  static const char *const cases[][2] = {
    { "https://meet.example.org", "meet.example.org" },
    { "https://meet.example.org:443", "meet.example.org" },
    { "https://meet.example.org:8443", "meet.example.org:8443" },
    { "http://127.0.0.1:5280", "127.0.0.1:5280" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = rounds_call_origin_dup_host (cases[i][0]);

      g_assert_cmpstr (host, ==, cases[i][1]);
    }
}

static void
test_outside (void)
{
  g_assert_true (rounds_call_origin_may_open_outside ("https://example.org/"));
  g_assert_true (rounds_call_origin_may_open_outside ("tel:+431234"));
  g_assert_true (rounds_call_origin_may_open_outside ("MAILTO:a@example.org"));
  g_assert_false (rounds_call_origin_may_open_outside ("file:///etc/passwd"));
  g_assert_false (rounds_call_origin_may_open_outside ("javascript:alert(1)"));
  g_assert_false (rounds_call_origin_may_open_outside ("rounds:join"));
  g_assert_false (rounds_call_origin_may_open_outside (""));
  g_assert_false (rounds_call_origin_may_open_outside (NULL));
}

int
main (int argc, char *argv[])
{
  rounds_init ("test-call-words");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Call/Failure/words", test_every_failure_has_words);
  g_test_add_func ("/Rounds/Call/Failure/host", test_host_is_named);
  g_test_add_func ("/Rounds/Call/Failure/certificate", test_certificate_has_no_way_round);
  g_test_add_func ("/Rounds/Call/Failure/no-secret", test_details_carry_no_secret);
  g_test_add_func ("/Rounds/Call/Failure/long", test_long_details_are_cut);
  g_test_add_func ("/Rounds/Call/Failure/load-errors", test_load_errors);
  g_test_add_func ("/Rounds/Call/Elapsed/words", test_elapsed);
  g_test_add_func ("/Rounds/Call/Origin/matches", test_origins);
  g_test_add_func ("/Rounds/Call/Origin/host", test_hosts);
  g_test_add_func ("/Rounds/Call/Origin/outside", test_outside);

  return g_test_run ();
}
