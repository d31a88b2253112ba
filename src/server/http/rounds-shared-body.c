/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The body of an answer that is given several times, with what libmicrohttpd made of it the first
 * time: some thirty allocations that are the same again for each of them.
 */

#include "config.h"

#include "rounds-shared-body.h"

#include "rounds-wipe.h"

#include <string.h>

struct _RoundsSharedBody
{
  char *text; /* constant */
  gint n_refs; /* atomic */
  GMutex mutex; /* guards what follows; constant once the reply is there */
  struct MHD_Response *reply; /* or NULL */
  char *values[ROUNDS_MAX_HEADERS]; /* of its headers */
  const char *names[ROUNDS_MAX_HEADERS];
  guint n_headers;
};

RoundsSharedBody *
rounds_shared_body_new (char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  RoundsSharedBody *self = g_new0 (RoundsSharedBody, 1);
  self->text = text;
  self->n_refs = 1;
  g_mutex_init (&self->mutex);
  return self;
}

RoundsSharedBody *
rounds_shared_body_ref (RoundsSharedBody *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->n_refs);
  return self;
}

/* The text goes with the last answer that is still being sent. */
static void
wipe_text_cb (void *text)
{
  rounds_wipe_free (text);
}

void
rounds_shared_body_unref (RoundsSharedBody *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->n_refs))
    return;
  if (self->reply != NULL)
    MHD_destroy_response (self->reply);
  else
    wipe_text_cb (self->text);
  for (guint i = 0; i < self->n_headers; i++)
    g_free (self->values[i]);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
rounds_shared_body_get_text (RoundsSharedBody *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

static gboolean
has_headers (RoundsSharedBody *self, const RoundsHeader *headers, guint n_headers)
{
  if (n_headers != self->n_headers)
    return FALSE;
  for (guint i = 0; i < n_headers; i++)
    {
      if (strcmp (headers[i].name, self->names[i]) != 0
          || strcmp (headers[i].value, self->values[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

/* With the mutex held. */
static void
make_reply (RoundsSharedBody *self, const RoundsHeader *headers, guint n_headers)
{
  self->reply = MHD_create_response_from_buffer_with_free_callback_cls (
      strlen (self->text), self->text, wipe_text_cb, self->text);
  for (guint i = 0; i < n_headers; i++)
    {
      MHD_add_response_header (self->reply, headers[i].name, headers[i].value);
      self->names[i] = headers[i].name;
      self->values[i] = g_strdup (headers[i].value);
    }
  self->n_headers = n_headers;
}

struct MHD_Response *
rounds_shared_body_get_reply (RoundsSharedBody *self, const RoundsHeader *headers, guint n_headers)
{
  g_return_val_if_fail (self != NULL && headers != NULL, NULL);
  g_return_val_if_fail (n_headers <= ROUNDS_MAX_HEADERS, NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->reply == NULL)
    make_reply (self, headers, n_headers);
  return has_headers (self, headers, n_headers) ? self->reply : NULL;
}
