/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The demo's appointments: two months of working days around today.
 * Today of the doctors who sign in is laid out by hand, in rounds-demo-today.c.
 */

#include "config.h"

#include "rounds-demo-private.h"

#include "rounds-appointment-repository.h"
#include "rounds-call-stays.h"
#include "rounds-jitsi-link.h"
#include "rounds-wall-time.h"

#define FIRST_DAY (-30)
#define LAST_DAY 30

#define BUSY_PERCENT 45
#define ACCOUNT_PERCENT 35
#define VIRTUAL_PERCENT 60

/* They do not touch each other, nor the noon hour in which people meet. */
static const struct
{
  const char *time;
  int minutes;
} slots[] = {
  { "08:30", 30 }, { "09:15", 30 }, { "10:00", 30 }, { "10:45", 20 }, { "11:20", 30 },
  { "13:00", 30 }, { "13:45", 45 }, { "14:40", 30 }, { "15:20", 30 }, { "16:00", 30 },
};

static const char *const completed_notes[] = {
  "Doing well; no change of treatment.",
  "New prescription sent. Check again in six weeks.",
  "Blood samples ordered; results go to the family doctor.",
  "Explained the findings. Patient wants to think about it.",
  "Better than last time. Exercises continue.",
  NULL,
};
static const char *const cancelled_notes[] = {
  "Called in sick; wants another day.",
  "Cancelled by the patient.",
  "Moved to another hospital.",
  NULL,
};
static const char *const no_show_notes[] = {
  "Called twice, no answer.",
  "Did not come; letter sent.",
  NULL,
};

static void
fill_in_patient (RoundsDemo *self, const RoundsDemoVisit *visit, RoundsPatientDetails *details)
{
  const RoundsUser *patient = visit->patient;

  if (patient == NULL)
    {
      details->full_name = rounds_demo_make_name (self);
      details->phone = g_strdup_printf ("%s1%02d", visit->place->phone_prefix,
                                        g_rand_int_range (self->random, 0, 100));
      details->age = g_rand_int_range (self->random, 18, 90);
      return;
    }
  details->full_name = g_strdup (patient->name);
  details->email = g_strdup (patient->email);
  details->phone = g_strdup (patient->phone);
  details->age = patient->age;
  details->gender = g_strdup (patient->gender);
}

/* How many steps lead to @status: each of them has changed the record once. */
static int
count_steps (RoundsAppointmentStatus status)
{
  switch (status)
    {
    case ROUNDS_APPOINTMENT_REQUESTED:
    case ROUNDS_APPOINTMENT_CONFIRMED:
      return 0;
    case ROUNDS_APPOINTMENT_ARRIVED:
    case ROUNDS_APPOINTMENT_CANCELLED:
    case ROUNDS_APPOINTMENT_NO_SHOW:
      return 1;
    case ROUNDS_APPOINTMENT_ACTIVE:
      return 2;
    case ROUNDS_APPOINTMENT_COMPLETED:
    default:
      return 3;
    }
}

/* A few minutes early, begun a little late, over a little early; the same each time, and not the
 * same for each visit. */
static void
fill_in_moments (RoundsDemo *self, RoundsAppointment *appointment)
{
  RoundsTimeRange range = rounds_appointment_get_range (appointment);
  gint64 turn = appointment->starts_at / (5 * ROUNDS_MINUTE) % 7;
  int steps = count_steps (appointment->status);

  if (appointment->status == ROUNDS_APPOINTMENT_CANCELLED
      || appointment->status == ROUNDS_APPOINTMENT_NO_SHOW)
    return;
  if (steps >= 1)
    appointment->arrived_at
        = MIN (appointment->starts_at - (2 + turn) * ROUNDS_MINUTE, self->now - ROUNDS_MINUTE);
  if (steps >= 2)
    appointment->started_at = MIN (appointment->starts_at + turn % 4 * ROUNDS_MINUTE, self->now);
  if (steps >= 3)
    appointment->ended_at = MIN (range.end - turn % 5 * ROUNDS_MINUTE, self->now);
}

static void
fill_in_history (RoundsDemo *self, RoundsAppointment *appointment)
{
  int steps = count_steps (appointment->status);
  gint64 asked = appointment->starts_at - g_rand_int_range (self->random, 3, 21) * ROUNDS_DAY
                 - g_rand_int_range (self->random, 0, 300) * ROUNDS_MINUTE;

  appointment->version = 1 + steps;
  appointment->created_at = MIN (asked, self->now - ROUNDS_DAY);
  appointment->updated_at = appointment->created_at;
  if (steps > 0)
    appointment->updated_at = MIN (rounds_appointment_get_range (appointment).end, self->now);
  fill_in_moments (self, appointment);
}

static gboolean
has_room (RoundsDemo *self, const RoundsDemoVisit *visit, gboolean *room, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (self->db,
                           "SELECT 1 FROM appointments WHERE (doctor_id = $1 OR patient_id = $2)"
                           " AND status <> 'cancelled' AND starts_at < $4 AND ends_at > $3",
                           error);
  RoundsDbStep step;

  if (statement == NULL)
    return FALSE;

  rounds_db_bind_text (statement, 1, visit->doctor->id);
  rounds_db_bind_text (statement, 2, visit->patient != NULL ? visit->patient->id : NULL);
  rounds_db_bind_time (statement, 3, visit->starts_at);
  rounds_db_bind_time (statement, 4, visit->starts_at + visit->minutes * ROUNDS_MINUTE);
  step = rounds_db_step (statement, error);
  *room = step == ROUNDS_DB_DONE;
  return step != ROUNDS_DB_FAILED;
}

/* @visit as the record that is stored. (transfer full) */
static RoundsAppointment *
make_appointment (RoundsDemo *self, const RoundsDemoVisit *visit)
{
  const RoundsHospital *hospital = visit->place->hospital;
  const char *department = visit->doctor->department;
  RoundsAppointment *appointment = rounds_appointment_new ();
  /* A request is not with anybody yet as often as not. */
  gboolean open = visit->status == ROUNDS_APPOINTMENT_REQUESTED && rounds_demo_throw (self, 50);

  appointment->id = rounds_demo_next_id (self);
  appointment->hospital_id = g_strdup (hospital->id);
  appointment->department = g_strdup (department);
  appointment->type = visit->type;
  appointment->timezone = g_strdup (hospital->timezone);
  appointment->starts_at = visit->starts_at;
  rounds_wall_time_from_moment (hospital->timezone, visit->starts_at, &appointment->date,
                                &appointment->time);
  appointment->duration_minutes = visit->minutes;
  appointment->reason = g_strdup (
      visit->reason != NULL ? visit->reason
                            : rounds_demo_pick (self, rounds_demo_get_reasons (department)));
  fill_in_patient (self, visit, &appointment->patient);
  appointment->doctor_id = open ? NULL : g_strdup (visit->doctor->id);
  appointment->patient_id = visit->patient != NULL ? g_strdup (visit->patient->id) : NULL;
  appointment->status = visit->status;
  appointment->notes = g_strdup (visit->notes);
  /* Security: the only thing here that is not the same each time; a room's name must not be read in
   * the source. */
  if (visit->type == ROUNDS_APPOINTMENT_VIRTUAL)
    appointment->room_name = rounds_jitsi_room_name_new ("appointment", appointment->id);
  fill_in_history (self, appointment);
  return appointment;
}

/* Of a call that nobody came to, Jitsi has told who waited. */
static gboolean
store_cause (RoundsDemo *self, RoundsAppointment *appointment, GError **error)
{
  RoundsCall call = { .kind = ROUNDS_CHANGE_APPOINTMENT, .appointment = appointment };

  if (appointment->status != ROUNDS_APPOINTMENT_NO_SHOW
      || appointment->type != ROUNDS_APPOINTMENT_VIRTUAL)
    return TRUE;
  return rounds_call_step_store (self->db, &call,
                                 rounds_appointment_status_to_string (appointment->status),
                                 ROUNDS_CAUSE_PATIENT, appointment->updated_at, error);
}

gboolean
rounds_demo_store_visit (RoundsDemo *self, const RoundsDemoVisit *visit, GError **error)
{
  const RoundsUser *creator = g_ptr_array_index (visit->place->desks, 0);
  g_autoptr (RoundsAppointment) appointment = make_appointment (self, visit);
  gboolean room = FALSE;

  if (!has_room (self, visit, &room, error))
    return FALSE;
  if (!room && visit->status != ROUNDS_APPOINTMENT_CANCELLED)
    return TRUE;

  if (visit->status == ROUNDS_APPOINTMENT_REQUESTED && visit->patient != NULL)
    creator = visit->patient;
  return rounds_appointment_repository_insert (self->db, appointment, creator, error)
         && store_cause (self, appointment, error);
}

static void
choose_status (RoundsDemo *self, RoundsDemoVisit *visit)
{
  gint64 ends_at = visit->starts_at + visit->minutes * ROUNDS_MINUTE;
  int dice = g_rand_int_range (self->random, 0, 100);

  if (dice < 10)
    {
      visit->status = ROUNDS_APPOINTMENT_CANCELLED;
      visit->notes = rounds_demo_pick (self, cancelled_notes);
    }
  else if (visit->starts_at > self->now)
    {
      visit->status = dice < 25 ? ROUNDS_APPOINTMENT_REQUESTED : ROUNDS_APPOINTMENT_CONFIRMED;
    }
  else if (ends_at > self->now)
    {
      visit->status = ROUNDS_APPOINTMENT_ACTIVE;
    }
  else if (dice < 18)
    {
      visit->status = ROUNDS_APPOINTMENT_NO_SHOW;
      visit->notes = rounds_demo_pick (self, no_show_notes);
    }
  else
    {
      visit->status = ROUNDS_APPOINTMENT_COMPLETED;
      visit->notes = dice < 70 ? rounds_demo_pick (self, completed_notes) : NULL;
    }
}

/* One of the doctor's own patients. Each patient comes to one doctor only, so that nobody has two
 * appointments at once. */
static const RoundsUser *
choose_patient (RoundsDemo *self, const RoundsDemoPlace *place, guint doctor)
{
  guint n_doctors = place->doctors->len;
  guint n_own = (place->patients->len - doctor + n_doctors - 1) / n_doctors;
  guint chosen = (guint)g_rand_int_range (self->random, 0, (gint32)n_own);

  return g_ptr_array_index (place->patients, doctor + chosen * n_doctors);
}

static gboolean
add_day (RoundsDemo *self, const RoundsDemoPlace *place, guint doctor, int day, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      RoundsDemoVisit visit = {
        .place = place,
        .doctor = g_ptr_array_index (place->doctors, doctor),
        .minutes = slots[i].minutes,
      };

      if (!rounds_demo_throw (self, BUSY_PERCENT))
        continue;
      visit.starts_at = rounds_demo_moment (self, place, day, slots[i].time);
      visit.type = rounds_demo_throw (self, VIRTUAL_PERCENT) ? ROUNDS_APPOINTMENT_VIRTUAL
                                                             : ROUNDS_APPOINTMENT_IN_PERSON;
      if (rounds_demo_throw (self, ACCOUNT_PERCENT))
        visit.patient = choose_patient (self, place, doctor);
      choose_status (self, &visit);
      if (!rounds_demo_store_visit (self, &visit, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rounds_demo_add_visits (RoundsDemo *self, GError **error)
{
  for (guint p = 0; p < ROUNDS_DEMO_N_PLACES; p++)
    {
      const RoundsDemoPlace *place = &self->places[p];

      for (int day = FIRST_DAY; day <= LAST_DAY; day++)
        {
          if (rounds_demo_is_weekend (self, place, day))
            continue;
          for (guint doctor = 0; doctor < place->doctors->len; doctor++)
            {
              if (day == 0 && rounds_demo_has_own_today (self, place, doctor))
                continue;
              if (!add_day (self, place, doctor, day, error))
                return FALSE;
            }
        }
    }
  return TRUE;
}
