/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a person sees before a call: the camera's picture, the microphone's level, which of them to
 * use, and Join Now. Nobody else sees or hears anything yet.
 */

#include "config.h"

#include "rounds-call-check.h"

#include <glib/gi18n.h>

#include "rounds-call-failure.h"
#include "rounds-device-preview.h"
#include "rounds-device-row.h"

/* Seconds in which a microphone that works has heard something, and what counts as something. */
#define SILENCE_TIMEOUT 6
#define LEAST_LEVEL 0.08

struct _RoundsCallCheck
{
  AdwBin parent_instance;

  AdwBin *picture;
  AdwBin *cover; /* over the picture while there is none */
  AdwAvatar *avatar;
  GtkButton *join_button;
  GtkLabel *problem;
  RoundsDeviceRow *camera_row;
  RoundsDeviceRow *microphone_row;
  GtkLevelBar *level_bar;
  GtkButton *play_button;

  RoundsDevicePreview *preview; /* borrowed: the picture */
  RoundsDeviceRow *rows[ROUNDS_CALL_N_DEVICES]; /* the same two; borrowed */
  char *asked[ROUNDS_CALL_N_DEVICES]; /* ids that the preview was last asked for; see its choose */
  char *problems[ROUNDS_CALL_N_DEVICES]; /* a sentence, or NULL */
  guint silence;
};

G_DEFINE_FINAL_TYPE (RoundsCallCheck, rounds_call_check, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what is wrong --- */

static void
show_problems (RoundsCallCheck *self)
{
  const char *camera = self->problems[ROUNDS_CALL_DEVICE_CAMERA];
  const char *microphone = self->problems[ROUNDS_CALL_DEVICE_MICROPHONE];
  g_autofree char *both = NULL;

  if (camera != NULL && microphone != NULL)
    both = g_strdup_printf ("%s\n%s", camera, microphone);
  gtk_label_set_label (self->problem, both != NULL         ? both
                                      : camera != NULL     ? camera
                                      : microphone != NULL ? microphone
                                                           : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), camera != NULL || microphone != NULL);
}

static void
set_problem (RoundsCallCheck *self, RoundsCallDevice device, const char *sentence)
{
  if (!g_set_str (&self->problems[device], sentence))
    return;

  show_problems (self);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
silence_timed_out (gpointer user_data)
{
  RoundsCallCheck *self = user_data;

  self->silence = 0;
  set_problem (self, ROUNDS_CALL_DEVICE_MICROPHONE,
               _ ("Nothing is heard from this microphone; say something, or choose another"));
}

/* --- what the preview says --- */

static void
choose (RoundsCallCheck *self)
{
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    g_set_str (&self->asked[i], rounds_device_row_get_id (self->rows[i]));
  rounds_device_preview_choose (self->preview, self->asked[ROUNDS_CALL_DEVICE_CAMERA],
                                self->asked[ROUNDS_CALL_DEVICE_MICROPHONE]);
}

/* The engine names devices only to whom it gave one: so the one of the last time is found here, and
 * here it shows that one was pulled out. */
static void
devices_cb (RoundsCallCheck *self, GPtrArray *devices)
{
  gboolean is_other = FALSE;

  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    {
      rounds_device_row_list (self->rows[i], devices);
      is_other |= !rounds_device_row_is_off (self->rows[i])
                  && g_strcmp0 (rounds_device_row_get_id (self->rows[i]), self->asked[i]) != 0;
    }
  if (is_other)
    choose (self);
}

/* @label: (nullable): of the one that is open now; NULL: none is */
static void
take_opened (RoundsCallCheck *self, RoundsCallDevice device, const char *label)
{
  if (label != NULL)
    set_problem (self, device, NULL);
  rounds_device_row_show_open (self->rows[device], label);
}

static void
opened_cb (RoundsCallCheck *self, const char *camera, const char *microphone)
{
  take_opened (self, ROUNDS_CALL_DEVICE_CAMERA, camera);
  take_opened (self, ROUNDS_CALL_DEVICE_MICROPHONE, microphone);
  gtk_widget_set_visible (GTK_WIDGET (self->cover), camera == NULL);

  g_clear_handle_id (&self->silence, g_source_remove);
  if (microphone != NULL)
    self->silence = g_timeout_add_seconds_once (SILENCE_TIMEOUT, silence_timed_out, self);
}

static void
problem_cb (RoundsCallCheck *self, int device, const char *name)
{
  g_autofree char *sentence
      = rounds_call_failure_describe_exception (device == ROUNDS_CALL_DEVICE_CAMERA, name);

  set_problem (self, device, sentence);
}

static void
level_cb (RoundsCallCheck *self, double level)
{
  gtk_level_bar_set_value (self->level_bar, level);
  if (level < LEAST_LEVEL)
    return;

  g_clear_handle_id (&self->silence, g_source_remove);
  if (!rounds_device_row_is_off (self->microphone_row))
    set_problem (self, ROUNDS_CALL_DEVICE_MICROPHONE, NULL);
}

static void
played_cb (RoundsCallCheck *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->play_button), TRUE);
}

static void
failed_cb (RoundsCallCheck *self)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

/* --- what the person does --- */

static void
chosen_cb (RoundsCallCheck *self, RoundsDeviceRow *row)
{
  RoundsCallPermissions *permissions = rounds_device_preview_get_permissions (self->preview);
  RoundsCallDevice device
      = row == self->camera_row ? ROUNDS_CALL_DEVICE_CAMERA : ROUNDS_CALL_DEVICE_MICROPHONE;

  set_problem (self, device, NULL);
  /* Whoever had said no and wants it now is asked again. */
  if (!rounds_device_row_is_off (row)
      && rounds_call_permissions_get_decision (permissions, device) == ROUNDS_CALL_DECISION_DENIED)
    rounds_call_permissions_forget (permissions, device);
  choose (self);
  /* Who is not to be seen today may be seen tomorrow: that is not remembered. */
  if (!rounds_device_row_is_off (row) && rounds_device_row_get_wanted (row) != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, (int)device,
                   rounds_device_row_get_wanted (row));
}

static void
play_cb (RoundsCallCheck *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->play_button), FALSE);
  rounds_device_preview_play (self->preview);
}

/* --- the class --- */

static void
rounds_call_check_dispose (GObject *object)
{
  RoundsCallCheck *self = ROUNDS_CALL_CHECK (object);

  g_clear_handle_id (&self->silence, g_source_remove);
  self->preview = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_CHECK);

  G_OBJECT_CLASS (rounds_call_check_parent_class)->dispose (object);
}

static void
rounds_call_check_finalize (GObject *object)
{
  RoundsCallCheck *self = ROUNDS_CALL_CHECK (object);

  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    {
      g_free (self->asked[i]);
      g_free (self->problems[i]);
    }

  G_OBJECT_CLASS (rounds_call_check_parent_class)->finalize (object);
}

static void
rounds_call_check_class_init (RoundsCallCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_call_check_dispose;
  object_class->finalize = rounds_call_check_finalize;

  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", ROUNDS_TYPE_CALL_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", ROUNDS_TYPE_CALL_CHECK, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_DEVICE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-check.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, picture);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, cover);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, join_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, camera_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, microphone_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, level_bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallCheck, play_button);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
}

static void
rounds_call_check_init (RoundsCallCheck *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->rows[ROUNDS_CALL_DEVICE_CAMERA] = self->camera_row;
  self->rows[ROUNDS_CALL_DEVICE_MICROPHONE] = self->microphone_row;
}

static void
connect_preview (RoundsCallCheck *self)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "devices", G_CALLBACK (devices_cb) }, { "opened", G_CALLBACK (opened_cb) },
    { "problem", G_CALLBACK (problem_cb) }, { "level", G_CALLBACK (level_cb) },
    { "played", G_CALLBACK (played_cb) },   { "failed", G_CALLBACK (failed_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (self->preview, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
}

/**
 * rounds_call_check_new:
 * @origin: of the meeting, for which the person gives leave
 * @display_name: (nullable): whose initials stand where there is no picture
 * @audio_only: whether the camera is off at first
 * @labels: (array fixed-size=ROUNDS_CALL_N_DEVICES) (element-type utf8): of the devices that the
 * person chose the last time, %NULL for whichever there is
 *
 * Returns: (transfer floating): a check that asks for camera and microphone; dropping it closes
 * them.
 */
RoundsCallCheck *
rounds_call_check_new (const char *origin, const char *display_name, gboolean audio_only,
                       const char *const labels[ROUNDS_CALL_N_DEVICES])
{
  RoundsCallCheck *self;

  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_CHECK, NULL);
  adw_avatar_set_text (self->avatar, display_name);
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    rounds_device_row_set_up (self->rows[i], i, labels[i],
                              audio_only && i == ROUNDS_CALL_DEVICE_CAMERA);

  self->preview = rounds_device_preview_new (origin);
  connect_preview (self);
  adw_bin_set_child (self->picture, GTK_WIDGET (self->preview));
  choose (self);

  return self;
}

/**
 * rounds_call_check_get_choice:
 * @choice: (out caller-allocates): with what the person wants to go into the call; its label is
 *   named only where the person chose one
 */
void
rounds_call_check_get_choice (RoundsCallCheck *self, RoundsCallDevice device,
                              RoundsCallChoice *choice)
{
  g_return_if_fail (ROUNDS_IS_CALL_CHECK (self));
  g_return_if_fail (device < ROUNDS_CALL_N_DEVICES);
  g_return_if_fail (choice != NULL);

  rounds_device_row_get_choice (self->rows[device], choice);
}

/* What the person allowed: to be adopted for the meeting itself. */
RoundsCallPermissions *
rounds_call_check_get_permissions (RoundsCallCheck *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_CHECK (self), NULL);

  return rounds_device_preview_get_permissions (self->preview);
}

/* Moves the focus to Join Now. */
void
rounds_call_check_take_focus (RoundsCallCheck *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_CHECK (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->join_button));
}
