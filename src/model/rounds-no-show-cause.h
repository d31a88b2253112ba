/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Why a visit did not take place, as the server's rule found out; a person who says so says no
 * cause.
 * How it is found out is the server's (rounds-call-rules.h).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CAUSE_NONE,
  ROUNDS_CAUSE_PATIENT, /* did not come in time */
  ROUNDS_CAUSE_STAFF, /* the doctor or staff did not */
  ROUNDS_CAUSE_TECHNICAL, /* both tried, and never met */
} RoundsNoShowCause;
#define ROUNDS_N_NO_SHOW_CAUSES 4

/* "patient"…; NULL for none. */
const char *rounds_no_show_cause_to_string (RoundsNoShowCause cause);
/* ROUNDS_CAUSE_NONE for NULL, and for words of a newer server. */
RoundsNoShowCause rounds_no_show_cause_from_string (const char *text);

G_END_DECLS
