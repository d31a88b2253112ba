/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is wrong with somebody's input, field by field, in words that a person can act on.
 * It becomes the `errors` array of a JSend answer and the red line under a row of a dialog.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *field; /* the wire's name: "appointmentTime", "patientDetails.age"; "" = the whole body */
  char *message; /* one sentence, untranslated, no final full stop needed */
} RoundsProblem;

/* A growing list of RoundsProblem, in the order found. Not thread-safe, not ref-counted. */
typedef struct _RoundsProblems RoundsProblems;

RoundsProblems *rounds_problems_new (void);
RoundsProblems *rounds_problems_copy (const RoundsProblems *self);
void rounds_problems_free (RoundsProblems *self);
void rounds_problems_add (RoundsProblems *self, const char *field, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
guint rounds_problems_get_length (const RoundsProblems *self);
const RoundsProblem *rounds_problems_get (const RoundsProblems *self, guint position);
/* The message of the first problem of @field, or NULL. */
const char *rounds_problems_find (const RoundsProblems *self, const char *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsProblems, rounds_problems_free)

G_END_DECLS
