/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Ids and random names out of the kernel's random source.
 * Nothing here is fit for a key or a password; those have libraries of their own.
 */

#include "rounds-id.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#define N_RANDOM_ID_BYTES 5
#define FRACTION_BITS 24

void
rounds_random_bytes (guint8 *buffer, gsize length)
{
  g_return_if_fail (buffer != NULL || length == 0);

  while (length > 0)
    {
      gssize n_read = getrandom (buffer, length, 0);

      if (n_read < 0 && errno == EINTR)
        continue;
      /* Security: a guessable room name is an open door, so there is no second-best source. */
      if (n_read <= 0)
        g_error ("The system's random source failed: %s", g_strerror (errno));

      buffer += n_read;
      length -= n_read;
    }
}

char *
rounds_random_hex (gsize n_bytes)
{
  static const char digits[] = "0123456789abcdef";
  g_autofree guint8 *bytes = NULL;
  char *hex = NULL;

  g_return_val_if_fail (n_bytes < G_MAXSIZE / 2, NULL);

  bytes = g_malloc (n_bytes);
  rounds_random_bytes (bytes, n_bytes);

  hex = g_malloc (2 * n_bytes + 1);
  for (gsize i = 0; i < n_bytes; i++)
    {
      hex[2 * i] = digits[bytes[i] >> 4];
      hex[2 * i + 1] = digits[bytes[i] & 0xf];
    }
  hex[2 * n_bytes] = '\0';
  return hex;
}

char *
rounds_id_new (void)
{
  g_autofree char *random = rounds_random_hex (N_RANDOM_ID_BYTES);
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  /* In the order of time, also within a second: what is made one after the other lies side by side
   * in every index, and a commit writes few of their pages. */
  guint32 fraction = (guint32)(((guint64)now.tv_nsec << FRACTION_BITS) / 1000000000);
  return g_strdup_printf ("%08x%06x%s", (guint32)now.tv_sec, fraction, random);
}

gboolean
rounds_id_is_valid (const char *id)
{
  gsize length = 0;

  if (id == NULL)
    return FALSE;

  for (; id[length] != '\0'; length++)
    {
      char c = id[length];

      if (length == ROUNDS_ID_LENGTH || !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
        return FALSE;
    }

  return length == ROUNDS_ID_LENGTH;
}
