/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How good the connection of a call is: numbers from the page, a judgement, words.
 * It asks nobody; RoundsCallMeter does.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ROUNDS_CALL_UNKNOWN (-1)

/* Each as far as it is known, else ROUNDS_CALL_UNKNOWN. */
typedef struct
{
  int percent; /* the page's own judgement, 0 to 100 */
  int rtt; /* ms */
  int loss; /* percent of the packets, 0 to 100 */
} RoundsCallQuality;

typedef enum
{
  ROUNDS_CALL_LEVEL_UNKNOWN,
  ROUNDS_CALL_LEVEL_POOR,
  ROUNDS_CALL_LEVEL_FAIR,
  ROUNDS_CALL_LEVEL_GOOD,
} RoundsCallLevel;

/* From what a page answers to "get-connection-stats"; FALSE when nothing in it is known. */
gboolean rounds_call_quality_read (JsonNode *result, RoundsCallQuality *quality);
RoundsCallLevel rounds_call_quality_judge (const RoundsCallQuality *quality);
/* "Good". Static; NULL for what is unknown. */
const char *rounds_call_quality_get_word (RoundsCallLevel level);
/* "Round trip 45 ms, 2 % of the packets lost", or NULL. (transfer full) */
char *rounds_call_quality_describe (const RoundsCallQuality *quality);

G_END_DECLS
