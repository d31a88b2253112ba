/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the meeting document and request: ours, a guide-only server's, and wrong ones.
 * The rules about a meeting's people are tested in model.
 */

#include "config.h"

#include "rounds-init.h"
#include "rounds-wire.h"
#include "wire-test.h"

#define LINK "https://meet.example.org/room?jwt=a.b.c"
#define FULL                                                                                       \
  "{'_id':'" RECORD_ID "','id':'" RECORD_ID "','createdBy':'" DOCTOR_ID "',"                       \
  "'participants':['" DOCTOR_ID "','" PATIENT_ID "'],'roleContext':'doctor-hospital',"             \
  "'title':'Review “A”','description':'Cases','meetingType':'audio','status':'completed',"         \
  "'scheduledAt':'2024-01-15T14:00:00.000Z','expectedDuration':45,"                                \
  "'startedAt':'2024-01-15T14:01:00.000Z','endedAt':'2024-01-15T14:31:30.000Z','duration':30,"     \
  "'notes':'done','roomName':'meeting-1-2','jitsiLink':'" LINK "','version':3,"                    \
  "'createdAt':'2024-01-01T00:00:00.000Z','updatedAt':'2024-01-02T00:00:00.000Z'}"

static RoundsMeeting *
read_good (JsonObject *object)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsMeeting *meeting = rounds_wire_meeting_from_json (object, problems);

  wire_test_assert_no_problem (problems);
  g_assert_nonnull (meeting);
  return meeting;
}

static void
test_round_trip (void)
{
  g_autoptr (JsonObject) object = wire_test_object (FULL);
  g_autoptr (RoundsMeeting) read = read_good (object);
  g_autoptr (JsonObject) written = rounds_wire_meeting_to_json (read, LINK);
  g_autoptr (RoundsMeeting) again = read_good (written);

  g_assert_cmpint (read->type, ==, ROUNDS_MEETING_AUDIO);
  g_assert_cmpint (read->status, ==, ROUNDS_MEETING_COMPLETED);
  g_assert_cmpint (read->duration, ==, 30);
  g_assert_cmpint (read->expected_minutes, ==, 45);
  g_assert_cmpstr (read->jitsi_link, ==, LINK);
  wire_test_assert_json (written, FULL);
  g_assert_true (rounds_meeting_equal (read, again));
}

static void
test_absent (void)
{
  g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();
  g_autoptr (JsonObject) written = NULL;

  meeting->id = g_strdup (RECORD_ID);
  meeting->created_by = g_strdup (DOCTOR_ID);
  meeting->title = g_strdup ("T");
  meeting->room_name = g_strdup ("meeting-1-2");
  meeting->scheduled_at = 0;
  meeting->role_context = ROUNDS_ROLE_CONTEXT_DOCTOR_DOCTOR;
  meeting->jitsi_link = g_strdup (LINK);
  written = rounds_wire_meeting_to_json (meeting, NULL);
  wire_test_assert_json (written,
                         "{'_id':'" RECORD_ID "','id':'" RECORD_ID "','createdBy':'" DOCTOR_ID "',"
                         "'participants':[],'roleContext':'doctor-doctor','title':'T',"
                         "'meetingType':'video','status':'scheduled',"
                         "'scheduledAt':'1970-01-01T00:00:00.000Z','expectedDuration':30,"
                         "'roomName':'meeting-1-2','version':0}");
}

static void
test_guide_only (void)
{
  g_autoptr (JsonObject) object = wire_test_meeting (NULL, NULL);
  g_autoptr (RoundsMeeting) read = read_good (object);

  g_assert_cmpstr (read->id, ==, RECORD_ID);
  g_assert_cmpstr (read->created_by, ==, DOCTOR_ID);
  g_assert_cmpuint (g_strv_length (read->participants), ==, 2);
  g_assert_cmpint (read->role_context, ==, ROUNDS_ROLE_CONTEXT_PATIENT_DOCTOR);
  g_assert_cmpint (read->scheduled_at, ==, G_GINT64_CONSTANT (1705327200) * ROUNDS_SECOND);
  g_assert_cmpint (read->expected_minutes, ==, 30);
  g_assert_cmpint (read->duration, ==, -1);
  g_assert_cmpint (read->started_at, ==, ROUNDS_TIME_NONE);
  g_assert_cmpstr (read->jitsi_link, ==, LINK);
  g_assert_null (read->description);
}

static void
test_tolerated (void)
{
  static const struct
  {
    const char *member, *value;
  } cases[] = {
    { "createdBy", "{'_id':'" DOCTOR_ID "','name':'Dr. Who'}" },
    { "participants", "[{'_id':'" DOCTOR_ID "'},'" PATIENT_ID "']" },
    { "participants", "[{'_id':'" DOCTOR_ID "'},{'id':'" PATIENT_ID "','role':'patient'}]" },
    { "participants", "['" DOCTOR_ID "','" PATIENT_ID "','" DOCTOR_ID "']" },
    { "roleContext", NULL },
    { "roleContext", "null" },
    { "roleContext", "'doctor-nurse'" },
    { "status", NULL },
    { "meetingType", NULL },
    { "description", "null" },
    { "duration", "null" },
    { "duration", "0" },
    { "startedAt", "null" },
    { "jitsiLink", NULL },
    { "__v", "0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_meeting (cases[i].member, cases[i].value);
      g_autoptr (RoundsMeeting) read = read_good (object);
      const char *const participants[] = { DOCTOR_ID, PATIENT_ID, NULL };

      g_assert_cmpstr (read->created_by, ==, DOCTOR_ID);
      g_assert_cmpstrv (read->participants, participants);
      g_assert_cmpint (read->status, ==, ROUNDS_MEETING_SCHEDULED);
      g_assert_cmpint (read->type, ==, ROUNDS_MEETING_VIDEO);
      g_assert_cmpint (read->duration, ==, -1);
    }
}

/* The guide's curl example names no time. */
static void
test_no_time (void)
{
  g_autoptr (JsonObject) object = wire_test_meeting ("scheduledAt", NULL);
  g_autoptr (RoundsMeeting) read = NULL;

  json_object_set_string_member (object, "createdAt", "2024-01-15T10:00:00Z");
  read = read_good (object);
  g_assert_cmpint (read->scheduled_at, ==, G_GINT64_CONSTANT (1705312800) * ROUNDS_SECOND);
}

static void
test_duration (void)
{
  static const struct
  {
    const char *status, *value;
    int expected;
  } cases[] = {
    { "'completed'", "0", 0 },     { "'completed'", "30", 30 }, { "'completed'", "29.97", 29 },
    { "'completed'", "null", -1 }, { "'scheduled'", "30", -1 }, { "'active'", "0", -1 },
    { "'cancelled'", "12", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_meeting ("duration", cases[i].value);
      g_autoptr (JsonObject) status = wire_test_meeting ("status", cases[i].status);
      g_autoptr (RoundsMeeting) read = NULL;

      json_object_set_member (object, "status", json_object_dup_member (status, "status"));
      read = read_good (object);
      g_assert_cmpint (read->duration, ==, cases[i].expected);
    }
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *member, *value, *field;
  } cases[] = {
    { "_id", NULL, "_id" },
    { "_id", "{'$oid':'" RECORD_ID "'}", "_id" },
    { "createdBy", NULL, "createdBy" },
    { "createdBy", "'doctor_id'", "createdBy" },
    { "createdBy", "{}", "createdBy._id" },
    { "participants", "'" DOCTOR_ID "'", "participants" },
    { "participants", "[7]", "participants[0]" },
    { "participants", "['" DOCTOR_ID "',null]", "participants[1]" },
    { "participants", "['" DOCTOR_ID "','x']", "participants[1]" },
    { "participants", "[{'name':'x'}]", "participants[0]._id" },
    { "participants", "[[]]", "participants[0]" },
    { "roleContext", "7", "roleContext" },
    { "title", NULL, "title" },
    { "title", "7", "title" },
    { "description", "[]", "description" },
    { "meetingType", "'hologram'", "meetingType" },
    { "meetingType", "1", "meetingType" },
    { "status", "'lost'", "status" },
    { "status", "true", "status" },
    { "scheduledAt", NULL, "scheduledAt" },
    { "scheduledAt", "1705327200000", "scheduledAt" },
    { "scheduledAt", "'2024-01-15'", "scheduledAt" },
    { "startedAt", "'x'", "startedAt" },
    { "endedAt", "{}", "endedAt" },
    { "expectedDuration", "0", "expectedDuration" },
    { "duration", "'30'", "duration" },
    { "duration", "-1", "duration" },
    { "duration", "1e300", "duration" },
    { "duration", "[]", "duration" },
    { "notes", "7", "notes" },
    { "roomName", NULL, "roomName" },
    { "jitsiLink", "7", "jitsiLink" },
    { "version", "'1'", "version" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_meeting (cases[i].member, cases[i].value);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsMeeting) read = rounds_wire_meeting_from_json (object, problems);

      g_test_message ("%s: %s", cases[i].member, cases[i].value);
      g_assert_null (read);
      wire_test_assert_problem (problems, cases[i].field);
    }
}

/* The guide's JSON request and its curl example, word for word. */
static void
test_guide_requests (void)
{
  g_autoptr (JsonObject) full = wire_test_object (
      "{'participants':['doctor_id','hospital_admin_id'],'roleContext':'doctor-hospital',"
      "'title':'Weekly Medical Review','description':'Discuss patient cases and protocols',"
      "'scheduledAt':'2024-01-15T14:00:00Z','meetingType':'video'}");
  g_autoptr (JsonObject) curl = wire_test_object (
      "{'participants':['user_id_1','user_id_2'],'title':'Test Meeting','meetingType':'video'}");
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsMeetingDraft) first = rounds_wire_meeting_draft_from_json (full, problems);
  g_autoptr (RoundsMeetingDraft) second = rounds_wire_meeting_draft_from_json (curl, problems);

  wire_test_assert_no_problem (problems);
  g_assert_cmpstr (first->participants[1], ==, "hospital_admin_id");
  g_assert_true (first->has_role_context);
  g_assert_cmpint (first->role_context, ==, ROUNDS_ROLE_CONTEXT_DOCTOR_HOSPITAL);
  g_assert_cmpint (first->scheduled_at, ==, G_GINT64_CONSTANT (1705327200) * ROUNDS_SECOND);
  g_assert_cmpstr (second->title, ==, "Test Meeting");
  g_assert_false (second->has_role_context);
  g_assert_cmpint (second->scheduled_at, ==, ROUNDS_TIME_NONE);
  g_assert_cmpint (second->expected_minutes, ==, 0);
}

static void
test_draft_round_trip (void)
{
  static const char *const texts[] = {
    "{'participants':['" DOCTOR_ID "'],'roleContext':'hospital-admin','title':'T',"
    "'description':'D','scheduledAt':'2024-01-15T14:00:00.000Z','meetingType':'chat',"
    "'expectedDuration':60}",
    "{'participants':[],'meetingType':'video'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (texts[i]);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsMeetingDraft) draft = rounds_wire_meeting_draft_from_json (object, problems);
      g_autoptr (JsonObject) written = rounds_wire_meeting_draft_to_json (draft);

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
    { "{'participants':{}}", "participants" },
    { "{'participants':['a',7]}", "participants[1]" },
    { "{'participants':[{'_id':'" DOCTOR_ID "'}]}", "participants[0]" },
    { "{'participants':[null]}", "participants[0]" },
    { "{'roleContext':7}", "roleContext" },
    { "{'roleContext':'patient-admin'}", "roleContext" },
    { "{'title':[]}", "title" },
    { "{'description':false}", "description" },
    { "{'scheduledAt':'soon'}", "scheduledAt" },
    { "{'scheduledAt':1705327200}", "scheduledAt" },
    { "{'meetingType':'hologram'}", "meetingType" },
    { "{'meetingType':7}", "meetingType" },
    { "{'expectedDuration':'60'}", "expectedDuration" },
    { "{'expectedDuration':0}", "expectedDuration" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = wire_test_object (cases[i].text);
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (RoundsMeetingDraft) draft = rounds_wire_meeting_draft_from_json (object, problems);

      g_assert_nonnull (draft);
      g_assert_nonnull (draft->participants);
      wire_test_assert_problem (problems, cases[i].field);
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-wire-meeting");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Wire/Meeting/round-trip", test_round_trip);
  g_test_add_func ("/Rounds/Wire/Meeting/absent", test_absent);
  g_test_add_func ("/Rounds/Wire/Meeting/guide-only", test_guide_only);
  g_test_add_func ("/Rounds/Wire/Meeting/tolerated", test_tolerated);
  g_test_add_func ("/Rounds/Wire/Meeting/no-time", test_no_time);
  g_test_add_func ("/Rounds/Wire/Meeting/duration", test_duration);
  g_test_add_func ("/Rounds/Wire/Meeting/wrong", test_wrong);
  g_test_add_func ("/Rounds/Wire/MeetingDraft/guide-requests", test_guide_requests);
  g_test_add_func ("/Rounds/Wire/MeetingDraft/round-trip", test_draft_round_trip);
  g_test_add_func ("/Rounds/Wire/MeetingDraft/wrong", test_draft_wrong);
  return g_test_run ();
}
