/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A call in a window of its own, so that this one is free for the rest of the day, and back.
 * The call itself notices nothing of it.
 */

#include "config.h"

#include "rounds-window-private.h"

/* Borrowed. */
static AdwNavigationPage *
get_page (RoundsWindow *self)
{
  return ADW_NAVIGATION_PAGE (rounds_visit_get_page (self->visit));
}

static void
show_where (RoundsWindow *self)
{
  rounds_call_page_set_detached (ROUNDS_CALL_PAGE (get_page (self)), self->call_window != NULL);
  adw_toolbar_view_set_reveal_bottom_bars (self->frame, self->call_window != NULL);
}

static void
detach (RoundsWindow *self)
{
  g_autoptr (AdwNavigationPage) page = g_object_ref (get_page (self));

  self->is_moving_call = TRUE;
  rounds_workspace_release (self->workspace, page);
  self->call_window
      = rounds_call_window_new (GTK_APPLICATION (rounds_window_get_rounds (self)), page);
  self->is_moving_call = FALSE;
  g_signal_connect_object (self->call_window, "given-back", G_CALLBACK (rounds_window_attach_call),
                           self, G_CONNECT_SWAPPED);
  show_where (self);
  gtk_window_present (GTK_WINDOW (self->call_window));
  rounds_workspace_take_focus (self->workspace);
}

/* The window goes; what is in it goes with it, unless it was released. */
static void
destroy_call_window (RoundsWindow *self)
{
  GtkWindow *window = GTK_WINDOW (g_steal_pointer (&self->call_window));

  g_signal_handlers_disconnect_by_data (window, self);
  gtk_window_destroy (window);
}

/* Brings the call back into this window. Does nothing where it is not away. */
void
rounds_window_attach_call (RoundsWindow *self)
{
  g_autoptr (AdwNavigationPage) page = NULL;

  if (self->call_window == NULL)
    return;

  page = g_object_ref (get_page (self));
  self->is_moving_call = TRUE;
  rounds_call_window_release (self->call_window);
  destroy_call_window (self);
  rounds_workspace_push (self->workspace, page);
  self->is_moving_call = FALSE;
  show_where (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* The call is over, or the account is left. */
void
rounds_window_drop_call_window (RoundsWindow *self)
{
  if (self->call_window == NULL)
    return;

  destroy_call_window (self);
  adw_toolbar_view_set_reveal_bottom_bars (self->frame, FALSE);
}

/* Of the page's button: there or back. */
void
rounds_window_toggle_detached (RoundsWindow *self)
{
  if (self->visit == NULL || self->workspace == NULL)
    return;
  if (self->call_window == NULL)
    detach (self);
  else
    rounds_window_attach_call (self);
}

static void
show_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  if (self->call_window != NULL)
    gtk_window_present (GTK_WINDOW (self->call_window));
}

static void
attach_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_window_attach_call (ROUNDS_WINDOW (widget));
}

void
rounds_window_install_detach_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-call", NULL, show_call_action);
  gtk_widget_class_install_action (widget_class, "win.attach-call", NULL, attach_call_action);
}
