/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answer of a call that only shows a record, when the same caller was given it before and
 * nothing has changed. It decides nothing: who may see what is asked anew before it is looked for.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* For a record that was recalled (rounds_request_recall_meeting() and its like), and that the
 * caller may see: the answer that he was given, without its ETag; else NULL, and it has to be
 * written. (transfer full) */
RoundsResponse *rounds_recall_answer_find (RoundsRequest *request);
/* What he is given now, for the next time; it says the same up to @until (µs UTC), as long as
 * nothing is committed. Nothing happens for a record that was not recalled. */
void rounds_recall_answer_keep (RoundsRequest *request, RoundsResponse *response, gint64 until);

G_END_DECLS
