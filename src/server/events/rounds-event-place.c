/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A WebSocket client's place in the hub, with what others have noted for it.
 * It touches no socket.
 */

#include "config.h"

#include "rounds-event-place.h"

RoundsEventPlace *
rounds_event_place_new (RoundsEventClient *client)
{
  g_return_val_if_fail (client != NULL, NULL);

  RoundsEventPlace *self = g_new0 (RoundsEventPlace, 1);
  self->member.kind = ROUNDS_HUB_CLIENT;
  self->client = client;
  return self;
}

void
rounds_event_place_free (RoundsEventPlace *self)
{
  if (self == NULL)
    return;
  rounds_event_client_free (self->client);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_free (self);
}

const char *
rounds_event_place_get_user_id (RoundsEventPlace *self)
{
  return rounds_event_client_get_admission (self->client)->user_id;
}

const char *const *
rounds_event_place_get_audiences (RoundsEventPlace *self)
{
  return (const char *const *)rounds_event_client_get_admission (self->client)->audiences;
}

void
rounds_event_place_note_news (RoundsEventPlace *self, gint64 seq)
{
  self->news = MAX (self->news, seq);
  self->noted = TRUE;
}

void
rounds_event_place_note_behind (RoundsEventPlace *self)
{
  self->behind = TRUE;
  self->noted = TRUE;
}

void
rounds_event_place_note_message (RoundsEventPlace *self, GRefString *text)
{
  if (self->messages == NULL)
    self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ref_string_release);
  g_ptr_array_add (self->messages, g_ref_string_acquire (text));
  self->noted = TRUE;
}

void
rounds_event_place_note_end (RoundsEventPlace *self, guint16 code)
{
  if (self->close_code == 0)
    self->close_code = code;
  self->noted = TRUE;
}

static const char *
get_close_reason (guint16 code)
{
  switch (code)
    {
    case ROUNDS_CLOSE_SESSION_ENDED:
      return "the session has ended";
    case ROUNDS_CLOSE_ACCESS_CHANGED:
      return "what you may see has changed";
    case ROUNDS_CLOSE_POLICY:
      return "too many connections";
    default:
      return "the server stops";
    }
}

void
rounds_event_place_take_notes (RoundsEventPlace *self)
{
  g_return_if_fail (self != NULL);

  if (self->news > 0)
    rounds_event_client_add_news (self->client, self->news);
  if (self->behind)
    rounds_event_client_fall_behind (self->client);
  for (guint i = 0; self->messages != NULL && i < self->messages->len; i++)
    rounds_event_client_add_message (self->client, g_ptr_array_index (self->messages, i));
  if (self->close_code != 0)
    rounds_event_client_close (self->client, self->close_code, get_close_reason (self->close_code));
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  self->news = 0;
  self->behind = FALSE;
  self->noted = FALSE;
}
