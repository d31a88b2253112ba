/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whether the web engine can carry a call, asked of the engine itself.
 * It judges no version numbers and tests no devices.
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Resolves to a boolean: whether RTCPeerConnection is there in a secure page. Asked once per run of
 * the program, since the engine does not change under it. Fails with ROUNDS_CALL_ERROR_ENGINE; a
 * failure is not remembered. Main thread only. */
DexFuture *rounds_engine_probe (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
