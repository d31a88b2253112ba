/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * If-Match: whether the record is still the one that the client changes.
 * It knows no record; the handler says which version is stored and writes the 412.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_PRECONDITION_HOLDS, /* also without an If-Match: the guide's clients send none */
  ROUNDS_PRECONDITION_FAILED,
  ROUNDS_PRECONDITION_MALFORMED,
} RoundsPrecondition;

/* @if_match as it came, or NULL: "*", or a list of entity tags. A bare number is taken as well. */
RoundsPrecondition rounds_precondition_parse (const char *if_match, gint64 version);

/* The request's own If-Match. NULL, or a 400 with @failed left FALSE; with @failed TRUE the record
 * has moved on and the handler answers by rounds_precondition_refuse(). (transfer full) */
RoundsResponse *
rounds_precondition_check (RoundsRequest *request, gint64 version, gboolean *failed);

/* 412 with the current @document, taken, as @data's @member. (transfer full) */
RoundsResponse *
rounds_precondition_refuse (const char *member, JsonObject *document, gint64 version);

G_END_DECLS
