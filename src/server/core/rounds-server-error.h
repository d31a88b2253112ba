/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What can go wrong in the server outside of its database.
 * Answers to clients are not errors; see rounds-response.h.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_SERVER_ERROR (rounds_server_error_quark ())
GQuark rounds_server_error_quark (void);

typedef enum
{
  ROUNDS_SERVER_ERROR_CONFIG = 1, /* a setting that cannot be served with; the message names it */
  ROUNDS_SERVER_ERROR_INPUT, /* what a person typed cannot be taken; the message says why */
  ROUNDS_SERVER_ERROR_LISTEN, /* the address cannot be listened on */
  ROUNDS_SERVER_ERROR_SYSTEM, /* memory, threads, files */
  ROUNDS_SERVER_ERROR_UNDONE, /* a write that is not to be kept; never leaves rounds-write.c */
} RoundsServerError;

G_END_DECLS
