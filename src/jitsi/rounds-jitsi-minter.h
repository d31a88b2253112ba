/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Tokens and links for one Jitsi, made by the thousand: what is the same in all of them is worked
 * out once.
 * It judges no rights; whoever asks has done that.
 */

#pragma once

#include "rounds-jitsi-token.h"

G_BEGIN_DECLS

/* Good for any thread. One owner. */
typedef struct _RoundsJitsiMinter RoundsJitsiMinter;

/* Checks @config, which has to outlive it; a ROUNDS_JITSI_ERROR when links cannot be made. */
RoundsJitsiMinter *rounds_jitsi_minter_new (const RoundsJitsiConfig *config, GError **error);
void rounds_jitsi_minter_free (RoundsJitsiMinter *self);

/* As rounds_jitsi_token_mint(). (transfer full) */
char *
rounds_jitsi_minter_mint (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error);
/* The personal link: with a token, where the Jitsi takes ours. It says the same for a minute (less
 * where tokens live shorter than an hour): its token is one of the minute's beginning. (transfer
 * full) */
char *
rounds_jitsi_minter_link (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error);
/* When such a link of @now ends that has no end of its own to wait for, µs UTC. */
gint64 rounds_jitsi_minter_get_link_end (RoundsJitsiMinter *self, gint64 now);
/* When the minute of @now is over, and links say something else. */
gint64 rounds_jitsi_minter_get_span_end (RoundsJitsiMinter *self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiMinter, rounds_jitsi_minter_free)

G_END_DECLS
