/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Writing from a handler: a part of it that runs in a transaction and is safe when it returns.
 * What is written is the handler's; how commits are shared is RoundsDbWriter's.
 */

#pragma once

#include "rounds-request.h"
#include "rounds-response.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_WRITE_FAILED, /* nothing of it remains; the error is set */
  ROUNDS_WRITE_UNDO, /* nothing of it is to remain: somebody was faster, a rule said no */
  ROUNDS_WRITE_KEEP,
} RoundsWrite;

/* Reads and writes through rounds_request_get_db() in a transaction that is open already, and ends
 * none. It may run a second time, after all that the first run wrote was undone, and on another
 * thread; the request's own thread waits meanwhile. It belongs to everybody's commit: it does
 * nothing slow, and answers nobody. */
typedef RoundsWrite (*RoundsWriteFunc) (RoundsRequest *request, gpointer data, GError **error);

/* Runs @func and returns what it said once that is safe: on SQLite in a commit that it shares with
 * whoever writes at the same time, on PostgreSQL in one of its own, again when it got in another
 * one's way. Inside of another rounds_request_write() it is a part of that one. */
RoundsWrite
rounds_request_write (RoundsRequest *request, RoundsWriteFunc func, gpointer data, GError **error);

/* What to say once it is known what became of a write; with a database of its own. @error: with
 * ROUNDS_WRITE_FAILED, else NULL. */
typedef RoundsResponse *(*RoundsWriteAnswer) (RoundsRequest *request, RoundsWrite outcome,
                                              gpointer data, const GError *error);

/* As rounds_request_write(), and then @answer; but where that is possible no thread waits in
 * between, and what is returned says so to who called the handler: nothing else may follow.
 * @data: (transfer full): freed by @free_data behind both */
RoundsResponse *
rounds_request_write_then (RoundsRequest *request, RoundsWriteFunc func, RoundsWriteAnswer answer,
                           gpointer data, GDestroyNotify free_data);

/* One try at changing what it reads: an answer, or NULL when somebody else's change came in
 * between. */
typedef RoundsResponse *(*RoundsWriteTry) (RoundsRequest *request, gpointer data);

/* Tries again while others are faster; after some times a 409 `conflict`. @what is changed:
 * "meeting". */
RoundsResponse *rounds_request_try_often (RoundsRequest *request, const char *what,
                                          RoundsWriteTry func, gpointer data);

G_END_DECLS
