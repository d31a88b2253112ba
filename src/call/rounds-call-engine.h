/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A web view as Rounds sets one up for a call or for what comes before it.
 * What is loaded into it, and what that may do, is its owner's.
 */

#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

/* Nothing of it is ever written to a disk. (transfer full) */
WebKitNetworkSession *rounds_call_engine_new_session (void);
/* (transfer floating) */
WebKitWebView *
rounds_call_engine_new_view (WebKitNetworkSession *session, WebKitUserContentManager *content);
/* Lets @web_view go once its page is gone; whoever held it may drop it now. */
void rounds_call_engine_leave (WebKitWebView *web_view);

G_END_DECLS
