/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Writing from a handler: a part of it that runs in a transaction and is safe when it returns.
 * What is written is the handler's; how commits are shared is RoundsDbWriter's.
 */

#include "config.h"

#include "rounds-write.h"

#include "rounds-audit-request.h"
#include "rounds-later.h"
#include "rounds-response-private.h"
#include "rounds-server-error.h"
#include "rounds-worker-pool.h"

/* How often a change is tried again when somebody else's came first. */
#define MAX_TRIES 8

/* The writer's thread works on a connection of its own. Nobody else looks at the request until it
 * is through, so the request may be lent that connection for as long. */
static gboolean
run_write (RoundsDb *db, gpointer data, GError **error)
{
  RoundsWriteJob *self = data;
  RoundsDb *own = self->request->db;

  self->request->db = db;
  self->request->writing = TRUE;
  self->outcome = self->func (self->request, self->data, error);
  /* Security: what is not in the audit log does not happen. */
  if (self->outcome == ROUNDS_WRITE_KEEP && !rounds_audit_note_write (self->request, error))
    self->outcome = ROUNDS_WRITE_FAILED;
  self->request->writing = FALSE;
  self->request->db = own;
  /* Nobody but rounds_request_write() sees this error: it is how a job says that it is to be
   * undone. */
  if (self->outcome == ROUNDS_WRITE_UNDO)
    g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_UNDONE, "Not to be kept");
  return self->outcome == ROUNDS_WRITE_KEEP;
}

/* A part of what is written already: it can be undone alone, so it has a savepoint of its own. */
static RoundsWrite
write_inside (RoundsRequest *request, RoundsWriteFunc func, gpointer data, GError **error)
{
  if (!rounds_db_savepoint (request->db, error))
    return ROUNDS_WRITE_FAILED;
  RoundsWrite outcome = func (request, data, error);
  if (outcome == ROUNDS_WRITE_KEEP)
    return rounds_db_release (request->db, error) ? outcome : ROUNDS_WRITE_FAILED;
  if (outcome == ROUNDS_WRITE_UNDO)
    return rounds_db_undo (request->db, error) ? outcome : ROUNDS_WRITE_FAILED;
  /* The first reason counts. */
  rounds_db_undo (request->db, NULL);
  return outcome;
}

/* @reason: (nullable): why nothing of it remains. Undone on purpose, unless the whole commit failed
 * as well: then that is the answer. */
static RoundsWrite
get_outcome (const GError *reason)
{
  if (reason == NULL)
    return ROUNDS_WRITE_KEEP;
  return g_error_matches (reason, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_UNDONE)
             ? ROUNDS_WRITE_UNDO
             : ROUNDS_WRITE_FAILED;
}

RoundsWrite
rounds_request_write (RoundsRequest *request, RoundsWriteFunc func, gpointer data, GError **error)
{
  g_return_val_if_fail (request != NULL && func != NULL, ROUNDS_WRITE_FAILED);

  RoundsWriteJob self = { request, func, data, ROUNDS_WRITE_FAILED };
  g_autoptr (GError) reason = NULL;

  if (request->writing)
    return write_inside (request, func, data, error);
  rounds_worker_pool_begin_wait ();
  rounds_db_writer_run (request->context->writer, request->db, run_write, &self, &reason);
  rounds_worker_pool_end_wait ();
  RoundsWrite outcome = get_outcome (reason);
  if (outcome == ROUNDS_WRITE_FAILED)
    g_propagate_error (error, g_steal_pointer (&reason));
  return outcome;
}

void
rounds_later_take_request (RoundsLater *self, RoundsRequest *request)
{
  g_return_if_fail (self != NULL && request != NULL);

  self->request = *request;
  *request = (RoundsRequest){ NULL };
  self->job.request = &self->request;
  /* Its handler has returned, but is not through. */
  self->request.audit.handling = TRUE;
}

RoundsResponse *
rounds_later_answer (RoundsLater *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  RoundsWrite outcome = get_outcome (self->write.error);
  /* It has left once. */
  self->request.may_leave = FALSE;
  RoundsResponse *response
      = self->answer (&self->request, outcome, self->job.data,
                      outcome == ROUNDS_WRITE_FAILED ? self->write.error : NULL);
  self->request.audit.handling = FALSE;
  return response;
}

void
rounds_later_free (RoundsLater *self)
{
  if (self == NULL)
    return;
  rounds_request_clear (&self->request);
  g_clear_error (&self->write.error);
  self->free_data (self->job.data);
  g_free (self);
}

RoundsResponse *
rounds_request_write_then (RoundsRequest *request, RoundsWriteFunc func, RoundsWriteAnswer answer,
                           gpointer data, GDestroyNotify free_data)
{
  g_return_val_if_fail (request != NULL && func != NULL, NULL);
  g_return_val_if_fail (answer != NULL && free_data != NULL, NULL);

  if (!request->may_leave || request->writing)
    {
      g_autoptr (GError) error = NULL;
      RoundsWrite outcome = rounds_request_write (request, func, data, &error);
      RoundsResponse *response = answer (request, outcome, data, error);
      free_data (data);
      return response;
    }
  RoundsLater *later = g_new0 (RoundsLater, 1);
  later->job = (RoundsWriteJob){ NULL, func, data, ROUNDS_WRITE_FAILED };
  later->write.func = run_write;
  later->write.data = &later->job;
  later->answer = answer;
  later->free_data = free_data;
  RoundsResponse *response = rounds_response_new_empty (0);
  response->later = later;
  return response;
}

RoundsResponse *
rounds_request_try_often (RoundsRequest *request, const char *what, RoundsWriteTry func,
                          gpointer data)
{
  g_return_val_if_fail (request != NULL && what != NULL && func != NULL, NULL);

  for (int i = 0; i < MAX_TRIES; i++)
    {
      RoundsResponse *response = func (request, data);
      if (response != NULL)
        return response;
    }
  g_autofree char *message = g_strdup_printf ("Others are changing this %s; try again", what);
  return rounds_response_fail (409, "conflict", message, NULL);
}
