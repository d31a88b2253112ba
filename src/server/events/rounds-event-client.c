/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One WebSocket: frames in and out of a socket, pings, limits, the end.
 * Nothing here grows with what the other side does or leaves undone.
 */

#include "config.h"

#include "rounds-event-client.h"

#include "rounds-event-socket.h"

#include <string.h>
#include <sys/socket.h>
#include <wslay/wslay.h>

/* Security: a client has nothing to say but pings and goodbye; a flood of anything is the end. */
#define MAX_MESSAGE 4096
#define MAX_BURST 60 /* frames */
#define FRAMES_PER_SECOND 10
/* Messages that wait for a slow client. */
#define MAX_WAITING 32
/* How long a goodbye may take. */
#define LINGER (2 * G_USEC_PER_SEC)

struct _RoundsEventClient
{
  RoundsEventSocket socket;
  RoundsEventAdmission *admission;
  wslay_event_context_ptr wslay;
  gint64 now; /* when serving began, monotonic µs */
  gint64 last_heard;
  gint64 closing_since; /* 0: open */
  gint64 frames; /* that may still come at once, in thousandths */
  gint64 frames_at;
  gboolean pinged; /* and nothing heard since */
  gboolean malformed; /* what came was no frame, or none that may be */
  gboolean last_word; /* our goodbye is sent, and nothing more will be */
  gint64 news; /* the last number that he has to be told of; admission's cursor.seq: none */
  GQueue waiting; /* GRefString: not yet given to wslay */
};

/* wslay's callbacks */

static ssize_t
read_cb (wslay_event_context_ptr wslay, uint8_t *buffer, size_t length, int flags, void *data)
{
  RoundsEventClient *self = data;
  gssize n = rounds_event_socket_read (&self->socket, buffer, length);

  if (n < 0)
    wslay_event_set_error (wslay,
                           self->socket.gone ? WSLAY_ERR_CALLBACK_FAILURE : WSLAY_ERR_WOULDBLOCK);
  return n;
}

/* wslay says goodbye without a reason where it could not even read a frame; the standard has one
 * for that. */
static void
add_reason (RoundsEventClient *self, const guint8 **bytes, gsize *length)
{
  static const guint8 empty[] = { 0x88, 0 };
  static const guint8 protocol_error[]
      = { 0x88, 2, ROUNDS_CLOSE_PROTOCOL >> 8, ROUNDS_CLOSE_PROTOCOL & 0xff };

  if (!self->malformed || *length != sizeof empty || memcmp (*bytes, empty, sizeof empty) != 0)
    return;
  *bytes = protocol_error;
  *length = sizeof protocol_error;
}

/* Collects: all that there is to say now goes out in one packet. */
static ssize_t
write_cb (wslay_event_context_ptr wslay, const uint8_t *bytes, size_t length, int flags, void *data)
{
  RoundsEventClient *self = data;

  if (rounds_event_socket_is_full (&self->socket))
    {
      wslay_event_set_error (wslay, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }
  const guint8 *said = bytes;
  gsize n_said = length;
  add_reason (self, &said, &n_said);
  rounds_event_socket_add (&self->socket, said, n_said);
  return (ssize_t)length;
}

/* Each frame costs one of those that may come; they come back with the time. */
static void
frame_begins_cb (wslay_event_context_ptr wslay,
                 const struct wslay_event_on_frame_recv_start_arg *frame, void *data)
{
  RoundsEventClient *self = data;
  gint64 gained = (self->now - self->frames_at) * FRAMES_PER_SECOND / 1000;

  self->last_heard = self->now;
  self->pinged = FALSE;
  self->frames = MIN (self->frames + gained, MAX_BURST * 1000) - 1000;
  self->frames_at = self->now;
  if (self->frames < 0)
    rounds_event_client_close (self, ROUNDS_CLOSE_POLICY, "too many messages");
}

static void
message_cb (wslay_event_context_ptr wslay, const struct wslay_event_on_msg_recv_arg *message,
            void *data)
{
  RoundsEventClient *self = data;
  /* What a later version may say in text is passed over; bytes mean nothing in any. */
  if (message->opcode == WSLAY_BINARY_FRAME)
    rounds_event_client_close (self, ROUNDS_CLOSE_UNSUPPORTED, "text only");
  /* Half a code is none. */
  else if (message->opcode == WSLAY_CONNECTION_CLOSE && message->msg_length == 1)
    self->malformed = TRUE;
}

static const struct wslay_event_callbacks callbacks = {
  .recv_callback = read_cb,
  .send_callback = write_cb,
  .on_frame_recv_start_callback = frame_begins_cb,
  .on_msg_recv_callback = message_cb,
};

/* Messages of ours */

static void
queue_text (RoundsEventClient *self, const char *text)
{
  struct wslay_event_msg message = {
    .opcode = WSLAY_TEXT_FRAME,
    .msg = (const uint8_t *)text,
    .msg_length = strlen (text),
  };
  wslay_event_queue_msg (self->wslay, &message);
}

static char *
dup_cursor (RoundsEventClient *self)
{
  return rounds_change_cursor_format (self->admission->feed, &self->admission->cursor);
}

static void
say_hello (RoundsEventClient *self)
{
  g_autofree char *cursor = dup_cursor (self);
  g_autofree char *text
      = g_strdup_printf ("{\"type\":\"hello\",\"version\":1,\"cursor\":\"%s\"}", cursor);
  queue_text (self, text);
}

/* All news since the last time is one message: where he was, not what came. */
static void
tell_news (RoundsEventClient *self)
{
  g_autofree char *cursor = dup_cursor (self);
  g_autofree char *text = g_strdup_printf ("{\"type\":\"changes\",\"after\":\"%s\"}", cursor);
  queue_text (self, text);
  self->admission->cursor.seq = self->news;
  self->admission->behind = FALSE;
}

static gboolean
has_news (RoundsEventClient *self)
{
  return self->admission->behind || self->news > self->admission->cursor.seq;
}

/* Frames the next message where there is one and it may go. What waits is counted here and nowhere
 * else; that there is something goes before what it is. */
static gboolean
queue_next (RoundsEventClient *self)
{
  if (self->closing_since != 0 || rounds_event_socket_is_full (&self->socket)
      || wslay_event_get_queued_msg_count (self->wslay) > 0)
    return FALSE;
  if (has_news (self))
    {
      tell_news (self);
      return TRUE;
    }
  g_autoptr (GRefString) text = g_queue_pop_head (&self->waiting);
  if (text == NULL)
    return FALSE;
  queue_text (self, text);
  return TRUE;
}

static void
forget_waiting (RoundsEventClient *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify)g_ref_string_release);
}

RoundsEventClient *
rounds_event_client_new (int fd, RoundsEventAdmission *admission, const char *early,
                         gsize early_length)
{
  g_return_val_if_fail (fd >= 0 && admission != NULL, NULL);

  RoundsEventClient *self = g_new0 (RoundsEventClient, 1);
  rounds_event_socket_init (&self->socket, fd, early, early_length);
  self->admission = admission;
  self->now = g_get_monotonic_time ();
  self->last_heard = self->now;
  self->frames = MAX_BURST * 1000;
  self->frames_at = self->now;
  self->news = admission->cursor.seq;
  g_queue_init (&self->waiting);
  if (wslay_event_context_server_init (&self->wslay, &callbacks, self) != 0)
    {
      rounds_event_client_free (self);
      return NULL;
    }
  wslay_event_config_set_max_recv_msg_length (self->wslay, MAX_MESSAGE);
  say_hello (self);
  for (guint i = 0; admission->waiting != NULL && i < admission->waiting->len; i++)
    rounds_event_client_add_message (self, g_ptr_array_index (admission->waiting, i));
  g_clear_pointer (&admission->waiting, g_ptr_array_unref);
  return self;
}

void
rounds_event_client_free (RoundsEventClient *self)
{
  if (self == NULL)
    return;
  wslay_event_context_free (self->wslay);
  rounds_event_socket_clear (&self->socket);
  forget_waiting (self);
  rounds_event_admission_free (self->admission);
  g_free (self);
}

int
rounds_event_client_get_fd (RoundsEventClient *self)
{
  return self->socket.fd;
}

const RoundsEventAdmission *
rounds_event_client_get_admission (RoundsEventClient *self)
{
  return self->admission;
}

void
rounds_event_client_add_news (RoundsEventClient *self, gint64 seq)
{
  g_return_if_fail (self != NULL);

  self->news = MAX (self->news, seq);
}

void
rounds_event_client_fall_behind (RoundsEventClient *self)
{
  g_return_if_fail (self != NULL);

  self->admission->behind = TRUE;
}

void
rounds_event_client_add_message (RoundsEventClient *self, GRefString *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  if (g_queue_get_length (&self->waiting) < MAX_WAITING)
    {
      g_queue_push_tail (&self->waiting, g_ref_string_acquire (text));
      return;
    }
  /* Who is that slow finds it all in the feed. */
  forget_waiting (self);
  self->admission->behind = TRUE;
}

void
rounds_event_client_close (RoundsEventClient *self, guint16 code, const char *reason)
{
  g_return_if_fail (self != NULL && reason != NULL);

  if (self->closing_since != 0)
    return;
  self->closing_since = g_get_monotonic_time ();
  forget_waiting (self);
  wslay_event_queue_close (self->wslay, code, (const uint8_t *)reason, strlen (reason));
}

static gboolean
has_output (RoundsEventClient *self)
{
  return self->socket.out != NULL || wslay_event_want_write (self->wslay) != 0;
}

/* Both goodbyes were said. */
static gboolean
is_over (RoundsEventClient *self)
{
  return self->socket.gone
         || (wslay_event_get_close_sent (self->wslay)
             && wslay_event_get_close_received (self->wslay) && !has_output (self));
}

static gboolean
read_frames (RoundsEventClient *self)
{
  if (!wslay_event_want_read (self->wslay) || wslay_event_recv (self->wslay) == 0)
    return TRUE;
  if (self->socket.gone)
    return FALSE;
  self->malformed = TRUE;
  rounds_event_client_close (self, ROUNDS_CLOSE_PROTOCOL, "bad frame");
  return TRUE;
}

gboolean
rounds_event_client_serve (RoundsEventClient *self, gboolean readable)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->now = g_get_monotonic_time ();
  rounds_event_socket_begin_turn (&self->socket);
  /* Closing a socket with bytes in it would take the goodbye back: they are read away until the
   * other side closes too. */
  if (self->last_word)
    return rounds_event_socket_read_away (&self->socket);
  /* Asking the socket of each of ten thousand who are told something would cost a tenth of it all.
   */
  if (readable && !read_frames (self))
    return FALSE;
  do
    {
      if (wslay_event_want_write (self->wslay) && wslay_event_send (self->wslay) != 0)
        return FALSE;
    }
  while (queue_next (self));
  rounds_event_socket_flush (&self->socket, self->now);
  if (is_over (self))
    return FALSE;
  if (wslay_event_get_close_sent (self->wslay) && !has_output (self))
    {
      self->last_word = TRUE;
      shutdown (self->socket.fd, SHUT_WR);
    }
  return TRUE;
}

gboolean
rounds_event_client_wants_write (RoundsEventClient *self)
{
  return !self->last_word && has_output (self);
}

static void
send_ping (RoundsEventClient *self)
{
  struct wslay_event_msg ping = { .opcode = WSLAY_PING };
  wslay_event_queue_msg (self->wslay, &ping);
  self->pinged = TRUE;
}

gboolean
rounds_event_client_tick (RoundsEventClient *self, gint64 now, gint64 ping)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->closing_since != 0)
    return now - self->closing_since < LINGER && rounds_event_client_serve (self, FALSE);
  if (now >= self->admission->until)
    rounds_event_client_close (self, ROUNDS_CLOSE_SESSION_ENDED, "the access token has ended");
  else if (self->socket.stuck_since != 0 && now - self->socket.stuck_since >= ping)
    rounds_event_client_close (self, ROUNDS_CLOSE_TRY_LATER, "too slow");
  else if (now - self->last_heard >= 2 * ping)
    rounds_event_client_close (self, ROUNDS_CLOSE_GOING_AWAY, "nothing was heard");
  else if (now - self->last_heard >= ping && !self->pinged)
    send_ping (self);
  else
    return TRUE;
  return rounds_event_client_serve (self, FALSE);
}
