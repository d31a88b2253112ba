/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The lines of an iCalendar document: where they break, and what is escaped in them.
 */

#include "config.h"

#include "rounds-calendar-document.h"

#include "rounds-init.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1705327200000000) /* 2024-01-15T14:00:00Z */

static char *
write_visit (const char *department, const char *place)
{
  g_autoptr (RoundsCalendarDocument) document = rounds_calendar_document_new ("meet.example.org");
  g_autoptr (RoundsAppointment) visit = rounds_appointment_new ();
  g_autoptr (RoundsHospital) hospital = rounds_hospital_new ();

  visit->id = g_strdup ("0123456789abcdef01234567");
  visit->department = g_strdup (department);
  visit->type = ROUNDS_APPOINTMENT_IN_PERSON;
  visit->status = ROUNDS_APPOINTMENT_CONFIRMED;
  visit->starts_at = START;
  visit->created_at = visit->updated_at = START - 1;
  visit->version = 3;
  hospital->name = g_strdup (place);
  rounds_calendar_document_add_appointment (document, visit, hospital);
  return rounds_calendar_document_to_text (document);
}

/* As a reader puts it together again (RFC 5545, 3.1). */
static char *
unfold (const char *text)
{
  g_autoptr (GString) whole = g_string_new (text);

  g_string_replace (whole, "\r\n ", "", 0);
  return g_string_free_and_steal (g_steal_pointer (&whole));
}

static void
assert_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      g_assert_null (strpbrk (lines[i], "\r\n"));
    }
}

static void
test_whole (void)
{
  g_autofree char *text = write_visit ("Cardiology", "City Hospital");

  g_assert_cmpstr (text, ==,
                   "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                   "PRODID:-//Rounds//roundsd " ROUNDS_VERSION "//EN\r\n"
                   "METHOD:PUBLISH\r\nX-WR-CALNAME:Rounds\r\nBEGIN:VEVENT\r\n"
                   "UID:appointment-0123456789abcdef01234567@meet.example.org\r\n"
                   "DTSTART:20240115T140000Z\r\nDTEND:20240115T143000Z\r\n"
                   "SUMMARY:Appointment: Cardiology\r\nDTSTAMP:20240115T135959Z\r\n"
                   "LAST-MODIFIED:20240115T135959Z\r\nCREATED:20240115T135959Z\r\nSEQUENCE:2\r\n"
                   "STATUS:CONFIRMED\r\nLOCATION:City Hospital\r\nEND:VEVENT\r\n"
                   "END:VCALENDAR\r\n");
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *place;
    const char *line;
  } cases[] = {
    { "A;B,C\\D", "\r\nLOCATION:A\\;B\\,C\\\\D\r\n" },
    { "two\nlines", "\r\nLOCATION:two\\nlines\r\n" },
    { "tab\there\r\x7f", "\r\nLOCATION:tab here  \r\n" },
    { "END:VEVENT\r\nBEGIN:VALARM", "\r\nLOCATION:END:VEVENT \\nBEGIN:VALARM\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = write_visit ("Cardiology", cases[i].place);

      g_assert_nonnull (strstr (text, cases[i].line));
      assert_lines (text);
    }
}

/* Lines break before the 76th byte, inside of no character, and are whole again when unfolded. */
static void
test_folding (void)
{
  static const char *const letters[] = { "x", "é", "李", "🩺" };

  for (gsize letter = 0; letter < G_N_ELEMENTS (letters); letter++)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      for (guint length = 0; length < 200; length++)
        {
          g_autofree char *text = write_visit ("Cardiology", name->str);
          g_autofree char *whole = unfold (text);
          g_autofree char *line = g_strdup_printf ("\r\nLOCATION:%s\r\n", name->str);

          assert_lines (text);
          g_assert_nonnull (strstr (whole, line));
          g_string_append (name, letters[letter]);
        }
    }
}

/* A calendar that says "with video" has people look for their camera. */
static void
test_features (void)
{
  static const struct
  {
    RoundsMeetingType type;
    const char *feature;
  } cases[] = {
    { ROUNDS_MEETING_VIDEO, "FEATURE=AUDIO,VIDEO;" },
    { ROUNDS_MEETING_AUDIO, "FEATURE=AUDIO;" },
    { ROUNDS_MEETING_CHAT, "FEATURE=CHAT;" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoundsCalendarDocument) document
          = rounds_calendar_document_new ("meet.example.org");
      g_autoptr (RoundsMeeting) meeting = rounds_meeting_new ();
      g_autofree char *text = NULL;

      meeting->id = g_strdup ("0123456789abcdef01234567");
      meeting->type = cases[i].type;
      meeting->scheduled_at = meeting->created_at = meeting->updated_at = START;
      rounds_calendar_document_add_meeting (document, meeting);
      text = rounds_calendar_document_to_text (document);
      assert_lines (text);
      g_autofree char *whole = unfold (text);
      g_assert_nonnull (strstr (whole, cases[i].feature));
    }
}

int
main (int argc, char **argv)
{
  rounds_init ("test-calendar-document");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/Rounds/Server/CalendarDocument/whole", test_whole);
  g_test_add_func ("/Rounds/Server/CalendarDocument/escapes", test_escapes);
  g_test_add_func ("/Rounds/Server/CalendarDocument/folding", test_folding);
  g_test_add_func ("/Rounds/Server/CalendarDocument/features", test_features);
  return g_test_run ();
}
