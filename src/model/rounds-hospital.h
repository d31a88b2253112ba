/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital: its name, IANA time zone, departments and opening hours.
 * Which times are free in them is in rounds-free-slots.h.
 */

#pragma once

#include <glib-object.h>

#include "rounds-opening.h"

G_BEGIN_DECLS

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  char *id;
  char *name;
  char *timezone; /* IANA name, "Europe/Berlin" */
  char **departments; /* NULL-terminated, never NULL */
  GArray *openings; /* of RoundsOpening, never NULL; see below for where they are known */
  gint64 version; /* counts the changes; 0 where it is not known */
} RoundsHospital;

#define ROUNDS_TYPE_HOSPITAL (rounds_hospital_get_type ())
GType rounds_hospital_get_type (void) G_GNUC_CONST;

RoundsHospital *rounds_hospital_new (void);
RoundsHospital *rounds_hospital_ref (RoundsHospital *self);
void rounds_hospital_unref (RoundsHospital *self);
RoundsHospital *rounds_hospital_copy (const RoundsHospital *self);
/* Adds a problem for each field that a hospital must not have like this. */
void rounds_hospital_check (const RoundsHospital *self, RoundsProblems *problems);
/* Whether it is known when the doors are open. A server that knows only the guide does not say:
 * then there are neither openings nor a version. A hospital that is known never to open has a
 * version. */
gboolean rounds_hospital_knows_openings (const RoundsHospital *self);
/* Whether all that is stored is the same. */
gboolean rounds_hospital_equal (const RoundsHospital *a, const RoundsHospital *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsHospital, rounds_hospital_unref)

G_END_DECLS
