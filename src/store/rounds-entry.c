/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An appointment or a meeting behind one face.
 * It formats nothing for people; app does.
 */

#include "config.h"

#include "rounds-entry-private.h"

#include "rounds-outbox-item.h"

struct _RoundsEntry
{
  GObject parent_instance;
  RoundsAppointment *appointment; /* exactly one of the two */
  RoundsMeeting *meeting;
  RoundsDelivery delivery;
  gboolean is_blank;
};

G_DEFINE_FINAL_TYPE (RoundsEntry, rounds_entry, G_TYPE_OBJECT)

enum
{
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rounds_entry_finalize (GObject *object)
{
  RoundsEntry *self = ROUNDS_ENTRY (object);

  g_clear_pointer (&self->appointment, rounds_appointment_unref);
  g_clear_pointer (&self->meeting, rounds_meeting_unref);
  G_OBJECT_CLASS (rounds_entry_parent_class)->finalize (object);
}

static void
rounds_entry_class_init (RoundsEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rounds_entry_finalize;

  signals[SIGNAL_LOADED] = g_signal_new ("loaded", ROUNDS_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_entry_init (RoundsEntry *self)
{
}

/**
 * rounds_entry_new_for_appointment:
 * @appointment: (transfer none): the record; a reference is kept
 *
 * Any thread. Returns: (transfer full)
 */
RoundsEntry *
rounds_entry_new_for_appointment (RoundsAppointment *appointment)
{
  RoundsEntry *self;

  g_return_val_if_fail (appointment != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_ENTRY, NULL);
  self->appointment = rounds_appointment_ref (appointment);
  return self;
}

/**
 * rounds_entry_new_for_meeting:
 * @meeting: (transfer none): the record; a reference is kept
 *
 * Any thread. Returns: (transfer full)
 */
RoundsEntry *
rounds_entry_new_for_meeting (RoundsMeeting *meeting)
{
  RoundsEntry *self;

  g_return_val_if_fail (meeting != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_ENTRY, NULL);
  self->meeting = rounds_meeting_ref (meeting);
  return self;
}

RoundsEntry *
rounds_entry_new_blank (RoundsEntryKind kind, gint64 start)
{
  RoundsEntry *self = g_object_new (ROUNDS_TYPE_ENTRY, NULL);

  self->is_blank = TRUE;
  if (kind == ROUNDS_ENTRY_MEETING)
    {
      self->meeting = rounds_meeting_new ();
      self->meeting->id = g_strdup ("");
      self->meeting->title = g_strdup ("");
      self->meeting->scheduled_at = start;
    }
  else
    {
      self->appointment = rounds_appointment_new ();
      self->appointment->id = g_strdup ("");
      self->appointment->patient.full_name = g_strdup ("");
      self->appointment->starts_at = start;
    }
  return self;
}

RoundsEntry *
rounds_entry_copy (RoundsEntry *self)
{
  RoundsEntry *copy;

  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), NULL);

  copy = self->meeting != NULL ? rounds_entry_new_for_meeting (self->meeting)
                               : rounds_entry_new_for_appointment (self->appointment);
  copy->delivery = self->delivery;
  copy->is_blank = self->is_blank;
  return copy;
}

void
rounds_entry_fill (RoundsEntry *self, RoundsEntry *source)
{
  g_return_if_fail (ROUNDS_IS_ENTRY (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (source));
  g_return_if_fail (self->is_blank);
  g_return_if_fail ((self->meeting != NULL) == (source->meeting != NULL));

  if (self->meeting != NULL)
    {
      rounds_meeting_unref (self->meeting);
      self->meeting = rounds_meeting_ref (source->meeting);
    }
  else
    {
      rounds_appointment_unref (self->appointment);
      self->appointment = rounds_appointment_ref (source->appointment);
    }
  self->delivery = source->delivery;
  self->is_blank = source->is_blank;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

/**
 * rounds_entry_is_loaded:
 *
 * Returns: %FALSE while the record of a row far down a long list is on its way
 */
gboolean
rounds_entry_is_loaded (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), FALSE);

  return !self->is_blank;
}

/** rounds_entry_get_kind: */
RoundsEntryKind
rounds_entry_get_kind (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), ROUNDS_ENTRY_APPOINTMENT);

  return self->meeting != NULL ? ROUNDS_ENTRY_MEETING : ROUNDS_ENTRY_APPOINTMENT;
}

/**
 * rounds_entry_get_id:
 *
 * Returns: (transfer none): the record's id, unique among those of its kind
 */
const char *
rounds_entry_get_id (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), NULL);

  return self->meeting != NULL ? self->meeting->id : self->appointment->id;
}

/**
 * rounds_entry_get_range:
 *
 * Returns: the planned time, µs UTC
 */
RoundsTimeRange
rounds_entry_get_range (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), (RoundsTimeRange){ 0 });

  return self->meeting != NULL ? rounds_meeting_get_range (self->meeting)
                               : rounds_appointment_get_range (self->appointment);
}

/**
 * rounds_entry_get_title:
 *
 * Returns: (transfer none) (nullable): the patient's name or the meeting's title
 */
const char *
rounds_entry_get_title (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), NULL);

  return self->meeting != NULL ? self->meeting->title : self->appointment->patient.full_name;
}

/**
 * rounds_entry_get_appointment:
 *
 * Returns: (transfer none) (nullable): the appointment, %NULL for a meeting
 */
RoundsAppointment *
rounds_entry_get_appointment (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), NULL);

  return self->appointment;
}

/**
 * rounds_entry_get_meeting:
 *
 * Returns: (transfer none) (nullable): the meeting, %NULL for an appointment
 */
RoundsMeeting *
rounds_entry_get_meeting (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), NULL);

  return self->meeting;
}

/** rounds_entry_is_cancelled: */
gboolean
rounds_entry_is_cancelled (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), FALSE);

  return self->meeting != NULL ? self->meeting->status == ROUNDS_MEETING_CANCELLED
                               : self->appointment->status == ROUNDS_APPOINTMENT_CANCELLED;
}

/**
 * rounds_entry_is_over:
 *
 * Returns: whether its state is a last one: completed, cancelled or no-show
 */
gboolean
rounds_entry_is_over (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), FALSE);

  return self->meeting != NULL ? rounds_meeting_status_is_final (self->meeting->status)
                               : rounds_appointment_status_is_final (self->appointment->status);
}

/**
 * rounds_entry_has_call:
 *
 * Returns: whether it has a room; whether the room is open now is not said
 */
gboolean
rounds_entry_has_call (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), FALSE);

  return self->meeting != NULL || self->appointment->type == ROUNDS_APPOINTMENT_VIRTUAL;
}

/**
 * rounds_entry_get_delivery:
 *
 * Returns: what became of the edits on it
 */
RoundsDelivery
rounds_entry_get_delivery (RoundsEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY (self), ROUNDS_DELIVERY_DONE);

  return self->delivery;
}

void
rounds_entry_set_outbox_state (RoundsEntry *self, int state)
{
  g_return_if_fail (ROUNDS_IS_ENTRY (self));

  switch (state)
    {
    case ROUNDS_OUTBOX_HELD:
    case ROUNDS_OUTBOX_WAITING:
      self->delivery = ROUNDS_DELIVERY_UNSENT;
      break;
    case ROUNDS_OUTBOX_REFUSED:
      self->delivery = ROUNDS_DELIVERY_REFUSED;
      break;
    case ROUNDS_OUTBOX_IN_CONFLICT:
      self->delivery = ROUNDS_DELIVERY_IN_CONFLICT;
      break;
    default:
      self->delivery = ROUNDS_DELIVERY_DONE;
    }
}
