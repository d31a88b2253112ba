/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsSignInPage, for the two files that make up the object.
 * Nobody else includes this.
 */

#pragma once

#include "rounds-sign-in-page.h"

G_BEGIN_DECLS

struct _RoundsSignInPage
{
  AdwBin parent_instance;

  AdwEntryRow *server_row;
  AdwEntryRow *email_row;
  AdwPasswordEntryRow *password_row;
  AdwPasswordEntryRow *token_row;
  GtkButton *way_button;
  GtkButton *sign_in_button;
  GtkStack *button_stack;
  AdwPreferencesGroup *form;
  GtkRevealer *error_revealer;
  GtkLabel *error_title;
  GtkLabel *error_body;
  GtkButton *accounts_button;
  GtkBox *unkept_box;
  GtkButton *unkept_button;

  RoundsSecrets *secrets;
  RoundsClock *clock;
  gboolean has_token; /* somebody gave the person one, and there is no password */
  gboolean is_busy;
};

/* Without the blanks around it. (transfer full) */
char *rounds_sign_in_page_dup_text (gpointer row);

/* rounds-sign-in-page-errors.c */
void rounds_sign_in_page_hide_error (RoundsSignInPage *self);
void rounds_sign_in_page_show_error (RoundsSignInPage *self, const GError *error);

G_END_DECLS
