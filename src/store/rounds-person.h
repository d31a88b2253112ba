/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A person of the directory as a list model's item.
 * Only a GObject around the boxed model value.
 */

#pragma once

#include <glib-object.h>

#include "rounds-user.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_PERSON (rounds_person_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPerson, rounds_person, ROUNDS, PERSON, GObject)

RoundsPerson *rounds_person_new (RoundsUser *user);
RoundsUser *rounds_person_get_user (RoundsPerson *self);
/* The order of names in the person's language, then of ids. */
int rounds_person_compare (RoundsPerson *self, RoundsPerson *other);

G_END_DECLS
