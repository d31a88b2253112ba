/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A visit or a meeting about now, and Prosody's event_sync telling of its room.
 * Seconds are counted from twenty minutes ago, when each call is booked to begin.
 */

#pragma once

#include "api-world.h"
#include "socket-client.h"

G_BEGIN_DECLS

#define CALL_SECRET "secret-between-prosody-and-rounds"

typedef struct _Call Call;

/* Prosody may speak to its server, and visits can be booked about now. @more: (nullable): a further
 * setting */
ApiWorld *call_world_new (const char *more);
/* So that visits can be booked about now. */
void call_clear_calendar (ApiWorld *world);

/* A confirmed visit of PATIENT with DOCTOR, booked @minutes after twenty minutes ago, for half an
 * hour. */
Call *call_new_visit (ApiWorld *world, int minutes);
/* From here on the visit's patient has no account. */
void call_take_account (Call *self);
/* @host's meeting with @guest. */
Call *call_new_meeting (ApiWorld *world, ApiPerson host, ApiPerson guest);
void call_free (Call *self);
const char *call_get_id (Call *self);
const char *call_get_room (Call *self);
/* The second @at of @self, as Jitsi tells it: since 1970. */
gint64 call_get_seconds (Call *self, int at);

/* Events; each has to be taken. @what: "created", "destroyed". */
ServerReply *call_post (Call *self, const char *event, const char *body);
void call_tell_room (Call *self, const char *what, int at);
void call_tell_breakout_destroyed (Call *self, int at);
void call_tell_joined (Call *self, ApiPerson who, int at);
void call_tell_joined_as (Call *self, const char *occupant, const char *id, int at);
void call_tell_left (Call *self, ApiPerson who, int joined, int left);

/* The server's look at the clock, @minutes after the booked end. */
void call_sweep (Call *self, int minutes);

/* The app of @who, in the call @minutes after the booked end, told how its connection was. */
void call_add_sample (Call *self, ApiPerson who, int minutes);
void call_ask_for_link (Call *self, ApiPerson who);
/* @who waits for a visit; the same commit touches all others. */
void call_wait_in_crowd (Call *self, ApiPerson who);
void call_decide (Call *self, ApiPerson who, const char *status);
/* The next {"type":"waiting"} that @client gets soon, or NULL. (transfer full) */
JsonObject *call_read_waiting (SocketClient *client);
/* The same, which has to come. (transfer full) */
JsonObject *call_expect_waiting (SocketClient *client);

char *call_dup_status (Call *self);
void call_assert_status (Call *self, const char *status);
void call_assert_moment (Call *self, const char *member, int at);
gint64 call_get_version (Call *self);
/* A text of the record as its doctor is shown it; or NULL. (transfer full) */
char *call_dup_text (Call *self, const char *member);
/* Why somebody did not show up, as the rule noted it; or NULL. (transfer full) */
char *call_dup_cause (Call *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

G_END_DECLS
