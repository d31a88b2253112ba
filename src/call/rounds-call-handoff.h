/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A way for another program of the same person to get an address with a secret in it, without the
 * secret in a command line: a loopback address that answers once, with a redirection.
 * It starts no program.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_CALL_HANDOFF (rounds_call_handoff_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCallHandoff, rounds_call_handoff, ROUNDS, CALL_HANDOFF, GObject)

RoundsCallHandoff *rounds_call_handoff_new (const char *target, GError **error);
const char *rounds_call_handoff_get_uri (RoundsCallHandoff *self);
gint64
rounds_call_handoff_find_uid (const char *table, GInetSocketAddress *peer, GInetSocketAddress *own);

G_END_DECLS
