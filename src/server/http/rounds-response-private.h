/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The inside of an answer, for the listener that sends it and for tests.
 * Handlers use rounds-response.h.
 */

#pragma once

#include "rounds-event-admission.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* What an answer waits for. One owner. */
typedef struct
{
  char *user_id;
  char **audiences; /* of the change feed */
  gint64 seq; /* the last number that the answer knows of */
  guint seconds; /* from the request's arrival on */
} RoundsWait;

void rounds_wait_free (RoundsWait *self);

/* A body that several answers share; see rounds-shared-body.h. */
typedef struct _RoundsSharedBody RoundsSharedBody;

#define ROUNDS_MAX_HEADERS 12

typedef struct
{
  const char *name; /* static */
  const char *value;
  char *own; /* the value, where it is not static */
} RoundsHeader;

struct _RoundsResponse
{
  guint http_status;
  char *body; /* JSON text; NULL for an answer without one (204) */
  RoundsSharedBody *shared; /* the same, where others have it as well; else NULL */
  RoundsHeader headers[ROUNDS_MAX_HEADERS];
  guint n_headers;
  RoundsWait *wait; /* NULL: to be sent at once. Else when nothing came while it waited; when
                       something did, the request is handled anew */
  RoundsEventAdmission *admission; /* with 101: who is let in to the events; else NULL */
  struct _RoundsLater *later; /* owned. No answer yet: what is to be written before there is one;
                                 else NULL */
};

/* @body as it is, without JSend's envelope: for interfaces that are not ours to design. */
RoundsResponse *rounds_response_plain (guint http_status, JsonObject *body);
/* 200 with JSON text that is ready. */
RoundsResponse *rounds_response_shared (RoundsSharedBody *body);
/* The body of @self, which others may have as well from here on; wiped when the last one goes.
 * (transfer none) */
RoundsSharedBody *rounds_response_share (RoundsResponse *self);
/* An answer without a body, 204 for instance. */
RoundsResponse *rounds_response_new_empty (guint http_status);
/* Sends @self only when what it says is still true after @wait, which is taken. */
void rounds_response_set_wait (RoundsResponse *self, RoundsWait *wait);
/* 503 with Retry-After, for what passes by itself. */
RoundsResponse *rounds_response_unavailable (const char *message);
guint rounds_response_get_status (const RoundsResponse *self);
/* The value of the header @name, case ignored, or NULL. */
const char *rounds_response_get_header (const RoundsResponse *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsWait, rounds_wait_free)

G_END_DECLS
