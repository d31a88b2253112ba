/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the parts of the demo share: who is there, and dice that always fall the same way.
 * Nothing outside of rounds-demo*.c includes it.
 */

#pragma once

#include "rounds-appointment.h"
#include "rounds-db.h"
#include "rounds-hospital.h"
#include "rounds-meeting.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* One hospital of the demo. Users are borrowed from RoundsDemo.users. */
typedef struct
{
  RoundsHospital *hospital;
  GPtrArray *doctors;
  GPtrArray *desks;
  GPtrArray *patients;
  const char *phone_prefix; /* before three digits: numbers that are reserved for fiction */
} RoundsDemoPlace;

#define ROUNDS_DEMO_N_PLACES 2

/* One filling of a database; on the stack of rounds_demo_fill(). */
typedef struct
{
  RoundsDb *db;
  gint64 now;
  GRand *random; /* seeded with a constant */
  GPtrArray *users; /* owner of all people */
  RoundsDemoPlace places[ROUNDS_DEMO_N_PLACES];
  RoundsUser *admin; /* borrowed */
  guint32 n_ids;
} RoundsDemo;

/* A new id: the moment of the demo in seconds, then a running number. Ids of others have 64 random
 * bits in its place, so that rounds_demo_clear_former() knows these again. (transfer full) */
char *rounds_demo_next_id (RoundsDemo *self);
/* TRUE in @percent of 100 throws. */
gboolean rounds_demo_throw (RoundsDemo *self, int percent);
/* One of @words (NULL-terminated). Borrowed. */
const char *rounds_demo_pick (RoundsDemo *self, const char *const *words);
/* The moment of wall time @time ("09:30") on the day @days from today at @place. */
gint64
rounds_demo_moment (RoundsDemo *self, const RoundsDemoPlace *place, int days, const char *time);
gboolean rounds_demo_is_weekend (RoundsDemo *self, const RoundsDemoPlace *place, int days);

/* Makes hospitals and people, and stores those that are not there yet. */
gboolean rounds_demo_add_people (RoundsDemo *self, const char *password_hash, GError **error);
/* A name for somebody without an account: given and family name of one language. (transfer full) */
char *rounds_demo_make_name (RoundsDemo *self);
/* What one comes to this department for. (array zero-terminated) */
const char *const *rounds_demo_get_reasons (const char *department);

/* When a demo was last laid out in @db: µs UTC, or ROUNDS_TIME_NONE. */
gboolean rounds_demo_find_last (RoundsDb *db, gint64 *moment, GError **error);
/* Takes away what former demos laid out, except for what somebody has changed since. */
gboolean rounds_demo_clear_former (RoundsDb *db, GError **error);

/* A visit to be stored; what is left NULL or 0 is filled in. Strings are borrowed. */
typedef struct
{
  const RoundsDemoPlace *place;
  const RoundsUser *doctor;
  const RoundsUser *patient; /* NULL: somebody without an account */
  gint64 starts_at;
  int minutes;
  RoundsAppointmentType type;
  RoundsAppointmentStatus status;
  const char *reason;
  const char *notes;
} RoundsDemoVisit;

gboolean rounds_demo_store_visit (RoundsDemo *self, const RoundsDemoVisit *visit, GError **error);
/* The two months around today. */
gboolean rounds_demo_add_visits (RoundsDemo *self, GError **error);

typedef struct
{
  const RoundsUser *creator;
  const RoundsUser *const *participants; /* NULL-terminated */
  RoundsRoleContext context;
  const char *title;
  const char *description;
  RoundsMeetingType type;
  gint64 scheduled_at;
  int minutes;
  RoundsMeetingStatus status;
  const char *notes;
} RoundsDemoMeeting;

gboolean
rounds_demo_store_meeting (RoundsDemo *self, const RoundsDemoMeeting *meeting, GError **error);
gboolean rounds_demo_add_meetings (RoundsDemo *self, GError **error);

/* Today of the doctors who sign in, meetings included. */
gboolean rounds_demo_add_today (RoundsDemo *self, GError **error);
/* Whether rounds_demo_add_today() made this doctor's day. */
gboolean rounds_demo_has_own_today (RoundsDemo *self, const RoundsDemoPlace *place, guint doctor);

G_END_DECLS
