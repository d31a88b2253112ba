/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Clients that mean harm or are broken, and a healthy one beside them, which must not notice.
 * ROUNDS_SOAK makes it 5,000 connections, and holds the server to three times its quiet p99.
 */

#include "config.h"

#include "rounds-test.h"
#include "server-fixture.h"

#include <string.h>
#include <sys/resource.h>

#define N_PROBES 200
/* Below what one address may have; all of this network is loopback. */
#define CROWD_OF_ADDRESS 1000

static gboolean
is_soak (void)
{
  return g_getenv ("ROUNDS_SOAK") != NULL;
}

static guint
get_crowd (void)
{
  return is_soak () ? 5000 : 300;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a;
  gint64 other = *(const gint64 *)b;
  return one < other ? -1 : one > other;
}

/* What the slowest but one in a hundred of a healthy client's requests takes, µs. */
static gint64
measure_p99 (ServerFixture *server, const char *token)
{
  gint64 times[N_PROBES];

  for (gsize i = 0; i < N_PROBES; i++)
    {
      gint64 began = g_get_monotonic_time ();
      g_autoptr (ServerReply) reply
          = server_fixture_send (server, "GET", "/api/users/me", token, NULL);
      g_assert_cmpuint (reply->status, ==, 200);
      times[i] = g_get_monotonic_time () - began;
    }
  qsort (times, N_PROBES, sizeof *times, compare_times);
  return times[N_PROBES * 99 / 100];
}

/* kB in RAM. */
static guint64
read_memory (ServerFixture *server)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int)server_fixture_get_pid (server));
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_ascii_strtoull (strstr (text, "VmRSS:") + strlen ("VmRSS:"), NULL, 10);
}

typedef struct
{
  const char *name;
  const char *bytes; /* what each of the crowd sends, and then nothing more */
} Flood;

static char *
repeat (const char *before, const char *unit, gsize times)
{
  GString *text = g_string_new (before);

  for (gsize i = 0; i < times; i++)
    g_string_append (text, unit);
  return g_string_free_and_steal (text);
}

static GPtrArray *
open_crowd (ServerFixture *server, const char *bytes)
{
  GPtrArray *crowd = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < get_crowd (); i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autofree char *host = g_strdup_printf ("127.0.1.%u", 1 + i / CROWD_OF_ADDRESS);
      g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, 0);
      GSocketConnection *connection = NULL;

      g_socket_client_set_local_address (client, address);
      connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                    server_fixture_get_port (server), NULL, NULL);
      g_assert_nonnull (connection);
      /* The server may have cut it already, which is its right. */
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes,
                                 strlen (bytes), NULL, NULL, NULL);
      g_ptr_array_add (crowd, connection);
    }
  return crowd;
}

static void
endure (ServerFixture *server, const char *token, const Flood *flood)
{
  gint64 quiet = measure_p99 (server, token);
  guint64 before = read_memory (server);
  g_autoptr (GPtrArray) crowd = open_crowd (server, flood->bytes);
  gint64 beside = measure_p99 (server, token);
  guint64 memory = read_memory (server) - MIN (before, read_memory (server));

  g_test_message ("%s: p99 %" G_GINT64_FORMAT " µs quiet, %" G_GINT64_FORMAT
                  " µs beside %u of them, which take %" G_GUINT64_FORMAT " kB",
                  flood->name, quiet, beside, crowd->len, memory);
  /* Of each its 12 KiB of memory for a connection, and what the kernel does not count here. */
  g_assert_cmpuint (memory, <, crowd->len * 32 + 32 * 1024);
  /* On a machine that does other things as well a short run says nothing about speed. */
  g_assert_cmpint (beside, <, is_soak () ? MAX (3 * quiet, 5000) : 5 * G_USEC_PER_SEC);
}

static void
test_floods (void)
{
  g_autofree char *head = repeat ("GET /api HTTP/1.1\r\nHost: x\r\nX-Long: ", "x", 10000);
  g_autofree char *deep = repeat ("POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                  "application/json\r\nContent-Length: 4000\r\n\r\n",
                                  "[", 4000);
  const Flood floods[] = {
    { "idle", "" },
    { "slow heads", "GET /api HTTP/1.1\r\nHost: x\r\nX-Slow: " },
    { "slow bodies", "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: "
                     "application/json\r\nContent-Length: 4000\r\n\r\n{" },
    { "long heads", head },
    { "deep JSON", deep },
  };
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autofree char *token = server_fixture_sign_in (server, "doctor@example.org");
  struct rlimit files;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &files), ==, 0);
  files.rlim_cur = files.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &files), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++)
    endure (server, token, &floods[i]);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/Floods/not-noticed", test_floods);
  return g_test_run ();
}
