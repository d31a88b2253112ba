/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the appointment document and request: ours, a guide-only server's, and wrong ones.
 * The rules of a new appointment are tested in model.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-json.h"
#include "rounds-wire.h"
#include "wire-test.h"

#define LINK "https://meet.example.org/room?jwt=a.b.c"
#define FULL                                                                                       \
  "{'_id':'" RECORD_ID "','id':'" RECORD_ID "','hospital':'" HOSPITAL_ID "',"                      \
  "'department':'Cardiology','appointmentType':'virtual','appointmentDate':'2024-01-15',"          \
  "'appointmentTime':'10:00 AM','timezone':'Europe/Berlin',"                                       \
  "'startsAt':'2024-01-15T09:00:00.000Z','durationMinutes':45,'reasonForVisit':'Chest “pain”',"    \
  "'patientDetails':{'fullName':'Zoë 漢字','email':'zoe@example.com',"                             \
  "'phoneNumber':'+1234567890','age':0,'gender':'Female'},'doctor':'" DOCTOR_ID "',"               \
  "'patient':'" PATIENT_ID "','status':'completed','arrivedAt':'2024-01-15T08:52:00.000Z',"        \
  "'startedAt':'2024-01-15T09:01:30.000Z','endedAt':'2024-01-15T09:40:00.000Z',"                   \
  "'notes':'a\\nb','roomName':'appointment-1-2',"                                                  \
  "'meetingLink':'" LINK "','version':7,'createdAt':'2024-01-01T00:00:00.000Z',"                   \
  "'updatedAt':'2024-01-02T00:00:00.500Z'}"

static RoundsAppointment *
read_good (JsonObject *object)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsAppointment *appointment = rounds_wire_appointment_from_json (object, problems);

  wire_test_assert_no_problem (problems);
  g_assert_nonnull (appointment);
  return appointment;
}

static void
test_round_trip (void)
{
  g_autoptr (JsonObject) object = wire_test_object (FULL);
  g_autoptr (RoundsAppointment) read = read_good (object);
  g_autoptr (JsonObject) written = rounds_wire_appointment_to_json (read, LINK);
  g_autoptr (RoundsAppointment) again = read_good (written);

  g_assert_cmpint (read->status, ==, ROUNDS_APPOINTMENT_COMPLETED);
  g_assert_cmpint (read->starts_at, ==, G_GINT64_CONSTANT (1705309200) * ROUNDS_SECOND);
  g_assert_cmpint (read->arrived_at, ==, read->starts_at - 8 * ROUNDS_MINUTE);
  g_assert_cmpint (read->started_at, ==, read->starts_at + 90 * ROUNDS_SECOND);
  g_assert_cmpint (read->ended_at, ==, read->starts_at + 40 * ROUNDS_MINUTE);
  g_assert_cmpint (read->patient.age, ==, 0);
  g_assert_cmpint (read->version, ==, 7);
  g_assert_cmpstr (read->meeting_link, ==, LINK);
  wire_test_assert_json (written, FULL);
  g_assert_true (rounds_appointment_equal (read, again));
}

/* A link goes only into the answer it was minted for; what is not known is not written. */
static void
test_absent (void)
{
  g_autoptr (RoundsAppointment) appointment = rounds_appointment_new ();
  g_autoptr (JsonObject) written = NULL;

  appointment->id = g_strdup (RECORD_ID);
  appointment->hospital_id = g_strdup (HOSPITAL_ID);
  appointment->department = g_strdup ("Cardiology");
  appointment->type = ROUNDS_APPOINTMENT_IN_PERSON;
  appointment->date = g_strdup ("2024-01-15");
  appointment->time = g_strdup ("10:00");
  appointment->starts_at = 0;
  appointment->patient.full_name = g_strdup ("Ana");
  appointment->meeting_link = g_strdup (LINK);
  written = rounds_wire_appointment_to_json (appointment, NULL);
  wire_test_assert_json (written,
                         "{'_id':'" RECORD_ID "','id':'" RECORD_ID "','hospital':'" HOSPITAL_ID "',"
                         "'department':'Cardiology','appointmentType':'in-person',"
                         "'appointmentDate':'2024-01-15','appointmentTime':'10:00',"
                         "'startsAt':'1970-01-01T00:00:00.000Z','durationMinutes':30,"
                         "'patientDetails':{'fullName':'Ana'},'status':'requested','version':0}");
}

static void
test_guide_only (void)
{
  g_autoptr (JsonObject) object = wire_test_appointment (NULL, NULL);
  g_autoptr (RoundsAppointment) read = read_good (object);

  g_assert_cmpstr (read->id, ==, RECORD_ID);
  g_assert_cmpint (read->type, ==, ROUNDS_APPOINTMENT_VIRTUAL);
  g_assert_cmpint (read->status, ==, ROUNDS_APPOINTMENT_CONFIRMED);
  g_assert_cmpstr (read->date, ==, "2024-01-15");
  g_assert_cmpstr (read->time, ==, "10:00 AM");
  g_assert_null (read->timezone);
  /* The tests' own zone is UTC. */
  g_assert_cmpint (read->starts_at, ==, G_GINT64_CONSTANT (1705312800) * ROUNDS_SECOND);
  g_assert_cmpint (read->duration_minutes, ==, 30);
  g_assert_cmpint (read->version, ==, 0);
  g_assert_cmpint (read->created_at, ==, ROUNDS_TIME_NONE);
  g_assert_cmpstr (read->meeting_link, ==, LINK);
  g_assert_cmpstr (read->patient.full_name, ==, "John Doe");
  g_assert_null (read->doctor_id);
}

static void
test_tolerated (void)
{
  static const struct
  {
    const char *member, *value;
  } cases[] = {
    { "hospital", "{'_id':'" HOSPITAL_ID "','name':'St. Mary'}" },
    { "hospital", "{'id':'" HOSPITAL_ID "'}" },
    { "doctor", "{'_id':'" DOCTOR_ID "','name':'Dr. Who','password':7}" },
    { "doctor", "null" },
    { "patient", "{'_id':'" PATIENT_ID "'}" },
    { "appointmentDate", "'2024-01-15T00:00:00.000Z'" },
    { "appointmentTime", "'10:00'" },
    { "appointmentType", NULL },
    { "department", NULL },
    { "department", "null" },
    { "reasonForVisit", "null" },
    { "patientDetails", "{'fullName':'John Doe','age':null,'email':null}" },
    { "patientDetails", NULL },
    { "notes", "null" },
    { "version", "null" },
    { "durationMinutes", "30.0" },
    { "__v", "0" },
    { "extra", "{'deep':[1,{'x':null}]}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_appointment (cases[i].member, cases[i].value);
      g_autoptr (RoundsAppointment) read = read_good (object);

      g_assert_cmpstr (read->hospital_id, ==, HOSPITAL_ID);
      g_assert_nonnull (read->department);
      g_assert_nonnull (read->patient.full_name);
      g_assert_cmpint (read->type, ==, ROUNDS_APPOINTMENT_VIRTUAL);
      g_assert_cmpint (read->starts_at, ==, G_GINT64_CONSTANT (1705312800) * ROUNDS_SECOND);
    }
}

static void
test_populated_patient (void)
{
  g_autoptr (JsonObject) object = wire_test_appointment ("patientDetails", NULL);
  g_autoptr (RoundsAppointment) read = NULL;

  json_object_set_object_member (
      object, "patient",
      wire_test_object ("{'_id':'" PATIENT_ID "','name':'Ana','email':'ana@example.org'}"));
  read = read_good (object);
  g_assert_cmpstr (read->patient_id, ==, PATIENT_ID);
  g_assert_cmpstr (read->patient.full_name, ==, "Ana");
  g_assert_cmpstr (read->patient.email, ==, "ana@example.org");
}

static void
test_types_and_states (void)
{
  static const struct
  {
    const char *member, *value;
    int type, status;
  } cases[] = {
    { "appointmentType", "'in-person'", ROUNDS_APPOINTMENT_IN_PERSON,
      ROUNDS_APPOINTMENT_CONFIRMED },
    { "appointmentType", "'physical'", ROUNDS_APPOINTMENT_IN_PERSON, ROUNDS_APPOINTMENT_CONFIRMED },
    { "appointmentType", "'home visit'", ROUNDS_APPOINTMENT_IN_PERSON,
      ROUNDS_APPOINTMENT_CONFIRMED },
    { "status", "'requested'", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_REQUESTED },
    { "status", "'no-show'", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_NO_SHOW },
    { "status", "'completed'", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_COMPLETED },
    { "status", "'pending'", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_REQUESTED },
    { "status", "'Scheduled'", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED },
    { "status", "'canceled'", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CANCELLED },
    { "status", "null", ROUNDS_APPOINTMENT_VIRTUAL, ROUNDS_APPOINTMENT_CONFIRMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_appointment (cases[i].member, cases[i].value);
      g_autoptr (RoundsAppointment) read = read_good (object);

      g_assert_cmpint (read->type, ==, cases[i].type);
      g_assert_cmpint (read->status, ==, cases[i].status);
    }
}

/* A newer server may know of more causes; what is not known is not said. */
static void
test_causes (void)
{
  static const struct
  {
    const char *value;
    RoundsNoShowCause cause;
    const char *written; /* or NULL */
  } cases[] = {
    { "'patient'", ROUNDS_CAUSE_PATIENT, "patient" },
    { "'staff'", ROUNDS_CAUSE_STAFF, "staff" },
    { "'technical'", ROUNDS_CAUSE_TECHNICAL, "technical" },
    { "'weather'", ROUNDS_CAUSE_NONE, NULL },
    { "null", ROUNDS_CAUSE_NONE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_appointment ("noShowCause", cases[i].value);
      g_autoptr (RoundsAppointment) read = read_good (object);
      g_autoptr (JsonObject) written = rounds_wire_appointment_to_json (read, NULL);

      g_assert_cmpint (read->no_show_cause, ==, cases[i].cause);
      g_assert_cmpstr (json_object_get_string_member_with_default (written, "noShowCause", NULL),
                       ==, cases[i].written);
    }
}

static void
test_times (void)
{
  static const struct
  {
    const char *zone, *date, *time, *starts_at; /* NULL: not sent */
    const char *expected, *expected_date, *expected_time;
  } cases[] = {
    { "America/New_York", "2024-01-15", "10:00 AM", NULL, "2024-01-15T15:00:00.000Z", "2024-01-15",
      "10:00 AM" },
    { "Asia/Kathmandu", "2024-01-15", "14:30", NULL, "2024-01-15T08:45:00.000Z", "2024-01-15",
      "14:30" },
    /* The moment counts where both are sent. */
    { "Europe/Berlin", "2024-01-15", "10:00 AM", "2024-01-15T12:00:00Z", "2024-01-15T12:00:00.000Z",
      "2024-01-15", "10:00 AM" },
    { "Europe/Berlin", NULL, NULL, "2024-07-15T12:00:00+02:00", "2024-07-15T10:00:00.000Z",
      "2024-07-15", "12:00" },
    { NULL, NULL, NULL, "2024-07-15T12:00:00Z", "2024-07-15T12:00:00.000Z", "2024-07-15", "12:00" },
    /* A zone that this machine's database does not know yet. */
    { "Mars/Olympus", "2024-01-15", "10:00 AM", "2024-01-15T12:00:00Z", "2024-01-15T12:00:00.000Z",
      "2024-01-15", "10:00 AM" },
    /* DST skips 02:30 and doubles 02:30; what is booked is shown all the same. */
    { "Europe/Berlin", "2024-03-31", "02:30", NULL, "2024-03-31T01:00:00.000Z", "2024-03-31",
      "02:30" },
    { "Europe/Berlin", "2024-10-27", "02:30", NULL, "2024-10-27T00:30:00.000Z", "2024-10-27",
      "02:30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_appointment ("appointmentDate", NULL);
      g_autoptr (RoundsAppointment) read = NULL;
      g_autoptr (JsonObject) written = NULL;

      json_object_remove_member (object, "appointmentTime");
      if (cases[i].zone != NULL)
        json_object_set_string_member (object, "timezone", cases[i].zone);
      if (cases[i].date != NULL)
        json_object_set_string_member (object, "appointmentDate", cases[i].date);
      if (cases[i].time != NULL)
        json_object_set_string_member (object, "appointmentTime", cases[i].time);
      if (cases[i].starts_at != NULL)
        json_object_set_string_member (object, "startsAt", cases[i].starts_at);
      read = read_good (object);
      written = rounds_wire_appointment_to_json (read, NULL);
      g_assert_cmpstr (json_object_get_string_member (written, "startsAt"), ==, cases[i].expected);
      g_assert_cmpstr (read->date, ==, cases[i].expected_date);
      g_assert_cmpstr (read->time, ==, cases[i].expected_time);
    }
}

/* Without a zone it is the clock of the person's own machine. */
static void
test_local_zone (void)
{
  static const struct
  {
    const char *tz, *date, *expected;
  } cases[] = {
    { "America/New_York", "2024-01-15", "2024-01-15T15:00:00.000Z" },
    { "America/New_York", "2024-07-15", "2024-07-15T14:00:00.000Z" },
    { "Australia/Lord_Howe", "2024-01-15", "2024-01-14T23:00:00.000Z" },
    /* A rule, which is no name of the database. */
    { "EST5EDT,M3.2.0,M11.1.0", "2024-07-15", "2024-07-15T14:00:00.000Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = g_strdup_printf ("'%s'", cases[i].date);
      g_autoptr (JsonObject) object = wire_test_appointment ("appointmentDate", date);
      g_autoptr (RoundsAppointment) read = NULL;
      g_autofree char *text = NULL;

      g_setenv ("TZ", cases[i].tz, TRUE);
      read = read_good (object);
      g_setenv ("TZ", "UTC", TRUE);
      text = rounds_time_to_rfc3339 (read->starts_at);
      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_null (read->timezone);
    }
}

static const struct
{
  const char *member, *value, *field;
} wrong_documents[] = {
  { "_id", NULL, "_id" },
  { "_id", "7", "_id" },
  { "_id", "'66f123...'", "_id" },
  { "_id", "'65A4F0C2B7E8D9F000000004'", "_id" },
  { "hospital", NULL, "hospital" },
  { "hospital", "'hospital_id'", "hospital" },
  { "hospital", "{'name':'x'}", "hospital._id" },
  { "hospital", "{'_id':7}", "hospital._id" },
  { "hospital", "[]", "hospital" },
  { "department", "7", "department" },
  { "appointmentType", "true", "appointmentType" },
  { "appointmentDate", NULL, "appointmentDate" },
  { "appointmentDate", "20240115", "appointmentDate" },
  { "appointmentDate", "'2024-02-30'", "appointmentDate" },
  { "appointmentDate", "'tomorrow'", "appointmentDate" },
  { "appointmentTime", "null", "appointmentTime" },
  { "appointmentTime", "'25:00'", "appointmentTime" },
  { "appointmentTime", "10", "appointmentTime" },
  { "timezone", "7", "timezone" },
  { "timezone", "'Mars/Olympus'", "timezone" },
  { "timezone", "'../../etc/passwd'", "timezone" },
  { "timezone", "'/etc/passwd'", "timezone" },
  { "startsAt", "'2024-01-15'", "startsAt" },
  { "startsAt", "1705312800", "startsAt" },
  { "durationMinutes", "0", "durationMinutes" },
  { "durationMinutes", "'30'", "durationMinutes" },
  { "durationMinutes", "2147483648", "durationMinutes" },
  { "reasonForVisit", "{}", "reasonForVisit" },
  { "patientDetails", "'John Doe'", "patientDetails" },
  { "patientDetails", "{'fullName':7}", "patientDetails.fullName" },
  { "patientDetails", "{'age':'35'}", "patientDetails.age" },
  { "patientDetails", "{'age':-1}", "patientDetails.age" },
  { "patientDetails", "{'phoneNumber':1234567890}", "patientDetails.phoneNumber" },
  { "doctor", "7", "doctor" },
  { "doctor", "{'_id':'x'}", "doctor._id" },
  { "patient", "'x'", "patient" },
  { "status", "7", "status" },
  { "status", "'lost'", "status" },
  { "noShowCause", "7", "noShowCause" },
  { "notes", "[]", "notes" },
  { "roomName", "7", "roomName" },
  { "meetingLink", "{}", "meetingLink" },
  { "version", "-1", "version" },
  { "version", "1.5", "version" },
  { "arrivedAt", "'10:00 AM'", "arrivedAt" },
  { "startedAt", "1705309200", "startedAt" },
  { "endedAt", "{}", "endedAt" },
  { "createdAt", "'yesterday'", "createdAt" },
  { "updatedAt", "0", "updatedAt" },
};

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_documents); i++)
    {
      g_autoptr (JsonObject) object
          = wire_test_appointment (wrong_documents[i].member, wrong_documents[i].value);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsAppointment) read = rounds_wire_appointment_from_json (object, problems);

      g_test_message ("%s: %s", wrong_documents[i].member, wrong_documents[i].value);
      g_assert_null (read);
      wire_test_assert_problem (problems, wrong_documents[i].field);
    }
}

static void
test_several_problems (void)
{
  g_autoptr (JsonObject) object = wire_test_object ("{'department':7,'patientDetails':[]}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  static const char *const fields[]
      = { "_id", "hospital", "department", "appointmentDate", "appointmentTime", "patientDetails" };

  g_assert_null (rounds_wire_appointment_from_json (object, problems));
  g_assert_cmpuint (rounds_problems_get_length (problems), ==, G_N_ELEMENTS (fields));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_nonnull (rounds_problems_find (problems, fields[i]));
}

/* Word for word what the guide sends, comment included. */
static void
test_guide_request (void)
{
  g_autoptr (JsonObject) object = wire_test_object (
      "{'hospital':'hospital_id','department':'Cardiology',\n"
      "'appointmentType':'virtual',  // Triggers Jitsi link generation\n"
      "'appointmentDate':'2024-01-15','appointmentTime':'10:00 AM',"
      "'reasonForVisit':'Chest pain consultation','patientDetails':{'fullName':'John Doe',"
      "'email':'john@example.com','phoneNumber':'+1234567890','age':35,'gender':'Male'}}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsAppointmentDraft) draft
      = rounds_wire_appointment_draft_from_json (object, problems);

  wire_test_assert_no_problem (problems);
  g_assert_cmpstr (draft->hospital_id, ==, "hospital_id");
  g_assert_cmpint (draft->type, ==, ROUNDS_APPOINTMENT_VIRTUAL);
  g_assert_cmpstr (draft->time, ==, "10:00 AM");
  g_assert_cmpint (draft->patient.age, ==, 35);
  g_assert_cmpstr (draft->patient.phone, ==, "+1234567890");
  g_assert_cmpint (draft->duration_minutes, ==, 0);
  g_assert_null (draft->doctor_id);
}

static void
test_draft_round_trip (void)
{
  static const char *const texts[] = {
    "{'hospital':'" HOSPITAL_ID "','department':'Cardiology','appointmentType':'in-person',"
    "'appointmentDate':'2024-01-15','appointmentTime':'10:00 AM','durationMinutes':20,"
    "'reasonForVisit':'x','patientDetails':{'fullName':'Ana','email':'a@example.org',"
    "'phoneNumber':'+1','age':0,'gender':'Female'},'doctor':'" DOCTOR_ID "','patient':'" PATIENT_ID
    "'}",
    "{'patientDetails':{}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (texts[i]);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsAppointmentDraft) draft
          = rounds_wire_appointment_draft_from_json (object, problems);
      g_autoptr (JsonObject) written = rounds_wire_appointment_draft_to_json (draft);

      wire_test_assert_no_problem (problems);
      wire_test_assert_json (written, texts[i]);
    }
}

static void
test_draft_wrong (void)
{
  static const struct
  {
    const char *text, *field;
  } cases[] = {
    { "{'hospital':7}", "hospital" },
    { "{'hospital':{'_id':'" HOSPITAL_ID "'}}", "hospital" },
    { "{'department':[]}", "department" },
    { "{'appointmentType':1}", "appointmentType" },
    { "{'appointmentDate':20240115}", "appointmentDate" },
    { "{'appointmentTime':{}}", "appointmentTime" },
    { "{'durationMinutes':'30'}", "durationMinutes" },
    { "{'durationMinutes':0}", "durationMinutes" },
    { "{'durationMinutes':1.5}", "durationMinutes" },
    { "{'reasonForVisit':false}", "reasonForVisit" },
    { "{'patientDetails':[]}", "patientDetails" },
    { "{'patientDetails':{'email':7}}", "patientDetails.email" },
    { "{'patientDetails':{'age':'35'}}", "patientDetails.age" },
    { "{'patientDetails':{'age':-1}}", "patientDetails.age" },
    { "{'patientDetails':{'gender':[]}}", "patientDetails.gender" },
    { "{'doctor':7}", "doctor" },
    { "{'patient':true}", "patient" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (cases[i].text);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsAppointmentDraft) draft
          = rounds_wire_appointment_draft_from_json (object, problems);

      g_assert_nonnull (draft);
      wire_test_assert_problem (problems, cases[i].field);
    }
}

/* Without a type, or with an unknown one, the draft has none, and its check says so once. */
static void
test_draft_type (void)
{
  static const char *const texts[]
      = { "{}", "{'appointmentType':'hologram'}", "{'appointmentType':null}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (texts[i]);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsAppointmentDraft) draft
          = rounds_wire_appointment_draft_from_json (object, problems);

      wire_test_assert_no_problem (problems);
      rounds_appointment_draft_check (draft, NULL, NULL, problems);
      g_assert_nonnull (rounds_problems_find (problems, "appointmentType"));
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-wire-appointment");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Wire/Appointment/round-trip", test_round_trip);
  g_test_add_func ("/Rounds/Wire/Appointment/absent", test_absent);
  g_test_add_func ("/Rounds/Wire/Appointment/guide-only", test_guide_only);
  g_test_add_func ("/Rounds/Wire/Appointment/tolerated", test_tolerated);
  g_test_add_func ("/Rounds/Wire/Appointment/populated-patient", test_populated_patient);
  g_test_add_func ("/Rounds/Wire/Appointment/types-and-states", test_types_and_states);
  g_test_add_func ("/Rounds/Wire/Appointment/causes", test_causes);
  g_test_add_func ("/Rounds/Wire/Appointment/times", test_times);
  g_test_add_func ("/Rounds/Wire/Appointment/local-zone", test_local_zone);
  g_test_add_func ("/Rounds/Wire/Appointment/wrong", test_wrong);
  g_test_add_func ("/Rounds/Wire/Appointment/several-problems", test_several_problems);
  g_test_add_func ("/Rounds/Wire/AppointmentDraft/guide-request", test_guide_request);
  g_test_add_func ("/Rounds/Wire/AppointmentDraft/round-trip", test_draft_round_trip);
  g_test_add_func ("/Rounds/Wire/AppointmentDraft/wrong", test_draft_wrong);
  g_test_add_func ("/Rounds/Wire/AppointmentDraft/type", test_draft_type);
  return g_test_run ();
}
