/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Today in the demo, for the doctors who sign in: somebody waits, something is about to start.
 * It is laid out around this moment, weekend or not; the other days are in rounds-demo-visits.c.
 */

#include "config.h"

#include "rounds-demo-private.h"

#include "rounds-wall-time.h"

#define STEP (5 * ROUNDS_MINUTE)
#define NOBODY (-1)

typedef struct
{
  guint doctor; /* position among the doctors of the first place */
  int offset; /* minutes from now */
  int minutes;
  RoundsAppointmentType type;
  RoundsAppointmentStatus status;
  int patient; /* position among the first place's patients, or NOBODY with an account */
  const char *reason;
  const char *notes;
} TodayRow;

static const TodayRow rows[] = {
  { 0, -160, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_COMPLETED, NOBODY,
    "Results of the 24-hour ECG", "Two short runs at night, no treatment needed." },
  { 0, -120, 30, ROUNDS_APPOINTMENT_IN_PERSON, ROUNDS_APPOINTMENT_COMPLETED, 4, "Pacemaker check",
    "Battery good for four years." },
  { 0, -80, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_NO_SHOW, NOBODY,
    "Blood pressure check after change of tablets", "Called twice, no answer." },
  { 0, -35, 20, ROUNDS_APPOINTMENT_IN_PERSON, ROUNDS_APPOINTMENT_ARRIVED, NOBODY, "Swollen ankles",
    NULL },
  { 0, -10, 20, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_ARRIVED, 8, "Palpitations at night",
    NULL },
  { 0, 10, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, 0,
    "Chest pain consultation", NULL },
  { 0, 50, 30, ROUNDS_APPOINTMENT_IN_PERSON, ROUNDS_APPOINTMENT_CONFIRMED, 12,
    "Follow-up after stent", NULL },
  { 0, 110, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, NOBODY,
    "Shortness of breath", NULL },
  { 0, 150, 20, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_REQUESTED, 16,
    "Question about new tablets", NULL },
  { 0, 180, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CANCELLED, 20,
    "Blood pressure check after change of tablets", "Called in sick; wants another day." },

  { 1, -75, 30, ROUNDS_APPOINTMENT_IN_PERSON, ROUNDS_APPOINTMENT_COMPLETED, NOBODY,
    "Certificate for sports club", NULL },
  { 1, -5, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_ACTIVE, 1, "Blood test results",
    NULL },
  { 1, 60, 30, ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED, NOBODY,
    "Cough for three weeks", NULL },
};

gboolean
rounds_demo_has_own_today (RoundsDemo *self, const RoundsDemoPlace *place, guint doctor)
{
  return place == &self->places[0] && doctor <= 1;
}

/* This moment on the five minutes, a little away from midnight, so that what matters most stays in
 * the day even at night. */
static gint64
get_anchor (RoundsDemo *self, RoundsTimeRange today)
{
  return CLAMP (self->now / STEP * STEP, today.start + 10 * ROUNDS_MINUTE,
                today.end - 15 * ROUNDS_MINUTE);
}

/* Where there is no room left before midnight, it was this morning. */
static void
move_into_today (RoundsDemoVisit *visit, RoundsTimeRange today)
{
  if (visit->starts_at < today.end)
    return;

  visit->starts_at -= 8 * ROUNDS_HOUR;
  if (!rounds_appointment_status_is_final (visit->status))
    visit->status = ROUNDS_APPOINTMENT_COMPLETED;
}

static gboolean
add_visits (RoundsDemo *self, RoundsTimeRange today, gint64 anchor, GError **error)
{
  const RoundsDemoPlace *place = &self->places[0];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TodayRow *row = &rows[i];
      RoundsDemoVisit visit = {
        .place = place,
        .doctor = g_ptr_array_index (place->doctors, row->doctor),
        .starts_at = anchor + row->offset * ROUNDS_MINUTE,
        .minutes = row->minutes,
        .type = row->type,
        .status = row->status,
        .reason = row->reason,
        .notes = row->notes,
      };

      if (row->patient != NOBODY)
        visit.patient = g_ptr_array_index (place->patients, row->patient);
      move_into_today (&visit, today);
      if (visit.starts_at < today.start)
        continue;
      if (!rounds_demo_store_visit (self, &visit, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_meetings (RoundsDemo *self, RoundsTimeRange today, gint64 anchor, GError **error)
{
  const RoundsDemoPlace *place = &self->places[0];
  const RoundsUser *doctor = g_ptr_array_index (place->doctors, 0);
  const RoundsUser *desk = g_ptr_array_index (place->desks, 0);
  const RoundsUser *reception = g_ptr_array_index (place->desks, 1);
  const RoundsUser *with_desk[] = { doctor, desk, NULL };
  const RoundsUser *with_admin[] = { doctor, self->admin, NULL };
  const RoundsUser *desks[] = { desk, reception, NULL };
  gint64 later = anchor + 85 * ROUNDS_MINUTE;
  gint64 latest = anchor + 215 * ROUNDS_MINUTE;
  const RoundsDemoMeeting meetings[] = {
    { desk, with_desk, ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL, "Bed planning",
      "Which beds come free until tomorrow, and who moves.", ROUNDS_MEETING_VIDEO,
      later < today.end ? later : today.end - 5 * ROUNDS_MINUTE, 20, ROUNDS_MEETING_SCHEDULED,
      NULL },
    { self->admin, with_admin, ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN, "Quality report",
      "Figures of the last quarter before they go to the board.", ROUNDS_MEETING_VIDEO,
      latest < today.end ? latest : today.end - 10 * ROUNDS_MINUTE, 30, ROUNDS_MEETING_SCHEDULED,
      NULL },
    { desk, desks, ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL, "Front desk handover", NULL,
      ROUNDS_MEETING_AUDIO, anchor - 10 * ROUNDS_MINUTE, 30, ROUNDS_MEETING_ACTIVE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      if (!rounds_demo_store_meeting (self, &meetings[i], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rounds_demo_add_today (RoundsDemo *self, GError **error)
{
  const char *zone = self->places[0].hospital->timezone;
  RoundsTimeRange today = rounds_wall_time_day_of (zone, self->now);
  gint64 anchor = get_anchor (self, today);

  return add_visits (self, today, anchor, error) && add_meetings (self, today, anchor, error);
}
