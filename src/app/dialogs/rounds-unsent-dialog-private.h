/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsUnsentDialog, for the two files that make up the object.
 * Nobody else includes this.
 */

#pragma once

#include "rounds-unsent-dialog.h"

G_BEGIN_DECLS

struct _RoundsUnsentDialog
{
  AdwDialog parent_instance;

  AdwBanner *banner;
  GtkStack *stack;
  AdwPreferencesPage *page;
  GtkButton *copy_button;

  RoundsSync *sync;
  GPtrArray *groups; /* of what is on the page, borrowed from it */
  guint n_looks; /* at the store, so far */
  guint n_shown; /* the look that is on the page */
  gboolean has_attempted; /* one was on its way to the server then */
};

/* Shows @error in the dialog @owner. */
void rounds_unsent_dialog_on_failed (const GError *error, gpointer owner);

/* rounds-unsent-dialog-waiting.c: the group of those of @items (of RoundsOutboxItem) that wait to
 * be sent, or NULL. Awaits. (transfer full) (nullable) */
GtkWidget *rounds_unsent_dialog_make_waiting_fiber (RoundsUnsentDialog *self, GPtrArray *items);

G_END_DECLS
