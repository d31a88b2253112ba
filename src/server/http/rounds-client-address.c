/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a request comes from: the other end of the connection, or what a trusted proxy says of it.
 * What follows from an address is decided elsewhere.
 */

#include "config.h"

#include "rounds-client-address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#define HEADER "X-Forwarded-For"

static gboolean
is_trusted (const char *address, const GPtrArray *trusted)
{
  g_autoptr (GInetAddress) inet = NULL;

  /* Who reaches our Unix socket was let in by its permissions. */
  if (g_str_equal (address, ROUNDS_ADDRESS_LOCAL))
    return TRUE;
  inet = g_inet_address_new_from_string (address);
  for (guint i = 0; inet != NULL && i < trusted->len; i++)
    {
      if (g_inet_address_mask_matches (g_ptr_array_index (trusted, i), inet))
        return TRUE;
    }
  return FALSE;
}

char *
rounds_client_address_read (const char *peer, const char *forwarded, const GPtrArray *trusted)
{
  g_return_val_if_fail (peer != NULL && trusted != NULL, NULL);

  g_autofree char *client = g_strdup (peer);
  g_auto (GStrv) hops = g_strsplit (forwarded != NULL ? forwarded : "", ",", -1);

  /* Security: from the end, which our own proxy wrote, as far as we trust who wrote it. What stands
   * before that is whatever the client likes to say. */
  for (guint i = g_strv_length (hops); i > 0 && is_trusted (client, trusted); i--)
    {
      g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (g_strstrip (hops[i - 1]));

      if (inet == NULL)
        break;
      g_free (client);
      client = g_inet_address_to_string (inet);
    }
  return g_steal_pointer (&client);
}

char *
rounds_client_address_dup_peer (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *native = info != NULL ? info->client_addr : NULL;
  gsize length = 0;

  if (native != NULL && native->sa_family == AF_UNIX)
    return g_strdup (ROUNDS_ADDRESS_LOCAL);
  if (native != NULL && native->sa_family == AF_INET)
    length = sizeof (struct sockaddr_in);
  else if (native != NULL && native->sa_family == AF_INET6)
    length = sizeof (struct sockaddr_in6);
  g_autoptr (GSocketAddress) address
      = length > 0 ? g_socket_address_new_from_native ((gpointer)native, length) : NULL;
  if (address == NULL)
    return g_strdup ("unknown");
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* Of a connection's other end the form is known: it is the kernel's word, not a client's. */
static gboolean
is_this_machine (const char *peer)
{
  return g_str_has_prefix (peer, "127.") || g_str_equal (peer, "::1")
         || g_str_equal (peer, ROUNDS_ADDRESS_LOCAL);
}

/* Security: a proxy may add a line of its own behind the client's; only both together say who wrote
 * which. */
static enum MHD_Result
join_value (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  GString *joined = data;

  if (value != NULL && g_ascii_strcasecmp (name, HEADER) == 0)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "", value);
  return MHD_YES;
}

char *
rounds_client_address_find (const RoundsServerConfig *config, struct MHD_Connection *connection,
                            const char *peer, gboolean *direct)
{
  g_return_val_if_fail (config != NULL && peer != NULL && direct != NULL, NULL);

  gboolean forwarded = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, HEADER) != NULL;

  *direct = !forwarded && is_this_machine (peer);
  if (!forwarded)
    return g_strdup (peer);
  g_autoptr (GString) joined = g_string_new (NULL);
  MHD_get_connection_values (connection, MHD_HEADER_KIND, join_value, joined);
  return rounds_client_address_read (peer, joined->str, config->trusted_proxies);
}

/* Half of an IPv6 address is the customer's own to fill. */
#define NETWORK_BYTES 8

char *
rounds_client_address_dup_network (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  struct in6_addr bytes;
  char text[INET6_ADDRSTRLEN];

  if (inet_pton (AF_INET6, address, &bytes) != 1)
    return g_strdup (address);
  if (IN6_IS_ADDR_V4MAPPED (&bytes))
    return g_strdup (inet_ntop (AF_INET, &bytes.s6_addr[12], text, sizeof text));
  memset (&bytes.s6_addr[NETWORK_BYTES], 0, sizeof bytes.s6_addr - NETWORK_BYTES);
  return g_strconcat (inet_ntop (AF_INET6, &bytes, text, sizeof text), "/64", NULL);
}
