/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the parts of the hub share: whom its epoll speaks of.
 * No other room includes it.
 */

#pragma once

#include "rounds-event-hub.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_HUB_PARKED,
  ROUNDS_HUB_CLIENT,
} RoundsHubKind;

/* The first member of all that the epoll points to; NULL is the bell. */
typedef struct
{
  RoundsHubKind kind;
} RoundsHubMember;

G_END_DECLS
