/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Random edits on two devices of one person through a bad network to a real roundsd: in the end
 * both show what the server has, and each edit was made once or reported. ROUNDS_FAULT_RUNS sets
 * how many runs; a failing one names the seed that repeats it.
 */

#include "config.h"

#include <string.h>

#include "fault-run.h"
#include "rounds-test.h"
#include "rounds-test-sanitized.h"

#define N_RUNS (ROUNDS_TEST_SANITIZED ? 2 : 5)
#define N_STEPS 24
/* What a run leaves at the server would make later ones slow. */
#define N_RUNS_PER_SERVER 25

/* What the server has in the end: RoundsEntry by id. */
static GHashTable *
list_there (FaultRun *run)
{
  const char *id = run->hospital->doctor->id;
  g_autoptr (DexFuture) meetings = rounds_api_list_meetings (run->direct, id);
  g_autoptr (DexFuture) appointments = rounds_api_list_appointments (run->direct, id);
  GHashTable *there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  const RoundsListing *listing;

  rounds_test_wait_for (meetings);
  listing = g_value_get_boxed (dex_future_get_value (meetings, NULL));
  for (guint i = 0; i < listing->records->len; i++)
    {
      RoundsMeeting *meeting = g_ptr_array_index (listing->records, i);

      g_hash_table_insert (there, g_strdup (meeting->id), rounds_entry_new_for_meeting (meeting));
    }
  rounds_test_wait_for (appointments);
  listing = g_value_get_boxed (dex_future_get_value (appointments, NULL));
  for (guint i = 0; i < listing->records->len; i++)
    {
      RoundsAppointment *appointment = g_ptr_array_index (listing->records, i);

      g_hash_table_insert (there, g_strdup (appointment->id),
                           rounds_entry_new_for_appointment (appointment));
    }
  return there;
}

static const char *
get_notes (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  return appointment != NULL ? appointment->notes : rounds_entry_get_meeting (entry)->notes;
}

static const char *
get_subject (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  return appointment != NULL ? appointment->reason : rounds_entry_get_meeting (entry)->title;
}

static guint
count_in (const char *text, const char *mark)
{
  guint n = 0;

  for (const char *at = text != NULL ? strstr (text, mark) : NULL; at != NULL;
       at = strstr (at + 1, mark))
    n++;
  return n;
}

/* For whoever looks for the reason. */
static void
tell_where (GHashTable *there, const FaultDeed *deed)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (count_in (get_notes (entry), deed->mark) > 0)
      g_test_message ("%s: %s", rounds_entry_get_id (entry), get_notes (entry));
}

static guint
count_there (GHashTable *there, const FaultDeed *deed)
{
  GHashTableIter iter;
  gpointer entry;
  guint n = 0;

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    n += count_in (deed->about == NULL ? get_subject (entry) : get_notes (entry), deed->mark);
  return n;
}

static GPtrArray *
list_refused (FaultDevice *device)
{
  g_autoptr (DexFuture) listed = rounds_sync_list_refused (device->sync);

  rounds_test_wait_for (listed);
  return g_value_dup_boxed (dex_future_get_value (listed, NULL));
}

/* What it was made to may be gone from sight, and then the edit has no record to show. */
static gboolean
is_reported_on (FaultDevice *device, const FaultDeed *deed)
{
  g_autoptr (GPtrArray) refusals = list_refused (device);

  for (guint i = 0; i < refusals->len; i++)
    {
      const RoundsRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->mine == NULL || count_in (get_subject (refusal->mine), deed->mark) > 0
          || count_in (get_notes (refusal->mine), deed->mark) > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_reported (FaultRun *run, const FaultDeed *deed)
{
  if (deed->done != NULL && dex_future_is_rejected (deed->done))
    return TRUE;
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    if (is_reported_on (&run->devices[i], deed))
      return TRUE;
  return FALSE;
}

/* With a new record that was refused goes, or waits, all that was done to it, and its maker heard
 * of that. */
static gboolean
was_about_nothing (FaultRun *run, const FaultDeed *deed)
{
  for (guint i = 0; i < run->deeds->len; i++)
    {
      const FaultDeed *other = g_ptr_array_index (run->deeds, i);

      if (g_strcmp0 (other->mark, deed->about) == 0 && is_reported (run, other))
        return TRUE;
    }
  return FALSE;
}

static void
tell_entry (const char *side, RoundsEntry *entry)
{
  if (entry == NULL)
    g_test_message ("  %s: nothing", side);
  else
    g_test_message ("  %s: %s, %s, notes: %s", side, rounds_entry_get_id (entry),
                    get_subject (entry), get_notes (entry));
}

/* For whoever looks for the reason. */
static void
tell_lost (FaultRun *run, const FaultDeed *deed)
{
  g_test_message ("%s is lost; about %s; %s", deed->mark, deed->about,
                  deed->done == NULL                    ? "nobody waited"
                  : dex_future_is_rejected (deed->done) ? "rejected"
                  : dex_future_is_resolved (deed->done) ? "resolved"
                                                        : "pending");
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    {
      g_autoptr (GPtrArray) refusals = list_refused (&run->devices[i]);

      g_test_message (" device %u refused %u", i, refusals->len);
      for (guint j = 0; j < refusals->len; j++)
        {
          const RoundsRefusal *refusal = g_ptr_array_index (refusals, j);

          g_test_message (" %s: %s", refusal->name, refusal->reason);
          tell_entry ("mine", refusal->mine);
          tell_entry ("theirs", refusal->theirs);
        }
    }
}

static void
expect_made_once (FaultRun *run, GHashTable *there)
{
  for (guint i = 0; i < run->deeds->len; i++)
    {
      const FaultDeed *deed = g_ptr_array_index (run->deeds, i);
      guint n = count_there (there, deed);

      if (n != 1)
        g_test_message ("%s: %u times", deed->mark, n);
      if (n > 1)
        tell_where (there, deed);
      g_assert_cmpuint (n, <=, 1);
      if (n == 0 && !is_reported (run, deed)
          && (deed->about == NULL || !was_about_nothing (run, deed)))
        {
          tell_lost (run, deed);
          g_assert_not_reached ();
        }
    }
}

static gboolean
are_equal (RoundsEntry *a, RoundsEntry *b)
{
  return rounds_entry_get_kind (a) == ROUNDS_ENTRY_MEETING
             ? rounds_meeting_equal (rounds_entry_get_meeting (a), rounds_entry_get_meeting (b))
             : rounds_appointment_equal (rounds_entry_get_appointment (a),
                                         rounds_entry_get_appointment (b));
}

static RoundsEntry *
find_here (FaultDevice *device, RoundsEntry *entry)
{
  g_autoptr (DexFuture) found = rounds_store_get_entry (
      device->store, rounds_entry_get_kind (entry), rounds_entry_get_id (entry));

  rounds_test_wait_for (found);
  return dex_future_is_resolved (found) ? g_value_dup_object (dex_future_get_value (found, NULL))
                                        : NULL;
}

static gboolean
is_refused_creation (FaultDevice *device, const char *id)
{
  g_autoptr (GPtrArray) refusals = list_refused (device);

  for (guint i = 0; i < refusals->len; i++)
    {
      const RoundsRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->mine != NULL && refusal->theirs == NULL
          && g_strcmp0 (rounds_entry_get_id (refusal->mine), id) == 0)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  FaultDevice *device;
  GHashTable *there;
} Comparison;

/* The list follows the file a moment later. */
static gboolean
shows_nothing_else (gpointer data)
{
  const Comparison *comparison = data;
  GListModel *list = G_LIST_MODEL (comparison->device->list);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RoundsEntry) shown = g_list_model_get_item (list, i);
      const char *id = rounds_entry_get_id (shown);

      if (!g_hash_table_contains (comparison->there, id)
          && !is_refused_creation (comparison->device, id))
        return FALSE;
    }
  return TRUE;
}

/* All that is there is here, as it is there, and nothing else is but what could not be made. */
static void
expect_same (FaultDevice *device, GHashTable *there)
{
  Comparison comparison = { device, there };
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      g_autoptr (RoundsEntry) here = find_here (device, entry);

      g_assert_nonnull (here);
      g_assert_true (are_equal (here, entry));
    }
  rounds_test_wait_until (shows_nothing_else, &comparison);
}

/* What somebody types who wants to see it happen again. */
static void
tell_how_to_repeat (guint32 seed)
{
  const char *tests = g_getenv ("G_TEST_BUILDDIR");
  g_autofree char *build = g_path_get_dirname (tests != NULL ? tests : "_build/root/tests");
  g_autofree char *name = g_path_get_basename (build);

  g_test_message ("to repeat: ROUNDS_FAULT_SEED=%u ROUNDS_FAULT_RUNS=1 ./dev exec"
                  " meson test -C _build/%s --verbose sync-faults",
                  seed, name);
}

static void
run_seed (FaultHospital *hospital, guint32 seed)
{
  g_autoptr (FaultRun) run = NULL;
  g_autoptr (GHashTable) there = NULL;

  tell_how_to_repeat (seed);
  run = fault_run_new (hospital, seed);
  for (guint i = 0; i < N_STEPS; i++)
    fault_run_take_step (run);
  fault_run_come_to_rest (run);
  there = list_there (run);
  expect_made_once (run, there);
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    expect_same (&run->devices[i], there);
  g_test_message ("%u faults, %u marks", fault_proxy_count_faults (run->proxy), run->deeds->len);
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
  g_autoptr (FaultHospital) hospital = NULL;
  guint64 n_runs = read_number ("ROUNDS_FAULT_RUNS", N_RUNS);
  guint64 seed = read_number ("ROUNDS_FAULT_SEED", 1);

  for (guint64 i = 0; i < n_runs; i++)
    {
      if (i % N_RUNS_PER_SERVER == 0)
        {
          g_clear_pointer (&hospital, fault_hospital_free);
          hospital = fault_hospital_new ();
        }
      run_seed (hospital, (guint32)(seed + i));
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Sync/Faults/two-devices", test_two_devices);
  return g_test_run ();
}
