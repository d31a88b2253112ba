/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What Rounds knows about one Jitsi: where it is, how its tokens are signed.
 * It reads no environment; the server fills it in, and rounds_jitsi_config_check() judges it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_JITSI_ERROR (rounds_jitsi_error_quark ())
GQuark rounds_jitsi_error_quark (void);

typedef enum
{
  ROUNDS_JITSI_ERROR_CONFIG
  = 1, /* configuration that can mint nothing; message names the setting */
  ROUNDS_JITSI_ERROR_KEY, /* the signing key cannot be used */
  ROUNDS_JITSI_ERROR_TOKEN, /* not a token, or its signature is wrong */
  ROUNDS_JITSI_ERROR_LINK, /* not a meeting link */
  ROUNDS_JITSI_ERROR_MESSAGE, /* not a message of the page's API */
} RoundsJitsiError;

/* One owner; the strings belong to it. Security: secret and private_key never leave it but into
 * libjwt. */
typedef struct
{
  char *app_id; /* JITSI_APP_ID → iss */
  char *secret; /* JITSI_SECRET, raw bytes without a trailing newline; HS256 */
  char *domain; /* JITSI_DOMAIN: "host" or "host:port", lower case */
  char *sub; /* JITSI_SUB, NULL = tenant, else domain without port */
  char *aud; /* JITSI_AUD, NULL = "jitsi" */
  char *tenant; /* JITSI_TENANT: a path part before the room, or NULL */
  char *kid; /* JITSI_KID: JaaS, with private_key */
  char *private_key; /* PEM text of JITSI_PRIVATE_KEY_FILE; RS256 */
  gint64 token_ttl; /* seconds, default 86400 */
} RoundsJitsiConfig;

RoundsJitsiConfig *rounds_jitsi_config_new (void);
void rounds_jitsi_config_free (RoundsJitsiConfig *self);

/* FALSE with a reason in plain words when no link could be minted (empty or placeholder secret, no
 * domain…). @warnings (out, optional, transfer full): a strv of sentences: short secret,
 * meet.jit.si… */
gboolean
rounds_jitsi_config_check (const RoundsJitsiConfig *self, char ***warnings, GError **error);

/* meet.jit.si takes no tokens of others since August 2023: links to it carry none. */
gboolean rounds_jitsi_config_takes_tokens (const RoundsJitsiConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiConfig, rounds_jitsi_config_free)

G_END_DECLS
