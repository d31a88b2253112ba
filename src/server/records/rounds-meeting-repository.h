/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Meetings and their participants in the server's database.
 * It decides nothing about who sees them and never holds a link: a link is minted per answer.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-meeting.h"
#include "rounds-user.h"

#include "rounds-page.h"

G_BEGIN_DECLS

/* TRUE with @meeting set to NULL when there is no such meeting. */
gboolean rounds_meeting_repository_find (RoundsDb *db, const char *id, RoundsMeeting **meeting,
                                         GError **error);
/* What @owner made or takes part in, by start; all of them for an admin. One query, however many
 * there are; the records of @page, and one more where there is a next page. (transfer full)
 * (element-type RoundsMeeting) */
GPtrArray *rounds_meeting_repository_list_page (RoundsDb *db, const RoundsUser *owner,
                                                const RoundsPage *page, GError **error);
/* Needs an open transaction: the meeting and its participants are several rows. */
gboolean
rounds_meeting_repository_insert (RoundsDb *db, const RoundsMeeting *meeting, GError **error);
/* Stores all that an edit may change of @meeting (not its state) where its stored version is still
 * @meeting->version − 1; needs an open transaction. TRUE with @stored FALSE when it has moved on.
 */
gboolean rounds_meeting_repository_update (RoundsDb *db, const RoundsMeeting *meeting,
                                           gboolean *stored, GError **error);
/* Stores status, times and notes of @meeting where its stored version is still
 * @meeting->version − 1. TRUE with @stored FALSE when it has moved on. */
gboolean rounds_meeting_repository_update_status (RoundsDb *db, const RoundsMeeting *meeting,
                                                  gboolean *stored, GError **error);

G_END_DECLS
