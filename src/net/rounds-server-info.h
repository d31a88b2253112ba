/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a server says about itself: what it can do beyond the guide.
 * A server that knows only the guide says nothing, and has no capability then.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Boxed, atomic reference count; read-only once shared. */
typedef struct
{
  char *name; /* or NULL: it knows only the guide */
  char *version; /* or NULL */
  char **capabilities; /* never NULL */
} RoundsServerInfo;

#define ROUNDS_TYPE_SERVER_INFO (rounds_server_info_get_type ())
GType rounds_server_info_get_type (void) G_GNUC_CONST;

/* One that can nothing but the guide. */
RoundsServerInfo *rounds_server_info_new_plain (void);
RoundsServerInfo *rounds_server_info_ref (RoundsServerInfo *self);
void rounds_server_info_unref (RoundsServerInfo *self);
/* @capability: a word of docs/api.md, such as "changes". */
gboolean rounds_server_info_can (const RoundsServerInfo *self, const char *capability);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsServerInfo, rounds_server_info_unref)

G_END_DECLS
