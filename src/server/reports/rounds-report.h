/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A summary of appointments and meetings, group by group: counts, durations, waits, call quality.
 * Who may have it and of which hospital is rounds-report-handlers.h's.
 */

#pragma once

#include "rounds-call-rules.h"
#include "rounds-db.h"
#include "rounds-status.h"
#include "rounds-time-range.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_GROUP_DAY,
  ROUNDS_GROUP_WEEK, /* ISO weeks, "2024-W03" */
  ROUNDS_GROUP_MONTH,
  ROUNDS_GROUP_DEPARTMENT,
  ROUNDS_GROUP_DOCTOR,
  ROUNDS_GROUP_STATUS,
} RoundsGrouping;

/* "day", "week" … */
const char *rounds_grouping_to_string (RoundsGrouping grouping);
gboolean rounds_grouping_from_string (const char *text, RoundsGrouping *out);

/* What is reported about. Borrowed. */
typedef struct
{
  RoundsTimeRange range; /* of starts */
  const char *zone; /* on whose clock days begin */
  const char *hospital_id; /* NULL: all */
  RoundsGrouping grouping;
} RoundsReportQuestion;

/* How many values there were, their sum and the largest. */
typedef struct
{
  gint64 n;
  gint64 sum;
  gint64 most;
} RoundsReportValues;

typedef struct
{
  char *key; /* "2024-01-15", a department, a doctor's id, a status; "" where there is none */
  char *label; /* a doctor's name; else NULL */
  guint appointments[ROUNDS_N_APPOINTMENT_STATUSES];
  guint meetings[ROUNDS_N_MEETING_STATUSES];
  guint no_shows[ROUNDS_N_NO_SHOW_CAUSES]; /* by what a rule found; none where a person decided */
  RoundsReportValues duration; /* s, of calls and visits that took place */
  RoundsReportValues wait; /* s, from arrived to active */
  RoundsReportValues quality; /* percent */
  RoundsReportValues rtt; /* ms */
  RoundsReportValues loss; /* percent */
} RoundsReportGroup;

void rounds_report_group_free (RoundsReportGroup *self);
guint rounds_report_group_count_appointments (const RoundsReportGroup *self);
guint rounds_report_group_count_meetings (const RoundsReportGroup *self);

/* The groups by key, and as the last one the total with the key "total". NULL with @error. Blocks.
 * (transfer full) (element-type RoundsReportGroup) */
GPtrArray *rounds_report_make (RoundsDb *db, const RoundsReportQuestion *question, GError **error);

G_END_DECLS
