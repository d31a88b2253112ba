/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who may create which appointments and meetings, and what becomes of them by who does.
 * Who gets at what is there already is in test-api-access.c.
 */

#include "config.h"

#include "api-world.h"
#include "rounds-test.h"

#define N_COLUMNS (API_N_PEOPLE + 1)

static ApiWorld *world;

typedef struct
{
  ApiPerson who;
  gboolean elsewhere; /* at the hospital of DESK2 */
  ApiPerson doctor; /* or NOBODY: none named */
  ApiPerson patient;
  guint status;
} BookingRow;

static const BookingRow booking_rows[] = {
  { PATIENT, FALSE, NOBODY, NOBODY, 201 },   { PATIENT, FALSE, DOCTOR, PATIENT, 201 },
  { PATIENT, FALSE, NOBODY, PATIENT2, 403 }, { DOCTOR, FALSE, NOBODY, NOBODY, 201 },
  { DOCTOR, FALSE, DOCTOR, PATIENT, 201 },   { DOCTOR, FALSE, DOCTOR2, NOBODY, 403 },
  { DOCTOR, TRUE, NOBODY, NOBODY, 422 },     { DESK, FALSE, NOBODY, NOBODY, 201 },
  { DESK, FALSE, DOCTOR2, PATIENT2, 201 },   { DESK, TRUE, NOBODY, NOBODY, 403 },
  { DESK2, FALSE, DOCTOR, NOBODY, 403 },     { DESK2, TRUE, NOBODY, PATIENT, 201 },
  { DESK2, TRUE, DOCTOR, NOBODY, 422 },      { ADMIN, FALSE, DOCTOR, PATIENT, 201 },
  { ADMIN, TRUE, NOBODY, NOBODY, 201 },      { NOBODY, FALSE, NOBODY, NOBODY, 401 },
};

/* (transfer full) */
static char *
name_person (const char *body, const char *member, ApiPerson person)
{
  g_autofree char *value = NULL;

  if (person == NOBODY)
    return g_strdup (body);
  value = g_strdup_printf ("\"%s\"", world->ids[person]);
  return api_with_member (body, member, value);
}

static void
test_appointments (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (booking_rows); i++)
    {
      const BookingRow *row = &booking_rows[i];
      g_autofree char *plain
          = api_appointment_body (row->elsewhere ? world->other_hospital : world->hospital, NULL);
      g_autofree char *timed = api_at_free_time (plain);
      g_autofree char *with_doctor = name_person (timed, "doctor", row->doctor);
      g_autofree char *body = name_person (with_doctor, "patient", row->patient);
      g_autoptr (ServerReply) reply
          = api_expect (world, row->status, row->who, "POST", "/api/appointments", body);

      if (row->status >= 400)
        api_assert_refused (reply);
    }
}

/* What becomes of who books: the state, and whose it is. */
static void
test_booked_for (void)
{
  static const struct
  {
    ApiPerson who;
    const char *status;
    gboolean takes_it; /* the booker is the doctor, or the patient */
  } cases[] = {
    { PATIENT, "requested", TRUE },
    { DOCTOR, "confirmed", TRUE },
    { DESK, "confirmed", FALSE },
    { ADMIN, "confirmed", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = api_appointment_body (world->hospital, NULL);
      g_autofree char *body = api_at_free_time (plain);
      g_autofree char *with_email
          = api_with_member (body, "patientDetails.email", "\"Patient2@Example.org\"");
      g_autoptr (ServerReply) reply
          = api_expect (world, 201, cases[i].who, "POST", "/api/appointments", with_email);
      JsonObject *appointment = api_document (reply, "appointment");
      gboolean patient_books = cases[i].who == PATIENT;

      g_assert_cmpstr (api_text (appointment, "status"), ==, cases[i].status);
      /* Those who book for others link the account with the address; a patient links nobody. */
      g_assert_cmpstr (api_text (appointment, "patient"), ==,
                       world->ids[patient_books ? PATIENT : PATIENT2]);
      g_assert_cmpstr (api_text (appointment, "doctor"), ==,
                       cases[i].who == DOCTOR ? world->ids[DOCTOR] : NULL);
    }
}

/* A doctor's address is no patient's account. */
static void
test_email_of_no_patient (void)
{
  g_autofree char *body = api_appointment_body (world->hospital, NULL);
  g_autofree char *with_email
      = api_with_member (body, "patientDetails.email", "\"doctor2@example.org\"");
  g_autoptr (ServerReply) reply
      = api_expect (world, 201, DESK, "POST", "/api/appointments", with_email);

  g_assert_null (api_text (api_document (reply, "appointment"), "patient"));
}

typedef struct
{
  const char *context; /* or NULL */
  ApiPerson first;
  ApiPerson second;
  guint statuses[N_COLUMNS]; /* by creator */
} MeetingRow;

static const MeetingRow meeting_rows[] = {
  { "patient-doctor", PATIENT, DOCTOR, { 201, 201, 201, 403, 201, 403, 403, 401 } },
  { "doctor-patient", PATIENT, DOCTOR, { 201, 201, 201, 403, 201, 403, 403, 401 } },
  { "patient-hospital", PATIENT, DESK, { 403, 403, 201, 201, 201, 403, 403, 401 } },
  { "doctor-doctor", DOCTOR, DOCTOR2, { 201, 201, 201, 403, 201, 403, 403, 401 } },
  { "doctor-hospital", DOCTOR, DESK, { 201, 201, 201, 201, 201, 403, 403, 401 } },
  { "doctor-admin", DOCTOR, ADMIN, { 201, 201, 403, 403, 201, 403, 403, 401 } },
  { "hospital-hospital", DESK, DESK2, { 403, 403, 201, 201, 201, 403, 403, 401 } },
  { "hospital-admin", DESK, ADMIN, { 403, 403, 201, 201, 201, 403, 403, 401 } },
  /* Worked out: the same people without a word. */
  { NULL, PATIENT, DOCTOR, { 201, 201, 201, 403, 201, 403, 403, 401 } },
  { NULL, DOCTOR, ADMIN, { 201, 201, 403, 403, 201, 403, 403, 401 } },
  { NULL, PATIENT, PATIENT2, { 201, 201, 201, 201, 422, 403, 403, 401 } },
  { NULL, PATIENT, ADMIN, { 422, 422, 422, 422, 422, 403, 403, 401 } },
  /* People who do not fit the word. */
  { "doctor-hospital", DOCTOR, PATIENT, { 422, 422, 422, 422, 422, 403, 403, 401 } },
  { "patient-doctor", PATIENT, PATIENT2, { 201, 201, 422, 422, 422, 403, 403, 401 } },
};

static void
test_meetings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meeting_rows); i++)
    {
      const MeetingRow *row = &meeting_rows[i];
      g_autofree char *context = row->context != NULL
                                     ? g_strdup_printf (",\"roleContext\":\"%s\"", row->context)
                                     : g_strdup ("");
      g_autofree char *body
          = g_strdup_printf ("{\"participants\":[\"%s\",\"%s\"],\"title\":\"Talk\"%s}",
                             world->ids[row->first], world->ids[row->second], context);

      for (ApiPerson who = 0; who < N_COLUMNS; who++)
        {
          g_autoptr (ServerReply) reply
              = api_expect (world, row->statuses[who], who, "POST", "/api/meetings", body);

          if (reply->status >= 400)
            api_assert_refused (reply);
        }
    }
}

int
main (int argc, char **argv)
{
  int result;

  rounds_test_init (&argc, &argv);
  world = api_world_new ();

  g_test_add_func ("/Rounds/Server/ApiBooking/appointments", test_appointments);
  g_test_add_func ("/Rounds/Server/ApiBooking/booked-for", test_booked_for);
  g_test_add_func ("/Rounds/Server/ApiBooking/email-of-no-patient", test_email_of_no_patient);
  g_test_add_func ("/Rounds/Server/ApiBooking/meetings", test_meetings);
  result = g_test_run ();
  api_world_free (world);
  return result;
}
