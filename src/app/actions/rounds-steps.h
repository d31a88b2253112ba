/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Which status steps a person may take with a record now, in words and in order of likelihood.
 * The rules themselves are in model; nothing is sent from here.
 */

#pragma once

#include "rounds-entry.h"
#include "rounds-user.h"

G_BEGIN_DECLS

typedef struct
{
  int to; /* RoundsAppointmentStatus or RoundsMeetingStatus */
  const char *label; /* verb for a button; translated, static */
  const char *done; /* what a toast says afterwards; translated, static */
  gboolean cancels; /* goes through the cancel dialog */
  gboolean asks_notes; /* goes through the notes dialog */
} RoundsStep;

#define ROUNDS_MAX_STEPS 4

/* Fills @steps with what exists and is allowed, the way forward first, cancelling last; returns how
 * many. */
guint
rounds_steps_list (RoundsUser *viewer, RoundsEntry *entry, RoundsStep steps[ROUNDS_MAX_STEPS]);
/* The one of those that leads to @to. */
gboolean rounds_steps_find (RoundsUser *viewer, RoundsEntry *entry, int to, RoundsStep *step);
/* Whether @viewer may change when and what it is, besides its status. */
gboolean rounds_steps_may_edit (RoundsUser *viewer, RoundsEntry *entry);

G_END_DECLS
