/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A person who signs in or is booked: id, name, role, hospital.
 * No password, no session; the server keeps those.
 */

#pragma once

#include <glib-object.h>

#include "rounds-problems.h"
#include "rounds-role.h"

G_BEGIN_DECLS

/* Boxed, atomic reference count. Filled by whoever makes it, read-only once a second holder has it.
 */
typedef struct
{
  char *id;
  char *name;
  char *email; /* NULL when the viewer may not see it */
  RoundsRole role;
  char *hospital_id; /* NULL for admins */
  char *department; /* doctors; or NULL */
  char *phone; /* or NULL */
  int age; /* years, −1 unknown */
  char *gender; /* or NULL */
  gint64 version; /* counts the changes; 0 where it is not known */
} RoundsUser;

#define ROUNDS_TYPE_USER (rounds_user_get_type ())
GType rounds_user_get_type (void) G_GNUC_CONST;

RoundsUser *rounds_user_new (void);
RoundsUser *rounds_user_ref (RoundsUser *self);
void rounds_user_unref (RoundsUser *self);
RoundsUser *rounds_user_copy (const RoundsUser *self);
/* Adds a problem for each field that a person must not have like this. */
void rounds_user_check (const RoundsUser *self, RoundsProblems *problems);
/* Whether they say the same of the person; the version is not of it. */
gboolean rounds_user_equal (const RoundsUser *a, const RoundsUser *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsUser, rounds_user_unref)

G_END_DECLS
