/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Between the files of RoundsServerConfig.
 */

#pragma once

#include "rounds-server-config.h"
#include "rounds-setting-layers.h"

G_BEGIN_DECLS

/* The `JITSI_…` settings; those that are not there leave the defaults. */
gboolean rounds_server_config_take_jitsi (RoundsServerConfig *self, RoundsSettingLayers *settings,
                                          GError **error);

G_END_DECLS
