/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The files beside a cache: which there are, and the mark that says "look closely before you open".
 * No other room sees it. These functions block.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands after the path of the cache. */
#define ROUNDS_STORE_LOG "-wal" /* SQLite's; left behind by a process that did not end well */
#define ROUNDS_STORE_INDEX "-shm" /* SQLite's, to the log */
#define ROUNDS_STORE_MARK "-suspect" /* empty: a part of the cache could not be read */
#define ROUNDS_STORE_ASIDE ".damaged"
#define ROUNDS_STORE_UNFINISHED ".rescuing"
#define ROUNDS_STORE_RESCUED ".rescued" /* complete, to be put in the cache's place */

gboolean rounds_store_files_exist (const char *path, const char *ending);
/* Whether the last one who had it open ended without closing it. */
gboolean rounds_store_files_were_left (const char *path);
/* A file that is not there is no error. */
gboolean rounds_store_files_remove (const char *path, const char *ending, GError **error);
gboolean rounds_store_files_rename (const char *from, const char *to, GError **error);
/* Nothing is said when it cannot be written: the next read finds the same. */
void rounds_store_files_mark (const char *path);

/* The rescued cache, if there is one, takes the place of the damaged one; whenever this is
 * interrupted, doing it again completes it. */
gboolean rounds_store_files_swap (const char *path, GError **error);

G_END_DECLS
