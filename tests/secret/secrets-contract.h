/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What every RoundsSecrets has to do, whatever is behind it.
 * What only one of them does is in that one's test.
 */

#pragma once

#include "rounds-secrets.h"

G_BEGIN_DECLS

/* Fails the test unless @secrets, which holds nothing of ours yet, keeps the contract. */
void check_secrets_contract (RoundsSecrets *secrets);

/* Asks and waits. (transfer full) (nullable) */
char *
look_up (RoundsSecrets *secrets, RoundsSecretKind kind, const char *server, const char *account);

G_END_DECLS
