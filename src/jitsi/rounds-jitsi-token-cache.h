/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens that were signed a moment ago, for who asks for the very same ones again.
 * It makes none and judges none; rounds-jitsi-minter.c does.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Good for any thread. One owner. */
typedef struct _RoundsJitsiTokenCache RoundsJitsiTokenCache;

/* Holds @max_tokens at most. */
RoundsJitsiTokenCache *rounds_jitsi_token_cache_new (guint max_tokens);
/* Wipes the tokens. */
void rounds_jitsi_token_cache_free (RoundsJitsiTokenCache *self);

/* The token that was kept for @payload in the same @span, a number of a stretch of time; else NULL.
 * (transfer full) */
char *rounds_jitsi_token_cache_find (RoundsJitsiTokenCache *self, gint64 span, const char *payload);
/* Keeps @token for @payload. What was kept for another @span is wiped: of each person and room,
 * only what is said in this one may be asked for again. */
void rounds_jitsi_token_cache_keep (RoundsJitsiTokenCache *self, gint64 span, const char *payload,
                                    const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiTokenCache, rounds_jitsi_token_cache_free)

G_END_DECLS
