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

/* Where lines go: to standard error for people, or as JSON, one object a line, for a collector. A
 * standard error that is the journal's gets fields instead of text. */
typedef enum
{
  ROUNDS_LOG_TEXT,
  ROUNDS_LOG_JSON,
} RoundsLogFormat;

/* For all that is logged from here on; once, before there are other threads. */
void rounds_log_set_format (RoundsLogFormat format);
RoundsLogFormat rounds_log_get_format (void);
/* Whether standard error is the journal's. */
gboolean rounds_log_is_journal (void);
/* Writes one line as it stands, in one piece. Security: not redacted; only for what is put together
 * from words of ours and numbers. @line ends with a line break. */
void rounds_log_write_safe (const char *line, gsize length);

/* The GLogWriterFunc that rounds_init() installs: redacts, then writes to stderr or the journal. */
GLogWriterOutput rounds_log_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                    gpointer user_data);

G_END_DECLS
