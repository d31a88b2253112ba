/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Between the files of RoundsAccount.
 */

#pragma once

#include "rounds-account.h"
#include "rounds-api.h"

G_BEGIN_DECLS

struct _RoundsAccount
{
  GObject parent_instance;

  RoundsSecrets *secrets;
  RoundsClock *clock;
  RoundsApi *api;
  RoundsStore *store;
  RoundsSync *sync;
  char *email; /* or the person's id, where a token came without one */
  gboolean is_kept; /* whether anything of it is on this computer */
  gboolean discards_unsent; /* when signing out */
};

G_END_DECLS
