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

/* Immutable, and therefore good for any thread. One owner. */
typedef struct _RoundsJitsiMinter RoundsJitsiMinter;

/* Checks @config, which has to outlive it; a ROUNDS_JITSI_ERROR when links cannot be made. */
RoundsJitsiMinter *rounds_jitsi_minter_new (const RoundsJitsiConfig *config, GError **error);
void rounds_jitsi_minter_free (RoundsJitsiMinter *self);

/* As rounds_jitsi_token_mint(). (transfer full) */
char *
rounds_jitsi_minter_mint (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error);
/* The personal link: with a token, where the Jitsi takes ours. (transfer full) */
char *
rounds_jitsi_minter_link (RoundsJitsiMinter *self, const RoundsJitsiPerson *person,
                          const char *room, gint64 now, gint64 not_before_end, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsJitsiMinter, rounds_jitsi_minter_free)

G_END_DECLS
