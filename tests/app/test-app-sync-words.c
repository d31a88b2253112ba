/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How current the data is, in words: each state of the engine, and how far a first fetch is.
 * The engine does not run; its state is set by hand.
 */

#include "config.h"

#include "records.h"
#include "rounds-sync-private.h"
#include "rounds-sync-words.h"
#include "rounds-test.h"

typedef struct
{
  RoundsStore *store;
  RoundsSync *sync;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsApi) api = rounds_api_new ("http://127.0.0.1:9", NULL);
  g_autoptr (RoundsUser) doctor = make_user (1, "Dr. Ana Silva");
  g_autoptr (RoundsClock) clock = rounds_clock_new_fixed (MORNING);

  fixture->store = open_store ();
  fixture->sync = rounds_sync_new (api, fixture->store, doctor, clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->sync);
  rounds_test_expect (rounds_store_close (fixture->store));
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static void
test_line (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    RoundsSyncState state;
    guint n_fetched;
    const char *line;
    const char *icon;
  } cases[] = {
    { ROUNDS_SYNC_IDLE, 0, "Up to date", "object-select-symbolic" },
    { ROUNDS_SYNC_BUSY, 0, "Updating…", "view-refresh-symbolic" },
    { ROUNDS_SYNC_BUSY, 500, "Getting earlier appointments…", "view-refresh-symbolic" },
    /* A server that waits for news may begin anew by itself. */
    { ROUNDS_SYNC_IDLE, 500, "Getting earlier appointments…", "object-select-symbolic" },
    { ROUNDS_SYNC_OFFLINE, 500, "Offline", "network-offline-symbolic" },
    { ROUNDS_SYNC_SIGNED_OUT, 500, "Signed out", "dialog-password-symbolic" },
    { ROUNDS_SYNC_TROUBLE, 500, "Needs attention", "dialog-warning-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = NULL;

      rounds_sync_set_state (fixture->sync, cases[i].state, NULL);
      rounds_sync_set_progress (fixture->sync, cases[i].n_fetched, 4000);
      line = rounds_sync_words_line (fixture->sync, MORNING);
      g_assert_cmpstr (line, ==, cases[i].line);
      g_assert_cmpstr (rounds_sync_words_icon (fixture->sync), ==, cases[i].icon);
    }
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    RoundsSyncState state;
    guint n_fetched;
    guint n_total;
    const char *words;
    double fraction;
  } cases[] = {
    { ROUNDS_SYNC_BUSY, 0, 0, NULL, 0 },
    { ROUNDS_SYNC_BUSY, 500, 2000, "500 of 2000", 0.25 },
    { ROUNDS_SYNC_BUSY, 2000, 2000, "2000 of 2000", 1 },
    { ROUNDS_SYNC_BUSY, 500, 0, "500 so far", -1 },
    { ROUNDS_SYNC_OFFLINE, 500, 2000, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double fraction = 0;
      g_autofree char *words = NULL;

      rounds_sync_set_state (fixture->sync, cases[i].state, NULL);
      rounds_sync_set_progress (fixture->sync, cases[i].n_fetched, cases[i].n_total);
      words = rounds_sync_words_progress (fixture->sync, &fraction);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpfloat (fraction, ==, cases[i].fraction);
    }
}

/* In UTC, at eight in the morning of a Monday. */
static void
test_last (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 ago;
    const char *words;
  } cases[] = {
    { ROUNDS_HOUR, "Last updated 07:00" },
    { 8 * ROUNDS_HOUR, "Last updated 00:00" },
    { 9 * ROUNDS_HOUR, "Last updated yesterday, 23:00" },
    { 3 * ROUNDS_DAY, "Last updated Friday, 12 January, 08:00" },
  };
  g_autofree char *never = rounds_sync_words_last (fixture->sync, MORNING);

  g_assert_cmpstr (never, ==, "Never updated");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = NULL;

      fixture->sync->last_sync = MORNING - cases[i].ago;
      words = rounds_sync_words_last (fixture->sync, MORNING);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

#define ADD(name, test)                                                                            \
  g_test_add ("/Rounds/App/SyncWords/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("line", test_line);
  ADD ("progress", test_progress);
  ADD ("last", test_last);
#undef ADD
  return g_test_run ();
}
