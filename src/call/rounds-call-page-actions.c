/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The actions of the call page, for its buttons and shortcuts.
 * When each is enabled is decided with the state, in rounds-call-page-look.c.
 */

#include "config.h"

#include "rounds-call-page-private.h"

static void
toggle_mic_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCallPage *self = ROUNDS_CALL_PAGE (widget);

  if (self->session != NULL)
    rounds_call_session_toggle (self->session, ROUNDS_CALL_DEVICE_MICROPHONE);
}

static void
toggle_camera_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCallPage *self = ROUNDS_CALL_PAGE (widget);

  if (self->session != NULL)
    rounds_call_session_toggle (self->session, ROUNDS_CALL_DEVICE_CAMERA);
}

static const struct
{
  const char *name;
  RoundsCallToggle toggle;
} toggle_actions[] = {
  { "call.toggle-share", ROUNDS_CALL_TOGGLE_SHARE },
  { "call.toggle-hand", ROUNDS_CALL_TOGGLE_HAND },
  { "call.toggle-tiles", ROUNDS_CALL_TOGGLE_TILES },
  { "call.toggle-chat", ROUNDS_CALL_TOGGLE_CHAT },
};

static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCallPage *self = ROUNDS_CALL_PAGE (widget);

  if (self->session == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (toggle_actions); i++)
    if (g_str_equal (toggle_actions[i].name, name))
      rounds_call_session_flip (self->session, toggle_actions[i].toggle);
}

static const struct
{
  const char *name;
  void (*run) (RoundsCallPage *self);
} page_actions[] = {
  { "call.hang-up", rounds_call_page_hang_up },
  { "call.join-now", rounds_call_page_join_now },
  { "call.try-again", rounds_call_page_try_again },
  { "call.open-in-browser", rounds_call_page_open_in_browser },
  { "call.toggle-side", rounds_call_page_toggle_side },
  { "call.toggle-fullscreen", rounds_call_page_toggle_fullscreen },
  { "call.toggle-detached", rounds_call_page_toggle_detached },
  { "call.close", rounds_call_page_close },
};

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_actions); i++)
    if (g_str_equal (page_actions[i].name, name))
      {
        page_actions[i].run (ROUNDS_CALL_PAGE (widget));
        return;
      }
}

/* Everything that needs a page that listens. */
void
rounds_call_page_enable_live_actions (RoundsCallPage *self, gboolean live)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.toggle-mic", live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "call.toggle-camera", live);
  for (gsize i = 0; i < G_N_ELEMENTS (toggle_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), toggle_actions[i].name, live);
}

void
rounds_call_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "call.toggle-mic", NULL, toggle_mic_action);
  gtk_widget_class_install_action (widget_class, "call.toggle-camera", NULL, toggle_camera_action);
  for (gsize i = 0; i < G_N_ELEMENTS (toggle_actions); i++)
    gtk_widget_class_install_action (widget_class, toggle_actions[i].name, NULL, toggle_action);
  for (gsize i = 0; i < G_N_ELEMENTS (page_actions); i++)
    gtk_widget_class_install_action (widget_class, page_actions[i].name, NULL, page_action);
}
