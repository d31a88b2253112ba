/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One HTTP request as a handler sees it: who asks, for what, with which body.
 * The listener fills it in (rounds-request-private.h); a handler only reads it.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-appointment.h"
#include "rounds-clock.h"
#include "rounds-db.h"
#include "rounds-meeting.h"
#include "rounds-problems.h"
#include "rounds-user.h"

#include "rounds-server-config.h"

G_BEGIN_DECLS

/* Lives on one thread from arrival to answer. All getters are borrowed. */
typedef struct _RoundsRequest RoundsRequest;

/* The value of ":name" in the route's path; never NULL for a name that the route has. */
const char *rounds_request_get_param (RoundsRequest *self, const char *name);
/* A query value, percent-decoded, or NULL. */
const char *rounds_request_get_query (RoundsRequest *self, const char *name);
/* Sets @moment (µs UTC) to the RFC 3339 time of a query value; left as it is where there is none.
 * FALSE: what is there is no time. */
gboolean rounds_request_get_time (RoundsRequest *self, const char *name, gint64 *moment);
/* The same; what is no time goes to @problems. */
void rounds_request_read_time (RoundsRequest *self, const char *name, gint64 *moment,
                               RoundsProblems *problems);
/* A value of the form that came, or NULL; on a route with ROUNDS_ROUTE_FORM. */
const char *rounds_request_get_form (RoundsRequest *self, const char *name);
/* The request body, an object; never NULL on a route with ROUNDS_ROUTE_BODY. */
JsonObject *rounds_request_get_body (RoundsRequest *self);
/* The signed-in person; NULL only on a route with ROUNDS_ROUTE_PUBLIC. */
RoundsUser *rounds_request_get_caller (RoundsRequest *self);
/* The session's id of the bearer token, or NULL. */
const char *rounds_request_get_session (RoundsRequest *self);
/* The address that the request came from, without a port. */
const char *rounds_request_get_address (RoundsRequest *self);
/* This worker's own connection, for reading: no transaction is open when a handler starts. What
 * writes runs in rounds_request_write() (rounds-write.h), where this is the connection of the
 * transaction. */
RoundsDb *rounds_request_get_db (RoundsRequest *self);
/* The moment at which the request began, µs UTC: one "now" for the whole answer. */
gint64 rounds_request_get_now (RoundsRequest *self);
const RoundsServerConfig *rounds_request_get_config (RoundsRequest *self);

/* Who has the id: from memory where he was found before and nobody has changed people since, else
 * from the database. @user: (out) (nullable): NULL when there is nobody; shared, so nobody's to
 * change. FALSE with a ROUNDS_DB_ERROR. */
gboolean
rounds_request_find_user (RoundsRequest *self, const char *id, RoundsUser **user, GError **error);

/* On a route with ROUNDS_ROUTE_RECALL: the record that the path names, where it was shown since the
 * last commit; else NULL, and it has to be read. Shared, so nobody's to change. (transfer full) */
RoundsMeeting *rounds_request_recall_meeting (RoundsRequest *self);
RoundsAppointment *rounds_request_recall_appointment (RoundsRequest *self);
/* What was read for this request, and is shown and not changed, for others who ask. */
void rounds_request_keep_meeting (RoundsRequest *self, RoundsMeeting *meeting);
void rounds_request_keep_appointment (RoundsRequest *self, RoundsAppointment *appointment);

G_END_DECLS
