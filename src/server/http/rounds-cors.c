/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which web pages of other origins may read our answers: none, unless the configuration lists them.
 * It is no access check; browsers ask it, everybody else needs a token all the same.
 */

#include "config.h"

#include "rounds-cors.h"

#include "rounds-response-private.h"

#define PREFLIGHT_SECONDS "600"

gboolean
rounds_cors_origin_is_valid (const char *origin)
{
  g_return_val_if_fail (origin != NULL, FALSE);

  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (!g_str_equal (g_uri_get_scheme (uri), "https")
      && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return FALSE;
  return *g_uri_get_path (uri) == '\0' && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL;
}

static gboolean
is_allowed (const RoundsServerConfig *config, const char *origin)
{
  /* Security: whole origins, compared byte by byte as browsers write them; no patterns. */
  return origin != NULL && g_strv_contains ((const char *const *)config->cors_origins, origin);
}

RoundsResponse *
rounds_cors_preflight (const RoundsServerConfig *config, const char *origin, const char *allow)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (allow == NULL || !is_allowed (config, origin))
    return NULL;
  RoundsResponse *response = rounds_response_new_empty (204);
  rounds_response_add_header (response, "Access-Control-Allow-Methods", allow);
  rounds_response_add_header (response, "Access-Control-Allow-Headers",
                              "Authorization, Content-Type, Idempotency-Key, If-Match");
  rounds_response_add_header (response, "Access-Control-Max-Age", PREFLIGHT_SECONDS);
  return response;
}

void
rounds_cors_add_headers (RoundsResponse *response, const RoundsServerConfig *config,
                         const char *origin)
{
  g_return_if_fail (response != NULL && config != NULL);

  if (config->cors_origins[0] == NULL)
    return;
  rounds_response_add_header (response, "Vary", "Origin");
  if (!is_allowed (config, origin))
    return;
  rounds_response_add_header (response, "Access-Control-Allow-Origin", origin);
  rounds_response_add_header (response, "Access-Control-Expose-Headers", "ETag, Retry-After");
}
