/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the forms for records share: the bar with Cancel and Create, problems at their rows, drafts,
 * sending and what to say when that is refused. The rows and the request are the subclass's.
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "rounds-draft-keeper.h"
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
  /* Makes the request, which takes the place of the draft @typed; nothing was wrong. Resolves to a
   * RoundsEntry. */
  DexFuture *(*send) (RoundsFormDialog *self, const RoundsStoreDraft *typed);
  /* The server said no, and the person has been told. Optional: there may be more to offer. */
  void (*refused) (RoundsFormDialog *self, const GError *error);
  /* What stands in the rows, as typed, and how to put it back. */
  void (*write) (RoundsFormDialog *self, JsonObject *draft);
  void (*restore) (RoundsFormDialog *self, JsonObject *draft);
};

/* Signal "created" (RoundsEntry): the record is kept; the dialog closes.
 * Signal "draft-kept" (RoundsDraftKeeper): the dialog closes, and what was filled in is kept. */

/* Borrowed. */
RoundsForm *rounds_form_dialog_get_form (RoundsFormDialog *self);
RoundsSync *rounds_form_dialog_get_sync (RoundsFormDialog *self);

/* The rows are there: from now on they are checked, and a draft of @kind and @record (an id, or
 * NULL for a new one) is taken up and kept. To be called once, at the end of making. */
void rounds_form_dialog_start (RoundsFormDialog *self, RoundsSync *sync, const char *kind,
                               const char *record);
/* For a form that changes a record: what its button says instead of Create. */
void rounds_form_dialog_set_verb (RoundsFormDialog *self, const char *label);
/* A person changed something in a row. */
void rounds_form_dialog_edited (RoundsFormDialog *self);

G_END_DECLS
