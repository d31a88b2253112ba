/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bar below a call: microphone, camera, hang up, with their state in the accessible name.
 * Its buttons activate the page's actions; it does nothing itself.
 */

#include "config.h"

#include "rounds-call-bar.h"

#include <glib/gi18n.h>

#include "rounds-call-resources.h"

struct _RoundsCallBar
{
  AdwBin parent_instance;

  GtkButton *microphone;
  GtkButton *camera;
};

G_DEFINE_FINAL_TYPE (RoundsCallBar, rounds_call_bar, ADW_TYPE_BIN)

typedef struct
{
  const char *icon_name;
  const char *label; /* the accessible name: the state, then what a press does */
  const char *tooltip;
} Face;

static const Face microphone_faces[] = {
  [ROUNDS_CALL_SWITCH_ON]
  = { "audio-input-microphone-symbolic", N_ ("Microphone is on; mute"), N_ ("Mute") },
  [ROUNDS_CALL_SWITCH_OFF]
  = { "microphone-disabled-symbolic", N_ ("Microphone is off; unmute"), N_ ("Unmute") },
  [ROUNDS_CALL_SWITCH_DENIED]
  = { "microphone-disabled-symbolic", N_ ("Microphone is not allowed; allow it"),
      N_ ("Allow Microphone…") },
};

static const Face camera_faces[] = {
  [ROUNDS_CALL_SWITCH_ON]
  = { "camera-photo-symbolic", N_ ("Camera is on; turn off"), N_ ("Turn Camera Off") },
  [ROUNDS_CALL_SWITCH_OFF]
  = { "camera-disabled-symbolic", N_ ("Camera is off; turn on"), N_ ("Turn Camera On") },
  [ROUNDS_CALL_SWITCH_DENIED]
  = { "camera-disabled-symbolic", N_ ("Camera is not allowed; allow it"), N_ ("Allow Camera…") },
};

static void
show_face (GtkButton *button, const Face *face, RoundsCallSwitch state)
{
  gtk_button_set_icon_name (button, face->icon_name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ (face->tooltip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (face->label), -1);

  /* Colour comes on top of the icon's own shape, never alone. */
  if (state == ROUNDS_CALL_SWITCH_ON)
    gtk_widget_remove_css_class (GTK_WIDGET (button), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (button), "warning");
}

static void
rounds_call_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_BAR);

  G_OBJECT_CLASS (rounds_call_bar_parent_class)->dispose (object);
}

static void
rounds_call_bar_class_init (RoundsCallBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_call_bar_dispose;

  /* The reference keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, microphone);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, camera);
}

static void
rounds_call_bar_init (RoundsCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_call_bar_set_microphone (self, ROUNDS_CALL_SWITCH_ON);
  rounds_call_bar_set_camera (self, ROUNDS_CALL_SWITCH_ON);
}

void
rounds_call_bar_set_microphone (RoundsCallBar *self, RoundsCallSwitch state)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));
  g_return_if_fail (state < G_N_ELEMENTS (microphone_faces));

  show_face (self->microphone, &microphone_faces[state], state);
}

void
rounds_call_bar_set_camera (RoundsCallBar *self, RoundsCallSwitch state)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));
  g_return_if_fail (state < G_N_ELEMENTS (camera_faces));

  show_face (self->camera, &camera_faces[state], state);
}
