/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An HTTP server in the test's own process that answers, or misbehaves, as the test tells it.
 * It knows no rule of the API; the real roundsd does.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _ScriptedServer ScriptedServer;

/* Listens on a free port of loopback. What has no script is answered with a JSend 404. */
ScriptedServer *scripted_server_new (void);
void scripted_server_free (ScriptedServer *self);
const char *scripted_server_get_url (ScriptedServer *self);
/* For what is no call. Borrowed until it is stopped. */
SoupServer *scripted_server_get_soup (ScriptedServer *self);

/* @route: "GET /api/meetings". A later script for the same route replaces the earlier. */
void scripted_server_answer (ScriptedServer *self, const char *route, guint status,
                             const char *content_type, const char *body);
/* A success envelope around @data (taken). */
void scripted_server_answer_data (ScriptedServer *self, const char *route, JsonObject *data);
/* A fail envelope. */
void scripted_server_refuse (ScriptedServer *self, const char *route, guint status,
                             const char *code, const char *message);
/* Adds a header to the script of @route. */
void scripted_server_add_header (ScriptedServer *self, const char *route, const char *name,
                                 const char *value);
/* A 401 for whoever does not show this token. Of the script of @route. */
void scripted_server_require_token (ScriptedServer *self, const char *route, const char *token);
/* Writes just these bytes instead of an HTTP answer and hangs up. */
void scripted_server_answer_raw (ScriptedServer *self, const char *route, const char *bytes);
/* Takes requests for @route and does not answer before scripted_server_let_go(). */
void scripted_server_hold_back (ScriptedServer *self, const char *route);
void scripted_server_let_go (ScriptedServer *self, const char *route);

/* Kills the connections and stops listening; starts again on the same port. */
void scripted_server_stop (ScriptedServer *self);
void scripted_server_start (ScriptedServer *self);

/* What came in. Borrowed until the next request. */
guint scripted_server_count (ScriptedServer *self, const char *route);
guint scripted_server_count_all (ScriptedServer *self);
const char *scripted_server_get_last_body (ScriptedServer *self);
/* What stood behind the "?" of the last request, or NULL. */
const char *scripted_server_get_last_query (ScriptedServer *self);
/* A header of the last request, or NULL. */
const char *scripted_server_get_last_header (ScriptedServer *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
