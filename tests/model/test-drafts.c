/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tests of the checks of new appointments and meetings: one mistake at a time, named by its field.
 * Wrong JSON types are tested in wire.
 */

#include "rounds-appointment-draft.h"
#include "rounds-init.h"
#include "rounds-meeting-draft.h"

#define ID "65a51c2f9b1e8a0012345678"

/* The guide's own example. */
static RoundsAppointmentDraft *
make_appointment (void)
{
  RoundsAppointmentDraft *draft = rounds_appointment_draft_new ();

  draft->hospital_id = g_strdup (ID);
  draft->department = g_strdup ("Cardiology");
  draft->type = ROUNDS_APPOINTMENT_VIRTUAL;
  draft->date = g_strdup ("2024-01-15");
  draft->time = g_strdup ("10:00 AM");
  draft->reason = g_strdup ("Chest pain consultation");
  draft->patient.full_name = g_strdup ("John Doe");
  draft->patient.email = g_strdup ("john@example.com");
  draft->patient.phone = g_strdup ("+1234567890");
  draft->patient.age = 35;
  draft->patient.gender = g_strdup ("Male");
  return draft;
}

static RoundsMeetingDraft *
make_meeting (void)
{
  RoundsMeetingDraft *draft = rounds_meeting_draft_new ();

  draft->title = g_strdup ("Weekly Medical Review");
  g_strfreev (draft->participants);
  draft->participants = g_strsplit (ID, ",", -1);
  return draft;
}

/* Exactly one problem with @field, or none when @field is NULL. */
static void
assert_problem (const RoundsProblems *problems, const char *field)
{
  for (guint i = 0; i < rounds_problems_get_length (problems); i++)
    g_test_message ("%s: %s", rounds_problems_get (problems, i)->field,
                    rounds_problems_get (problems, i)->message);
  g_assert_cmpuint (rounds_problems_get_length (problems), ==, field != NULL ? 1 : 0);
  if (field != NULL)
    g_assert_nonnull (rounds_problems_find (problems, field));
}

static const struct
{
  gsize place;
  const char *value; /* or NULL; "*n" stands for n times é */
  const char *field; /* the problem, or NULL */
} texts[] = {
#define PLACE(member) G_STRUCT_OFFSET (RoundsAppointmentDraft, member)
  { PLACE (hospital_id), NULL, "hospital" },
  { PLACE (hospital_id), "", "hospital" },
  { PLACE (hospital_id), "hospital_id", "hospital" },
  { PLACE (doctor_id), ID, NULL },
  { PLACE (doctor_id), "me", "doctor" },
  { PLACE (patient_id), ID, NULL },
  { PLACE (patient_id), "", "patient" },
  { PLACE (department), NULL, "department" },
  { PLACE (department), "", "department" },
  { PLACE (department), " \t ", "department" },
  { PLACE (department), "\u3000", "department" },
  { PLACE (department), "*200", NULL },
  { PLACE (department), "*201", "department" },
  { PLACE (department), "a\nb", "department" },
  { PLACE (department), "a\xff", "department" },
  { PLACE (date), NULL, "appointmentDate" },
  { PLACE (date), "", "appointmentDate" },
  { PLACE (date), "15.01.2024", "appointmentDate" },
  { PLACE (date), "2024-02-30", "appointmentDate" },
  { PLACE (date), "1999-12-31", "appointmentDate" },
  { PLACE (date), "2000-01-01", NULL },
  { PLACE (date), "2100-12-31", NULL },
  { PLACE (date), "2101-01-01", "appointmentDate" },
  { PLACE (date), "0024-01-15", "appointmentDate" },
  { PLACE (time), NULL, "appointmentTime" },
  { PLACE (time), "", "appointmentTime" },
  { PLACE (time), "soon", "appointmentTime" },
  { PLACE (time), "14:30", NULL },
  { PLACE (reason), NULL, NULL },
  { PLACE (reason), "", NULL },
  { PLACE (reason), "two\nlines\r\n\tthree", NULL },
  { PLACE (reason), "*2000", NULL },
  { PLACE (reason), "*2001", "reasonForVisit" },
  { PLACE (reason), "bell\a", "reasonForVisit" },
  { PLACE (patient.full_name), NULL, "patientDetails.fullName" },
  { PLACE (patient.full_name), "  ", "patientDetails.fullName" },
  { PLACE (patient.full_name), "*200", NULL },
  { PLACE (patient.full_name), "*201", "patientDetails.fullName" },
  { PLACE (patient.full_name), "\x1b[2J", "patientDetails.fullName" },
  { PLACE (patient.full_name), "عبد الله", NULL },
  { PLACE (patient.email), NULL, NULL },
  { PLACE (patient.email), "", NULL },
  { PLACE (patient.email), "john", "patientDetails.email" },
  { PLACE (patient.phone), NULL, NULL },
  { PLACE (patient.phone), "", NULL },
  { PLACE (patient.phone), "call me", "patientDetails.phoneNumber" },
  { PLACE (patient.gender), NULL, NULL },
  { PLACE (patient.gender), "*50", NULL },
  { PLACE (patient.gender), "*51", "patientDetails.gender" },
#undef PLACE
};

static char *
expand (const char *value)
{
  GString *text = NULL;

  if (value == NULL || value[0] != '*')
    return g_strdup (value);

  text = g_string_new (NULL);
  for (gint64 i = g_ascii_strtoll (value + 1, NULL, 10); i > 0; i--)
    g_string_append (text, "é");
  return g_string_free_and_steal (text);
}

static void
test_appointment_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RoundsAppointmentDraft) draft = make_appointment ();
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      char **place = (char **)(gpointer)((char *)draft + texts[i].place);

      g_free (*place);
      *place = expand (texts[i].value);
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      rounds_appointment_draft_check (draft, "Europe/Berlin", NULL, problems);
      assert_problem (problems, texts[i].field);
    }
}

static const struct
{
  gsize place;
  int value;
  const char *field;
} numbers[] = {
#define PLACE(member) G_STRUCT_OFFSET (RoundsAppointmentDraft, member)
  { PLACE (patient.age), -2, "patientDetails.age" },
  { PLACE (patient.age), -1, NULL },
  { PLACE (patient.age), 0, NULL },
  { PLACE (patient.age), 130, NULL },
  { PLACE (patient.age), 131, "patientDetails.age" },
  { PLACE (patient.age), G_MININT, "patientDetails.age" },
  { PLACE (duration_minutes), 0, NULL },
  { PLACE (duration_minutes), 4, "durationMinutes" },
  { PLACE (duration_minutes), 5, NULL },
  { PLACE (duration_minutes), 480, NULL },
  { PLACE (duration_minutes), 481, "durationMinutes" },
  { PLACE (duration_minutes), -30, "durationMinutes" },
  { PLACE (type), ROUNDS_APPOINTMENT_IN_PERSON, NULL },
  { PLACE (type), (int)ROUNDS_APPOINTMENT_TYPE_NONE, "appointmentType" },
  { PLACE (type), 2, "appointmentType" },
#undef PLACE
};

static void
test_appointment_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (RoundsAppointmentDraft) draft = make_appointment ();
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();

      *(int *)(gpointer)((char *)draft + numbers[i].place) = numbers[i].value;
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      rounds_appointment_draft_check (draft, NULL, NULL, problems);
      assert_problem (problems, numbers[i].field);
    }
}

/* Everything that is required, and nothing else, is missed. */
static void
test_appointment_empty (void)
{
  static const char *const required[]
      = { "hospital",        "department",      "appointmentType",
          "appointmentDate", "appointmentTime", "patientDetails.fullName" };
  g_autoptr (RoundsAppointmentDraft) draft = rounds_appointment_draft_new ();
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  rounds_appointment_draft_check (draft, "Europe/Berlin", NULL, problems);
  g_assert_cmpuint (rounds_problems_get_length (problems), ==, G_N_ELEMENTS (required));
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    g_assert_nonnull (rounds_problems_find (problems, required[i]));
}

static void
test_appointment_start (void)
{
  static const struct
  {
    const char *zone;
    const char *date;
    const char *time;
    gint64 seconds; /* 0: not set */
    const char *field;
  } cases[] = {
    { "Europe/Berlin", "2024-01-15", "10:00 AM", 1705309200, NULL },
    { "UTC", "2024-01-15", "10:00 AM", 1705312800, NULL },
    { NULL, "2024-01-15", "10:00 AM", 0, NULL },
    { "Mars/Olympus", "2024-01-15", "10:00 AM", 0, "hospital" },
    { "Europe/Berlin", "2026-03-29", "02:30", 0, "appointmentTime" },
    { NULL, "2026-03-29", "02:30", 0, NULL },
    { "Europe/Berlin", "2026-10-25", "02:30", 1792888200, NULL },
    { "Pacific/Apia", "2011-12-30", "10:00 AM", 0, "appointmentTime" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsAppointmentDraft) draft = make_appointment ();
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      gint64 starts_at = 0;

      g_set_str (&draft->date, cases[i].date);
      g_set_str (&draft->time, cases[i].time);
      rounds_appointment_draft_check (draft, cases[i].zone, &starts_at, problems);
      assert_problem (problems, cases[i].field);
      g_assert_cmpint (starts_at, ==, cases[i].seconds * ROUNDS_SECOND);
    }
}

/* The message tells the next time that exists. */
static void
test_appointment_skipped (void)
{
  g_autoptr (RoundsAppointmentDraft) draft = make_appointment ();
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  g_set_str (&draft->date, "2026-03-29");
  g_set_str (&draft->time, "2:30 AM");
  rounds_appointment_draft_check (draft, "Europe/Berlin", NULL, problems);
  g_assert_cmpstr (rounds_problems_find (problems, "appointmentTime"), ==,
                   "The clocks of Europe/Berlin skip 02:30 on 2026-03-29; the next valid time is "
                   "2026-03-29 03:00");
}

static void
test_email (void)
{
  static const char *const good[] = {
    "john@example.com",
    "j@e.de",
    "first.last+tag@sub.example.org",
    "o'neil@example.ie",
    "x_y-z@a-b.example",
    "dörte@müller.example",
    "用户@例子.广告",
    "a!#$%&*/=?^`{|}~@example.org",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org",
  };
  static const char *const bad[] = {
    NULL,
    "",
    "@",
    "john",
    "john@",
    "@example.com",
    "john@example",
    "john@@example.com",
    "john@doe@example.com",
    "john doe@example.com",
    "john@exam ple.com",
    "john@.com",
    "john@example.",
    "john@example..com",
    ".john@example.com",
    "john.@example.com",
    "jo..hn@example.com",
    "john@-example.com",
    "john@example-.com",
    "john@exa_mple.com",
    "<john@example.com>",
    "\"john\"@example.com",
    "john@example.com\n",
    "john@example.com,x@y.z",
    "john\xff@example.com",
    "john@[127.0.0.1]",
    "john\r\nBcc: all@example.com",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org",
  };
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *long_label = g_strdup_printf ("john@%s.org", label);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (rounds_email_looks_valid (good[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_false (rounds_email_looks_valid (bad[i]));
    }
  g_assert_false (rounds_email_looks_valid (long_label));
}

static void
test_phone (void)
{
  static const char *const good[]
      = { "+1234567890",         "112",        "+49 (0)30 123-456",
          "030/123456",          "555.0100",   "+1 555 0100 x12",
          "+1 555 0100 ext. 12", "٠١٢٣٤٥٦٧٨٩", "+1\u00a0555\u20110100" };
  static const char *const bad[] = { NULL,        "",         "+",        "12",
                                     "call me",   "1234a567", "++1234",   "12+34",
                                     "555\n0100", "x12",      "12x34x56", "ext 12",
                                     "555;0100",  "555,0100", "(((((",    "123456789012345678901",
                                     "555 \xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (rounds_phone_looks_valid (good[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_false (rounds_phone_looks_valid (bad[i]));
    }
}

static const struct
{
  const char *title;
  const char *description;
  const char *participants;
  gint64 scheduled_at; /* s, or −1 for now */
  int minutes;
  const char *field;
} meetings[] = {
  { "Test Meeting", NULL, ID, -1, 0, NULL },
  { "*200", "*5000", ID "," ID, 1705327200, 30, NULL },
  { NULL, NULL, ID, -1, 0, "title" },
  { "", NULL, ID, -1, 0, "title" },
  { " \u00a0", NULL, ID, -1, 0, "title" },
  { "*201", NULL, ID, -1, 0, "title" },
  { "a\nb", NULL, ID, -1, 0, "title" },
  { "t", "a\nb\tc", ID, -1, 0, NULL },
  { "t", "*5001", ID, -1, 0, "description" },
  { "t", "\x01", ID, -1, 0, "description" },
  { "t", NULL, "", -1, 0, "participants" },
  { "t", NULL, "user_id_1", -1, 0, "participants" },
  { "t", NULL, ID ",user_id_2", -1, 0, "participants" },
  { "t", NULL, ID, 946684799, 0, "scheduledAt" },
  { "t", NULL, ID, 946684800, 0, NULL },
  { "t", NULL, ID, 4133980799, 0, NULL },
  { "t", NULL, ID, 4133980800, 0, "scheduledAt" },
  { "t", NULL, ID, -1, 4, "expectedDuration" },
  { "t", NULL, ID, -1, 5, NULL },
  { "t", NULL, ID, -1, 1440, NULL },
  { "t", NULL, ID, -1, 1441, "expectedDuration" },
  { "t", NULL, ID, -1, -1, "expectedDuration" },
};

static void
test_meeting (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autoptr (RoundsMeetingDraft) draft = make_meeting ();
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();

      g_free (draft->title);
      draft->title = expand (meetings[i].title);
      draft->description = expand (meetings[i].description);
      g_strfreev (draft->participants);
      draft->participants = g_strsplit (meetings[i].participants, ",", -1);
      if (meetings[i].scheduled_at >= 0)
        draft->scheduled_at = meetings[i].scheduled_at * ROUNDS_SECOND;
      draft->expected_minutes = meetings[i].minutes;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      rounds_meeting_draft_check (draft, problems);
      assert_problem (problems, meetings[i].field);
    }
}

static void
test_meeting_enums (void)
{
  g_autoptr (RoundsMeetingDraft) draft = make_meeting ();
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();

  draft->type = (RoundsMeetingType)3;
  draft->role_context = (RoundsRoleContext)99;
  rounds_meeting_draft_check (draft, problems);
  assert_problem (problems, "meetingType");

  draft->has_role_context = TRUE;
  rounds_meeting_draft_check (draft, problems);
  g_assert_nonnull (rounds_problems_find (problems, "roleContext"));
}

/* The limit is on people: the same id many times is one. */
static void
test_meeting_many (void)
{
  static const struct
  {
    guint n_people;
    gboolean fine;
  } cases[] = { { 100, TRUE }, { 101, FALSE }, { 1, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsMeetingDraft) draft = make_meeting ();
      g_autoptr (RoundsProblems) problems = rounds_problems_new ();
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint j = 0; j < 200; j++)
        g_strv_builder_take (builder, g_strdup_printf ("%024x", j % cases[i].n_people));
      g_strfreev (draft->participants);
      draft->participants = g_strv_builder_end (builder);
      rounds_meeting_draft_check (draft, problems);
      assert_problem (problems, cases[i].fine ? NULL : "participants");
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-drafts");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Rounds/Model/AppointmentDraft/texts", test_appointment_texts);
  g_test_add_func ("/Rounds/Model/AppointmentDraft/numbers", test_appointment_numbers);
  g_test_add_func ("/Rounds/Model/AppointmentDraft/empty", test_appointment_empty);
  g_test_add_func ("/Rounds/Model/AppointmentDraft/start", test_appointment_start);
  g_test_add_func ("/Rounds/Model/AppointmentDraft/skipped", test_appointment_skipped);
  g_test_add_func ("/Rounds/Model/Contact/email", test_email);
  g_test_add_func ("/Rounds/Model/Contact/phone", test_phone);
  g_test_add_func ("/Rounds/Model/MeetingDraft/fields", test_meeting);
  g_test_add_func ("/Rounds/Model/MeetingDraft/enums", test_meeting_enums);
  g_test_add_func ("/Rounds/Model/MeetingDraft/many", test_meeting_many);

  return g_test_run ();
}
