/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The body of an answer that is given several times, with what libmicrohttpd made of it the first
 * time. Who may be given it is RoundsRecall's to know.
 */

#pragma once

#include "rounds-response-private.h"

#include <microhttpd.h>

G_BEGIN_DECLS

/* Takes @text, JSON; wiped when the last one goes. */
RoundsSharedBody *rounds_shared_body_new (char *text);
RoundsSharedBody *rounds_shared_body_ref (RoundsSharedBody *self);
void rounds_shared_body_unref (RoundsSharedBody *self);

const char *rounds_shared_body_get_text (RoundsSharedBody *self);
/* An answer with this body and @headers, to be queued as long as @self is held; NULL when another
 * one with other headers was made of it before. Any thread. (transfer none) */
struct MHD_Response *
rounds_shared_body_get_reply (RoundsSharedBody *self, const RoundsHeader *headers, guint n_headers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSharedBody, rounds_shared_body_unref)

G_END_DECLS
