/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server's error domain.
 * Nothing else is here.
 */

#include "config.h"

#include "rounds-server-error.h"

G_DEFINE_QUARK (rounds_server_error_quark, rounds_server_error)
