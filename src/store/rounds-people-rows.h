/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Reading the tables of the directory.
 * Runs on the database's thread. Writing goes through RoundsTable.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-hospital.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* All of the directory: RoundsUser and RoundsHospital. (transfer full) */
GPtrArray *rounds_people_list (RoundsDb *db, GError **error);
GPtrArray *rounds_hospitals_list (RoundsDb *db, GError **error);

G_END_DECLS
