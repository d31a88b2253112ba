/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a request leaves in the audit log. Changes are noted in the transaction that makes them, by
 * rounds_request_write() itself; what was shown or refused is noted with the answer. Handlers only
 * add what cannot be seen from outside.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* For handlers. Which record a call without one in its path made. */
void rounds_audit_set_record (RoundsRequest *request, const char *id);
/* Whose account a call without a token is about. */
void rounds_audit_set_subject (RoundsRequest *request, const char *user_id, const char *role);
/* A further fact, such as the reason of an override. No patient's data. */
void rounds_audit_set_detail (RoundsRequest *request, const char *name, const char *value);
/* The status of a change that is no success: a session that was ended by a refusal. */
void rounds_audit_set_result (RoundsRequest *request, guint status);
/* What this request writes needs no line: a measurement that nobody is named in. */
void rounds_audit_leave_out (RoundsRequest *request);

/* For the server. The line of what @request changes; in the transaction, behind all else. */
gboolean rounds_audit_note_write (RoundsRequest *request, GError **error);
/* The line of an answer that showed a record or refused something. NULL, or a 503 to answer with
 * instead, when the log cannot take it. (transfer full) */
RoundsResponse *rounds_audit_note_answer (RoundsRequest *request, const RoundsResponse *response);

G_END_DECLS
