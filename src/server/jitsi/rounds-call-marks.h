/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Moments that JaaS tells one by one (somebody came, somebody went), and the stays that they make.
 * Told in any order and twice, they make the same.
 */

#pragma once

#include "rounds-call.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const char *occupant; /* "": the room itself */
  gint64 at; /* µs UTC */
  gboolean began; /* came, was opened; else went, was closed */
  const char *user_id; /* or NULL */
  RoundsCallSide side;
} RoundsCallMark;

/* Stores @mark and makes the stays of its occupant anew, or of all when it is the room's. Not
 * @news: it was known, and nothing changes. Needs an open transaction, which others of this room
 * wait for on PostgreSQL. Blocks. */
gboolean rounds_call_mark_store (RoundsDb *db, const char *room, const RoundsCallMark *mark,
                                 gboolean *news, GError **error);

G_END_DECLS
