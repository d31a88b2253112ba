/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A bad network between an engine and a real server: it cuts, garbles, repeats and refuses, by the
 * numbers of a seed.
 * It knows nothing of what it carries.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FaultProxy FaultProxy;

/* In front of @server ("http://127.0.0.1:N"). @random is the test's. Good at first. */
FaultProxy *fault_proxy_new (const char *server, GRand *random);
void fault_proxy_free (FaultProxy *self);
const char *fault_proxy_get_url (FaultProxy *self);
void fault_proxy_set_bad (FaultProxy *self, gboolean is_bad);
guint fault_proxy_count_faults (FaultProxy *self);
guint fault_proxy_count_requests (FaultProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultProxy, fault_proxy_free)

G_END_DECLS
