/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The application: what lives as long as the process, and the actions that need no window.
 * Accounts live in windows.
 */

#pragma once

#include <adwaita.h>

#include "rounds-clock.h"
#include "rounds-secrets.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_APPLICATION (rounds_application_get_type ())
G_DECLARE_FINAL_TYPE (RoundsApplication, rounds_application, ROUNDS, APPLICATION, AdwApplication)

RoundsApplication *rounds_application_new (void);
/* Borrowed. */
GSettings *rounds_application_get_settings (RoundsApplication *self);
RoundsSecrets *rounds_application_get_secrets (RoundsApplication *self);
RoundsClock *rounds_application_get_clock (RoundsApplication *self);

G_END_DECLS
