/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Passwords from a person at a terminal, or from a program on standard input.
 * Never from the command line, which every process of the machine can read.
 */

#pragma once

#include <glib.h>

#include "rounds-server-error.h"

G_BEGIN_DECLS

/* Asks twice, without echo, at a terminal; takes the first line of standard input elsewhere. NULL
 * with ROUNDS_SERVER_ERROR_INPUT when there is none, or the two differ, or it is too weak.
 * (transfer full): free it with rounds_password_free(). */
char *rounds_terminal_read_password (GError **error);
/* Overwrites and frees. */
void rounds_password_free (char *password);

typedef char RoundsPassword;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsPassword, rounds_password_free)

G_END_DECLS
