/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * PostgreSQL's client library, loaded by who speaks to a PostgreSQL server and by nobody else.
 * It knows no connection; the driver calls libpq's functions through this table.
 */

#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* All that is called. */
#define ROUNDS_LIBPQ_FUNCTIONS(F)                                                                  \
  F (PQclear)                                                                                      \
  F (PQcmdStatus)                                                                                  \
  F (PQcmdTuples)                                                                                  \
  F (PQconnectdbParams)                                                                            \
  F (PQconnectionNeedsPassword)                                                                    \
  F (PQconnectionUsedPassword)                                                                     \
  F (PQconninfoFree)                                                                               \
  F (PQconninfoParse)                                                                              \
  F (PQconsumeInput)                                                                               \
  F (PQerrorMessage)                                                                               \
  F (PQfinish)                                                                                     \
  F (PQflush)                                                                                      \
  F (PQfreemem)                                                                                    \
  F (PQftype)                                                                                      \
  F (PQgetResult)                                                                                  \
  F (PQgetisnull)                                                                                  \
  F (PQgetvalue)                                                                                   \
  F (PQisBusy)                                                                                     \
  F (PQnotifies)                                                                                   \
  F (PQntuples)                                                                                    \
  F (PQpass)                                                                                       \
  F (PQresultErrorField)                                                                           \
  F (PQresultStatus)                                                                               \
  F (PQsendClosePrepared)                                                                          \
  F (PQsendPrepare)                                                                                \
  F (PQsendQuery)                                                                                  \
  F (PQsendQueryPrepared)                                                                          \
  F (PQsetNoticeReceiver)                                                                          \
  F (PQsetnonblocking)                                                                             \
  F (PQsocket)                                                                                     \
  F (PQstatus)                                                                                     \
  F (PQunescapeBytea)

#define ROUNDS_LIBPQ_MEMBER(function) __typeof__ (function) *function;
/* Each as libpq-fe.h declares it. */
typedef struct
{
  ROUNDS_LIBPQ_FUNCTIONS (ROUNDS_LIBPQ_MEMBER)
} RoundsLibpq;
#undef ROUNDS_LIBPQ_MEMBER

/* Only behind a rounds_libpq_load() that succeeded. */
extern RoundsLibpq rounds_libpq;

/* Any thread, any number of times; the library stays until the process ends. FALSE with
 * ROUNDS_DB_ERROR_OPEN where it is not installed or too old. Blocks on the disk the first time. */
gboolean rounds_libpq_load (GError **error);

G_END_DECLS
