/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What systemd, or whoever does as it does, hands a service and wants to hear from it: the
 * protocols of sd_listen_fds(3) and sd_notify(3), which are promised to stay as they are. What is
 * said, and what becomes of a socket, is the caller's.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The first descriptor that was handed over; the others follow it. */
#define ROUNDS_SUPERVISOR_FIRST_FD 3

/* How many descriptors were handed to this very process, closed in programs that it starts. Once:
 * the variables that say so are gone then. Before there are other threads. */
guint rounds_supervisor_take_fds (void);
/* Says @state, "READY=1" for one. Nothing where nobody listens; FALSE with G_IO_ERROR when somebody
 * wants to and could not be reached. Any thread. */
gboolean rounds_supervisor_tell (const char *state, GError **error);

G_END_DECLS
