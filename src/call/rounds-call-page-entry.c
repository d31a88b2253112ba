/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The call page's way in: the device check, then the meeting's page with what was chosen there.
 * The check itself is RoundsCallCheck; what happens in the meeting is in rounds-call-page.c.
 */

#include "config.h"

#include "rounds-call-page-private.h"

#include "rounds-wipe.h"

static const char *const device_properties[ROUNDS_CALL_N_DEVICES] = {
  [ROUNDS_CALL_DEVICE_MICROPHONE] = "microphone",
  [ROUNDS_CALL_DEVICE_CAMERA] = "camera",
};
/* The device's number is one less than the property's. */
static GParamSpec *properties[1 + ROUNDS_CALL_N_DEVICES];

static void
set_wanted (RoundsCallPage *self, guint device, const char *label)
{
  if (g_set_str (&self->wanted[device], label != NULL && *label != '\0' ? label : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[1 + device]);
}

static void
rounds_call_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const char *label = ROUNDS_CALL_PAGE (object)->wanted[id - 1];

  g_value_set_string (value, label != NULL ? label : "");
}

static void
rounds_call_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_wanted (ROUNDS_CALL_PAGE (object), id - 1, g_value_get_string (value));
}

void
rounds_call_page_install_devices (GObjectClass *object_class)
{
  object_class->get_property = rounds_call_page_get_property;
  object_class->set_property = rounds_call_page_set_property;

  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    properties[1 + i] = g_param_spec_string (device_properties[i], NULL, NULL, "",
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                 | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
device_chosen_cb (RoundsCallPage *self, int device, const char *label)
{
  set_wanted (self, (guint)device, label);
}

static void
check_failed_cb (RoundsCallPage *self)
{
  g_autoptr (RoundsCallPage) alive = g_object_ref (self);
  g_autoptr (GError) error
      = g_error_new_literal (ROUNDS_CALL_ERROR, ROUNDS_CALL_ERROR_CRASHED, "The web process ended");

  rounds_call_page_show_failure (self, error);
}

/* Whether there is something to check first; once in the life of a page. */
static gboolean
needs_check (RoundsCallPage *self)
{
  return self->checks_devices && !self->is_checked;
}

static void
show_check (RoundsCallPage *self)
{
  rounds_call_page_drop_check (self);
  self->check = rounds_call_check_new (self->link->origin, self->display_name, self->audio_only,
                                       (const char *const *)self->wanted);
  g_signal_connect_object (self->check, "chosen", G_CALLBACK (device_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->check, "failed", G_CALLBACK (check_failed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->check_bin, GTK_WIDGET (self->check));
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_CHECK);
  rounds_call_check_take_focus (self->check);
}

/* Closes the devices. */
void
rounds_call_page_drop_check (RoundsCallPage *self)
{
  if (self->check == NULL)
    return;

  self->check = NULL;
  adw_bin_set_child (self->check_bin, NULL);
}

/* Goes on with what was chosen and allowed. */
void
rounds_call_page_join_now (RoundsCallPage *self)
{
  if (self->check == NULL)
    return;

  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    {
      rounds_call_choice_clear (&self->choices[i]);
      rounds_call_check_get_choice (self->check, i, &self->choices[i]);
    }
  g_set_object (&self->leave, rounds_call_check_get_permissions (self->check));
  self->is_checked = TRUE;
  rounds_call_page_load_meeting (self);
}

/* The person is not asked twice for the same devices. */
static void
adopt_leave (RoundsCallPage *self)
{
  if (self->leave != NULL)
    rounds_call_permissions_adopt (
        rounds_call_view_get_permissions (rounds_call_session_get_view (self->session)),
        self->leave);
}

/* Without a check, the person goes in as the kind of meeting has it. */
static gboolean
starts_without (RoundsCallPage *self, RoundsCallDevice device)
{
  if (self->is_checked)
    return !self->choices[device].on;
  return device == ROUNDS_CALL_DEVICE_CAMERA && self->audio_only;
}

void
rounds_call_page_load_meeting (RoundsCallPage *self)
{
  RoundsCallView *view;
  g_autofree char *language = rounds_jitsi_page_language (g_get_language_names ()[0]);
  g_autoptr (RoundsSecretText) page_uri = NULL;
  const RoundsJitsiPageOptions options = {
    .display_name = self->display_name,
    .language = language,
    .start_muted = starts_without (self, ROUNDS_CALL_DEVICE_MICROPHONE),
    .start_without_video = starts_without (self, ROUNDS_CALL_DEVICE_CAMERA),
  };

  if (needs_check (self))
    {
      show_check (self);
      return;
    }

  self->session = rounds_call_session_new (self->link->origin, options.start_muted,
                                           options.start_without_video);
  rounds_call_page_connect_session (self);
  adopt_leave (self);
  view = rounds_call_session_get_view (self->session);
  adw_bin_set_child (self->frame, GTK_WIDGET (view));
  rounds_call_people_set_model (
      self->people,
      rounds_call_conference_get_participants (rounds_call_session_get_conference (self->session)));
  rounds_call_page_set_state (self, ROUNDS_CALL_STATE_LOADING);

  page_uri = rounds_jitsi_link_to_page_uri (self->link, &options);
  rounds_call_view_load (view, page_uri);
}

/* The page takes the devices that the system offers first; now it knows of the others, too. */
void
rounds_call_page_use_choices (RoundsCallPage *self)
{
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    {
      if (self->choices[i].on && self->choices[i].label != NULL)
        rounds_call_session_use_device (self->session, i, self->choices[i].label);
    }
}
