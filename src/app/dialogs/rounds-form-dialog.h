/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the forms for records share: the bar with Cancel and Create, problems at their rows, sending
 * and what to say when that is refused. The rows and the request are the subclass's.
 */

#pragma once

#include <adwaita.h>

#include "rounds-form.h"
#include "rounds-sync.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_FORM_DIALOG (rounds_form_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (RoundsFormDialog, rounds_form_dialog, ROUNDS, FORM_DIALOG, AdwDialog)

/* A template's AdwPreferencesGroup children become the groups of the form's page. */
struct _RoundsFormDialogClass
{
  AdwDialogClass parent_class;

  /* Adds what is wrong with what stands in the rows, and shows what follows from them. */
  void (*check) (RoundsFormDialog *self, RoundsProblems *problems);
  /* Makes the request; nothing was wrong. Resolves to a RoundsEntry. */
  DexFuture *(*send) (RoundsFormDialog *self);
  /* The question before what was filled in is thrown away, translated. */
  const char *(*ask) (RoundsFormDialog *self);
};

/* Signal "created" (RoundsEntry): the record is kept; the dialog closes. */

/* Borrowed. */
RoundsForm *rounds_form_dialog_get_form (RoundsFormDialog *self);
RoundsSync *rounds_form_dialog_get_sync (RoundsFormDialog *self);

/* The rows are there: from now on they are checked. To be called once, at the end of making. */
void rounds_form_dialog_start (RoundsFormDialog *self, RoundsSync *sync);
/* A person changed something in a row. */
void rounds_form_dialog_edited (RoundsFormDialog *self);

G_END_DECLS
