/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whom X-Forwarded-For may name: who is trusted, and what clients make up.
 * The header itself is read by libmicrohttpd.
 */

#include "rounds-client-address.h"
#include "rounds-test.h"

static void
test_read (void)
{
  static const struct
  {
    const char *peer;
    const char *forwarded;
    const char *client;
  } rows[] = {
    { "192.0.2.1", NULL, "192.0.2.1" },
    { "192.0.2.1", "198.51.100.7", "192.0.2.1" }, /* not our proxy */
    { "127.0.0.1", "198.51.100.7", "198.51.100.7" },
    { "local", "198.51.100.7", "198.51.100.7" },
    { "127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7" }, /* the first is made up */
    { "127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9" }, /* two proxies of ours */
    { "127.0.0.1", "127.0.0.1, 198.51.100.7", "198.51.100.7" },
    { "127.0.0.1", "2001:db8::1", "2001:db8::1" },
    { "127.0.0.1", "nonsense", "127.0.0.1" },
    { "127.0.0.1", "198.51.100.7,", "127.0.0.1" },
    { "127.0.0.1", "198.51.100.7:80", "127.0.0.1" },
    { "127.0.0.1", "", "127.0.0.1" },
    { "127.0.0.1", ",,,", "127.0.0.1" },
    { "::1", "198.51.100.7", "::1" },
  };
  g_autoptr (GPtrArray) trusted = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (trusted, g_inet_address_mask_new_from_string ("127.0.0.1", NULL));
  g_ptr_array_add (trusted, g_inet_address_mask_new_from_string ("10.0.0.0/8", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *client
          = rounds_client_address_read (rows[i].peer, rows[i].forwarded, trusted);
      g_test_message ("%s: %s", rows[i].peer, rows[i].forwarded);
      g_assert_cmpstr (client, ==, rows[i].client);
    }
}

/* Whom an address counts as. */
static void
test_network (void)
{
  static const struct
  {
    const char *address;
    const char *network;
  } rows[] = {
    { "192.0.2.1", "192.0.2.1" },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
    { "2001:db8:1:2::", "2001:db8:1:2::/64" },
    { "::1", "::/64" },
    { "::ffff:192.0.2.1", "192.0.2.1" },
    { "local", "local" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *network = rounds_client_address_dup_network (rows[i].address);
      g_assert_cmpstr (network, ==, rows[i].network);
    }
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/ClientAddress/read", test_read);
  g_test_add_func ("/Rounds/Server/ClientAddress/network", test_network);
  return g_test_run ();
}
