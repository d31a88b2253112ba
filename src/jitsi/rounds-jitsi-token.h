/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Jitsi's JSON Web Tokens: minted for one person and one room, and read again.
 * The only file that knows libjwt is rounds-jitsi-token.c.
 */

#pragma once

#include "rounds-jitsi-config.h"

G_BEGIN_DECLS

/* Borrowed strings. name and email may be NULL: the claim is then left out, never null. */
typedef struct
{
  const char *id;
  const char *name;
  const char *email;
  gboolean moderator;
} RoundsJitsiPerson;

/* Mints a token with exactly the claims of call-and-jitsi.md. @now in µs UTC; nbf is 10 s before
 * it; exp is the later of @now + ttl and @not_before_end (µs UTC, or ROUNDS_TIME_NONE). (transfer
 * full) */
char *rounds_jitsi_token_mint (const RoundsJitsiConfig *config, const RoundsJitsiPerson *person,
                               const char *room, gint64 now, gint64 not_before_end, GError **error);

/* What a token says. One owner; a claim that it lacks is NULL. */
typedef struct
{
  char *algorithm; /* "HS256" */
  char *key_id; /* or NULL */
  char *issuer;
  char *audience;
  char *subject;
  char *room;
  gint64 expires_at; /* µs UTC, or ROUNDS_TIME_NONE */
  gint64 not_before; /* µs UTC, or ROUNDS_TIME_NONE */
  char *user_id;
  char *user_name;
  char *user_email;
  gboolean moderator;
} RoundsJitsiToken;

/* Reads a token without believing it: the signature is not checked. */
RoundsJitsiToken *rounds_jitsi_token_inspect (const char *token, GError **error);
/* Reads a token and checks its signature with the secret (HS256) or the public key (PEM, RS256):
 * the key decides which, not the token. Whether it has expired is for the caller to compare with
 * its clock. Thread-safe, as all of this is. */
RoundsJitsiToken *rounds_jitsi_token_verify (const char *token, const char *key, GError **error);
void rounds_jitsi_token_free (RoundsJitsiToken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiToken, rounds_jitsi_token_free)

G_END_DECLS
