/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Reading the cache's tables: single records and what a list shows.
 * Runs on the database's thread. Writing goes through RoundsTable.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* What a RoundsStoreQuery comes to for SQL. */
typedef struct
{
  gint64 from; /* first start that counts */
  gint64 until; /* first start that does not, unless it is the last moment of all */
  gboolean hide_over;
  const char *match; /* FTS5 query, or NULL */
} RoundsSelection;

/* Borrows from @query and @match. */
RoundsSelection rounds_selection_new (const RoundsStoreQuery *query, const char *match);

/* Adds a RoundsEntry for each row to @into. */
gboolean rounds_appointments_select (RoundsDb *db, const RoundsSelection *selection,
                                     GPtrArray *into, GError **error);
gboolean rounds_meetings_select (RoundsDb *db, const RoundsSelection *selection, GPtrArray *into,
                                 GError **error);

/* (transfer full) (nullable): NULL without an error when there is no such row. */
RoundsAppointment *rounds_appointments_get (RoundsDb *db, const char *id, GError **error);
RoundsMeeting *rounds_meetings_get (RoundsDb *db, const char *id, GError **error);

/* Searches know names of people: after one changed, the records that name @person_id. */
gboolean rounds_appointments_index_person (RoundsDb *db, const char *person_id, GError **error);
gboolean rounds_meetings_index_person (RoundsDb *db, const char *person_id, GError **error);

/* All of the directory: RoundsUser and RoundsHospital. (transfer full) */
GPtrArray *rounds_people_list (RoundsDb *db, GError **error);
GPtrArray *rounds_hospitals_list (RoundsDb *db, GError **error);

G_END_DECLS
