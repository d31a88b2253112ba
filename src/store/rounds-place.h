/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital of the directory as a list model's item.
 * Only a GObject around the boxed model value.
 */

#pragma once

#include <glib-object.h>

#include "rounds-hospital.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_PLACE (rounds_place_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPlace, rounds_place, ROUNDS, PLACE, GObject)

RoundsPlace *rounds_place_new (RoundsHospital *hospital);
RoundsHospital *rounds_place_get_hospital (RoundsPlace *self);

G_END_DECLS
