/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The people and hospitals that this account may see, in memory, sorted by name.
 * It reads no file; the store fills it.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-hospital.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* Main thread; one owner. */
typedef struct _RoundsDirectory RoundsDirectory;

RoundsDirectory *rounds_directory_new (void);
void rounds_directory_free (RoundsDirectory *self);

/* @users of RoundsUser, @hospitals of RoundsHospital, in any order. Items that stay the same stay
 * the same objects. */
void rounds_directory_update (RoundsDirectory *self, GPtrArray *users, GPtrArray *hospitals);

/* Borrowed; NULL when unknown. */
RoundsUser *rounds_directory_lookup_user (RoundsDirectory *self, const char *id);
RoundsHospital *rounds_directory_lookup_hospital (RoundsDirectory *self, const char *id);

/* Borrowed: of RoundsPerson and of RoundsPlace. */
GListModel *rounds_directory_get_people (RoundsDirectory *self);
GListModel *rounds_directory_get_places (RoundsDirectory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDirectory, rounds_directory_free)

G_END_DECLS
