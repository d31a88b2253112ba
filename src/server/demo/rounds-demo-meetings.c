/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The demo's meetings: what comes back every week, and a few that do not.
 * Today's are in rounds-demo-today.c.
 */

#include "config.h"

#include "rounds-demo-private.h"

#include "rounds-jitsi-link.h"
#include "rounds-meeting-repository.h"

#define FIRST_DAY (-28)
#define LAST_DAY 28
#define EVERY_DAY 7

/* Somebody at a place, or the administrator. */
typedef enum
{
  END,
  ADMIN,
  DESK_1,
  DESK_2,
  DOCTOR_1,
  DOCTOR_2,
  DOCTOR_3,
  DOCTOR_4,
  PATIENT_1,
  PATIENT_4,
} Who;

typedef struct
{
  guint place;
  int first_day; /* from today */
  int last_day;
  const char *time;
  int minutes;
  RoundsRoleContext context;
  RoundsMeetingType type;
  const char *title;
  const char *description;
  Who creator;
  Who participants[6];
} Series;

static const Series all_series[] = {
  { 0,
    FIRST_DAY + 1,
    LAST_DAY,
    "12:15",
    30,
    ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL,
    ROUNDS_MEETING_VIDEO,
    "Weekly Medical Review",
    "Discuss patient cases and protocols",
    DESK_1,
    { DESK_1, DOCTOR_1, DOCTOR_2, DOCTOR_3, DOCTOR_4 } },
  { 0,
    FIRST_DAY + 2,
    LAST_DAY,
    "12:20",
    25,
    ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR,
    ROUNDS_MEETING_VIDEO,
    "Case conference",
    "Bring one case each.",
    DOCTOR_1,
    { DOCTOR_1, DOCTOR_2, DOCTOR_4 } },
  { 0,
    FIRST_DAY + 3,
    LAST_DAY,
    "12:30",
    20,
    ROUNDS_ROLE_CONTEXT_HOSPITAL_ADMIN,
    ROUNDS_MEETING_VIDEO,
    "Staffing of next week",
    NULL,
    DESK_1,
    { DESK_1, DESK_2, ADMIN } },
  { 0,
    FIRST_DAY + 4,
    LAST_DAY,
    "08:00",
    15,
    ROUNDS_ROLE_CONTEXT_HOSPITAL_HOSPITAL,
    ROUNDS_MEETING_AUDIO,
    "Front desk handover",
    NULL,
    DESK_2,
    { DESK_1, DESK_2 } },
  { 0,
    FIRST_DAY + 5,
    LAST_DAY,
    "12:10",
    40,
    ROUNDS_ROLE_CONTEXT_DOCTOR_ADMIN,
    ROUNDS_MEETING_VIDEO,
    "Quality circle",
    "Hygiene, complaints, near misses.",
    ADMIN,
    { DOCTOR_1, DOCTOR_3, ADMIN } },
  { 0,
    -6,
    -6,
    "16:45",
    20,
    ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL,
    ROUNDS_MEETING_VIDEO,
    "Planning of discharge",
    "Transport, medication and the first days at home.",
    DESK_2,
    { DESK_2, PATIENT_4 } },
  { 0,
    3,
    3,
    "16:45",
    30,
    ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR,
    ROUNDS_MEETING_VIDEO,
    "Talk with the family",
    "Her son joins from abroad.",
    DOCTOR_1,
    { DOCTOR_1, PATIENT_1 } },
  { 0,
    5,
    5,
    "16:45",
    20,
    ROUNDS_ROLE_CONTEXT_PATIENT_HOSPITAL,
    ROUNDS_MEETING_CHAT,
    "Questions about the bill",
    NULL,
    DESK_1,
    { DESK_1, PATIENT_1 } },
  { 1,
    FIRST_DAY + 1,
    LAST_DAY,
    "12:15",
    30,
    ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL,
    ROUNDS_MEETING_VIDEO,
    "Clinic round-up",
    NULL,
    DESK_1,
    { DESK_1, DOCTOR_1, DOCTOR_2 } },
};

static const RoundsUser *
find_person (RoundsDemo *self, const RoundsDemoPlace *place, Who who)
{
  switch (who)
    {
    case ADMIN:
      return self->admin;
    case DESK_1:
    case DESK_2:
      return g_ptr_array_index (place->desks, who - DESK_1);
    case DOCTOR_1:
    case DOCTOR_2:
    case DOCTOR_3:
    case DOCTOR_4:
      return g_ptr_array_index (place->doctors, who - DOCTOR_1);
    case PATIENT_1:
      return g_ptr_array_index (place->patients, 0);
    case PATIENT_4:
      return g_ptr_array_index (place->patients, 3);
    case END:
    default:
      g_assert_not_reached ();
    }
}

static void
fill_in_history (RoundsDemo *self, RoundsMeeting *meeting)
{
  meeting->version = 1;
  meeting->created_at = MIN (meeting->scheduled_at - 9 * ROUNDS_DAY, self->now - ROUNDS_DAY);
  meeting->updated_at = meeting->created_at;

  if (meeting->status == ROUNDS_MEETING_ACTIVE || meeting->status == ROUNDS_MEETING_COMPLETED)
    {
      gint64 late = g_rand_int_range (self->random, 0, 240) * ROUNDS_SECOND;

      meeting->started_at = MIN (meeting->scheduled_at + late, self->now);
      meeting->updated_at = meeting->started_at;
      meeting->version++;
    }
  if (meeting->status == ROUNDS_MEETING_COMPLETED)
    {
      int minutes = MAX (5, meeting->expected_minutes + g_rand_int_range (self->random, -8, 9));

      meeting->ended_at = meeting->started_at + minutes * ROUNDS_MINUTE;
      meeting->duration = minutes;
      meeting->updated_at = meeting->ended_at;
      meeting->version++;
    }
  if (meeting->status == ROUNDS_MEETING_CANCELLED)
    {
      meeting->updated_at = MIN (meeting->scheduled_at, self->now) - 2 * ROUNDS_HOUR;
      meeting->version++;
    }
}

gboolean
rounds_demo_store_meeting (RoundsDemo *self, const RoundsDemoMeeting *meeting, GError **error)
{
  g_autoptr (RoundsMeeting) stored = rounds_meeting_new ();
  g_autoptr (GStrvBuilder) participants = g_strv_builder_new ();

  for (gsize i = 0; meeting->participants[i] != NULL; i++)
    g_strv_builder_add (participants, meeting->participants[i]->id);

  stored->id = rounds_demo_next_id (self);
  stored->created_by = g_strdup (meeting->creator->id);
  g_strfreev (stored->participants);
  stored->participants = g_strv_builder_end (participants);
  stored->role_context = meeting->context;
  stored->title = g_strdup (meeting->title);
  stored->description = g_strdup (meeting->description);
  stored->type = meeting->type;
  stored->status = meeting->status;
  stored->scheduled_at = meeting->scheduled_at;
  stored->expected_minutes = meeting->minutes;
  stored->notes = g_strdup (meeting->notes);
  stored->room_name = rounds_jitsi_room_name_new ("meeting", stored->id);
  fill_in_history (self, stored);
  return rounds_meeting_repository_insert (self->db, stored, error);
}

static void
choose_status (RoundsDemo *self, RoundsDemoMeeting *meeting)
{
  if (rounds_demo_throw (self, 10))
    {
      meeting->status = ROUNDS_MEETING_CANCELLED;
      meeting->notes = "Too few could come.";
    }
  else if (meeting->scheduled_at > self->now)
    {
      meeting->status = ROUNDS_MEETING_SCHEDULED;
    }
  else
    {
      meeting->status = ROUNDS_MEETING_COMPLETED;
      meeting->notes = rounds_demo_throw (self, 50) ? "Minutes are on the ward’s shelf." : NULL;
    }
}

static gboolean
add_one (RoundsDemo *self, const Series *series, int day, GError **error)
{
  const RoundsDemoPlace *place = &self->places[series->place];
  const RoundsUser *participants[G_N_ELEMENTS (series->participants) + 1] = { NULL };
  RoundsDemoMeeting meeting = {
    .creator = find_person (self, place, series->creator),
    .participants = participants,
    .context = series->context,
    .title = series->title,
    .description = series->description,
    .type = series->type,
    .scheduled_at = rounds_demo_moment (self, place, day, series->time),
    .minutes = series->minutes,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (series->participants) && series->participants[i] != END; i++)
    participants[i] = find_person (self, place, series->participants[i]);

  choose_status (self, &meeting);
  return rounds_demo_store_meeting (self, &meeting, error);
}

/* Today has its own, and nobody meets on a weekend: both move to the day after. */
static int
find_working_day (RoundsDemo *self, const RoundsDemoPlace *place, int day)
{
  while (day == 0 || rounds_demo_is_weekend (self, place, day))
    day++;
  return day;
}

gboolean
rounds_demo_add_meetings (RoundsDemo *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_series); i++)
    {
      const Series *series = &all_series[i];
      const RoundsDemoPlace *place = &self->places[series->place];

      for (int day = series->first_day; day <= series->last_day; day += EVERY_DAY)
        {
          if (!add_one (self, series, find_working_day (self, place, day), error))
            return FALSE;
        }
    }
  return TRUE;
}
