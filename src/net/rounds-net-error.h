/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Makes ROUNDS_NET_ERRORs out of what a connection or a server did.
 * Only net includes this; callers have the accessors of rounds-api.h.
 */

#pragma once

#include <gio/gio.h>

#include "rounds-api.h"

G_BEGIN_DECLS

/* What the error of a transfer means for the person: takes @cause, names @host. A cancellation and
 * what is a ROUNDS_NET_ERROR already come back as they are. */
GError *rounds_net_error_from_transport (GError *cause, const char *host);

/* The refusal that an answer with HTTP @status (not 2xx) is. @body: its text when it is JSON, or
 * NULL; @retry_after: seconds, 0 when the server named none. */
GError *
rounds_net_error_from_refusal (guint status, GBytes *body, guint retry_after, const char *host);

/* An answer that cannot be read, @field being the first member that is wrong, or NULL. */
GError *rounds_net_error_new_unreadable (const char *field);

G_END_DECLS
