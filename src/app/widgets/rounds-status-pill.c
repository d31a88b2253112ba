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
  gboolean is_aligned;
};

G_DEFINE_FINAL_TYPE (RoundsStatusPill, rounds_status_pill, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ALIGNED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static int
measure_word (RoundsStatusPill *self, const char *word)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->label), word);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
measure_widest (RoundsStatusPill *self)
{
  int widest = 0;

  for (int status = 0; status < ROUNDS_N_APPOINTMENT_STATUSES; status++)
    widest = MAX (widest, measure_word (self, rounds_status_look_of_appointment (status).word));
  for (int status = 0; status < ROUNDS_N_MEETING_STATUSES; status++)
    widest = MAX (widest, measure_word (self, rounds_status_look_of_meeting (status).word));
  return widest;
}

/* The width of the widest word that there is, in the person's language and font. It is the same for
 * all pills of one font, and dear: a list has many. */
static int
get_widest (RoundsStatusPill *self)
{
  static PangoFontDescription *measured_font;
  static double measured_resolution;
  static int widest;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->label));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context);

  if (measured_font != NULL && resolution == measured_resolution
      && pango_font_description_equal (font, measured_font))
    return widest;
  g_clear_pointer (&measured_font, pango_font_description_free);
  measured_font = pango_font_description_copy (font);
  measured_resolution = resolution;
  widest = measure_widest (self);
  return widest;
}

/* Before it is mapped: then others have asked already how wide it is. */
static void
align (RoundsStatusPill *self)
{
  if (self->is_aligned && gtk_widget_get_visible (GTK_WIDGET (self))
      && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_set_size_request (GTK_WIDGET (self->label), get_widest (self), -1);
}

/* Its font is known from now on. */
static void
rounds_status_pill_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_status_pill_parent_class)->root (widget);
  align (ROUNDS_STATUS_PILL (widget));
}

static void
rounds_status_pill_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_status_pill_parent_class)->show (widget);
  align (ROUNDS_STATUS_PILL (widget));
}

static void
rounds_status_pill_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ALIGNED:
      g_value_set_boolean (value, ROUNDS_STATUS_PILL (object)->is_aligned);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_status_pill_set_property (GObject *object, guint prop_id, const GValue *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ALIGNED:
      ROUNDS_STATUS_PILL (object)->is_aligned = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

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
  object_class->get_property = rounds_status_pill_get_property;
  object_class->set_property = rounds_status_pill_set_property;
  widget_class->root = rounds_status_pill_root;
  widget_class->show = rounds_status_pill_show;

  properties[PROP_ALIGNED]
      = g_param_spec_boolean ("aligned", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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
