/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Three bars and a word in the header of a call: how good the connection is.
 * It measures nothing.
 */

#include "config.h"

#include "rounds-call-signal.h"

#include <glib/gi18n.h>

struct _RoundsCallSignal
{
  AdwBin parent_instance;

  GtkImage *bars; /* borrowed */
  GtkLabel *word; /* borrowed */
  RoundsCallLevel level;
};

G_DEFINE_FINAL_TYPE (RoundsCallSignal, rounds_call_signal, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const icons[] = {
  [ROUNDS_CALL_LEVEL_UNKNOWN] = "rounds-signal-poor-symbolic",
  [ROUNDS_CALL_LEVEL_POOR] = "rounds-signal-poor-symbolic",
  [ROUNDS_CALL_LEVEL_FAIR] = "rounds-signal-fair-symbolic",
  [ROUNDS_CALL_LEVEL_GOOD] = "rounds-signal-good-symbolic",
};

/* A change for the worse is said; that all is well again shows in itself. */
static void
announce (RoundsCallSignal *self, RoundsCallLevel before)
{
  if (self->level == ROUNDS_CALL_LEVEL_POOR && before != ROUNDS_CALL_LEVEL_POOR)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("The connection has become poor"),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
rounds_call_signal_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoundsCallSignal *self = ROUNDS_CALL_SIGNAL (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, !gtk_widget_get_visible (GTK_WIDGET (self->word)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_call_signal_set_property (GObject *object, guint prop_id, const GValue *value,
                                 GParamSpec *pspec)
{
  RoundsCallSignal *self = ROUNDS_CALL_SIGNAL (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      gtk_widget_set_visible (GTK_WIDGET (self->word), !g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_call_signal_class_init (RoundsCallSignalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_call_signal_get_property;
  object_class->set_property = rounds_call_signal_set_property;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_call_signal_init (RoundsCallSignal *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bars = GTK_IMAGE (gtk_image_new ());
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars), GTK_ACCESSIBLE_PROPERTY_LABEL, "",
                                  -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bars));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->word));
  gtk_widget_add_css_class (GTK_WIDGET (self->word), "caption");
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rounds_call_signal_show:
 * @quality: (nullable): the last measure; %NULL: nothing is known
 */
void
rounds_call_signal_show (RoundsCallSignal *self, const RoundsCallQuality *quality)
{
  RoundsCallLevel before;
  const char *word;
  g_autofree char *numbers = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (ROUNDS_IS_CALL_SIGNAL (self));

  before = self->level;
  self->level = quality != NULL ? rounds_call_quality_judge (quality) : ROUNDS_CALL_LEVEL_UNKNOWN;
  word = rounds_call_quality_get_word (self->level);
  gtk_widget_set_visible (GTK_WIDGET (self), word != NULL);
  if (word == NULL)
    return;

  numbers = rounds_call_quality_describe (quality);
  /* Translators: %s is “Good”, “Fair” or “Poor” */
  spoken = g_strdup_printf (_ ("Connection: %s"), word);
  gtk_image_set_from_icon_name (self->bars, icons[self->level]);
  gtk_label_set_label (self->word, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), numbers != NULL ? numbers : spoken);
  announce (self, before);
}
