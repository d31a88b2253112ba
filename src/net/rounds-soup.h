/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * libsoup's callbacks as futures: the one place where both are known.
 * It reads no JSON and knows no status code of ours.
 */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A session that sends nothing but what its caller put into a message: no cookies, no cache, no
 * authentication of its own. @timeout: seconds without a byte that it bears. */
SoupSession *rounds_soup_session_new (guint timeout);

/* Sends @message and reads its answer's body. Resolves to a GBytes (never NULL). Rejects with
 * libsoup's and GIO's errors, or ROUNDS_NET_ERROR_BAD_ANSWER for more than @max_bytes, noticed
 * before they are in memory. @cancellable ends the transfer (dropping a fiber's future only ends it
 * at its next await). Main thread. */
DexFuture *rounds_soup_fetch (SoupSession *session, SoupMessage *message, gsize max_bytes,
                              GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* How many seconds the answer to @message asks to wait, or 0; an hour at most. */
guint rounds_soup_get_retry_after (SoupMessage *message);

/* Makes a WebSocket of @message. Resolves to a SoupWebsocketConnection. Rejects with libsoup's and
 * GIO's errors; @message then has the status of an answer that was another one. Main thread. */
DexFuture *rounds_soup_connect (SoupSession *session, SoupMessage *message,
                                GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
