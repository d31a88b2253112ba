/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Appointments and meetings as an iCalendar document (RFC 5545, CONFERENCE of RFC 7986).
 * Whose they are and who may have the document is rounds-calendar-handlers.h's.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-hospital.h"
#include "rounds-meeting.h"

G_BEGIN_DECLS

/* One owner. */
typedef struct _RoundsCalendarDocument RoundsCalendarDocument;

/* @host: what makes the events' names the server's own. */
RoundsCalendarDocument *rounds_calendar_document_new (const char *host);
void rounds_calendar_document_free (RoundsCalendarDocument *self);

/* @hospital: where it is, or NULL. No patient is named: feeds are kept by programs that nobody here
 * knows. */
void rounds_calendar_document_add_appointment (RoundsCalendarDocument *self,
                                               const RoundsAppointment *appointment,
                                               const RoundsHospital *hospital);
void
rounds_calendar_document_add_meeting (RoundsCalendarDocument *self, const RoundsMeeting *meeting);
/* (transfer full) */
char *rounds_calendar_document_to_text (RoundsCalendarDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsCalendarDocument, rounds_calendar_document_free)

G_END_DECLS
