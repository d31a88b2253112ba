/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * GET /api: what the server can do beyond the guide.
 * A server that has no such call is no mistake: it knows only the guide.
 */

#include "config.h"

#include "rounds-api-private.h"

#include "rounds-json.h"
#include "rounds-server-info.h"

static void
read_capabilities (JsonArray *words, RoundsServerInfo *info)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (words); i++)
    {
      JsonNode *node = json_array_get_element (words, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  g_strfreev (info->capabilities);
  info->capabilities = g_strv_builder_end (builder);
}

/* What makes no sense says that nothing is known: the guide's calls are there all the same. */
static gpointer
read_info (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { answer->data, "", problems };
  RoundsServerInfo *info = rounds_server_info_new_plain ();
  const char *name = NULL;
  const char *version = NULL;
  JsonArray *words = NULL;

  rounds_json_read_string (&reader, "name", FALSE, &name);
  rounds_json_read_string (&reader, "version", FALSE, &version);
  info->name = g_strdup (name);
  info->version = g_strdup (version);
  if (rounds_json_read_array (&reader, "capabilities", FALSE, &words))
    read_capabilities (words, info);
  return info;
}

/* A server whose `/api` is nothing, is for others or is a page in HTML. One that is down or has
 * trouble is something else: it may well know more. */
static DexFuture *
forgive_absence (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  guint status;

  dex_future_get_value (future, &error);
  status = rounds_net_error_get_status (error);
  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER)
      || (status >= 400 && status < 500
          && !g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BUSY)))
    return dex_future_new_take_boxed (ROUNDS_TYPE_SERVER_INFO, rounds_server_info_new_plain ());
  return dex_ref (future);
}

DexFuture *
rounds_api_get_info (RoundsApi *self)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));

  return dex_future_catch (rounds_api_call (self, "GET", rounds_api_path (NULL, NULL), NULL,
                                            ROUNDS_TYPE_SERVER_INFO, read_info,
                                            ROUNDS_API_CALL_ANONYMOUS),
                           forgive_absence, NULL, NULL);
}
