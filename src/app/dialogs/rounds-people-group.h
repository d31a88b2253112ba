/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The rows of a form that say who: people of the directory, added and taken out.
 * What meeting they make is told to it by the dialog.
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "rounds-meeting-draft.h"
#include "rounds-user.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_PEOPLE_GROUP (rounds_people_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPeopleGroup, rounds_people_group, ROUNDS, PEOPLE_GROUP,
                      AdwPreferencesGroup)

/* Signal "changed": the person added somebody or took somebody out. */

/* Once, before anything else. */
void rounds_people_group_set_up (RoundsPeopleGroup *self, GListModel *people, RoundsUser *user);
/* Adds whom a record names, or who is in the directory. */
void rounds_people_group_add (RoundsPeopleGroup *self, const char *id, gboolean is_recorded);
gsize rounds_people_group_collect_roles (RoundsPeopleGroup *self,
                                         RoundsRole roles[ROUNDS_MAX_PARTICIPANTS]);
void rounds_people_group_collect_ids (RoundsPeopleGroup *self, GStrvBuilder *ids);
void rounds_people_group_say (RoundsPeopleGroup *self, const char *count, const char *words,
                              gboolean is_wrong);

/* Who is among the rows, as a draft keeps it. */
void rounds_people_group_write (RoundsPeopleGroup *self, JsonObject *draft);
void rounds_people_group_restore (RoundsPeopleGroup *self, JsonObject *draft);

G_END_DECLS
