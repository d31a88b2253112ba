/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How widgets name a record to the window's `record.` actions, and the menu of those actions.
 * The actions themselves are in shell/rounds-window-actions.c.
 */

#pragma once

#include <gtk/gtk.h>

#include "rounds-entry.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* Kind and id: the target of record.open, record.join, record.cancel, record.copy-link and
 * record.open-link. */
#define ROUNDS_RECORD_TARGET "(us)"
/* Kind, id and status: the target of record.change. */
#define ROUNDS_RECORD_CHANGE_TARGET "(usu)"

/* (transfer floating) */
GVariant *rounds_record_target (RoundsEntry *entry);
GVariant *rounds_record_change_target (RoundsEntry *entry, int to);

/* Lets @button activate the record action @name with @target. Its template names no action: until
 * there is a record there is no target, and an action without its target is a mistake. */
void rounds_record_set_action (GtkActionable *button, const char *name, GVariant *target);

/* What @viewer may do with @entry; without @skip (a status, −1 for none), for which there is a
 * button beside the menu. @with_details adds Details at the top. NULL when nothing is left.
 * (transfer full) */
GMenuModel *
rounds_record_menu_new (RoundsUser *viewer, RoundsEntry *entry, int skip, gboolean with_details);

G_END_DECLS
