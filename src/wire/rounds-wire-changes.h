/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A change of a record as JSON: the members that get another value, as the body of a PATCH has
 * them. What may be changed, and what wins when two changed the same, is decided elsewhere.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rounds-appointment-draft.h"
#include "rounds-meeting-draft.h"

G_BEGIN_DECLS

/* In a change an empty text, or an empty list, takes the member away; `patientDetails` names only
 * those of its members that change. All objects are new. (transfer full) */

/* What @after asks for and @before does not have; empty when there is no difference. What a draft
 * leaves open stays as it is; only texts that a record may lack are taken away. */
JsonObject *rounds_wire_changes_of_appointment (const RoundsAppointment *before,
                                                const RoundsAppointmentDraft *after);
JsonObject *
rounds_wire_changes_of_meeting (const RoundsMeeting *before, const RoundsMeetingDraft *after);

/* The members of @changes as @document has them: what undoes the change there. */
JsonObject *rounds_wire_changes_find_base (JsonObject *changes, JsonObject *document);

/* Makes the change to @document, a record's. Its moment is worked out anew when the time changes.
 */
void rounds_wire_changes_apply (JsonObject *changes, JsonObject *document);

/* Whether two values of @member say the same: a time of day in either form, a list in any order,
 * nothing and an empty text. Either may be NULL. */
gboolean rounds_wire_values_are_same (const char *member, JsonNode *a, JsonNode *b);

G_END_DECLS
