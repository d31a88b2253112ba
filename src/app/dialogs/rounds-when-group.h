/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say when: day, time, length, and what that is on other clocks.
 * It books nothing; the zone is the hospital's or the person's own.
 */

#pragma once

#include <adwaita.h>

#include "rounds-clock.h"
#include "rounds-form.h"
#include "rounds-time-range.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_WHEN_GROUP (rounds_when_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWhenGroup, rounds_when_group, ROUNDS, WHEN_GROUP, AdwPreferencesGroup)

/* Signal "changed": something was typed or chosen. */

/* Once, before anything else. @field: the wire's name of the time row. @zone (nullable): IANA name,
 * NULL = the person's own. */
void rounds_when_group_set_up (RoundsWhenGroup *self, RoundsClock *clock, RoundsForm *form,
                               const char *field, int most_minutes);
void rounds_when_group_set_zone (RoundsWhenGroup *self, const char *zone);
/* @openings (nullable): says so where a time is not in them. */
void rounds_when_group_set_openings (RoundsWhenGroup *self, GArray *openings);
/* Proposes the next half hour on the zone's clock, and no longer keeps what was chosen. */
void rounds_when_group_fill_in (RoundsWhenGroup *self);
/* Proposes another start, µs UTC, as long as the person has chosen none. */
void rounds_when_group_propose (RoundsWhenGroup *self, gint64 start);
/* Whether the person chose or typed the time, or the record has it. */
gboolean rounds_when_group_is_chosen (RoundsWhenGroup *self);

/* What a record has: day and time as on the wire, on the zone's clock. */
void
rounds_when_group_fill (RoundsWhenGroup *self, const char *date, const char *time, int minutes);
/* Offers these times (of RoundsTimeRange) to choose from, or no longer any: NULL. @is_later: the
 * day in the form has none. Until then, after await, those that are shown cannot be chosen. */
void rounds_when_group_offer (RoundsWhenGroup *self, GArray *slots, gboolean is_later);
void rounds_when_group_await_offer (RoundsWhenGroup *self);

/* The day in the rows, from midnight to midnight on the zone's clock; FALSE while there is none. */
gboolean rounds_when_group_get_day (RoundsWhenGroup *self, RoundsTimeRange *day);
/* "2024-01-15". (transfer full) */
char *rounds_when_group_dup_date (RoundsWhenGroup *self);
/* As typed. Borrowed. */
const char *rounds_when_group_get_time (RoundsWhenGroup *self);
int rounds_when_group_get_minutes (RoundsWhenGroup *self);
void rounds_when_group_set_minutes (RoundsWhenGroup *self, int minutes);
/* The range in UTC; FALSE with a ROUNDS_WALL_TIME_ERROR. */
gboolean rounds_when_group_read (RoundsWhenGroup *self, RoundsTimeRange *range, GError **error);

G_END_DECLS
