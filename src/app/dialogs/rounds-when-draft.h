/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What stands in the rows that say when, as a draft keeps it: as typed, whether it can be booked or
 * not. The rows are RoundsWhenGroup's.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-when-group.h"

G_BEGIN_DECLS

void rounds_when_draft_write (RoundsWhenGroup *group, JsonObject *draft);
/* Puts back what a draft kept; a time that it does not name is proposed. */
void rounds_when_draft_restore (RoundsWhenGroup *group, JsonObject *draft);

G_END_DECLS
