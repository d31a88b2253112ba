/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Cancellations that can still be undone: what the person sees over what the server has.
 * Showing them is done with the store; sending them is the loop's work.
 */

#pragma once

#include "rounds-sync.h"

G_BEGIN_DECLS

struct _RoundsHold
{
  RoundsEntry *original; /* as the server last showed it */
  RoundsEntry *shown; /* the same, cancelled */
  char *reason; /* or NULL */
  gboolean is_committed; /* on its way; no undoing any more */
  gboolean is_gone; /* the server no longer lists it: there is nothing to bring back */
};

RoundsHold *rounds_hold_new (RoundsEntry *entry, const char *reason);
void rounds_hold_free (RoundsHold *self);
gboolean rounds_hold_is_about (RoundsHold *self, RoundsEntryKind kind, const char *id);
/* The server has a newer version of the record. */
void rounds_hold_update (RoundsHold *self, RoundsEntry *original);

/* Puts the held records of @kind over those of a listing, and remembers what was under them. */
void rounds_hold_apply (GPtrArray *holds, RoundsEntryKind kind, GPtrArray *records);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsHold, rounds_hold_free)

G_END_DECLS
