/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital: its name, IANA time zone and departments.
 * Opening hours come with the backend's own issue.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  char *id;
  char *name;
  char *timezone; /* IANA name, "Europe/Berlin" */
  char **departments; /* NULL-terminated, never NULL */
} RoundsHospital;

#define ROUNDS_TYPE_HOSPITAL (rounds_hospital_get_type ())
GType rounds_hospital_get_type (void) G_GNUC_CONST;

RoundsHospital *rounds_hospital_new (void);
RoundsHospital *rounds_hospital_ref (RoundsHospital *self);
void rounds_hospital_unref (RoundsHospital *self);
gboolean rounds_hospital_equal (const RoundsHospital *a, const RoundsHospital *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsHospital, rounds_hospital_unref)

G_END_DECLS
