/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The server's address as people type it, made into one base URL.
 * It resolves no name and opens no connection.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an address comes to. */
typedef struct
{
  char *base_url; /* "https://rounds.example.org/clinic": no slash at the end */
  char *host; /* as people read it, for messages */
  gboolean is_loopback; /* this machine: plain http is allowed and no proxy is asked */
} RoundsAddress;

/* Reads @typed; on failure NULL with ROUNDS_NET_ERROR_ADDRESS in words for the person who typed. */
RoundsAddress *rounds_address_parse (const char *typed, GError **error);
void rounds_address_free (RoundsAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsAddress, rounds_address_free)

G_END_DECLS
