/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What every main() of Rounds does first: futures, locale, log writer.
 * It starts no thread and reads no file of the user.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rounds_init:
 * @program: the name that log lines and `g_get_prgname()` carry
 *
 * Sets up libdex, the program name and the redacting log writer. Has to be the first statement of
 * each `main()` and of each test; calling it again does nothing.
 */
void rounds_init (const char *program);

G_END_DECLS
