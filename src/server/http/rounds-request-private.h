/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The inside of a request, for those who make one: the dispatcher and tests.
 * Handlers use rounds-request.h; only the sign-in handlers need the context of the server.
 */

#pragma once

#include "rounds-db-writer.h"

#include "rounds-audit.h"
#include "rounds-event-handshake.h"
#include "rounds-event-hub.h"
#include "rounds-limits.h"
#include "rounds-rates.h"
#include "rounds-recall.h"
#include "rounds-request.h"
#include "rounds-router.h"

G_BEGIN_DECLS

/* What all requests of a server share. Everything in it is thread-safe or read-only. */
typedef struct
{
  const RoundsServerConfig *config;
  RoundsClock *clock;
  RoundsLimits *limits;
  RoundsRates *rates;
  RoundsDbWriter *writer; /* rounds_request_write() */
  RoundsEventHub *hub;
  struct _RoundsMetrics *metrics; /* these two: NULL in tests that need none */
  struct _RoundsWorkerPool *workers;
  int draining; /* atomic: it goes on answering, but its end has begun */
  RoundsRecall *recall; /* NULL in tests that need none */
  RoundsAudit *audit; /* NULL in tests that need none: reads and refusals are not noted then */
} RoundsServerContext;

/* What a request leaves in the audit log; rounds-audit-request.h. Strings are owned. */
typedef struct
{
  gboolean handling; /* its handler runs: what is written now is the caller's doing */
  gboolean written; /* its line is in the log */
  guint result; /* of what it changes; 0: as its route has it */
  char *record_id;
  char *user_id; /* where there is no caller: these two */
  char *role;
  JsonObject *detail;
} RoundsAuditNote;

/* Strings are borrowed from the exchange that the request belongs to, unless said otherwise. */
struct _RoundsRequest
{
  const RoundsServerContext *context;
  const RoundsRoute *route;
  const char *path; /* as it came, still encoded; NULL when it could not be read */
  const RoundsMatch *match; /* what stands for the parameters of its path; NULL in tests */
  GHashTable *query; /* char * → char *, owned, made when first asked for */
  const char *raw_query; /* after the "?", or NULL */
  JsonObject *body; /* owned */
  const char *raw_body; /* the bytes that it was read from; not terminated */
  gsize raw_body_length;
  RoundsUser *caller; /* owned */
  char *session; /* owned */
  const char *if_match; /* these headers: or NULL */
  const char *idempotency_key;
  const char *accept;
  const char *signature;
  gboolean key_claimed; /* it stands for what this request made, or another one with it did */
  const char *address;
  gboolean direct; /* a program of this machine, with no proxy in between */
  const char *authorization; /* as it came, or NULL */
  const char *raw_user_agent; /* as it came, or NULL */
  char *user_agent; /* owned, made when first asked for */
  RoundsRecallSpan span; /* since when what it reads holds */
  RoundsMeeting *meeting; /* these two: recalled, or NULL; owned */
  RoundsAppointment *appointment;
  RoundsDb *db; /* while writing, that of the transaction; NULL where all is recalled */
  gboolean writing;
  gboolean may_leave; /* its thread need not wait for a commit: somebody will go on with it */
  const RoundsHandshake *handshake;
  const char *bearer; /* the token that came, whatever it is; or NULL */
  char *raw_form; /* the body, on a route with ROUNDS_ROUTE_FORM; owned, or NULL */
  GHashTable *form; /* char * → char *, owned, made when first asked for */
  gint64 now;
  RoundsAuditNote audit;
};

/* Frees what the request owns; the struct itself is the caller's. */
void rounds_request_clear (RoundsRequest *self);
const RoundsServerContext *rounds_request_get_context (RoundsRequest *self);
/* What the client calls itself, cut to a sensible length, or NULL. */
const char *rounds_request_get_user_agent (RoundsRequest *self);

/* @text with %XX (and, when @plus, "+") decoded. NULL when it is not valid: a lone "%", a NUL, no
 * UTF-8. (transfer full) */
char *rounds_uri_decode (const char *text, gssize length, gboolean plus);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsRequest, rounds_request_clear)

G_END_DECLS
