/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where a form's last button stands: at the end of the bar, or below the form in a narrow window.
 * Between two buttons, in many languages, a narrow bar has no room for the title.
 *
 * This is no AdwBreakpoint: one that applies while a dialog opens hides the form for a moment, and
 * with it goes the focus from the first row, which then says what is missing in it.
 */

#include "config.h"

#include "rounds-submit-place.h"

/* Scaled pixels: up to here there is too little room. */
#define MOST_NARROW 460

struct _RoundsSubmitPlace
{
  GObject parent_instance;

  /* Borrowed: those of the form that owns this. */
  AdwToolbarView *view;
  AdwHeaderBar *bar;
  AdwBin *below;
  GtkWidget *button;

  GdkSurface *surface; /* the window's while the form is shown, else NULL */
  gboolean is_below;
};

G_DEFINE_FINAL_TYPE (RoundsSubmitPlace, rounds_submit_place, G_TYPE_OBJECT)

static void
move_button (RoundsSubmitPlace *self, gboolean is_below)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self->view), ADW_TYPE_DIALOG);
  g_autoptr (GtkWidget) button = g_object_ref (self->button);

  if (self->is_below == is_below)
    return;
  self->is_below = is_below;
  if (is_below)
    {
      adw_header_bar_remove (self->bar, button);
      adw_bin_set_child (self->below, button);
    }
  else
    {
      adw_bin_set_child (self->below, NULL);
      adw_header_bar_pack_end (self->bar, button);
    }
  adw_toolbar_view_set_reveal_bottom_bars (self->view, is_below);
  adw_dialog_set_default_widget (ADW_DIALOG (dialog), button);
}

/* The window has its new size by now: it listened first. */
static void
follow_width_cb (RoundsSubmitPlace *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self->view)));
  GtkSettings *settings = gtk_widget_get_settings (root);

  if (gtk_widget_get_width (root) > 0)
    move_button (self, gtk_widget_get_width (root)
                           <= adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, MOST_NARROW, settings));
}

static void
unmap_cb (RoundsSubmitPlace *self)
{
  if (self->surface != NULL)
    g_signal_handlers_disconnect_by_func (self->surface, follow_width_cb, self);
  g_clear_object (&self->surface);
}

static void
map_cb (RoundsSubmitPlace *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self->view));

  unmap_cb (self);
  self->surface = g_object_ref (gtk_native_get_surface (native));
  g_signal_connect_object (self->surface, "layout", G_CALLBACK (follow_width_cb), self,
                           G_CONNECT_SWAPPED);
  follow_width_cb (self);
}

static void
rounds_submit_place_dispose (GObject *object)
{
  unmap_cb (ROUNDS_SUBMIT_PLACE (object));

  G_OBJECT_CLASS (rounds_submit_place_parent_class)->dispose (object);
}

static void
rounds_submit_place_class_init (RoundsSubmitPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_submit_place_dispose;
}

static void
rounds_submit_place_init (RoundsSubmitPlace *self)
{
}

RoundsSubmitPlace *
rounds_submit_place_new (AdwToolbarView *view, AdwHeaderBar *bar, AdwBin *below, GtkWidget *button)
{
  RoundsSubmitPlace *self;

  g_return_val_if_fail (ADW_IS_TOOLBAR_VIEW (view), NULL);
  g_return_val_if_fail (ADW_IS_HEADER_BAR (bar) && ADW_IS_BIN (below), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (button), NULL);

  self = g_object_new (ROUNDS_TYPE_SUBMIT_PLACE, NULL);
  self->view = view;
  self->bar = bar;
  self->below = below;
  self->button = button;
  g_signal_connect_object (view, "map", G_CALLBACK (map_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (unmap_cb), self, G_CONNECT_SWAPPED);
  return self;
}
