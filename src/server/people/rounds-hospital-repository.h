/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Hospitals, their departments and opening hours in the server's database.
 * Who may change them is decided by rounds-access.h.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-hospital.h"
#include "rounds-page.h"

G_BEGIN_DECLS

/* All of these block, and belong on the thread that owns @db. */

/* TRUE with @hospital set to NULL when there is none with this id. */
gboolean rounds_hospital_repository_find (RoundsDb *db, const char *id, RoundsHospital **hospital,
                                          GError **error);
/* By name. (transfer full) (element-type RoundsHospital) */
GPtrArray *rounds_hospital_repository_list (RoundsDb *db, GError **error);
/* The part of that list which follows the hospital @page->after_id. */
GPtrArray *
rounds_hospital_repository_list_page (RoundsDb *db, const RoundsPage *page, GError **error);

/* Both need an open transaction, and leave what they refuse half written for it to undo. A hospital
 * without openings is stored as one that is closed. */
gboolean rounds_hospital_repository_insert (RoundsDb *db, const RoundsHospital *hospital,
                                            gint64 now, GError **error);
/* Over the version before @hospital's; @stored FALSE when there is another one by now. */
gboolean rounds_hospital_repository_update (RoundsDb *db, const RoundsHospital *hospital,
                                            gint64 now, gboolean *stored, GError **error);

G_END_DECLS
