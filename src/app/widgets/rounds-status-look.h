/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How a status is shown: a word, a shape and a colour, never the colour alone.
 * It decides nothing about which status comes next.
 */

#pragma once

#include "rounds-entry.h"

G_BEGIN_DECLS

typedef struct
{
  const char *word; /* translated */
  const char *icon_name; /* one shape for each status */
  const char
      *style; /* style class of the tint: "neutral", "accent", "success", "warning", "error" */
} RoundsStatusLook;

RoundsStatusLook rounds_status_look_of_appointment (RoundsAppointmentStatus status);
RoundsStatusLook rounds_status_look_of_meeting (RoundsMeetingStatus status);
RoundsStatusLook rounds_status_look_of_entry (RoundsEntry *entry);

G_END_DECLS
