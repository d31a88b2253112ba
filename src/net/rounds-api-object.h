/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsApi, for the two files that make up the object.
 * Nobody else includes this, the files of the resources neither.
 */

#pragma once

#include <libsoup/soup.h>

#include "rounds-address.h"
#include "rounds-api-private.h"

G_BEGIN_DECLS

struct _RoundsApi
{
  GObject parent_instance;

  RoundsAddress *address;
  SoupSession *session;
  char *token; /* Security: in memory only */
  gboolean token_refused; /* the server's 401 for this token has been told */
  guint deadline_ms;
};

/* The server answered 401 to @token: emits "unauthorized", unless that is known or @token is no
 * longer ours. */
void rounds_api_refuse_token (RoundsApi *self, const char *token);

G_END_DECLS
