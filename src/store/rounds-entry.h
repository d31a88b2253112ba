/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One row of the person's day: an appointment or a meeting, as lists show it.
 * It is read-only and holds no widget; a changed record becomes a new entry.
 */

#pragma once

#include <glib-object.h>

#include "rounds-appointment.h"
#include "rounds-meeting.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_ENTRY_APPOINTMENT,
  ROUNDS_ENTRY_MEETING,
  ROUNDS_N_ENTRY_KINDS,
} RoundsEntryKind;

/* Whether the server knows all that the entry shows. */
typedef enum
{
  ROUNDS_DELIVERY_DONE,
  ROUNDS_DELIVERY_UNSENT, /* an edit waits to be sent; the entry shows it already */
  ROUNDS_DELIVERY_REFUSED, /* the server did not take an edit: retry or discard it */
  ROUNDS_DELIVERY_IN_CONFLICT, /* somebody else changed the same: a person has to decide */
} RoundsDelivery;

#define ROUNDS_TYPE_ENTRY (rounds_entry_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEntry, rounds_entry, ROUNDS, ENTRY, GObject)

/* Signal "loaded" (no arguments, main thread): a blank entry has got its record. */

RoundsEntry *rounds_entry_new_for_appointment (RoundsAppointment *appointment);
RoundsEntry *rounds_entry_new_for_meeting (RoundsMeeting *meeting);

/* FALSE for one of a long list whose record is still on its way: kind and start are known, texts
 * are empty. */
gboolean rounds_entry_is_loaded (RoundsEntry *self);
RoundsEntryKind rounds_entry_get_kind (RoundsEntry *self);
const char *rounds_entry_get_id (RoundsEntry *self);
RoundsTimeRange rounds_entry_get_range (RoundsEntry *self);
/* Patient's name or meeting's title. */
const char *rounds_entry_get_title (RoundsEntry *self);
/* NULL for the other kind; borrowed. */
RoundsAppointment *rounds_entry_get_appointment (RoundsEntry *self);
RoundsMeeting *rounds_entry_get_meeting (RoundsEntry *self);
gboolean rounds_entry_is_cancelled (RoundsEntry *self);
/* Completed, cancelled or no-show. */
gboolean rounds_entry_is_over (RoundsEntry *self);
/* A virtual appointment or any meeting: has a room. */
gboolean rounds_entry_has_call (RoundsEntry *self);
/* Of the worst of its edits. */
RoundsDelivery rounds_entry_get_delivery (RoundsEntry *self);

G_END_DECLS
