/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Handing a call to the person's browser.
 * It does not follow what becomes of it there.
 */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

#include "rounds-jitsi-link.h"

G_BEGIN_DECLS

DexFuture *
rounds_call_browser_open (const RoundsJitsiLink *link, GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
