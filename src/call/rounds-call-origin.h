/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Comparing where a page comes from with where the meeting is: scheme, host and port.
 * It takes no meeting link apart; RoundsJitsiLink does.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rounds_call_origin_matches (const char *origin, const char *uri);
char *rounds_call_origin_dup_host (const char *origin);
gboolean rounds_call_origin_may_open_outside (const char *uri);

G_END_DECLS
