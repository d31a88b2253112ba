/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The demo's data, made by `roundsd demo` now and then and copied for each server of a test.
 * It starts no server: server-fixture.h does.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts the demo's database into @data_dir, or into a PostgreSQL database of its own, of which this
 * is the URL. (transfer full) (nullable) @environment is for `roundsd demo`, should it have to run.
 */
char *server_demo_copy (const char *data_dir, char **environment);

G_END_DECLS
