/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * From what came in to an answer: route, method, caller, role, body, handler, in this order.
 * It knows no socket; rounds-server.c brings requests and takes answers away.
 */

#pragma once

#include "rounds-later.h"
#include "rounds-request-private.h"
#include "rounds-router.h"

G_BEGIN_DECLS

#define ROUNDS_MAX_TARGET 4096

/* What a client sent. All of it is borrowed from the connection. */
typedef struct
{
  const char *method;
  const char *path; /* still encoded; NULL when the target was none that can be read */
  const char *raw_query; /* or NULL */
  const char *authorization; /* these header values: or NULL */
  const char *content_type;
  const char *user_agent;
  RoundsHandshake handshake;
  const char *if_match;
  const char *accept;
  const char *idempotency_key;
  const char *signature; /* X-Jaas-Signature */
  const char *address;
  gboolean direct; /* a program of this machine, with no proxy in between */
  const char *body; /* as far as it fits the route's limit */
  gsize body_length;
  gboolean has_body; /* one was announced or came */
  gboolean body_too_large;
  gboolean target_too_long;
  const char *repeated_header; /* one that may be there once and is there again, or NULL */
  gboolean counted; /* it waited for changes, and was counted when it came */
  gboolean may_leave; /* who asks takes an answer that is to be written first */
} RoundsIncoming;

/* Answers @incoming, matched to @match, on a worker thread that owns @db. Never returns NULL. Where
 * the answer is to be written first, that is for the caller to see to: RoundsLater. */
RoundsResponse *rounds_dispatch (const RoundsServerContext *context, const RoundsIncoming *incoming,
                                 const RoundsMatch *match, RoundsDb *db);

/* Goes on with such an answer, once it is known what became of its write; on any worker thread. */
RoundsResponse *
rounds_dispatch_written (RoundsLater *later, const RoundsIncoming *incoming, RoundsDb *db);

/* Answers @incoming on any thread, without waiting for anything: from what is in memory, with all
 * checks and notes of the above. NULL when that is not enough, and nothing has been done. */
RoundsResponse *rounds_dispatch_recalled (const RoundsServerContext *context,
                                          const RoundsIncoming *incoming, const RoundsMatch *match);

/* An answer for when not even a worker can be had: 503, without touching a database. */
RoundsResponse *rounds_dispatch_overloaded (void);

G_END_DECLS
