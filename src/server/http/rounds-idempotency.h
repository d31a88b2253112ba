/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Idempotency-Key: a POST that a client repeats makes its record once.
 * It stores which record a key made, never an answer: answers carry links.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* How long a key is remembered. */
#define ROUNDS_IDEMPOTENCY_LIFE ROUNDS_DAY

/* Whether the request's key has made a record before: its id, or NULL when it has not or there is
 * no key. FALSE with @refusal set (transfer full): 400 for a key that is none, 422 for one that the
 * caller used for something else. Nothing is written. */
gboolean
rounds_idempotency_find (RoundsRequest *request, char **record_id, RoundsResponse **refusal);

/* Claims the request's key for @record_id, in the transaction that stores the record; the first
 * thing in it, so that of two requests at once the second waits here. TRUE with @claimed FALSE:
 * another was first; roll back and ask rounds_idempotency_find() again. Without a key it does
 * nothing and @claimed is TRUE. */
gboolean rounds_idempotency_claim (RoundsRequest *request, const char *record_id, gboolean *claimed,
                                   GError **error);

G_END_DECLS
