/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who is let in to GET /api/events, and what he may hear.
 * It decides nothing.
 */

#include "config.h"

#include "rounds-event-admission.h"

void
rounds_event_admission_free (RoundsEventAdmission *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->seat, rounds_event_seat_free);
  g_free (self->user_id);
  g_free (self->session_id);
  g_free (self->standing);
  g_strfreev (self->audiences);
  g_free (self->feed);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self);
}

char *
rounds_event_admission_standing (const char *role, const char *hospital_id)
{
  g_return_val_if_fail (role != NULL, NULL);

  return g_strconcat (role, "/", hospital_id, NULL);
}
