/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The page in place of a call: why there is none, that it is over, or that it is in the browser.
 * Its buttons activate the call page's actions; it does nothing itself.
 */

#pragma once

#include <adwaita.h>

#include "rounds-call-failure.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_NOTICE (rounds_call_notice_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallNotice, rounds_call_notice, ROUNDS, CALL_NOTICE, AdwBin)

void rounds_call_notice_show_failure (RoundsCallNotice *self, const RoundsCallFailure *failure);
void
rounds_call_notice_show_left (RoundsCallNotice *self, gboolean by_ourselves, const char *duration);
void rounds_call_notice_show_in_browser (RoundsCallNotice *self, const char *host);

G_END_DECLS
