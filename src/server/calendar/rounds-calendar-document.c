/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments and meetings as lines of an iCalendar document: folded and escaped as RFC 5545 wants
 * it. All times are in UTC, which needs no zones in the document; every calendar shows its own.
 * A library for the dozen properties that are here would bring ICU and a C++ runtime into a server
 * that needs neither, for three MiB at rest.
 */

#include "config.h"

#include "rounds-calendar-document.h"

#include "rounds-json.h"

/* Bytes of a line, without its end (3.1). */
#define MAX_LINE 75

struct _RoundsCalendarDocument
{
  GString *text;
  char *host;
};

/* Lines */

/* "NAME:value", or "NAME;PARAMETER=…:value", which breaks where it gets too long; never inside a
 * character of UTF-8. */
static void
add_line (GString *text, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize room = MAX_LINE;

  for (const char *p = line; *p != '\0';)
    {
      gsize size = (gsize)(g_utf8_next_char (p) - p);

      if (size > room)
        {
          g_string_append (text, "\r\n ");
          room = MAX_LINE - 1;
        }
      g_string_append_len (text, p, (gssize)size);
      room -= size;
      p += size;
    }
  g_string_append (text, "\r\n");
}

/* TEXT (3.3.11): what would end a value or a part of it is escaped, and there are no other control
 * characters than a new line. */
static void
add_text (GString *text, const char *name, const char *value)
{
  g_autoptr (GString) escaped = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '\n')
        {
          g_string_append (escaped, "\\n");
          continue;
        }
      if (*p == '\\' || *p == ';' || *p == ',')
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, g_ascii_iscntrl (*p) ? ' ' : *p);
    }
  add_line (text, name, escaped->str);
}

/* "20240115T140000Z": RFC 3339 without what parts it. */
static void
add_time (GString *text, const char *name, gint64 moment)
{
  char full[ROUNDS_RFC3339_SIZE];
  char value[ROUNDS_RFC3339_SIZE];
  gsize length = 0;

  rounds_time_format_rfc3339 (moment, full);
  for (const char *p = full; *p != '\0' && *p != '.'; p++)
    {
      if (*p != '-' && *p != ':')
        value[length++] = *p;
    }
  value[length++] = 'Z';
  value[length] = '\0';
  add_line (text, name, value);
}

RoundsCalendarDocument *
rounds_calendar_document_new (const char *host)
{
  g_return_val_if_fail (host != NULL, NULL);

  RoundsCalendarDocument *self = g_new0 (RoundsCalendarDocument, 1);

  self->host = g_strdup (host);
  self->text = g_string_new (NULL);
  add_line (self->text, "BEGIN", "VCALENDAR");
  add_line (self->text, "VERSION", "2.0");
  add_text (self->text, "PRODID", "-//Rounds//roundsd " ROUNDS_VERSION "//EN");
  add_line (self->text, "METHOD", "PUBLISH");
  add_text (self->text, "X-WR-CALNAME", "Rounds");
  return self;
}

void
rounds_calendar_document_free (RoundsCalendarDocument *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_free (self->host);
  g_free (self);
}

/* What all events have; end_event() ends it. */
static void
begin_event (RoundsCalendarDocument *self, const char *kind, const char *id, RoundsTimeRange range,
             const char *summary)
{
  g_autofree char *uid = g_strdup_printf ("%s-%s@%s", kind, id, self->host);

  add_line (self->text, "BEGIN", "VEVENT");
  add_text (self->text, "UID", uid);
  add_time (self->text, "DTSTART", range.start);
  add_time (self->text, "DTEND", range.end);
  add_text (self->text, "SUMMARY", summary);
}

static void
end_event (RoundsCalendarDocument *self)
{
  add_line (self->text, "END", "VEVENT");
}

static void
add_history (RoundsCalendarDocument *self, gint64 version, gint64 created_at, gint64 updated_at)
{
  g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (version - 1, 0));

  /* DTSTAMP of a published event is when it was last revised (RFC 5545, 3.8.7.2). */
  add_time (self->text, "DTSTAMP", updated_at);
  add_time (self->text, "LAST-MODIFIED", updated_at);
  add_time (self->text, "CREATED", created_at);
  add_line (self->text, "SEQUENCE", sequence);
}

/* Security: the address opens the app, which asks the server for a link of now. No token of Jitsi
 * ever stands in a feed. CONFERENCE is RFC 7986's. */
static void
add_conference (RoundsCalendarDocument *self, const char *kind, const char *id, const char *feature)
{
  g_autofree char *address = g_strdup_printf ("rounds:%s/%s", kind, id);
  g_autofree char *name = g_strdup_printf ("CONFERENCE;VALUE=URI;FEATURE=%s;LABEL=Join", feature);

  add_line (self->text, name, address);
  add_line (self->text, "URL", address);
}

/* What the call has, in RFC 7986's words (6.3). */
static const char *
get_feature (RoundsMeetingType type)
{
  switch (type)
    {
    case ROUNDS_MEETING_AUDIO:
      return "AUDIO";
    case ROUNDS_MEETING_CHAT:
      return "CHAT";
    case ROUNDS_MEETING_VIDEO:
    default:
      return "AUDIO,VIDEO";
    }
}

static const char *
get_appointment_status (RoundsAppointmentStatus status)
{
  switch (status)
    {
    case ROUNDS_APPOINTMENT_REQUESTED:
      return "TENTATIVE";
    case ROUNDS_APPOINTMENT_CANCELLED:
    case ROUNDS_APPOINTMENT_NO_SHOW:
      return "CANCELLED";
    case ROUNDS_APPOINTMENT_CONFIRMED:
    case ROUNDS_APPOINTMENT_ARRIVED:
    case ROUNDS_APPOINTMENT_ACTIVE:
    case ROUNDS_APPOINTMENT_COMPLETED:
    default:
      return "CONFIRMED";
    }
}

void
rounds_calendar_document_add_appointment (RoundsCalendarDocument *self,
                                          const RoundsAppointment *appointment,
                                          const RoundsHospital *hospital)
{
  g_return_if_fail (self != NULL && appointment != NULL);

  g_autofree char *summary = g_strdup_printf ("Appointment: %s", appointment->department);

  begin_event (self, "appointment", appointment->id, rounds_appointment_get_range (appointment),
               summary);
  add_history (self, appointment->version, appointment->created_at, appointment->updated_at);
  add_line (self->text, "STATUS", get_appointment_status (appointment->status));
  if (hospital != NULL && appointment->type == ROUNDS_APPOINTMENT_IN_PERSON)
    add_text (self->text, "LOCATION", hospital->name);
  if (appointment->type == ROUNDS_APPOINTMENT_VIRTUAL
      && !rounds_appointment_status_is_final (appointment->status))
    add_conference (self, "appointment", appointment->id, "AUDIO,VIDEO");
  end_event (self);
}

void
rounds_calendar_document_add_meeting (RoundsCalendarDocument *self, const RoundsMeeting *meeting)
{
  g_return_if_fail (self != NULL && meeting != NULL);

  /* Security: a title may name a patient; that there is a meeting does not. */
  begin_event (self, "meeting", meeting->id, rounds_meeting_get_range (meeting), "Meeting");
  add_history (self, meeting->version, meeting->created_at, meeting->updated_at);
  add_line (self->text, "STATUS",
            meeting->status == ROUNDS_MEETING_CANCELLED ? "CANCELLED" : "CONFIRMED");
  if (!rounds_meeting_status_is_final (meeting->status))
    add_conference (self, "meeting", meeting->id, get_feature (meeting->type));
  end_event (self);
}

char *
rounds_calendar_document_to_text (RoundsCalendarDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strconcat (self->text->str, "END:VCALENDAR\r\n", NULL);
}
