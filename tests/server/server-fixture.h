/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A real roundsd for tests: a process on a free port with a data directory of its own, and a plain
 * HTTP client to talk to it.
 * It judges no answers; the tests do.
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rounds-db.h"

G_BEGIN_DECLS

typedef struct _ServerFixture ServerFixture;

typedef struct
{
  gboolean empty; /* no demo data and no demo set-up: JITSI_* has to be in @environment */
  const char *const *environment; /* "NAME=value", on top of a clean environment; or NULL */
  const char *const *arguments; /* of `roundsd serve`, besides --port, --data, --demo; or NULL */
  const char *database; /* of another fixture, to be a second node on it; or NULL */
} ServerFixtureOptions;

/* Starts $ROUNDSD with demo data (about half a second) and waits until it answers. */
ServerFixture *server_fixture_new (void);
ServerFixture *server_fixture_new_with (const ServerFixtureOptions *options);
/* Stops it when it runs, which has to go well, and removes its data. */
void server_fixture_free (ServerFixture *self);

/* SIGTERM; has to end by itself with status 0. */
void server_fixture_stop (ServerFixture *self);
/* The two halves of that: SIGTERM, and the end with status 0. */
void server_fixture_ask_to_end (ServerFixture *self);
void server_fixture_wait_for_end (ServerFixture *self);
/* SIGKILL: as the power going out. */
void server_fixture_kill (ServerFixture *self);
/* Starts it again with the same data, on the same port. */
void server_fixture_start (ServerFixture *self);

/* "http://127.0.0.1:N". */
const char *server_fixture_get_uri (ServerFixture *self);
guint16 server_fixture_get_port (ServerFixture *self);
const char *server_fixture_get_data_dir (ServerFixture *self);
/* The URL of its PostgreSQL database, or NULL when it works on a file. */
const char *server_fixture_get_database (ServerFixture *self);
/* A connection of the test's own to its database. (transfer full) */
RoundsDb *server_fixture_open_db (ServerFixture *self);
GPid server_fixture_get_pid (ServerFixture *self);
/* What it wrote to standard error, from all its starts. (transfer full) */
char *server_fixture_dup_log (ServerFixture *self);

/* One answer. */
typedef struct
{
  guint status;
  GHashTable *headers; /* lower-case name → value, the last of a name */
  char *body; /* text, as it came */
  JsonObject *json; /* the body, or NULL when it is no JSON object */
} ServerReply;

void server_reply_free (ServerReply *self);
/* A header's value (@name in lower case), or NULL. */
const char *server_reply_get_header (ServerReply *self, const char *name);
/* The `data` object; fails the test when there is none. Borrowed. */
JsonObject *server_reply_get_data (ServerReply *self);
/* The JSend `code` of a failure, or NULL. */
const char *server_reply_get_code (ServerReply *self);

/* One request on a connection of its own. @token and @body may be NULL; @body goes as
 * application/json. Safe on any thread. Blocks. */
ServerReply *server_fixture_send (ServerFixture *self, const char *method, const char *path,
                                  const char *token, const char *body);
/* The same with one more header line ("If-Match: *"), or NULL. */
ServerReply *server_fixture_send_with (ServerFixture *self, const char *method, const char *path,
                                       const char *token, const char *header, const char *body);
/* The same for raw bytes: sends @request as it stands, then reads to the end. NULL when the server
 * closed without an answer. @length −1: up to the NUL. */
ServerReply *server_fixture_send_raw (ServerFixture *self, const char *request, gssize length);
/* As server_fixture_send_with(), of a server that may be gone: NULL when there was no answer. */
ServerReply *server_fixture_try (ServerFixture *self, const char *method, const char *path,
                                 const char *token, const char *header, const char *body);
/* A connected socket, to send slowly or in part. */
GSocketConnection *server_fixture_connect (ServerFixture *self);
/* Reads an answer from @connection up to its end. */
ServerReply *server_reply_read (GSocketConnection *connection);

/* The access token of @account, "doctor@example.org", with the demo's password. (transfer full) */
char *server_fixture_sign_in (ServerFixture *self, const char *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerFixture, server_fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerReply, server_reply_free)

G_END_DECLS
