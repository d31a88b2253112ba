/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The log writer that takes tokens, passwords and e-mail addresses out of what is logged.
 * It is the last net only: code must not hand secrets or patient data to the log at all.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns @text with JWTs, Bearer values, `jwt=`/`token=`/`password=` values and e-mail addresses
 * replaced by «…». (transfer full) */
char *rounds_log_redact (const char *text);

/* The GLogWriterFunc that rounds_init() installs: redacts, then writes to stderr or the journal. */
GLogWriterOutput rounds_log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                    gpointer user_data);

G_END_DECLS
