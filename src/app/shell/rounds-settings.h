/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The names of the settings, as in data/io.github.rounds_app.Rounds.gschema.xml.
 * No secret is among them, and none may be added.
 */

#pragma once

#define ROUNDS_SETTING_WIDTH "window-width"
#define ROUNDS_SETTING_HEIGHT "window-height"
#define ROUNDS_SETTING_MAXIMIZED "window-maximized"
#define ROUNDS_SETTING_SERVER "server"
#define ROUNDS_SETTING_EMAIL "email"
#define ROUNDS_SETTING_ACCOUNTS "accounts"
#define ROUNDS_SETTING_CAMERA "camera"
#define ROUNDS_SETTING_MICROPHONE "microphone"
