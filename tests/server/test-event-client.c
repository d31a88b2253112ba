/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One WebSocket whose other side takes nothing: what is kept for it, and when it is sent away.
 * Frames and whole connections are in test-api-frames.c.
 */

#include "rounds-event-client.h"

#include "rounds-test.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PING (30 * G_USEC_PER_SEC)
/* More than any socket holds. */
#define ENDLESS 100000

typedef struct
{
  RoundsEventClient *client;
  int peer;
  GByteArray *received;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  RoundsEventAdmission *admission = g_new0 (RoundsEventAdmission, 1);
  int sockets[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), ==, 0);
  admission->user_id = g_strdup ("65a400020000000000000001");
  admission->feed = g_strdup ("feed");
  admission->cursor.seq = 7;
  admission->until = G_MAXINT64;
  self->client = rounds_event_client_new (sockets[0], admission, NULL, 0);
  self->peer = sockets[1];
  self->received = g_byte_array_new ();
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  rounds_event_client_free (self->client);
  close (self->peer);
  g_byte_array_unref (self->received);
}

static void
tell (Fixture *self, int number)
{
  g_autofree char *text = g_strdup_printf ("{\"type\":\"status\",\"number\":%d}", number);
  g_autoptr (GRefString) message = g_ref_string_new (text);
  rounds_event_client_add_message (self->client, message);
}

/* Until the socket takes no more. */
static void
fill (Fixture *self)
{
  int number = 0;

  g_assert_true (rounds_event_client_serve (self->client, TRUE));
  while (!rounds_event_client_wants_write (self->client))
    {
      tell (self, number);
      g_assert_true (rounds_event_client_serve (self->client, TRUE));
      g_assert_cmpint (++number, <, ENDLESS);
    }
}

/* All that was sent and is still to be, as long as the other side reads. */
static void
take_all (Fixture *self)
{
  char buffer[4096];
  gssize n;

  do
    {
      n = recv (self->peer, buffer, sizeof buffer, MSG_DONTWAIT);
      if (n > 0)
        g_byte_array_append (self->received, (const guint8 *)buffer, (guint)n);
      rounds_event_client_serve (self->client, TRUE);
    }
  while (n > 0);
}

static gboolean
has_received (Fixture *self, const void *bytes, gsize length)
{
  return memmem (self->received->data, self->received->len, bytes, length) != NULL;
}

static gboolean
has_received_text (Fixture *self, const char *text)
{
  return has_received (self, text, strlen (text));
}

static const guint8 too_slow[]
    = { 0x88, 10, 1013 >> 8, 1013 & 0xff, 't', 'o', 'o', ' ', 's', 'l', 'o', 'w' };

/* Whoever takes nothing for the time of a ping is told to come back, if he ever reads it. */
static void
test_sent_away (Fixture *self, gconstpointer unused)
{
  gint64 now = g_get_monotonic_time ();

  fill (self);
  g_assert_true (rounds_event_client_tick (self->client, now + PING - G_USEC_PER_SEC, PING));
  g_assert_true (rounds_event_client_tick (self->client, now + PING + G_USEC_PER_SEC, PING));
  /* Nothing is told him any more, and he is not waited for. */
  tell (self, -1);
  take_all (self);
  g_assert_true (has_received (self, too_slow, sizeof too_slow));
  g_assert_false (has_received_text (self, "\"number\":-1"));
  g_assert_false (rounds_event_client_tick (self->client, now + 2 * PING, PING));
}

/* Who begins to read again in time stays. */
static void
test_came_round (Fixture *self, gconstpointer unused)
{
  gint64 now = g_get_monotonic_time ();

  fill (self);
  g_assert_true (rounds_event_client_tick (self->client, now + PING / 2, PING));
  take_all (self);
  g_assert_true (rounds_event_client_tick (self->client, now + PING + G_USEC_PER_SEC, PING));
  take_all (self);
  g_assert_false (has_received (self, too_slow, sizeof too_slow));
  tell (self, -1);
  g_assert_true (rounds_event_client_serve (self->client, TRUE));
  take_all (self);
  g_assert_true (has_received_text (self, "\"number\":-1"));
}

/* However much happens meanwhile, he gets one message for all of it. */
static void
test_coalesced (Fixture *self, gconstpointer unused)
{
  fill (self);
  for (int i = 0; i < ENDLESS; i++)
    tell (self, ENDLESS + i);
  take_all (self);
  g_assert_true (has_received_text (self, "\"type\":\"changes\""));
  g_assert_false (has_received_text (self, "\"number\":150000}"));
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add ("/Rounds/Server/EventClient/sent-away", Fixture, NULL, set_up, test_sent_away,
              tear_down);
  g_test_add ("/Rounds/Server/EventClient/came-round", Fixture, NULL, set_up, test_came_round,
              tear_down);
  g_test_add ("/Rounds/Server/EventClient/coalesced", Fixture, NULL, set_up, test_coalesced,
              tear_down);
  return g_test_run ();
}
