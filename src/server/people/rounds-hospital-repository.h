/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hospitals and their departments in the server's database.
 * Opening hours come with the backend's own issue.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-hospital.h"

G_BEGIN_DECLS

/* TRUE with @hospital set to NULL when there is no such hospital. */
gboolean rounds_hospital_repository_find (RoundsDb *db, const char *id, RoundsHospital **hospital,
                                          GError **error);
/* All of them, by name. (transfer full) (element-type RoundsHospital) */
GPtrArray *rounds_hospital_repository_list (RoundsDb *db, GError **error);
gboolean rounds_hospital_repository_insert (RoundsDb *db, const RoundsHospital *hospital,
                                            gint64 now, GError **error);

G_END_DECLS
