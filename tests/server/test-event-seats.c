/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The limit of WebSockets is kept by however many threads that let clients in at once.
 * What a client is told who finds no room is in test-api-events.c.
 */

#include "config.h"

#include "rounds-event-hub.h"

#include "rounds-test.h"

#include <sys/socket.h>
#include <unistd.h>

#define MOST 5
#define N_THREADS 8
#define N_TRIES 2000

static gboolean
wake_nobody (gpointer request, RoundsWake wake, gpointer user_data)
{
  g_assert_not_reached ();
}

static RoundsEventHub *
new_hub (void)
{
  g_autoptr (GError) error = NULL;
  RoundsEventHub *hub = rounds_event_hub_new (
      &(RoundsEventHubOptions){
          .max_parked = 1,
          .max_at_once = 1,
          .max_clients = MOST,
          .ping = 30 * G_USEC_PER_SEC,
          .wake = wake_nobody,
      },
      &error);

  g_assert_no_error (error);
  return hub;
}

/* As a client who has @seat. Returns the other side's socket. */
static int
admit (RoundsEventHub *hub, RoundsEventSeat *seat)
{
  RoundsEventAdmission *admission = g_new0 (RoundsEventAdmission, 1);
  static int number = 0;
  int sockets[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), ==, 0);
  admission->seat = seat;
  admission->user_id = g_strdup_printf ("%024d", ++number);
  admission->session_id = g_strdup ("session");
  admission->standing = g_strdup ("doctor/");
  admission->audiences = g_new0 (char *, 1);
  admission->feed = g_strdup ("feed");
  admission->until = G_MAXINT64;
  rounds_event_hub_admit (hub, sockets[0], admission, NULL, 0);
  return sockets[1];
}

/* Whoever was told that there is room has it, though others ask before he comes. */
static void
test_kept (void)
{
  g_autoptr (RoundsEventHub) hub = new_hub ();
  RoundsEventSeat *seats[MOST];
  int peers[MOST];

  for (guint i = 0; i < MOST; i++)
    {
      seats[i] = rounds_event_hub_take_seat (hub);
      g_assert_nonnull (seats[i]);
    }
  g_assert_null (rounds_event_hub_take_seat (hub));
  for (guint i = 0; i < MOST; i++)
    peers[i] = admit (hub, seats[i]);
  g_assert_cmpuint (rounds_event_hub_count_clients (hub), ==, MOST);
  g_assert_null (rounds_event_hub_take_seat (hub));
  for (guint i = 0; i < MOST; i++)
    close (peers[i]);
}

/* Whether every seat can be had. */
static gboolean
is_empty (gpointer hub)
{
  RoundsEventSeat *seats[MOST];
  guint n_seats = 0;

  while (n_seats < MOST && (seats[n_seats] = rounds_event_hub_take_seat (hub)) != NULL)
    n_seats++;
  for (guint i = 0; i < n_seats; i++)
    rounds_event_seat_free (seats[i]);
  return n_seats == MOST;
}

static gboolean
look_again_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* The hub's thread tells nobody that a client has gone. */
static void
wait_until_empty (RoundsEventHub *hub)
{
  guint look = g_timeout_add (1, look_again_cb, NULL);

  rounds_test_wait_until (is_empty, hub);
  g_source_remove (look);
}

/* Who never came, and who has gone, have left their seats to others. */
static void
test_given_back (void)
{
  g_autoptr (RoundsEventHub) hub = new_hub ();

  for (guint round = 0; round < 3; round++)
    {
      int peers[MOST - 1];
      RoundsEventAdmission *never = g_new0 (RoundsEventAdmission, 1);

      for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
        peers[i] = admit (hub, rounds_event_hub_take_seat (hub));
      never->seat = rounds_event_hub_take_seat (hub);
      g_assert_nonnull (never->seat);
      g_assert_null (rounds_event_hub_take_seat (hub));
      rounds_event_admission_free (never);
      for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
        close (peers[i]);
      wait_until_empty (hub);
    }
}

/* A connection may be about to open as the server ends. */
static void
test_outlives_the_hub (void)
{
  RoundsEventHub *hub = new_hub ();
  RoundsEventSeat *seat = rounds_event_hub_take_seat (hub);

  rounds_event_hub_stop (hub);
  g_assert_null (rounds_event_hub_take_seat (hub));
  rounds_event_hub_free (hub);
  rounds_event_seat_free (seat);
}

typedef struct
{
  RoundsEventSeats *seats;
  int n_sitting; /* atomic */
} Crowd;

static gpointer
crowd_in (gpointer data)
{
  Crowd *crowd = data;

  for (guint i = 0; i < N_TRIES; i++)
    {
      RoundsEventSeat *seat = rounds_event_seats_take (crowd->seats);

      if (seat == NULL)
        continue;
      g_assert_cmpint (g_atomic_int_add (&crowd->n_sitting, 1), <, MOST);
      g_thread_yield ();
      g_atomic_int_add (&crowd->n_sitting, -1);
      rounds_event_seat_free (seat);
    }
  return NULL;
}

static void
test_crowd (void)
{
  g_autoptr (RoundsEventSeats) seats = rounds_event_seats_new (MOST);
  Crowd crowd = { .seats = seats };
  GThread *threads[N_THREADS];
  RoundsEventSeat *all[MOST];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("crowd", crowd_in, &crowd);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  /* None was lost. */
  for (guint i = 0; i < MOST; i++)
    {
      all[i] = rounds_event_seats_take (seats);
      g_assert_nonnull (all[i]);
    }
  g_assert_null (rounds_event_seats_take (seats));
  for (guint i = 0; i < MOST; i++)
    rounds_event_seat_free (all[i]);
}

int
main (int argc, char **argv)
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Server/EventSeats/kept", test_kept);
  g_test_add_func ("/Rounds/Server/EventSeats/given-back", test_given_back);
  g_test_add_func ("/Rounds/Server/EventSeats/outlives-the-hub", test_outlives_the_hub);
  g_test_add_func ("/Rounds/Server/EventSeats/crowd", test_crowd);
  return g_test_run ();
}
