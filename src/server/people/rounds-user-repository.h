/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * People in the server's database: found by id, address or name, and added.
 * Who may see whom is decided by rounds-access.h; nothing is filtered here.
 */

#pragma once

#include "rounds-db.h"
#include "rounds-user.h"

G_BEGIN_DECLS

/* All of these block, and belong on the thread that owns @db. The find functions return TRUE with
 * @user set to NULL when there is no such person, and FALSE only with @error set. */
gboolean
rounds_user_repository_find (RoundsDb *db, const char *id, RoundsUser **user, GError **error);
/* @email in any case. @password_hash (out, optional) for signing in; it never leaves the server. */
gboolean rounds_user_repository_find_by_email (RoundsDb *db, const char *email, RoundsUser **user,
                                               char **password_hash, GError **error);
/* The people of @ids (NULL-terminated), in one query and in no certain order; unknown ids are just
 * not among them. (transfer full) (element-type RoundsUser) */
GPtrArray *rounds_user_repository_find_many (RoundsDb *db, const char *const *ids, GError **error);
/* Those whom @viewer could possibly find, by name: everybody for an admin, else the people of the
 * same hospital, the admins and oneself. Whom exactly is for rounds_access_user_is_visible().
 * (transfer full) (element-type RoundsUser) */
GPtrArray *
rounds_user_repository_list_near (RoundsDb *db, const RoundsUser *viewer, GError **error);

/* CONSTRAINT when the id or the address is taken. @password_hash NULL: cannot sign in. */
gboolean rounds_user_repository_insert (RoundsDb *db, const RoundsUser *user,
                                        const char *password_hash, gint64 now, GError **error);
gboolean
rounds_user_repository_set_password (RoundsDb *db, const char *id, const char *password_hash,
                                     gint64 now, GError **error);

G_END_DECLS
