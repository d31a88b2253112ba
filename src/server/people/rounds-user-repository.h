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
/* The same for somebody whose account may be switched off. */
gboolean rounds_user_repository_find_account (RoundsDb *db, const char *id, RoundsUser **user,
                                              gboolean *active, GError **error);
/* FALSE: enough. */
typedef gboolean (*RoundsUserFunc) (RoundsUser *user, gpointer data);
/* Those whom @viewer could possibly find, by name, one after the other: everybody for an admin,
 * else the people of the same hospital, the admins and oneself. Whom exactly is for
 * rounds_access_user_is_visible(). They begin behind the person @after_id; "" is all. */
gboolean
rounds_user_repository_each_near (RoundsDb *db, const RoundsUser *viewer, const char *after_id,
                                  RoundsUserFunc func, gpointer data, GError **error);

/* In the same way those whose accounts are switched off. */
gboolean rounds_user_repository_each_off (RoundsDb *db, const char *after_id, RoundsUserFunc func,
                                          gpointer data, GError **error);

/* CONSTRAINT when the id or the address is taken. @password_hash NULL: cannot sign in. */
gboolean rounds_user_repository_insert (RoundsDb *db, const RoundsUser *user,
                                        const char *password_hash, gint64 now, GError **error);
gboolean
rounds_user_repository_set_password (RoundsDb *db, const char *id, const char *password_hash,
                                     gint64 now, GError **error);
/* Over the version before @user's; @stored FALSE when there is another one by now. CONSTRAINT when
 * the address is taken. The password stays. */
gboolean rounds_user_repository_update (RoundsDb *db, const RoundsUser *user, gboolean active,
                                        gint64 now, gboolean *stored, GError **error);
/* The password alone, as a part of an update that has moved the version on. */
gboolean rounds_user_repository_replace_password (RoundsDb *db, const char *id,
                                                  const char *password_hash, GError **error);
/* Whether @error says that another account has the address. */
gboolean rounds_user_repository_is_taken (const GError *error);

G_END_DECLS
