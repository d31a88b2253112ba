/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What people type as a server's address, and what becomes of it.
 * No connection is made.
 */

#include "config.h"

#include "rounds-address.h"
#include "rounds-api.h"
#include "rounds-test.h"

static void
test_accepted (void)
{
  static const struct
  {
    const char *typed;
    const char *base_url;
    const char *host;
    gboolean is_loopback;
  } cases[] = {
    { "rounds.example.org", "https://rounds.example.org", "rounds.example.org", FALSE },
    { "  rounds.example.org\n", "https://rounds.example.org", "rounds.example.org", FALSE },
    { "ROUNDS.Example.ORG", "https://rounds.example.org", "rounds.example.org", FALSE },
    { "HTTPS://rounds.example.org/", "https://rounds.example.org", "rounds.example.org", FALSE },
    { "https://rounds.example.org:443", "https://rounds.example.org", "rounds.example.org", FALSE },
    { "https://rounds.example.org:8443/", "https://rounds.example.org:8443", "rounds.example.org",
      FALSE },
    { "rounds.example.org:8443", "https://rounds.example.org:8443", "rounds.example.org", FALSE },
    { "example.org/clinic/", "https://example.org/clinic", "example.org", FALSE },
    { "example.org//clinic//a%20b/", "https://example.org/clinic/a%20b", "example.org", FALSE },
    { "https://example.org/a/../../b/./c", "https://example.org/b/c", "example.org", FALSE },
    { "krankenhaus-müller.example", "https://xn--krankenhaus-mller-f3b.example",
      "krankenhaus-müller.example", FALSE },
    { "10.0.0.7", "https://10.0.0.7", "10.0.0.7", FALSE },
    { "[2001:DB8::7]:5000", "https://[2001:db8::7]:5000", "2001:db8::7", FALSE },
    { "https://127.0.0.1", "https://127.0.0.1", "127.0.0.1", TRUE },
    { "http://127.0.0.1:5000", "http://127.0.0.1:5000", "127.0.0.1", TRUE },
    { "http://127.8.9.10:5000/x", "http://127.8.9.10:5000/x", "127.8.9.10", TRUE },
    { "http://[::1]:5000/", "http://[::1]:5000", "::1", TRUE },
    { "http://localhost:80", "http://localhost", "localhost", TRUE },
    { "http://ward.localhost:5000", "http://ward.localhost:5000", "ward.localhost", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsAddress) address = rounds_address_parse (cases[i].typed, &error);

      g_test_message ("“%s”", cases[i].typed);
      g_assert_no_error (error);
      g_assert_cmpstr (address->base_url, ==, cases[i].base_url);
      g_assert_cmpstr (address->host, ==, cases[i].host);
      g_assert_cmpint (address->is_loopback, ==, cases[i].is_loopback);
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "   ",
    "/",
    "https://",
    "https:///api",
    "two words.example.org",
    "https://exa mple.org",
    "https://example.org:0",
    "https://example.org:99999",
    "https://example.org:port",
    "ftp://example.org",
    "file:///etc/passwd",
    "javascript://example.org",
    "https://name@example.org",
    "https://name:secret@example.org",
    "name:secret@example.org",
    "https://example.org?x=1",
    "https://example.org/#top",
    "https://[::1",
    "https://<script>",
    "-example.org",
    ".example.org",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      RoundsAddress *address = rounds_address_parse (cases[i], &error);

      if (address != NULL)
        g_test_message ("“%s” became %s", cases[i], address->base_url);
      g_assert_null (address);
      g_assert_error (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS);
    }
}

static void
test_plain_http_stays_on_this_machine (void)
{
  static const char *const cases[] = {
    "http://example.org",
    "http://10.0.0.7",
    "http://[2001:db8::7]",
    "http://localhost.example.org",
    "http://127.0.0.1.nip.io",
    "http://notlocalhost",
    "http://0.0.0.0",
    "http://[::ffff:10.0.0.7]",
    "http://2130706433",
    "http://0177.0.0.1",
    "http://127.1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rounds_address_parse (cases[i], &error));
      g_assert_error (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS);
    }
}

static void
test_api_takes_it (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsApi) api = rounds_api_new ("Example.org/", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rounds_api_get_base_url (api), ==, "https://example.org");
  g_assert_null (rounds_api_get_token (api));
  g_assert_null (rounds_api_new ("http://example.org", &error));
  g_assert_error (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_ADDRESS);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Net/Address/accepted", test_accepted);
  g_test_add_func ("/Rounds/Net/Address/refused", test_refused);
  g_test_add_func ("/Rounds/Net/Address/plain-http-stays-on-this-machine",
                   test_plain_http_stays_on_this_machine);
  g_test_add_func ("/Rounds/Net/Address/api-takes-it", test_api_takes_it);
  return g_test_run ();
}
