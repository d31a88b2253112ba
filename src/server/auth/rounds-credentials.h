/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose account an e-mail address and a password open, and new passwords for old ones.
 * How passwords are hashed is in rounds-passwords.h.
 */

#pragma once

#include "rounds-json.h"
#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

/* TRUE with @user set when e-mail address and password belong together and the account is on, NULL
 * when not. @new_hash is set when the stored hash is weaker than today's. Slow: it hashes. */
gboolean rounds_credentials_check (RoundsRequest *request, const char *email, const char *password,
                                   RoundsUser **user, char **new_hash, GError **error);
/* Whether @password is the caller's own. NULL, a 403 or a 429. Slow. (transfer full) */
RoundsResponse *rounds_credentials_confirm (RoundsRequest *request, const char *password);
/* 429 with the @seconds to wait. (transfer full) */
RoundsResponse *rounds_credentials_refuse_many (guint seconds);

/* A password of a body, of whatever strength. Borrowed. */
void rounds_credentials_read_password (RoundsJsonReader *reader, const char *member,
                                       gboolean required, const char **password);
/* The same for one that is to become somebody's: weak ones are a problem. */
void rounds_credentials_read_new (RoundsJsonReader *reader, const char *member, gboolean required,
                                  const char **password);

G_END_DECLS
