/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whom an access token says it is for: a server that knows only the guide has nobody else to ask.
 * It neither checks the token nor keeps it.
 */

#pragma once

#include "rounds-user.h"

G_BEGIN_DECLS

/* The claims of a JSON Web Token as a person. Security: nobody has checked its signature, so this
 * is good for asking and showing; what the person may see and do is the server's to say. NULL with
 * G_IO_ERROR_INVALID_DATA when it is no such token or lacks the id or the role. (transfer full) */
RoundsUser *rounds_bearer_read_user (const char *token, GError **error);

G_END_DECLS
