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

/* Seconds in which a microphone that works has heard something, and what counts as something. */
#define SILENCE_TIMEOUT 6
#define LEAST_LEVEL 0.08

/* One of the two rows. */
typedef struct
{
  AdwComboRow *row; /* devices, then none; or whichever there is, then none */
  GPtrArray *devices; /* of RoundsDeviceInfo; empty as long as the engine names none */
  char *wanted; /* label of what the person chose, or NULL: whichever there is */
  gboolean is_off;
  char *problem; /* or NULL */
} Slot;

struct _RoundsCallCheck
{
  AdwBin parent_instance;

  AdwBin *picture;
  AdwBin *cover; /* over the picture while there is none */
  AdwAvatar *avatar;
  GtkButton *join_button;
  GtkLabel *problem;
  AdwComboRow *camera_row;
  AdwComboRow *microphone_row;
  GtkLevelBar *level_bar;
  GtkButton *play_button;

  RoundsDevicePreview *preview; /* borrowed: the picture */
  Slot slots[ROUNDS_CALL_N_DEVICES];
  gboolean is_filling; /* rows change by us */
  guint silence;
};

G_DEFINE_FINAL_TYPE (RoundsCallCheck, rounds_call_check, ADW_TYPE_BIN)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- the rows --- */

static const char *
get_default_words (RoundsCallDevice device)
{
  return device == ROUNDS_CALL_DEVICE_CAMERA ? _ ("Default camera") : _ ("Default microphone");
}

static const char *
get_off_words (RoundsCallDevice device)
{
  return device == ROUNDS_CALL_DEVICE_CAMERA ? _ ("Off: join without picture")
                                             : _ ("Off: join muted");
}

/* The row of what is wanted; the last one is "off". */
static guint
find_position (const Slot *slot)
{
  guint n_choices = MAX (slot->devices->len, 1);

  if (slot->is_off)
    return n_choices;
  for (guint i = 0; i < slot->devices->len; i++)
    {
      RoundsDeviceInfo *info = g_ptr_array_index (slot->devices, i);

      if (g_strcmp0 (info->label, slot->wanted) == 0)
        return i;
    }
  return 0;
}

static void
fill_row (RoundsCallCheck *self, RoundsCallDevice device)
{
  const Slot *slot = &self->slots[device];
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  for (guint i = 0; i < slot->devices->len; i++)
    gtk_string_list_append (choices,
                            ((RoundsDeviceInfo *)g_ptr_array_index (slot->devices, i))->label);
  if (slot->devices->len == 0)
    gtk_string_list_append (choices, get_default_words (device));
  gtk_string_list_append (choices, get_off_words (device));

  self->is_filling = TRUE;
  adw_combo_row_set_model (slot->row, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (slot->row, find_position (slot));
  self->is_filling = FALSE;
}

/* The engine's id of what is wanted, "" for whichever there is, NULL for none. */
static const char *
find_id (const Slot *slot)
{
  if (slot->is_off)
    return NULL;
  for (guint i = 0; i < slot->devices->len; i++)
    {
      RoundsDeviceInfo *info = g_ptr_array_index (slot->devices, i);

      if (g_strcmp0 (info->label, slot->wanted) == 0)
        return info->id;
    }
  return "";
}

/* --- what is wrong --- */

static void
show_problems (RoundsCallCheck *self)
{
  const char *camera = self->slots[ROUNDS_CALL_DEVICE_CAMERA].problem;
  const char *microphone = self->slots[ROUNDS_CALL_DEVICE_MICROPHONE].problem;
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
  if (!g_set_str (&self->slots[device].problem, sentence))
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
devices_cb (RoundsCallCheck *self, GPtrArray *devices)
{
  for (guint device = 0; device < ROUNDS_CALL_N_DEVICES; device++)
    {
      GPtrArray *own = self->slots[device].devices;

      g_ptr_array_set_size (own, 0);
      for (guint i = 0; i < devices->len; i++)
        {
          RoundsDeviceInfo *info = g_ptr_array_index (devices, i);

          if (info->device == device)
            g_ptr_array_add (own, rounds_device_info_new (info->device, info->id, info->label));
        }
      fill_row (self, device);
    }
}

/* @label: (nullable): of the one that is open now; NULL: none is */
static void
take_opened (RoundsCallCheck *self, RoundsCallDevice device, const char *label)
{
  Slot *slot = &self->slots[device];

  if (label == NULL)
    slot->is_off = TRUE;
  else
    set_problem (self, device, NULL);
  fill_row (self, device);
  /* Whoever chose none sees which one it has become. */
  if (label != NULL && slot->wanted == NULL)
    {
      g_autofree char *shown = slot->wanted;

      slot->wanted = (char *)label;
      self->is_filling = TRUE;
      adw_combo_row_set_selected (slot->row, find_position (slot));
      self->is_filling = FALSE;
      slot->wanted = g_steal_pointer (&shown);
    }
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
  if (!self->slots[ROUNDS_CALL_DEVICE_MICROPHONE].is_off)
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
choose (RoundsCallCheck *self)
{
  rounds_device_preview_choose (self->preview, find_id (&self->slots[ROUNDS_CALL_DEVICE_CAMERA]),
                                find_id (&self->slots[ROUNDS_CALL_DEVICE_MICROPHONE]));
}

static void
take_choice (RoundsCallCheck *self, RoundsCallDevice device)
{
  Slot *slot = &self->slots[device];
  guint position = adw_combo_row_get_selected (slot->row);
  RoundsCallPermissions *permissions = rounds_device_preview_get_permissions (self->preview);

  slot->is_off = position >= MAX (slot->devices->len, 1);
  set_problem (self, device, NULL);
  if (slot->is_off)
    return;

  g_set_str (&slot->wanted,
             position < slot->devices->len
                 ? ((RoundsDeviceInfo *)g_ptr_array_index (slot->devices, position))->label
                 : NULL);
  /* Whoever had said no and wants it now is asked again. */
  if (rounds_call_permissions_get_decision (permissions, device) == ROUNDS_CALL_DECISION_DENIED)
    rounds_call_permissions_forget (permissions, device);
}

static void
chosen_cb (RoundsCallCheck *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (self->is_filling || self->preview == NULL)
    return;

  take_choice (self,
               row == self->camera_row ? ROUNDS_CALL_DEVICE_CAMERA : ROUNDS_CALL_DEVICE_MICROPHONE);
  choose (self);
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
      g_ptr_array_unref (self->slots[i].devices);
      g_free (self->slots[i].wanted);
      g_free (self->slots[i].problem);
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

  signals[SIGNAL_FAILED] = g_signal_new ("failed", ROUNDS_TYPE_CALL_CHECK, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

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

  self->slots[ROUNDS_CALL_DEVICE_CAMERA].row = self->camera_row;
  self->slots[ROUNDS_CALL_DEVICE_MICROPHONE].row = self->microphone_row;
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    self->slots[i].devices
        = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_device_info_free);
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
 *
 * Returns: (transfer floating): a check that asks for camera and microphone; dropping it closes
 * them.
 */
RoundsCallCheck *
rounds_call_check_new (const char *origin, const char *display_name, gboolean audio_only)
{
  RoundsCallCheck *self;

  g_return_val_if_fail (origin != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_CHECK, NULL);
  adw_avatar_set_text (self->avatar, display_name);
  self->slots[ROUNDS_CALL_DEVICE_CAMERA].is_off = audio_only;
  for (guint i = 0; i < ROUNDS_CALL_N_DEVICES; i++)
    fill_row (self, i);

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

  choice->on = !self->slots[device].is_off;
  choice->label = g_strdup (self->slots[device].wanted);
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
