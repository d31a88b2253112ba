/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Kinds of values that several settings have: times, rates, texts that may be absent.
 * Which settings there are is rounds-server-config.h's.
 */

#pragma once

#include "rounds-rates.h"
#include "rounds-setting-layers.h"

G_BEGIN_DECLS

/* A setting that is not there leaves what the caller has in @out; a wrong one is
 * ROUNDS_SERVER_ERROR_CONFIG, which names it and what was expected. */

/* Sets @error; always FALSE, so that a check can end with it. */
gboolean rounds_setting_refuse (GError **error, const char *name, const char *expected);
/* "43200", "90s", "30m", "12h", "7d", at most @most seconds. */
gboolean rounds_setting_take_duration (RoundsSettingLayers *settings, const char *name, gint64 most,
                                       gint64 *seconds, GError **error);
/* "1200/1m": so many in that time, up to an hour; "off". */
gboolean rounds_setting_take_rate (RoundsSettingLayers *settings, const char *name,
                                   RoundsRate *rate, GError **error);
/* NULL where nothing is set; what is empty counts as not set. (transfer full) */
char *rounds_setting_dup_optional (RoundsSettingLayers *settings, const char *name);

G_END_DECLS
