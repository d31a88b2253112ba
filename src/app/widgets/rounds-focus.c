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
 * rounds_focus_is_free_in:
 * Returns: whether the window's focus is in @widget, or nowhere.
 */
gboolean
rounds_focus_is_free_in (GtkWidget *widget)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  root = gtk_widget_get_root (widget);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus == NULL || focus == widget || gtk_widget_is_ancestor (focus, widget);
}
