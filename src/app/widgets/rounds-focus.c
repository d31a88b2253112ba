/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where the keyboard is, and putting it somewhere sensible.
 * Which control that is, each page knows for itself: it has a take_focus method. A grab_focus() of
 * its own would also be asked when Tab comes in from either end.
 */

#include "config.h"

#include "rounds-focus.h"

/* With all that is around it: GTK itself would give the focus to what nobody sees. */
static gboolean
is_shown (GtkWidget *widget)
{
  for (GtkWidget *part = widget; part != NULL; part = gtk_widget_get_parent (part))
    {
      if (!gtk_widget_get_visible (part) || !gtk_widget_get_child_visible (part))
        return GTK_IS_ROOT (part);
    }
  return TRUE;
}

static gconstpointer
get_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/**
 * rounds_focus_move_to:
 * Returns: whether @widget is shown and took the focus.
 */
gboolean
rounds_focus_move_to (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  return is_shown (widget) && gtk_widget_grab_focus (widget);
}

/**
 * rounds_focus_debt_set:
 * @widget: anything in the window
 * @is_paid: whether the focus is where it was wanted
 *
 * Keeps what has the focus of @widget's window now.
 */
void
rounds_focus_debt_set (RoundsFocusDebt *self, GtkWidget *widget, gboolean is_paid)
{
  self->is_due = !is_paid;
  self->given = get_focus (widget);
}

/**
 * rounds_focus_debt_is_due:
 * Returns: whether the focus is still to be moved to where it was wanted.
 */
gboolean
rounds_focus_debt_is_due (const RoundsFocusDebt *self, GtkWidget *widget)
{
  gconstpointer focus = get_focus (widget);

  return self->is_due && (focus == NULL || focus == self->given);
}
