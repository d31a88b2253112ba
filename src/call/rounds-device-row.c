/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A row in which a person chooses a camera or a microphone, or none.
 * It opens no device; RoundsDevicePreview does.
 */

#include "config.h"

#include "rounds-device-row.h"

#include <glib/gi18n.h>

/* It lists the devices, or "whichever there is" as long as the engine names none, and "off" last.
 */
struct _RoundsDeviceRow
{
  AdwComboRow parent_instance;

  RoundsCallDevice device;
  GPtrArray *devices; /* of RoundsDeviceInfo */
  char *wanted; /* label of what the person chose, now or earlier; or NULL: whichever there is */
  char *open; /* label of the one that is open, or NULL */
  gboolean is_off;
  gboolean is_filling; /* the row changes by itself */
};

G_DEFINE_FINAL_TYPE (RoundsDeviceRow, rounds_device_row, ADW_TYPE_COMBO_ROW)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_default_words (RoundsDeviceRow *self)
{
  return self->device == ROUNDS_CALL_DEVICE_CAMERA ? _ ("Default camera")
                                                   : _ ("Default microphone");
}

static const char *
get_off_words (RoundsDeviceRow *self)
{
  return self->device == ROUNDS_CALL_DEVICE_CAMERA ? _ ("Off: join without picture")
                                                   : _ ("Off: join muted");
}

static RoundsDeviceInfo *
find_device (RoundsDeviceRow *self, const char *label, guint *position)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      RoundsDeviceInfo *info = g_ptr_array_index (self->devices, i);

      if (g_strcmp0 (info->label, label) == 0)
        {
          *position = i;
          return info;
        }
    }
  return NULL;
}

static guint
get_off_position (RoundsDeviceRow *self)
{
  return MAX (self->devices->len, 1);
}

/* Where the one that is wanted is gone, what is open instead of it is shown. */
static void
mark (RoundsDeviceRow *self)
{
  guint position = 0;

  if (self->is_off)
    position = get_off_position (self);
  else if (find_device (self, self->wanted, &position) == NULL)
    (void)find_device (self, self->open, &position);
  self->is_filling = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
  self->is_filling = FALSE;
}

static void
fill (RoundsDeviceRow *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->devices->len; i++)
    gtk_string_list_append (choices,
                            ((RoundsDeviceInfo *)g_ptr_array_index (self->devices, i))->label);
  if (self->devices->len == 0)
    gtk_string_list_append (choices, get_default_words (self));
  gtk_string_list_append (choices, get_off_words (self));

  self->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (choices));
  self->is_filling = FALSE;
  mark (self);
}

static void
selected_cb (RoundsDeviceRow *self)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->is_filling)
    return;

  self->is_off = position >= get_off_position (self);
  if (!self->is_off)
    g_set_str (&self->wanted,
               position < self->devices->len
                   ? ((RoundsDeviceInfo *)g_ptr_array_index (self->devices, position))->label
                   : NULL);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
rounds_device_row_finalize (GObject *object)
{
  RoundsDeviceRow *self = ROUNDS_DEVICE_ROW (object);

  g_ptr_array_unref (self->devices);
  g_free (self->wanted);
  g_free (self->open);

  G_OBJECT_CLASS (rounds_device_row_parent_class)->finalize (object);
}

static void
rounds_device_row_class_init (RoundsDeviceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_device_row_finalize;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", ROUNDS_TYPE_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_device_row_init (RoundsDeviceRow *self)
{
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_device_info_free);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), TRUE);
  /* What a device is called is its maker's text. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

/**
 * rounds_device_row_set_up:
 * @device: of which kind it lists devices
 * @label: (nullable): of the one that is wanted if it is there, or %NULL for whichever there is
 * @is_off: whether none is chosen at first
 */
void
rounds_device_row_set_up (RoundsDeviceRow *self, RoundsCallDevice device, const char *label,
                          gboolean is_off)
{
  g_return_if_fail (ROUNDS_IS_DEVICE_ROW (self));

  self->device = device;
  g_set_str (&self->wanted, label);
  self->is_off = is_off;
  fill (self);
}

/**
 * rounds_device_row_list:
 * @devices: (element-type RoundsDeviceInfo) (transfer none): all that there are now
 *
 * What was chosen stays chosen where it is still there.
 */
void
rounds_device_row_list (RoundsDeviceRow *self, GPtrArray *devices)
{
  g_return_if_fail (ROUNDS_IS_DEVICE_ROW (self));
  g_return_if_fail (devices != NULL);

  g_ptr_array_set_size (self->devices, 0);
  for (guint i = 0; i < devices->len; i++)
    {
      RoundsDeviceInfo *info = g_ptr_array_index (devices, i);

      if (info->device == self->device)
        g_ptr_array_add (self->devices,
                         rounds_device_info_new (info->device, info->id, info->label));
    }
  fill (self);
}

/**
 * rounds_device_row_show_open:
 * @label: (nullable): of the device that is open now
 *
 * Whoever chose none in particular, or one that is gone, sees which one it has become.
 */
void
rounds_device_row_show_open (RoundsDeviceRow *self, const char *label)
{
  g_return_if_fail (ROUNDS_IS_DEVICE_ROW (self));

  if (label == NULL)
    self->is_off = TRUE;
  g_set_str (&self->open, label);
  mark (self);
}

/**
 * rounds_device_row_get_wanted:
 *
 * Returns: (transfer none) (nullable): label of the one that the person chose, now or earlier,
 * whether it is there or not
 */
const char *
rounds_device_row_get_wanted (RoundsDeviceRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_DEVICE_ROW (self), NULL);

  return self->wanted;
}

const char *
rounds_device_row_get_id (RoundsDeviceRow *self)
{
  RoundsDeviceInfo *info;
  guint position;

  g_return_val_if_fail (ROUNDS_IS_DEVICE_ROW (self), NULL);

  if (self->is_off)
    return NULL;
  info = find_device (self, self->wanted, &position);
  return info != NULL ? info->id : "";
}

gboolean
rounds_device_row_is_off (RoundsDeviceRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_DEVICE_ROW (self), TRUE);

  return self->is_off;
}

void
rounds_device_row_get_choice (RoundsDeviceRow *self, RoundsCallChoice *choice)
{
  guint position;

  g_return_if_fail (ROUNDS_IS_DEVICE_ROW (self));
  g_return_if_fail (choice != NULL);

  choice->on = !self->is_off;
  /* The meeting's page takes whichever there is in the place of one that is gone. */
  if (find_device (self, self->wanted, &position) != NULL)
    choice->label = g_strdup (self->wanted);
}
