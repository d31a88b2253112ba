/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A request whose write is under way while no thread waits for it.
 * It writes nothing itself: rounds-write.c makes it, RoundsDbWriter runs it, rounds-dispatch.c goes
 * on with it.
 */

#pragma once

#include "rounds-request-private.h"
#include "rounds-write.h"

G_BEGIN_DECLS

/* What a write is for, while it is in its transaction. */
typedef struct
{
  RoundsRequest *request;
  RoundsWriteFunc func;
  gpointer data;
  RoundsWrite outcome; /* what func said */
} RoundsWriteJob;

/* Of a response that is none yet. Whoever has it pushes its write, and calls
 * rounds_dispatch_written() when that is done. */
typedef struct _RoundsLater
{
  RoundsDbWrite write; /* first: the writer gives this back */
  RoundsWriteJob job;
  RoundsRequest request; /* moved here when its handler has returned */
  RoundsWriteAnswer answer;
  GDestroyNotify free_data; /* of the job's */
  gpointer owner; /* borrowed: whose request it is */
} RoundsLater;

/* Moves @request, which is empty then. */
void rounds_later_take_request (RoundsLater *self, RoundsRequest *request);
/* The handler's answer, after the write. (transfer full) */
RoundsResponse *rounds_later_answer (RoundsLater *self);
void rounds_later_free (RoundsLater *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsLater, rounds_later_free)

G_END_DECLS
