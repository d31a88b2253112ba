/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the files of this room share: host names, the settings' own rules, a token's claims.
 * No other room includes it.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-clock.h"

#include "rounds-jitsi-config.h"
#include "rounds-jitsi-token.h"

G_BEGIN_DECLS

/* Prosody reads 10 KiB of request head and a token of 11 kB is refused: half of that is the most.
 */
#define ROUNDS_JITSI_MAX_TOKEN 6000
#define ROUNDS_JITSI_MAX_NAME_BYTES 400
#define ROUNDS_JITSI_MAX_SETTING 255

/* "host", "host:port" or "[::1]:port" in its parts; @port is 0 when none is named. FALSE when it is
 * none of these: @host has to be a DNS name in ASCII, an IPv4 or a bracketed IPv6 address. @host is
 * lower case and without brackets. (transfer full) */
gboolean rounds_jitsi_host_split (const char *text, char **host, int *port);
/* 127.0.0.0/8, ::1 and "localhost", nothing else. @host as rounds_jitsi_host_split() gives it. */
gboolean rounds_jitsi_host_is_loopback (const char *host);

/* Whether tokens have JaaS's form (RS256 with a key id). */
gboolean rounds_jitsi_config_is_jaas (const RoundsJitsiConfig *self);
/* What rounds_jitsi_config_check() finds without trying the key. @warnings may be NULL. */
gboolean rounds_jitsi_config_check_settings (const RoundsJitsiConfig *self, GStrvBuilder *warnings,
                                             GError **error);
/* The path part before the room, or NULL. (transfer full) */
char *rounds_jitsi_config_dup_tenant (const RoundsJitsiConfig *self);

/* Whether @pem is a private key that may sign JaaS's tokens: RSA, of 2048 bits at least, without a
 * passphrase. ROUNDS_JITSI_ERROR_KEY says what is wrong with it. */
gboolean rounds_jitsi_key_check (const char *pem, GError **error);
/* Signs a throw-away text: whether libjwt can use the key. */
gboolean rounds_jitsi_token_try_key (const RoundsJitsiConfig *config, GError **error);

/* What the payload of a token is made of. Borrowed. */
typedef struct
{
  const RoundsJitsiConfig *config;
  const char *parties; /* of rounds_jitsi_claims_write_parties() */
  const RoundsJitsiPerson *person;
  gint64 now;
  gint64 not_before_end;
} RoundsJitsiClaims;

/* `aud`, `iss` and `sub`, the same for everybody: members without the braces around them.
 * (transfer full) */
char *rounds_jitsi_claims_write_parties (const RoundsJitsiConfig *config);
/* Appends the payload, an object without the room: all but that is often the same. */
void rounds_jitsi_claims_write (GString *text, const RoundsJitsiClaims *claims);
/* Signs @payload by libjwt, with whatever key the configuration has, and with @room as a further
 * member unless it is NULL. Any thread; each keeps what it read last. (transfer full) */
char *rounds_jitsi_token_sign (const RoundsJitsiConfig *config, const char *payload,
                               const char *room, GError **error);

/* @text without control characters, valid UTF-8, cut to @max_bytes between two characters; NULL
 * when nothing is left. (transfer full) */
char *rounds_jitsi_clean_text (const char *text, gsize max_bytes);

G_END_DECLS
