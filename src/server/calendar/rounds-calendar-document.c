/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments and meetings as an iCalendar document, by libical: lines are folded and texts
 * escaped there. All times are in UTC, which needs no zones in the document; every calendar shows
 * its own.
 */

#include "config.h"

#include "rounds-calendar-document.h"

#include <libical/ical.h>
#include <string.h>

struct _RoundsCalendarDocument
{
  icalcomponent *root;
  char *host;
};

RoundsCalendarDocument *
rounds_calendar_document_new (const char *host)
{
  g_return_val_if_fail (host != NULL, NULL);

  RoundsCalendarDocument *self = g_new0 (RoundsCalendarDocument, 1);
  icalproperty *name = icalproperty_new_x ("Rounds");

  self->host = g_strdup (host);
  self->root
      = icalcomponent_vanew (ICAL_VCALENDAR_COMPONENT, icalproperty_new_version ("2.0"),
                             icalproperty_new_prodid ("-//Rounds//roundsd " ROUNDS_VERSION "//EN"),
                             icalproperty_new_method (ICAL_METHOD_PUBLISH), (void *)0);
  icalproperty_set_x_name (name, "X-WR-CALNAME");
  icalcomponent_add_property (self->root, name);
  return self;
}

void
rounds_calendar_document_free (RoundsCalendarDocument *self)
{
  if (self == NULL)
    return;
  icalcomponent_free (self->root);
  g_free (self->host);
  g_free (self);
}

static struct icaltimetype
to_ical_time (gint64 moment)
{
  return icaltime_from_timet_with_zone ((time_t)(moment / G_USEC_PER_SEC), 0,
                                        icaltimezone_get_utc_timezone ());
}

/* What all events have. (transfer full) */
static icalcomponent *
make_event (RoundsCalendarDocument *self, const char *kind, const char *id, RoundsTimeRange range,
            const char *summary)
{
  g_autofree char *uid = g_strdup_printf ("%s-%s@%s", kind, id, self->host);

  return icalcomponent_vanew (ICAL_VEVENT_COMPONENT, icalproperty_new_uid (uid),
                              icalproperty_new_dtstart (to_ical_time (range.start)),
                              icalproperty_new_dtend (to_ical_time (range.end)),
                              icalproperty_new_summary (summary), (void *)0);
}

static void
add_history (icalcomponent *event, gint64 version, gint64 created_at, gint64 updated_at)
{
  /* DTSTAMP of a published event is when it was last revised (RFC 5545, 3.8.7.2). */
  icalcomponent_add_property (event, icalproperty_new_dtstamp (to_ical_time (updated_at)));
  icalcomponent_add_property (event, icalproperty_new_lastmodified (to_ical_time (updated_at)));
  icalcomponent_add_property (event, icalproperty_new_created (to_ical_time (created_at)));
  icalcomponent_add_property (event, icalproperty_new_sequence ((int)MAX (version - 1, 0)));
}

/* Security: the address opens the app, which asks the server for a link of now. No token of Jitsi
 * ever stands in a feed. libical has no CONFERENCE, so it is said as it stands in RFC 7986. */
static void
add_conference (icalcomponent *event, const char *kind, const char *id)
{
  g_autofree char *address = g_strdup_printf ("rounds:%s/%s", kind, id);
  icalproperty *conference = icalproperty_new_x (address);
  icalparameter *value = icalparameter_new_value (ICAL_VALUE_URI);
  icalparameter *feature = icalparameter_new_x ("VIDEO");
  icalparameter *label = icalparameter_new_x ("Join");

  icalproperty_set_x_name (conference, "CONFERENCE");
  icalproperty_add_parameter (conference, value);
  icalparameter_set_xname (feature, "FEATURE");
  icalproperty_add_parameter (conference, feature);
  icalparameter_set_xname (label, "LABEL");
  icalproperty_add_parameter (conference, label);
  icalcomponent_add_property (event, conference);
  icalcomponent_add_property (event, icalproperty_new_url (address));
}

static icalproperty_status
get_appointment_status (RoundsAppointmentStatus status)
{
  switch (status)
    {
    case ROUNDS_APPOINTMENT_REQUESTED:
      return ICAL_STATUS_TENTATIVE;
    case ROUNDS_APPOINTMENT_CANCELLED:
    case ROUNDS_APPOINTMENT_NO_SHOW:
      return ICAL_STATUS_CANCELLED;
    case ROUNDS_APPOINTMENT_CONFIRMED:
    case ROUNDS_APPOINTMENT_ARRIVED:
    case ROUNDS_APPOINTMENT_ACTIVE:
    case ROUNDS_APPOINTMENT_COMPLETED:
    default:
      return ICAL_STATUS_CONFIRMED;
    }
}

void
rounds_calendar_document_add_appointment (RoundsCalendarDocument *self,
                                          const RoundsAppointment *appointment,
                                          const RoundsHospital *hospital)
{
  g_return_if_fail (self != NULL && appointment != NULL);

  g_autofree char *summary = g_strdup_printf ("Appointment: %s", appointment->department);
  icalcomponent *event = make_event (self, "appointment", appointment->id,
                                     rounds_appointment_get_range (appointment), summary);

  add_history (event, appointment->version, appointment->created_at, appointment->updated_at);
  icalcomponent_add_property (
      event, icalproperty_new_status (get_appointment_status (appointment->status)));
  if (hospital != NULL && appointment->type == ROUNDS_APPOINTMENT_IN_PERSON)
    icalcomponent_add_property (event, icalproperty_new_location (hospital->name));
  if (appointment->type == ROUNDS_APPOINTMENT_VIRTUAL
      && !rounds_appointment_status_is_final (appointment->status))
    add_conference (event, "appointment", appointment->id);
  icalcomponent_add_component (self->root, event);
}

void
rounds_calendar_document_add_meeting (RoundsCalendarDocument *self, const RoundsMeeting *meeting)
{
  g_return_if_fail (self != NULL && meeting != NULL);

  /* Security: a title may name a patient; that there is a meeting does not. */
  icalcomponent *event
      = make_event (self, "meeting", meeting->id, rounds_meeting_get_range (meeting), "Meeting");
  gboolean cancelled = meeting->status == ROUNDS_MEETING_CANCELLED;

  add_history (event, meeting->version, meeting->created_at, meeting->updated_at);
  icalcomponent_add_property (
      event, icalproperty_new_status (cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  if (!rounds_meeting_status_is_final (meeting->status))
    add_conference (event, "meeting", meeting->id);
  icalcomponent_add_component (self->root, event);
}

char *
rounds_calendar_document_to_text (RoundsCalendarDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  char *text = icalcomponent_as_ical_string_r (self->root);
  char *copy = g_strdup (text);

  icalmemory_free_buffer (text);
  return copy;
}
