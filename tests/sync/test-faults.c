/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Random edits on two devices of one person through a bad network to a real roundsd: in the end
 * both show what the server has, and each edit was made once or reported. ROUNDS_FAULT_RUNS sets
 * how many runs; a failing one names the seed that repeats it.
 */

#include "config.h"

#include "fault-proxy.h"
#include "rounds-person.h"
#include "rounds-test.h"
#include "server-fixture.h"
#include "sync-world.h"

#define N_RUNS 20
#define N_STEPS 12
#define N_DEVICES 2

typedef struct
{
  RoundsApi *api;
  RoundsStore *store;
  RoundsSync *sync;
  RoundsEntryList *meetings;
} Device;

typedef struct
{
  GRand *random;
  FaultProxy *proxy;
  RoundsApi *direct; /* past the bad network */
  RoundsUser *user;
  RoundsClock *clock;
  Device devices[N_DEVICES];
  GPtrArray *titles; /* of the meetings asked for */
  GPtrArray *made; /* DexFuture of each */
} Run;

static DexFuture *
hurry (guint milliseconds, gpointer data)
{
  return dex_timeout_new_msec (1);
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

static void
start_device (Run *run, Device *device)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1 };
  static const RoundsStoreQuery meetings = { .meetings = TRUE };

  device->api = rounds_api_new (fault_proxy_get_url (run->proxy), NULL);
  rounds_api_set_token (device->api, rounds_api_get_token (run->direct));
  device->store = rounds_store_new (":memory:", key);
  rounds_test_expect (rounds_store_open (device->store));
  device->meetings = rounds_store_list (device->store, &meetings);
  device->sync = rounds_sync_new (device->api, device->store, run->user, run->clock);
  rounds_sync_set_delay_func (device->sync, hurry, NULL);
  rounds_sync_start (device->sync);
}

static void
stop_device (Device *device)
{
  rounds_test_expect (rounds_sync_stop (device->sync));
  rounds_test_expect (rounds_store_close (device->store));
  g_clear_object (&device->meetings);
  g_clear_object (&device->sync);
  g_clear_object (&device->store);
  g_clear_object (&device->api);
}

static const char *
find_colleague (Run *run, Device *device)
{
  GListModel *people = rounds_store_get_people (device->store);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (people, i);
      RoundsUser *user = rounds_person_get_user (person);

      if (user->role == ROUNDS_ROLE_DOCTOR && g_strcmp0 (user->id, run->user->id) != 0)
        return user->id;
    }
  return NULL;
}

static void
create (Run *run, Device *device)
{
  const char *colleague = find_colleague (run, device);
  const char *participants[] = { colleague, NULL };
  g_autoptr (RoundsMeetingDraft) draft = rounds_meeting_draft_new ();
  DexFuture *made;

  if (colleague == NULL)
    return;
  g_strfreev (draft->participants);
  draft->participants = g_strdupv ((char **)participants);
  draft->title = g_strdup_printf ("%08x-%u", g_rand_int (run->random), run->titles->len);
  draft->scheduled_at = SYNC_WORLD_NOW;
  made = rounds_sync_create_meeting (device->sync, draft);
  g_ptr_array_add (run->titles, g_strdup (draft->title));
  g_ptr_array_add (run->made, made);
}

static void
change (Run *run, Device *device)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (device->meetings));
  g_autoptr (RoundsEntry) entry = NULL;
  RoundsMeeting *meeting;
  RoundsMeetingStatus to;

  if (n_rows == 0)
    return;
  entry = g_list_model_get_item (G_LIST_MODEL (device->meetings),
                                 (guint)g_rand_int_range (run->random, 0, (gint32)n_rows));
  meeting = rounds_entry_get_meeting (entry);
  to = (RoundsMeetingStatus)g_rand_int_range (run->random, 0, ROUNDS_N_MEETING_STATUSES);
  if (!rounds_meeting_status_leads_to (meeting->status, to))
    return;
  /* Whether anybody still waits for the answer is chance as well. */
  if (g_rand_boolean (run->random))
    dex_future_disown (rounds_sync_change_meeting (device->sync, meeting->id, to, "Noted"));
  else
    dex_unref (rounds_sync_change_meeting (device->sync, meeting->id, to, NULL));
}

static void
take_step (Run *run)
{
  Device *device = &run->devices[g_rand_int_range (run->random, 0, N_DEVICES)];
  int n_turns = g_rand_int_range (run->random, 0, 200);

  if (g_rand_boolean (run->random))
    create (run, device);
  else
    change (run, device);
  for (int i = 0; i < n_turns; i++)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
has_settled (gpointer data)
{
  guint n_unsent;

  g_object_get (data, "n-unsent", &n_unsent, NULL);
  return n_unsent == 0 && rounds_sync_get_state (data) == ROUNDS_SYNC_IDLE;
}

static GPtrArray *
list_there (Run *run)
{
  g_autoptr (DexFuture) listed = rounds_api_list_meetings (run->direct, run->user->id);
  const RoundsListing *listing;

  rounds_test_wait_for (listed);
  listing = g_value_get_boxed (dex_future_get_value (listed, NULL));
  return g_ptr_array_ref (listing->records);
}

static gboolean
is_reported (Run *run, guint position, Device *device)
{
  g_autoptr (DexFuture) listed = rounds_sync_list_refused (device->sync);
  GPtrArray *refusals;

  if (dex_future_is_rejected (g_ptr_array_index (run->made, position)))
    return TRUE;
  rounds_test_wait_for (listed);
  refusals = g_value_get_boxed (dex_future_get_value (listed, NULL));
  for (guint i = 0; i < refusals->len; i++)
    {
      const RoundsRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->mine != NULL
          && g_strcmp0 (rounds_entry_get_title (refusal->mine), run->titles->pdata[position]) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
expect_made_once (Run *run, GPtrArray *there)
{
  for (guint i = 0; i < run->titles->len; i++)
    {
      gboolean reported
          = is_reported (run, i, &run->devices[0]) || is_reported (run, i, &run->devices[1]);
      guint n = 0;

      for (guint j = 0; j < there->len; j++)
        if (g_strcmp0 (((RoundsMeeting *)there->pdata[j])->title, run->titles->pdata[i]) == 0)
          n++;
      g_assert_cmpuint (n, <=, 1);
      g_assert_true (n == 1 || reported);
    }
}

static void
expect_same (Device *device, GPtrArray *there)
{
  for (guint i = 0; i < there->len; i++)
    {
      RoundsMeeting *meeting = g_ptr_array_index (there, i);
      g_autoptr (DexFuture) found
          = rounds_store_get_entry (device->store, ROUNDS_ENTRY_MEETING, meeting->id);
      const GValue *value;

      rounds_test_wait_for (found);
      value = dex_future_get_value (found, NULL);
      g_assert_nonnull (value);
      g_assert_true (
          rounds_meeting_equal (rounds_entry_get_meeting (g_value_get_object (value)), meeting));
    }
}

static void
end_run (Run *run)
{
  g_autoptr (GPtrArray) there = NULL;

  fault_proxy_set_bad (run->proxy, FALSE);
  for (guint i = 0; i < N_DEVICES; i++)
    rounds_test_wait_until (has_settled, run->devices[i].sync);
  for (guint i = 0; i < N_DEVICES; i++)
    rounds_test_expect (rounds_sync_now (run->devices[i].sync));
  there = list_there (run);
  expect_made_once (run, there);
  for (guint i = 0; i < N_DEVICES; i++)
    expect_same (&run->devices[i], there);
}

static void
run_seed (ServerFixture *server, guint32 seed)
{
  g_autoptr (RoundsApi) direct = rounds_api_new (server_fixture_get_uri (server), NULL);
  g_autoptr (RoundsUser) user = sign_in (direct);
  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (FaultProxy) proxy = fault_proxy_new (server_fixture_get_uri (server), random);
  Run run = { random, proxy, direct, user, clock, { { NULL } }, titles, made };

  g_test_message ("to repeat: ROUNDS_FAULT_SEED=%u ROUNDS_FAULT_RUNS=1 ./dev test integration",
                  seed);
  for (guint i = 0; i < N_DEVICES; i++)
    start_device (&run, &run.devices[i]);
  for (guint i = 0; i < N_DEVICES; i++)
    rounds_test_wait_until (has_settled, run.devices[i].sync);
  fault_proxy_set_bad (proxy, TRUE);
  for (guint i = 0; i < N_STEPS; i++)
    take_step (&run);
  end_run (&run);
  g_test_message ("%u faults, %u new meetings", fault_proxy_count_faults (proxy), titles->len);
  g_assert_cmpuint (titles->len, >, 0);
  for (guint i = 0; i < N_DEVICES; i++)
    stop_device (&run.devices[i]);
  rounds_test_drain ();
}

static guint64
read_number (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);
  guint64 number;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return number;
  return otherwise;
}

static void
test_two_devices (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ();
  guint64 n_runs = read_number ("ROUNDS_FAULT_RUNS", N_RUNS);
  guint64 seed = read_number ("ROUNDS_FAULT_SEED", 1);

  for (guint64 i = 0; i < n_runs; i++)
    run_seed (server, (guint32)(seed + i));
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Sync/Faults/two-devices", test_two_devices);
  return g_test_run ();
}
