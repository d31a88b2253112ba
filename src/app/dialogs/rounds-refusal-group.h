/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One change that did not get through: why, what was wanted, and where two people changed the same,
 * both values to choose from. What follows from the choice is the dialog's.
 */

#pragma once

#include <adwaita.h>

#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_REFUSAL_GROUP (rounds_refusal_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRefusalGroup, rounds_refusal_group, ROUNDS, REFUSAL_GROUP,
                      AdwPreferencesGroup)

/* Signal "discard": the person gives the change up. Signal "send" (guint: RoundsSyncFields): it is
 * to be sent, with the person's own value for these fields. */

/* @now: µs, UTC. */
GtkWidget *rounds_refusal_group_new (const RoundsRefusal *refusal, RoundsSync *sync, gint64 now);
/* The name of the refusal. Borrowed. */
const char *rounds_refusal_group_get_name (RoundsRefusalGroup *self);

G_END_DECLS
