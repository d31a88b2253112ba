/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of ids and random names: their form, and that none comes twice.
 * How random they are is the kernel's business.
 */

#include "rounds-id.h"

#include <string.h>

#include "rounds-init.h"

/* Digits of an id that are its time. */
#define N_ORDERED 14

static void
test_validity (void)
{
  static const struct
  {
    const char *id;
    gboolean valid;
  } cases[] = {
    { "65a51c2f9b1e8a0012345678", TRUE },
    { "000000000000000000000000", TRUE },
    { "ffffffffffffffffffffffff", TRUE },
    { "65A51c2f9b1e8a0012345678", FALSE },
    { "65a51c2f9b1e8a001234567", FALSE },
    { "65a51c2f9b1e8a00123456789", FALSE },
    { "65a51c2f9b1e8a001234567g", FALSE },
    { "65a51c2f9b1e8a001234567 ", FALSE },
    { " 65a51c2f9b1e8a00123456", FALSE },
    { "65a51c2f9b1e8a0012345678\n", FALSE },
    { "65a51c2f9b1e8a00123456é", FALSE },
    { "../../../../../../etc/pw", FALSE },
    { "' or 1=1 or '' = '012345", FALSE },
    { "", FALSE },
    { "٠٠٠٠٠٠٠٠٠٠٠٠", FALSE },
    { "hospital_id", FALSE },
    { NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].id != NULL ? cases[i].id : "NULL");
      g_assert_cmpint (rounds_id_is_valid (cases[i].id), ==, cases[i].valid);
    }
}

static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 earliest = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *last = g_strdup ("");

  for (int i = 0; i < 10000; i++)
    {
      char *id = rounds_id_new ();
      g_autofree char *time = g_strndup (id, 8);
      gint64 seconds = g_ascii_strtoll (time, NULL, 16);

      g_assert_true (rounds_id_is_valid (id));
      g_assert_cmpint (seconds, >=, earliest);
      g_assert_cmpint (seconds, <=, g_get_real_time () / G_USEC_PER_SEC);
      /* They are in the order in which they were made. */
      g_assert_cmpint (strncmp (last, id, N_ORDERED), <=, 0);
      g_set_str (&last, id);
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_hex (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *nothing = rounds_random_hex (0);

  g_assert_cmpstr (nothing, ==, "");
  for (gsize n_bytes = 1; n_bytes <= 40; n_bytes++)
    {
      g_autofree char *hex = rounds_random_hex (n_bytes);

      g_assert_cmpuint (strlen (hex), ==, 2 * n_bytes);
      g_assert_cmpuint (strspn (hex, "0123456789abcdef"), ==, 2 * n_bytes);
    }
  for (int i = 0; i < 1000; i++)
    g_assert_true (g_hash_table_add (seen, rounds_random_hex (8)));
}

/* More than the 256 bytes that the kernel promises in one go; and nothing beyond the end. */
static void
test_bytes (void)
{
  g_autofree guint8 *buffer = g_malloc0 (100001);
  gsize counts[256] = { 0 };

  rounds_random_bytes (buffer, 100000);
  g_assert_cmpuint (buffer[100000], ==, 0);
  for (gsize i = 0; i < 100000; i++)
    counts[buffer[i]]++;
  for (gsize i = 0; i < 256; i++)
    g_assert_cmpuint (counts[i], >, 0);

  rounds_random_bytes (NULL, 0);
}

int
main (int argc, char **argv)
{
  rounds_init ("test-id");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Base/Id/validity", test_validity);
  g_test_add_func ("/Rounds/Base/Id/new", test_new);
  g_test_add_func ("/Rounds/Base/Id/hex", test_hex);
  g_test_add_func ("/Rounds/Base/Id/bytes", test_bytes);

  return g_test_run ();
}
