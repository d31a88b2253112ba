/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the access rules: every person towards every record, as pictures.
 * That the server obeys them is tested with its routes.
 */

#include "rounds-access.h"

#include <string.h>

#include "rounds-id.h"
#include "rounds-init.h"

/* The people, each a column of the pictures below. "Other" is of the other hospital. */
typedef enum
{
  PATIENT,
  PATIENT_2, /* of the same hospital */
  DOCTOR,
  DOCTOR_2, /* of the same hospital */
  DESK,
  OTHER_DOCTOR,
  OTHER_DESK,
  OTHER_PATIENT,
  ADMIN,
  N_PEOPLE,
} Person;

static const struct
{
  const char *name;
  const char *id;
  RoundsRole role;
  const char *hospital;
} people[N_PEOPLE] = {
  [PATIENT] = { "patient", "aaaaaaaaaaaaaaaaaaaaaaa1", ROUNDS_ROLE_PATIENT, "h1" },
  [PATIENT_2] = { "patient 2", "aaaaaaaaaaaaaaaaaaaaaaa2", ROUNDS_ROLE_PATIENT, "h1" },
  [DOCTOR] = { "doctor", "bbbbbbbbbbbbbbbbbbbbbbb1", ROUNDS_ROLE_DOCTOR, "h1" },
  [DOCTOR_2] = { "doctor 2", "bbbbbbbbbbbbbbbbbbbbbbb2", ROUNDS_ROLE_DOCTOR, "h1" },
  [DESK] = { "desk", "ccccccccccccccccccccccc1", ROUNDS_ROLE_HOSPITAL, "h1" },
  [OTHER_DOCTOR] = { "other doctor", "bbbbbbbbbbbbbbbbbbbbbbb3", ROUNDS_ROLE_DOCTOR, "h2" },
  [OTHER_DESK] = { "other desk", "ccccccccccccccccccccccc2", ROUNDS_ROLE_HOSPITAL, "h2" },
  [OTHER_PATIENT] = { "other patient", "aaaaaaaaaaaaaaaaaaaaaaa3", ROUNDS_ROLE_PATIENT, "h2" },
  [ADMIN] = { "admin", "ddddddddddddddddddddddd1", ROUNDS_ROLE_ADMIN, NULL },
};

static RoundsUser *
make_person (Person person)
{
  RoundsUser *user = rounds_user_new ();

  user->id = g_strdup (people[person].id);
  user->name = g_strdup (people[person].name);
  user->role = people[person].role;
  user->hospital_id = g_strdup (people[person].hospital);
  return user;
}

/* At h1, of the patient with the doctor. */
static RoundsAppointment *
make_appointment (RoundsAppointmentStatus status)
{
  RoundsAppointment *appointment = rounds_appointment_new ();

  appointment->id = rounds_id_new ();
  appointment->hospital_id = g_strdup ("h1");
  appointment->doctor_id = g_strdup (people[DOCTOR].id);
  appointment->patient_id = g_strdup (people[PATIENT].id);
  appointment->status = status;
  return appointment;
}

static RoundsMeeting *
make_meeting (Person creator, const char *participants)
{
  RoundsMeeting *meeting = rounds_meeting_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < N_PEOPLE; i++)
    {
      if (participants[i] == 'x')
        g_strv_builder_add (builder, people[i].id);
    }
  meeting->created_by = g_strdup (people[creator].id);
  g_strfreev (meeting->participants);
  meeting->participants = g_strv_builder_end (builder);
  return meeting;
}

/* patient, patient 2, doctor, doctor 2, desk, other doctor, other desk, other patient, admin */
#define SEES_APPOINTMENT "x.x.x...x"
#define MODERATES_APPOINTMENT "..x.x...x"

static void
test_appointment (void)
{
  for (int person = 0; person < N_PEOPLE; person++)
    {
      g_autoptr (RoundsUser) viewer = make_person (person);

      for (int status = 0; status < ROUNDS_N_APPOINTMENT_STATUSES; status++)
        {
          g_autoptr (RoundsAppointment) appointment = make_appointment (status);

          g_test_message ("%s, %s", people[person].name,
                          rounds_appointment_status_to_string (status));
          g_assert_cmpint (rounds_access_appointment_is_visible (viewer, appointment), ==,
                           SEES_APPOINTMENT[person] == 'x');
          g_assert_cmpint (rounds_access_is_appointment_moderator (viewer, appointment), ==,
                           MODERATES_APPOINTMENT[person] == 'x');
          g_assert_cmpint (rounds_access_may_edit_appointment (viewer, appointment), ==,
                           MODERATES_APPOINTMENT[person] == 'x');
        }
    }
}

/* Every person × state × step: those who attend to the patient may take each step that exists, the
 * patient may cancel until the call has begun, nobody else anything. */
static void
test_appointment_changes (void)
{
  for (int person = 0; person < N_PEOPLE; person++)
    {
      g_autoptr (RoundsUser) viewer = make_person (person);

      for (int from = 0; from < ROUNDS_N_APPOINTMENT_STATUSES; from++)
        {
          g_autoptr (RoundsAppointment) appointment = make_appointment (from);

          for (int to = 0; to < ROUNDS_N_APPOINTMENT_STATUSES; to++)
            {
              gboolean expected = rounds_appointment_status_leads_to (from, to);

              if (person == PATIENT)
                expected = to == ROUNDS_APPOINTMENT_CANCELLED && from < ROUNDS_APPOINTMENT_ACTIVE;
              else if (MODERATES_APPOINTMENT[person] != 'x')
                expected = FALSE;

              g_test_message ("%s: %s → %s", people[person].name,
                              rounds_appointment_status_to_string (from),
                              rounds_appointment_status_to_string (to));
              g_assert_cmpint (rounds_access_may_change_appointment (viewer, appointment, to), ==,
                               expected);
            }
        }
    }
}

/* Staff of the hospital and admins; a hospital that is not known is nobody's. */
static void
test_override_slot (void)
{
  for (int person = 0; person < N_PEOPLE; person++)
    {
      g_autoptr (RoundsUser) viewer = make_person (person);

      g_test_message ("%s", people[person].name);
      g_assert_cmpint (rounds_access_may_override_slot (viewer, "h1"), ==,
                       person == DESK || person == ADMIN);
      g_assert_cmpint (rounds_access_may_override_slot (viewer, NULL), ==, person == ADMIN);
    }
}

/* An appointment that names nobody, people who belong nowhere: nothing that is absent matches. */
static void
test_absent_ids_never_match (void)
{
  g_autoptr (RoundsAppointment) appointment = rounds_appointment_new ();
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();

  for (int role = 0; role < ROUNDS_N_ROLES; role++)
    {
      for (int empty = 0; empty < 2; empty++)
        {
          g_autoptr (RoundsUser) viewer = rounds_user_new ();
          g_autoptr (RoundsUser) other = rounds_user_new ();
          gboolean admin = role == ROUNDS_ROLE_ADMIN;

          viewer->role = role;
          if (empty)
            {
              viewer->id = g_strdup ("");
              viewer->hospital_id = g_strdup ("");
              other->id = g_strdup ("");
              other->hospital_id = g_strdup ("");
            }
          other->role = ROUNDS_ROLE_DOCTOR;

          g_assert_cmpint (rounds_access_appointment_is_visible (viewer, appointment), ==, admin);
          g_assert_cmpint (rounds_access_may_edit_appointment (viewer, appointment), ==, admin);
          g_assert_cmpint (rounds_access_may_override_slot (viewer, ""), ==, admin);
          g_assert_cmpint (rounds_access_meeting_is_visible (viewer, meeting), ==, admin);
          g_assert_cmpint (rounds_access_may_change_meeting (viewer, meeting), ==, admin);
          g_assert_cmpint (rounds_access_user_is_visible (viewer, other), ==, admin);
          g_assert_cmpint (rounds_access_user_details_are_visible (viewer, other), ==, admin);
          g_assert_cmpint (rounds_access_may_list_of (viewer, other), ==, admin);
        }
    }
}

/* A doctor who is somebody else's patient acts as a patient there. */
static void
test_doctor_as_patient (void)
{
  g_autoptr (RoundsUser) viewer = make_person (DOCTOR_2);
  g_autoptr (RoundsAppointment) appointment = make_appointment (ROUNDS_APPOINTMENT_CONFIRMED);

  g_set_str (&appointment->patient_id, viewer->id);
  g_assert_true (rounds_access_appointment_is_visible (viewer, appointment));
  g_assert_false (rounds_access_is_appointment_moderator (viewer, appointment));
  g_assert_true (
      rounds_access_may_change_appointment (viewer, appointment, ROUNDS_APPOINTMENT_CANCELLED));
  g_assert_false (
      rounds_access_may_change_appointment (viewer, appointment, ROUNDS_APPOINTMENT_ARRIVED));
}

/* A patient whose id stands in the doctor's place (a role that was taken away) is no doctor. */
static void
test_former_doctor (void)
{
  g_autoptr (RoundsUser) viewer = make_person (DOCTOR);
  g_autoptr (RoundsAppointment) appointment = make_appointment (ROUNDS_APPOINTMENT_CONFIRMED);

  viewer->role = ROUNDS_ROLE_PATIENT;
  g_assert_false (rounds_access_appointment_is_visible (viewer, appointment));
  g_assert_false (rounds_access_is_appointment_moderator (viewer, appointment));
}

static const struct
{
  Person creator;
  const char *hospital;
  int doctor; /* a Person or −1 */
  int patient;
  gboolean allowed;
} creations[] = {
  { PATIENT, "h1", -1, -1, TRUE },
  { PATIENT, "h1", DOCTOR, PATIENT, TRUE },
  { PATIENT, "h2", OTHER_DOCTOR, -1, TRUE },
  { PATIENT, "h1", DOCTOR, PATIENT_2, FALSE },
  { PATIENT, NULL, -1, DOCTOR, FALSE },
  { DOCTOR, "h1", -1, PATIENT, TRUE },
  { DOCTOR, "h1", DOCTOR, PATIENT, TRUE },
  { DOCTOR, "h1", DOCTOR, -1, TRUE },
  { DOCTOR, "h1", DOCTOR_2, PATIENT, FALSE },
  { DOCTOR, "h1", DOCTOR_2, DOCTOR, FALSE },
  { DESK, "h1", -1, -1, TRUE },
  { DESK, NULL, DOCTOR, PATIENT, TRUE },
  { DESK, "h1", DOCTOR_2, PATIENT_2, TRUE },
  { DESK, "h2", DOCTOR, PATIENT, FALSE },
  { OTHER_DESK, "h1", DOCTOR, PATIENT, FALSE },
  { ADMIN, "h1", DOCTOR, PATIENT, TRUE },
  { ADMIN, "h2", -1, -1, TRUE },
  { ADMIN, NULL, -1, -1, TRUE },
};

static void
test_create_appointment (void)
{
  g_autoptr (RoundsUser) nowhere = make_person (DESK);

  for (gsize i = 0; i < G_N_ELEMENTS (creations); i++)
    {
      g_autoptr (RoundsUser) creator = make_person (creations[i].creator);
      const char *doctor = creations[i].doctor >= 0 ? people[creations[i].doctor].id : NULL;
      const char *patient = creations[i].patient >= 0 ? people[creations[i].patient].id : NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (
          rounds_access_may_create_appointment (creator, creations[i].hospital, doctor, patient),
          ==, creations[i].allowed);
    }

  g_clear_pointer (&nowhere->hospital_id, g_free);
  g_assert_false (rounds_access_may_create_appointment (nowhere, NULL, NULL, NULL));
  g_assert_false (rounds_access_may_create_appointment (nowhere, "h1", NULL, NULL));
}

/* patient, patient 2, doctor, doctor 2, desk, other doctor, other desk, other patient, admin */
static const struct
{
  const char *what;
  Person creator;
  const char *participants;
  const char *visible;
  const char *may_change;
  const char *moderators;
} meetings[] = {
  { "doctor with patient", DOCTOR, "x.x......", "x.x.....x", "..x.....x", "..x.....x" },
  { "creator not listed", DESK, "x.x......", "x.x.x...x", "..x.x...x", "..x.x...x" },
  { "two hospitals", DOCTOR, "..xx.xx..", "..xx.xx.x", "..xx.xx.x", "..xx.xx.x" },
  { "only a patient", ADMIN, ".......x.", ".......xx", "........x", "........x" },
  { "created by a patient", PATIENT, "..x......", "x.x.....x", "x.x.....x", "..x.....x" },
  { "nobody", OTHER_DESK, ".........", "......x.x", "......x.x", "......x.x" },
};

static void
test_meeting (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autoptr (RoundsMeeting) meeting
          = make_meeting (meetings[i].creator, meetings[i].participants);

      for (int person = 0; person < N_PEOPLE; person++)
        {
          g_autoptr (RoundsUser) viewer = make_person (person);

          g_test_message ("%s: %s", meetings[i].what, people[person].name);
          g_assert_cmpint (rounds_access_meeting_is_visible (viewer, meeting), ==,
                           meetings[i].visible[person] == 'x');
          g_assert_cmpint (rounds_access_may_change_meeting (viewer, meeting), ==,
                           meetings[i].may_change[person] == 'x');
          g_assert_cmpint (rounds_access_is_meeting_moderator (viewer, meeting), ==,
                           meetings[i].moderators[person] == 'x');
        }
    }
}

/* From the row's person to the column's: x sees all of it, n the name only, . nothing. */
static const char *const directory[N_PEOPLE] = {
  /*                  p 2 d 2 k D K P a */
  [PATIENT] = "x.nnn....",    [PATIENT_2] = ".xnnn....",     [DOCTOR] = "xxxxx...n",
  [DOCTOR_2] = "xxxxx...n",   [DESK] = "xxxxx...n",          [OTHER_DOCTOR] = ".....xxxn",
  [OTHER_DESK] = ".....xxxn", [OTHER_PATIENT] = ".....nnx.", [ADMIN] = "xxxxxxxxx",
};

static void
test_directory (void)
{
  for (int from = 0; from < N_PEOPLE; from++)
    {
      for (int to = 0; to < N_PEOPLE; to++)
        {
          g_autoptr (RoundsUser) viewer = make_person (from);
          g_autoptr (RoundsUser) other = make_person (to);
          gboolean lists = from == to || from == ADMIN
                           || (from == DESK && g_strcmp0 (people[to].hospital, "h1") == 0)
                           || (from == OTHER_DESK && g_strcmp0 (people[to].hospital, "h2") == 0);

          g_test_message ("%s → %s", people[from].name, people[to].name);
          g_assert_cmpint (rounds_access_user_is_visible (viewer, other), ==,
                           directory[from][to] != '.');
          g_assert_cmpint (rounds_access_user_details_are_visible (viewer, other), ==,
                           directory[from][to] == 'x');
          g_assert_cmpint (rounds_access_may_list_of (viewer, other), ==, lists);
        }
    }
}

/* A role that this version does not know gets nothing. */
static void
test_unknown_role (void)
{
  g_autoptr (RoundsUser) viewer = make_person (OTHER_DOCTOR);
  g_autoptr (RoundsUser) other = make_person (OTHER_DESK);
  g_autoptr (RoundsAppointment) appointment = make_appointment (ROUNDS_APPOINTMENT_CONFIRMED);
  g_autoptr (RoundsMeeting) meeting = make_meeting (OTHER_DOCTOR, ".....x...");

  viewer->role = (RoundsRole)17;
  g_assert_false (rounds_access_appointment_is_visible (viewer, appointment));
  g_assert_false (rounds_access_may_create_appointment (viewer, "h2", NULL, NULL));
  g_assert_false (rounds_access_may_change_meeting (viewer, meeting));
  g_assert_false (rounds_access_is_meeting_moderator (viewer, meeting));
  g_assert_false (rounds_access_user_is_visible (viewer, other));
  g_assert_false (rounds_access_user_details_are_visible (viewer, other));
  g_assert_false (rounds_access_may_list_of (viewer, other));
}

int
main (int argc, char **argv)
{
  rounds_init ("test-access");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/Access/appointment", test_appointment);
  g_test_add_func ("/Rounds/Model/Access/appointment-changes", test_appointment_changes);
  g_test_add_func ("/Rounds/Model/Access/override-slot", test_override_slot);
  g_test_add_func ("/Rounds/Model/Access/absent-ids-never-match", test_absent_ids_never_match);
  g_test_add_func ("/Rounds/Model/Access/doctor-as-patient", test_doctor_as_patient);
  g_test_add_func ("/Rounds/Model/Access/former-doctor", test_former_doctor);
  g_test_add_func ("/Rounds/Model/Access/create-appointment", test_create_appointment);
  g_test_add_func ("/Rounds/Model/Access/meeting", test_meeting);
  g_test_add_func ("/Rounds/Model/Access/directory", test_directory);
  g_test_add_func ("/Rounds/Model/Access/unknown-role", test_unknown_role);

  return g_test_run ();
}
