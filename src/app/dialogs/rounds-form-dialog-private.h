/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsFormDialog, for the files that make up the object.
 * Nobody else includes this, the subclasses neither.
 */

#pragma once

#include "rounds-form-dialog.h"

#include "rounds-submit-button.h"
#include "rounds-submit-place.h"

G_BEGIN_DECLS

typedef struct
{
  AdwToolbarView *toolbar_view;
  AdwHeaderBar *header_bar;
  AdwBin *bottom_bin;
  GtkButton *cancel_button;
  RoundsSubmitButton *submit_button;
  AdwBanner *banner;
  AdwPreferencesPage *page;

  RoundsSubmitPlace *place;
  RoundsForm *form;
  RoundsSync *sync; /* NULL before the form is started */
  GtkWidget *focus; /* weak: where the person was when the form was sent */
  RoundsDraftKeeper *keeper;
  char *kind;
  char *record; /* or NULL */
  char *blank; /* the draft of a form in which nobody has done anything */
  gboolean is_loaded; /* whether an earlier draft has been looked for */
} RoundsFormDialogPrivate;

RoundsFormDialogPrivate *rounds_form_dialog_get_private (RoundsFormDialog *self);
/* @button: (nullable): what a person may do about it */
void rounds_form_dialog_show_banner (RoundsFormDialog *self, const char *title, const char *button);

/* rounds-form-dialog-draft.c */
void rounds_form_dialog_open_draft (RoundsFormDialog *self, const char *kind, const char *record);
void rounds_form_dialog_keep_draft (RoundsFormDialog *self);
void rounds_form_dialog_empty_draft (RoundsFormDialog *self);
void rounds_form_dialog_flush_draft (RoundsFormDialog *self);
void rounds_form_dialog_leave (RoundsFormDialog *self);

G_END_DECLS
