/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The header X-Jaas-Signature: whether JaaS sent these very bytes, and not long ago.
 * What the bytes mean is rounds-webhook.h's.
 */

#pragma once

#include "rounds-clock.h"

G_BEGIN_DECLS

/* How old a signature may be, and how far ahead JaaS's clock (µs). JaaS tries again what we did not
 * take, for how long and whether with a new signature it does not say. What is told again changes
 * nothing, so that a day gives nothing away. */
#define ROUNDS_WEBHOOK_OLDEST ROUNDS_DAY
#define ROUNDS_WEBHOOK_MOST_AHEAD (5 * ROUNDS_MINUTE)

typedef enum
{
  ROUNDS_SIGNATURE_MISSING, /* no header, or none that can be read */
  ROUNDS_SIGNATURE_FORGED, /* of other bytes, or with another secret */
  ROUNDS_SIGNATURE_STALE, /* genuine, but of another time */
  ROUNDS_SIGNATURE_GOOD,
} RoundsSignature;

/* @header: "t=1632490060,v1=…" or NULL; @secrets: those that count, any of them will do; @now in µs
 * UTC. Any thread. */
RoundsSignature rounds_webhook_signature_check (const char *header, const char *body, gsize length,
                                                const char *const *secrets, gint64 now);

G_END_DECLS
