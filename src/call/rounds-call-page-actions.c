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

static void
hang_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_call_page_hang_up (ROUNDS_CALL_PAGE (widget));
}

static void
try_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_call_page_try_again (ROUNDS_CALL_PAGE (widget));
}

static void
open_in_browser_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_call_page_open_in_browser (ROUNDS_CALL_PAGE (widget));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_call_page_close (ROUNDS_CALL_PAGE (widget));
}

void
rounds_call_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "call.toggle-mic", NULL, toggle_mic_action);
  gtk_widget_class_install_action (widget_class, "call.toggle-camera", NULL, toggle_camera_action);
  gtk_widget_class_install_action (widget_class, "call.hang-up", NULL, hang_up_action);
  gtk_widget_class_install_action (widget_class, "call.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "call.open-in-browser", NULL,
                                   open_in_browser_action);
  gtk_widget_class_install_action (widget_class, "call.close", NULL, close_action);
}
