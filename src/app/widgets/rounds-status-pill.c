/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A status as a small pill: shape, word and tint together.
 * It cannot be pressed and changes nothing.
 */

#include "config.h"

#include "rounds-status-pill.h"

struct _RoundsStatusPill
{
  AdwBin parent_instance;

  GtkImage *image;
  GtkLabel *label;
  const char *style; /* static, or NULL before the first look */
};

G_DEFINE_FINAL_TYPE (RoundsStatusPill, rounds_status_pill, ADW_TYPE_BIN)

static void
rounds_status_pill_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_STATUS_PILL);

  G_OBJECT_CLASS (rounds_status_pill_parent_class)->dispose (object);
}

static void
rounds_status_pill_class_init (RoundsStatusPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_status_pill_dispose;

  gtk_widget_class_set_css_name (widget_class, "status-pill");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/widgets/rounds-status-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsStatusPill, image);
  gtk_widget_class_bind_template_child (widget_class, RoundsStatusPill, label);
}

static void
rounds_status_pill_init (RoundsStatusPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_status_pill_set_look:
 * @look: what to show; its strings have to be static
 *
 * Shows another status.
 */
void
rounds_status_pill_set_look (RoundsStatusPill *self, RoundsStatusLook look)
{
  g_return_if_fail (ROUNDS_IS_STATUS_PILL (self));

  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = look.style;
  gtk_widget_add_css_class (GTK_WIDGET (self), look.style);
  gtk_image_set_from_icon_name (self->image, look.icon_name);
  gtk_label_set_label (self->label, look.word);
}

/**
 * rounds_status_pill_set_aligned:
 * @is_aligned: whether it is as wide as a pill can get
 *
 * Pills of the rows of a list begin and end at the same place.
 */
void
rounds_status_pill_set_aligned (RoundsStatusPill *self, gboolean is_aligned)
{
  g_return_if_fail (ROUNDS_IS_STATUS_PILL (self));

  gtk_label_set_width_chars (self->label, is_aligned ? rounds_status_look_longest_word () : -1);
}
