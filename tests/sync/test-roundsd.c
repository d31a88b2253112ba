/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The engine on a real roundsd that is killed and comes back while the app is open.
 * What a server can do wrong is in test-engine.c.
 */

#include "config.h"

#include "server-fixture.h"
#include "sync-world.h"

#include "rounds-test.h"

/* Retries at once instead of after seconds, but through the main loop. */
static DexFuture *
hurry (guint milliseconds, gpointer data)
{
  return dex_timeout_new_msec (MIN (milliseconds / 100, 20));
}

static gboolean
is_idle (gpointer data)
{
  return rounds_sync_get_state (data) == ROUNDS_SYNC_IDLE;
}

static gboolean
is_offline (gpointer data)
{
  return rounds_sync_get_state (data) == ROUNDS_SYNC_OFFLINE;
}

static gboolean
has_entries (gpointer data)
{
  return rounds_entry_list_get_loaded (data) && g_list_model_get_n_items (data) > 0;
}

static RoundsUser *
sign_in (RoundsApi *api)
{
  g_autoptr (DexFuture) future = rounds_api_sign_in (api, "doctor@example.org", "demo-password");
  const RoundsSignIn *answer;

  rounds_test_wait_for (future);
  answer = g_value_get_boxed (dex_future_get_value (future, NULL));
  rounds_api_set_token (api, answer->access_token);
  return rounds_user_ref (answer->user);
}

typedef struct
{
  RoundsEntryList *list;
  guint n_entries;
} Rows;

/* The list follows the file a moment later. */
static gboolean
has_all (gpointer data)
{
  const Rows *rows = data;

  return g_list_model_get_n_items (G_LIST_MODEL (rows->list)) == rows->n_entries;
}

static guint
count_there (RoundsApi *api, const char *person)
{
  g_autoptr (RoundsListing) appointments
      = rounds_test_expect_boxed (rounds_api_list_appointments (api, person));
  g_autoptr (RoundsListing) meetings
      = rounds_test_expect_boxed (rounds_api_list_meetings (api, person));

  return appointments->records->len + meetings->records->len;
}

static void
test_killed_and_restarted (void)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1 };
  static const RoundsStoreQuery everything = { 0 };
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (RoundsApi) api = rounds_api_new (server_fixture_get_uri (server), NULL);
  g_autoptr (RoundsUser) user = sign_in (api);
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  g_autoptr (RoundsStore) store = rounds_store_new (":memory:", key);
  g_autoptr (RoundsSync) sync = NULL;
  g_autoptr (RoundsEntryList) list = NULL;
  g_autoptr (RoundsEntry) first = NULL;
  Rows rows = { NULL };

  rounds_test_expect (rounds_store_open (store));
  list = rounds_store_list (store, &everything);
  sync = rounds_sync_new (api, store, user, clock);
  rounds_sync_set_delay_func (sync, hurry, NULL);
  rounds_sync_start (sync);
  rounds_test_wait_until (is_idle, sync);
  rows = (Rows){ list, count_there (api, user->id) };
  rounds_test_wait_until (has_all, &rows);

  server_fixture_kill (server);
  rounds_test_wait_until (is_offline, sync);
  g_assert_true (has_all (&rows));
  g_assert_cmpint (rounds_sync_get_offline_since (sync), !=, ROUNDS_TIME_NONE);

  server_fixture_start (server);
  rounds_test_wait_until (is_idle, sync);
  g_assert_true (has_all (&rows));

  rounds_test_expect (rounds_sync_stop (sync));
  rounds_test_expect (rounds_store_close (store));
}

static DexFuture *
never (guint milliseconds, gpointer data)
{
  return dex_future_new_infinite ();
}

typedef struct
{
  RoundsApi *api;
  RoundsStore *store;
  RoundsSync *sync;
  RoundsEntryList *list;
} Device;

static gboolean
listens (gpointer data)
{
  const Device *device = data;

  return is_idle (device->sync) && rounds_sync_is_listening (device->sync)
         && has_entries (device->list);
}

static void
start_device (Device *device, ServerFixture *server, RoundsClock *clock)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1 };
  static const RoundsStoreQuery everything = { 0 };
  g_autoptr (RoundsUser) user = NULL;

  device->api = rounds_api_new (server_fixture_get_uri (server), NULL);
  user = sign_in (device->api);
  device->store = rounds_store_new (":memory:", key);
  rounds_test_expect (rounds_store_open (device->store));
  device->list = rounds_store_list (device->store, &everything);
  device->sync = rounds_sync_new (device->api, device->store, user, clock);
  rounds_sync_set_delay_func (device->sync, never, NULL);
  rounds_sync_start (device->sync);
  rounds_test_wait_until (listens, device);
}

static void
stop_device (Device *device)
{
  rounds_test_expect (rounds_sync_stop (device->sync));
  rounds_test_expect (rounds_store_close (device->store));
  g_clear_object (&device->list);
  g_clear_object (&device->sync);
  g_clear_object (&device->store);
  g_clear_object (&device->api);
}

static RoundsMeeting *
find_scheduled (Device *device)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (device->list)); i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (G_LIST_MODEL (device->list), i);
      RoundsMeeting *meeting = rounds_entry_get_meeting (entry);

      if (meeting != NULL && meeting->status == ROUNDS_MEETING_SCHEDULED)
        return rounds_meeting_ref (meeting);
    }
  g_assert_not_reached ();
}

typedef struct
{
  Device *device;
  const char *meeting;
} Expectation;

static gboolean
shows_it_cancelled (gpointer data)
{
  const Expectation *expectation = data;
  g_autoptr (DexFuture) found = rounds_store_get_entry (expectation->device->store,
                                                        ROUNDS_ENTRY_MEETING, expectation->meeting);

  rounds_test_wait_for (found);
  return rounds_entry_is_cancelled (g_value_get_object (dex_future_get_value (found, NULL)));
}

/* No timer ever ends: only the server's word makes the other device ask. */
static void
test_told_on_the_websocket (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  g_autoptr (RoundsMeeting) meeting = NULL;
  Device devices[2] = { { NULL } };
  Expectation expectation = { &devices[1], NULL };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    start_device (&devices[i], server, clock);
  meeting = find_scheduled (&devices[0]);
  expectation.meeting = meeting->id;
  rounds_test_expect (rounds_sync_change_meeting (devices[0].sync, meeting->id,
                                                  ROUNDS_MEETING_CANCELLED, "Flooded", NULL));
  rounds_test_wait_until (shows_it_cancelled, &expectation);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    stop_device (&devices[i]);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Sync/Roundsd/killed-and-restarted", test_killed_and_restarted);
  g_test_add_func ("/Rounds/Sync/Roundsd/told-on-the-websocket", test_told_on_the_websocket);
  return g_test_run ();
}
