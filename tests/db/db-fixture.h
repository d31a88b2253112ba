/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * An empty database of either driver, for a test that runs on both.
 * It starts no server: tests/support/with-postgres does that around the test program.
 */

#pragma once

#include "rounds-db.h"

G_BEGIN_DECLS

typedef struct _DbFixture DbFixture;

/* NULL, after g_test_skip(), where there is no such database. */
DbFixture *db_fixture_new (RoundsDbDialect dialect);
void db_fixture_free (DbFixture *self);

RoundsDbDialect db_fixture_get_dialect (DbFixture *self);
/* A connection to it, and one with time-outs of its own (0: the usual ones). */
RoundsDb *db_fixture_open (DbFixture *self);
RoundsDb *db_fixture_open_with (DbFixture *self, int busy_timeout_ms, int statement_timeout_ms);
/* PostgreSQL only: the URL of just this database. */
const char *db_fixture_get_url (DbFixture *self);
/* SQLite only: its file. */
const char *db_fixture_get_path (DbFixture *self);

/* Runs @sql, which has to work. */
void db_fixture_exec (RoundsDb *db, const char *sql);
/* The first column of the first row that @sql answers. */
gint64 db_fixture_ask (RoundsDb *db, const char *sql);
/* Prepares @sql, which has to work. */
RoundsDbStatement *db_fixture_prepare (RoundsDb *db, const char *sql);

/* Adds @test twice, as PATH/sqlite and PATH/postgres, with an empty database as its argument. */
typedef void (*DbFixtureTest) (DbFixture *fixture);
void db_fixture_add (const char *path, DbFixtureTest test);
/* Adds it once, for one driver. */
void db_fixture_add_for (RoundsDbDialect dialect, const char *path, DbFixtureTest test);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbFixture, db_fixture_free)

G_END_DECLS
