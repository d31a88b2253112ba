/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the tests of several rooms share: start-up, waiting without sleeping, folders of their own.
 * It knows no room but base.
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* g_test_init() and rounds_init(). Any waiting below fails the test when nothing comes of it within
 * a minute. */
void rounds_test_init (int *argc, char ***argv);

/* Runs @fiber on the main thread's scheduler and iterates the main context until it ended; an error
 * that it returns fails the test. */
void rounds_test_run_fiber (DexFiberFunc fiber, gpointer data);

/* Iterates the main context until @future (transfer none) is resolved or rejected. */
void rounds_test_wait_for (DexFuture *future);
/* Takes @future, waits for it, and fails the test unless it resolved. */
void rounds_test_expect (DexFuture *future);
/* The same; hands out what it resolved to. (transfer full) */
gboolean rounds_test_expect_boolean (DexFuture *future);
gpointer rounds_test_expect_boxed (DexFuture *future);
gpointer rounds_test_expect_object (DexFuture *future);
/* Takes @future, waits for it, and fails the test unless it was rejected with just this error. */
void rounds_test_expect_error (DexFuture *future, GQuark domain, int code);

typedef gboolean (*RoundsTestCondition) (gpointer data);

/* Iterates the main context until @condition says TRUE. */
void rounds_test_wait_until (RoundsTestCondition condition, gpointer data);
/* Iterates the main context as long as it has something to do. */
void rounds_test_drain (void);

/* An empty folder; freeing it removes it with all that is in it. */
typedef char RoundsTestFolder;
RoundsTestFolder *rounds_test_folder_new (void);
void rounds_test_folder_free (RoundsTestFolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsTestFolder, rounds_test_folder_free)

G_END_DECLS
