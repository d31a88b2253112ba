/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call page's room: what stands beside the call, and the full screen.
 * What it shows in each state is in rounds-call-page-look.c.
 */

#include "config.h"

#include "rounds-call-page-private.h"

#include <glib/gi18n.h>

static GtkWindow *
find_window (RoundsCallPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* The window may be told by the desktop as well. */
static void
show_fullscreen (RoundsCallPage *self)
{
  GtkWindow *window = find_window (self);
  gboolean full = window != NULL && gtk_window_is_fullscreen (window);

  gtk_button_set_icon_name (self->fullscreen_button,
                            full ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fullscreen_button),
                               full ? _ ("Leave Full Screen") : _ ("Full Screen"));
}

static void
page_shown_cb (RoundsCallPage *self)
{
  GtkWindow *window = find_window (self);

  if (window == NULL)
    return;

  g_signal_handlers_disconnect_by_func (window, show_fullscreen, self);
  g_signal_connect_object (window, "notify::fullscreened", G_CALLBACK (show_fullscreen), self,
                           G_CONNECT_SWAPPED);
  show_fullscreen (self);
}

/* The screen was filled for the call. */
static void
page_hiding_cb (RoundsCallPage *self)
{
  GtkWindow *window = find_window (self);

  if (window != NULL && gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
}

void
rounds_call_page_bind_layout (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, split);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, side_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, detach_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPage, fullscreen_button);
  gtk_widget_class_bind_template_callback (widget_class, page_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_hiding_cb);
}

void
rounds_call_page_toggle_fullscreen (RoundsCallPage *self)
{
  GtkWindow *window = find_window (self);

  if (window == NULL)
    return;
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

void
rounds_call_page_toggle_side (RoundsCallPage *self)
{
  if (adw_overlay_split_view_get_sidebar (self->split) != NULL)
    adw_overlay_split_view_set_show_sidebar (
        self->split, !adw_overlay_split_view_get_show_sidebar (self->split));
}

void
rounds_call_page_set_side (RoundsCallPage *self, GtkWidget *side)
{
  g_return_if_fail (ROUNDS_IS_CALL_PAGE (self));
  g_return_if_fail (side == NULL || GTK_IS_WIDGET (side));

  adw_overlay_split_view_set_sidebar (self->split, side);
  gtk_widget_set_visible (GTK_WIDGET (self->side_button), side != NULL);
  adw_overlay_split_view_set_show_sidebar (
      self->split, side != NULL && !adw_overlay_split_view_get_collapsed (self->split));
}

/* Where the page is now: in a window of its own, or among others. */
void
rounds_call_page_set_detached (RoundsCallPage *self, gboolean is_detached)
{
  g_return_if_fail (ROUNDS_IS_CALL_PAGE (self));

  gtk_button_set_icon_name (self->detach_button,
                            is_detached ? "rounds-attach-symbolic" : "rounds-detach-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detach_button),
                               is_detached ? _ ("Back into the Main Window") : _ ("Own Window"));
}
