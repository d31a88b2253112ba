/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the implementations of RoundsSecrets share.
 * No other room sees it.
 */

#pragma once

#include "rounds-secrets.h"

G_BEGIN_DECLS

#define N_SECRET_KINDS (ROUNDS_SECRET_CACHE_KEY + 1)

/* The keyring's word for @kind: "access-token", "refresh-token", "cache-key". Kept in people's
 * keyrings, so it must never change. */
const char *rounds_secret_kind_to_string (RoundsSecretKind kind);

G_END_DECLS
