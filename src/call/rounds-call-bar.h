/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bar below a call: devices, screen, hand, tiles, chat, hang up, with their state in the
 * accessible name. Its buttons activate the page's actions; it does nothing itself.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-conference.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CALL_SWITCH_ON,
  ROUNDS_CALL_SWITCH_OFF,
  ROUNDS_CALL_SWITCH_DENIED, /* off, because the person did not allow it */
} RoundsCallSwitch;

#define ROUNDS_TYPE_CALL_BAR (rounds_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallBar, rounds_call_bar, ROUNDS, CALL_BAR, AdwBin)

/* Property "narrow": no words beside the icons. */
void rounds_call_bar_set_in_call (RoundsCallBar *self, gboolean in_call);
void rounds_call_bar_set_microphone (RoundsCallBar *self, RoundsCallSwitch state);
void rounds_call_bar_set_camera (RoundsCallBar *self, RoundsCallSwitch state);
void rounds_call_bar_set_toggle (RoundsCallBar *self, RoundsCallToggle toggle, gboolean on);
void rounds_call_bar_set_unread (RoundsCallBar *self, guint n_unread);

G_END_DECLS
