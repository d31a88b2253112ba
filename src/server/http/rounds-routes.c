/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The route table: every call that roundsd answers, one row each.
 * What a row's handler may touch is decided in the handler; matching is in rounds-router.c.
 */

#include "config.h"

#include "rounds-route.h"

#include "rounds-appointment-handlers.h"
#include "rounds-audit-handlers.h"
#include "rounds-availability-handlers.h"
#include "rounds-calendar-handlers.h"
#include "rounds-call-event-handlers.h"
#include "rounds-change-handlers.h"
#include "rounds-event-handlers.h"
#include "rounds-guest-handlers.h"
#include "rounds-hospital-handlers.h"
#include "rounds-info-handlers.h"
#include "rounds-join-handlers.h"
#include "rounds-login-handlers.h"
#include "rounds-meeting-handlers.h"
#include "rounds-operation-handlers.h"
#include "rounds-openapi.h"
#include "rounds-quality-handlers.h"
#include "rounds-report-handlers.h"
#include "rounds-reservation-handlers.h"
#include "rounds-session-handlers.h"
#include "rounds-user-edit-handlers.h"
#include "rounds-user-handlers.h"
#include "rounds-webhook-handlers.h"

#define PUBLIC ROUNDS_ROUTE_PUBLIC
#define BODY ROUNDS_ROUTE_BODY
#define SLOW ROUNDS_ROUTE_SLOW
#define FORM ROUNDS_ROUTE_FORM
#define FREE ROUNDS_ROUTE_FREE
#define ALL ROUNDS_ROLES_ALL
/* There is no kind of meeting that a patient may create. */
#define NO_PATIENTS (ALL & ~ROUNDS_ROLE_BIT (ROUNDS_ROLE_PATIENT))
#define NONE ROUNDS_ROUTE_NONE
#define DETAILS ROUNDS_ROUTE_DETAILS
#define RECALL ROUNDS_ROUTE_RECALL
#define MAKES ROUNDS_ROUTE_MAKES
#define APPOINTMENT ROUNDS_RECORD_APPOINTMENT
#define MEETING ROUNDS_RECORD_MEETING
#define SESSION ROUNDS_RECORD_SESSION
#define USER ROUNDS_RECORD_USER
#define HOSPITAL ROUNDS_RECORD_HOSPITAL
#define ADMINS ROUNDS_ROLE_BIT (ROUNDS_ROLE_ADMIN)
/* Who keeps the directory. */
#define DESKS (ADMINS | ROUNDS_ROLE_BIT (ROUNDS_ROLE_HOSPITAL))

/* A login is an address and a password, a status change has notes of at most 20,000 characters. */
#define SMALL (4 * 1024)
#define LARGE (128 * 1024)
/* All who were in a room, however often they came. */
#define HUGE_EVENT (1024 * 1024)

/* Resource by resource; the rows of a resource stand together. */
static const RoundsRoute routes[] = {
  /* The server itself */
  { "GET", "/healthz", ALL, PUBLIC | FREE, 0, rounds_handle_health, "Whether it answers" },
  { "GET", "/readyz", ALL, PUBLIC | FREE, 0, rounds_operation_handlers_ready,
    "Whether it can do its work: read, write, space" },
  { "GET", "/metrics", ALL, PUBLIC | FREE, 0, rounds_operation_handlers_metrics,
    "Counters for Prometheus, for who runs the server" },
  { "GET", "/api", ALL, PUBLIC, 0, rounds_handle_info, "Name, version, capabilities" },
  { "GET", "/api/openapi.json", ALL, NONE, 0, rounds_openapi_handlers_show,
    "This API as an OpenAPI document" },

  /* Signing in and out */
  { "POST", "/api/auth/login", ALL, PUBLIC | FREE | BODY | SLOW, SMALL, rounds_handle_login,
    "Sign in with e-mail address and password" },
  { "POST", "/api/auth/logout", ALL, ROUNDS_ROUTE_NONE, LARGE, rounds_handle_logout,
    "End the session of the token" },
  { "POST", "/api/auth/refresh", ALL, PUBLIC | FREE | BODY, SMALL, rounds_handle_refresh,
    "New tokens for a refresh token" },
  { "GET", "/api/auth/sessions", ALL, NONE, 0, rounds_handle_sessions_list,
    "Where one is signed in" },
  { "DELETE", "/api/auth/sessions", ALL, NONE, SMALL, rounds_handle_sessions_end_others,
    "End all sessions of one's own but this" },
  { "DELETE", "/api/auth/sessions/:id", ALL, NONE, SMALL, rounds_handle_session_end,
    "End one session of one's own", SESSION },

  /* Appointments */
  { "POST", "/api/appointments", ALL, BODY | MAKES | DETAILS, LARGE,
    rounds_appointment_handlers_create, "Book an appointment" },
  { "GET", "/api/appointments/user/:userId", ALL, DETAILS, 0, rounds_appointment_handlers_list,
    "Somebody's appointments", USER },
  { "GET", "/api/appointments/:id", ALL, DETAILS | RECALL, 0, rounds_appointment_handlers_show,
    "One appointment", APPOINTMENT },
  { "PATCH", "/api/appointments/:id", ALL, BODY, LARGE, rounds_appointment_handlers_edit,
    "Move an appointment, assign its doctor, write its notes", APPOINTMENT },
  { "DELETE", "/api/appointments/:id", ALL, NONE, SMALL, rounds_appointment_handlers_cancel,
    "Cancel an appointment; the record stays", APPOINTMENT },
  { "PATCH", "/api/appointments/:id/status", ALL, BODY, LARGE,
    rounds_appointment_handlers_change_status, "Take an appointment to another state",
    APPOINTMENT },
  { "POST", "/api/appointments/:id/join", ALL, DETAILS, SMALL, rounds_join_handlers_appointment,
    "A fresh personal link to the call", APPOINTMENT },
  { "POST", "/api/appointments/:id/guests", ALL, BODY | MAKES | DETAILS, SMALL,
    rounds_guest_handlers_create, "A link for a guest without an account", APPOINTMENT },
  { "POST", "/api/appointments/:id/quality", ALL, BODY | MAKES, LARGE, rounds_quality_handlers_add,
    "How the call is for the caller", APPOINTMENT },
  { "GET", "/api/availability", ALL, NONE, 0, rounds_availability_handlers_list,
    "When a doctor can be booked" },

  /* Meetings */
  { "POST", "/api/meetings", NO_PATIENTS, BODY | MAKES | DETAILS, LARGE,
    rounds_meeting_handlers_create, "Create a meeting" },
  { "GET", "/api/meetings/user/:userId", ALL, DETAILS, 0, rounds_meeting_handlers_list,
    "Somebody's meetings", USER },
  { "GET", "/api/meetings/:id", ALL, DETAILS | RECALL, 0, rounds_meeting_handlers_show,
    "One meeting", MEETING },
  { "PATCH", "/api/meetings/:id", ALL, BODY, LARGE, rounds_meeting_handlers_edit,
    "Move a meeting, change its people, write its notes", MEETING },
  { "DELETE", "/api/meetings/:id", ALL, NONE, SMALL, rounds_meeting_handlers_cancel,
    "Cancel a meeting; the record stays", MEETING },
  { "PATCH", "/api/meetings/:id/status", ALL, BODY, LARGE, rounds_meeting_handlers_change_status,
    "Take a meeting to another state", MEETING },
  { "POST", "/api/meetings/:id/join", ALL, DETAILS, SMALL, rounds_join_handlers_meeting,
    "A fresh personal link to the call", MEETING },
  { "POST", "/api/meetings/:id/guests", ALL, BODY | MAKES | DETAILS, SMALL,
    rounds_guest_handlers_create, "A link for a guest without an account", MEETING },
  { "POST", "/api/meetings/:id/quality", ALL, BODY | MAKES, LARGE, rounds_quality_handlers_add,
    "How the call is for the caller", MEETING },

  /* What is new */
  { "GET", "/api/changes", ALL, DETAILS, 0, rounds_change_handlers_list,
    "What changed for the caller since a cursor" },
  { "GET", "/api/events", ALL, ROUNDS_ROUTE_SOCKET, 0, rounds_event_handlers_open,
    "A WebSocket that tells when there is something new" },

  /* Numbers */
  { "GET", "/api/reports/summary", DESKS, NONE, 0, rounds_report_handlers_summary,
    "Counts, durations, waits, no-shows and call quality, as JSON or CSV" },

  /* Who did what */
  { "GET", "/api/audit", ADMINS, NONE, 0, rounds_audit_handlers_list,
    "The audit log, newest first" },

  /* People and places */
  { "GET", "/api/users", ALL, DETAILS, 0, rounds_user_handlers_list,
    "The people whom one may find, by search and role" },
  { "GET", "/api/users/me", ALL, NONE, 0, rounds_user_handlers_show_me, "Oneself" },
  { "PATCH", "/api/users/me", ALL, BODY | SLOW, SMALL, rounds_user_edit_handlers_edit_me,
    "Change one's telephone number or password" },
  { "POST", "/api/users/me/calendar", ALL, MAKES, SMALL, rounds_calendar_handlers_create,
    "A new address for one's calendar feed; the old one ends" },
  { "DELETE", "/api/users/me/calendar", ALL, NONE, SMALL, rounds_calendar_handlers_revoke,
    "End one's calendar feed" },
  { "GET", "/calendar/:token.ics", ALL, PUBLIC | FREE | DETAILS, 0, rounds_calendar_handlers_show,
    "A person's calendar, for whoever knows its address" },
  { "GET", "/api/users/:id", ALL, DETAILS, 0, rounds_user_handlers_show, "One person", USER },
  { "POST", "/api/users", DESKS, BODY | SLOW | MAKES | DETAILS, LARGE,
    rounds_user_edit_handlers_create, "Add a person" },
  { "PATCH", "/api/users/:id", DESKS, BODY | SLOW, LARGE, rounds_user_edit_handlers_edit,
    "Change what is said of a person, switch an account off or on", USER },
  { "GET", "/api/hospitals", ALL, NONE, 0, rounds_hospital_handlers_list, "All hospitals" },
  { "GET", "/api/hospitals/:id", ALL, NONE, 0, rounds_hospital_handlers_show, "One hospital",
    HOSPITAL },
  { "POST", "/api/hospitals", ADMINS, BODY | MAKES, LARGE, rounds_hospital_handlers_create,
    "Add a hospital" },
  { "PATCH", "/api/hospitals/:id", DESKS, BODY, LARGE, rounds_hospital_handlers_edit,
    "Change departments and opening hours, name and time zone", HOSPITAL },

  /* Jitsi's own servers, with secrets of their own */
  { "POST", "/jitsi/events/room/created", ALL, PUBLIC | FREE | BODY, SMALL,
    rounds_call_event_handlers_room_created, "Jitsi opened a room" },
  { "POST", "/jitsi/events/room/destroyed", ALL, PUBLIC | FREE | BODY, HUGE_EVENT,
    rounds_call_event_handlers_room_destroyed, "Jitsi closed a room" },
  { "POST", "/jitsi/events/occupant/joined", ALL, PUBLIC | FREE | BODY, LARGE,
    rounds_call_event_handlers_occupant_joined, "Somebody came into a room" },
  { "POST", "/jitsi/events/occupant/left", ALL, PUBLIC | FREE | BODY, LARGE,
    rounds_call_event_handlers_occupant_left, "Somebody left a room" },
  { "POST", "/jitsi/reservations/conference", ALL, PUBLIC | FREE | FORM, SMALL,
    rounds_reservation_handlers_create, "Whether a room may open now" },
  { "GET", "/jitsi/reservations/conference/:id", ALL, PUBLIC | FREE, 0,
    rounds_reservation_handlers_show, "The reservation of a room that is open", APPOINTMENT },
  { "DELETE", "/jitsi/reservations/conference/:id", ALL, PUBLIC | FREE, SMALL,
    rounds_reservation_handlers_end, "A room is closed", APPOINTMENT },
  { "POST", "/jitsi/webhooks", ALL, PUBLIC | FREE | BODY, LARGE, rounds_webhook_handlers_take,
    "JaaS tells what happened in a call" },
};

const RoundsRoute *
rounds_routes_get (gsize *n_routes)
{
  g_return_val_if_fail (n_routes != NULL, NULL);

  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
