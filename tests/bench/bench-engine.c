/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The app's cache with a whole hospital in it: filling, asking, opening, scrolling.
 * It uses what the app uses, rounds-store.h, and knows nothing of what is behind it.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-bare.h"
#include "bench-output.h"
#include "bench-records.h"

#include "rounds-init.h"
#include "rounds-store.h"

#define WINDOW 40 /* rows that a person sees at once */
#define N_JUMPS 500
#define PAGE 500
#define N_CHANGED 5000
#define SEARCHED_NAMES 60 /* each typed letter by letter */
#define MOST_LETTERS 6

static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1, 2, 3, 5, 7, 11, 13, 17 };
static const RoundsStoreQuery everything = { .appointments = TRUE };

/* Waits. Takes @future; an error ends the bench. */
static const GValue *
expect (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  /* The value lives as long as the future, and these are few. */
  return value;
}

static RoundsStore *
open_store (const char *path)
{
  RoundsStore *store = rounds_store_new (path, key);

  expect (rounds_store_open (store));
  return store;
}

static void
close_store (RoundsStore *store)
{
  expect (rounds_store_close (store));
  g_object_unref (store);
}

static void
remove_file (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);
      g_unlink (file);
    }
}

static RoundsEntryList *
list_loaded (RoundsStore *store, const RoundsStoreQuery *query)
{
  RoundsEntryList *list = rounds_store_list (store, query);

  while (!rounds_entry_list_get_loaded (list))
    g_main_context_iteration (NULL, TRUE);
  return list;
}

typedef struct
{
  double applied; /* seconds until the rows are there */
  double learnt; /* until the search knows all of them */
} FillTimes;

static void
set_true_cb (RoundsStore *store, gboolean *flag)
{
  *flag = TRUE;
}

static FillTimes
fill (const char *path, GPtrArray *appointments)
{
  g_autoptr (GPtrArray) users = bench_make_users ();
  RoundsStore *store = open_store (path);
  gboolean has_learnt = FALSE;
  FillTimes times;
  double began;

  expect (rounds_store_replace (store, NULL, NULL, users, NULL));
  g_signal_connect (store, "search-changed", G_CALLBACK (set_true_cb), &has_learnt);
  began = bench_now ();
  expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));
  times.applied = bench_now () - began;
  while (!has_learnt)
    g_main_context_iteration (NULL, TRUE);
  times.learnt = bench_now () - began;
  close_store (store);
  return times;
}

/* As a server with a feed of changes sends them: a page is a transaction. */
static void
apply_pages (RoundsStore *store, GPtrArray *appointments)
{
  for (guint i = 0; i < appointments->len; i += PAGE)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new ();
      RoundsStoreChanges changes = { .appointments = page, .cursor = "cursor" };

      for (guint j = i; j < MIN (i + PAGE, appointments->len); j++)
        g_ptr_array_add (page, appointments->pdata[j]);
      expect (rounds_store_apply (store, &changes));
    }
}

static double
fill_by_pages (const char *path, GPtrArray *appointments)
{
  RoundsStore *store = open_store (path);
  double began = bench_now ();
  double passed;

  apply_pages (store, appointments);
  passed = bench_now () - began;
  close_store (store);
  return passed;
}

/* Leaves a filled cache at @path. */
static void
measure_first_sync (const char *path, GPtrArray *appointments, int rounds)
{
  g_autofree char *bare = g_strconcat (path, ".bare", NULL);
  g_autoptr (BenchSamples) ours = bench_samples_new ();
  g_autoptr (BenchSamples) theirs = bench_samples_new ();
  g_autoptr (BenchSamples) pages = bench_samples_new ();
  g_autoptr (BenchSamples) learnt = bench_samples_new ();

  for (int i = 0; i < rounds; i++)
    {
      FillTimes times;

      remove_file (path);
      bench_samples_add (pages, appointments->len / fill_by_pages (path, appointments));
      remove_file (path);
      times = fill (path, appointments);
      bench_samples_add (ours, appointments->len / times.applied);
      bench_samples_add (learnt, appointments->len / times.learnt);
      bench_samples_add (theirs, appointments->len / bench_bare_insert (bare, key, appointments));
      remove_file (bare);
    }
  bench_tell ("first sync, rows applied", "/s", ours, NULL);
  bench_tell ("first sync, beside a bare insert", "/s", ours, theirs);
  bench_tell ("first sync, rows applied by pages of 500", "/s", pages, NULL);
  bench_tell ("first sync, rows until a search finds them", "/s", learnt, NULL);
}

/* Days later: of what is there, some has changed, and the feed brings that. */
static void
measure_changes (RoundsStore *store, GPtrArray *appointments, int rounds)
{
  g_autoptr (BenchSamples) ours = bench_samples_new ();

  for (int i = 0; i < rounds; i++)
    {
      g_autoptr (GPtrArray) changed
          = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_appointment_unref);
      double began;

      /* From all over the table, as people work. */
      for (guint j = (guint)i; changed->len < N_CHANGED;
           j += MAX (appointments->len / N_CHANGED, 1))
        {
          RoundsAppointment *copy
              = rounds_appointment_copy (appointments->pdata[j % appointments->len]);

          copy->version += i + 1;
          g_free (copy->notes);
          copy->notes = g_strdup_printf ("Seen again, %d", i);
          g_ptr_array_add (changed, copy);
        }
      began = bench_now ();
      apply_pages (store, changed);
      bench_samples_add (ours, changed->len / (bench_now () - began));
    }
  bench_tell ("changes, rows applied by pages of 500", "/s", ours, NULL);
}

/* What SQLite would change with the smallest write. */
static gint64
stamp_files (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat database = { 0 };
  struct stat ahead = { 0 };

  g_stat (path, &database);
  g_stat (log, &ahead);
  return database.st_size + ahead.st_size + database.st_mtim.tv_sec + database.st_mtim.tv_nsec
         + ahead.st_mtim.tv_sec + ahead.st_mtim.tv_nsec;
}

static void
measure_unchanged_sync (RoundsStore *store, const char *path, GPtrArray *appointments, int rounds)
{
  g_autoptr (BenchSamples) ours = bench_samples_new ();
  int writes = 0;

  for (int i = 0; i < rounds; i++)
    {
      gint64 stamp = stamp_files (path);
      double began = bench_now ();
      const GValue *changed = expect (rounds_store_replace (store, appointments, NULL, NULL, NULL));

      bench_samples_add (ours, appointments->len / (bench_now () - began));
      g_assert (!g_value_get_boolean (changed));
      writes += stamp_files (path) != stamp;
    }
  bench_tell ("nothing changed, rows compared", "/s", ours, NULL);
  bench_tell_one ("nothing changed, writes to the file", "times", writes);
}

static void
search_once (RoundsStore *store, const char *words, BenchSamples *samples)
{
  RoundsStoreQuery query = { .appointments = TRUE, .search = words };
  double began = bench_now ();
  g_autoptr (RoundsEntryList) list = list_loaded (store, &query);

  bench_samples_add (samples, (bench_now () - began) * 1000);
}

/* As somebody types a name: every letter is a search. */
static void
measure_search (RoundsStore *store)
{
  g_autoptr (BenchSamples) samples = bench_samples_new ();

  for (guint i = 0; i < SEARCHED_NAMES; i++)
    {
      g_autofree char *full = g_strdup_printf ("%s %s", bench_get_family_name (BENCH_N_DOCTORS + i),
                                               bench_get_given_name (BENCH_N_DOCTORS + i));
      glong length = g_utf8_strlen (full, -1);

      for (glong letters = 1; letters <= MIN (length, MOST_LETTERS); letters++)
        {
          g_autofree char *typed = g_utf8_substring (full, 0, letters);
          search_once (store, typed, samples);
        }
      search_once (store, full, samples);
    }
  bench_tell_one ("search as you type, median", "ms", bench_samples_get_percentile (samples, 0.5));
  bench_tell_one ("search as you type, p95", "ms", bench_samples_get_percentile (samples, 0.95));
  bench_tell_one ("search as you type, p99", "ms", bench_samples_get_percentile (samples, 0.99));
}

static void
measure_opening (const char *path, int rounds)
{
  g_autoptr (BenchSamples) samples = bench_samples_new ();

  for (int i = 0; i < rounds; i++)
    {
      double began = bench_now ();
      RoundsStore *store = open_store (path);
      RoundsEntryList *list = list_loaded (store, &everything);
      g_autoptr (RoundsEntry) first = g_list_model_get_item (G_LIST_MODEL (list), 0);

      bench_samples_add (samples, (bench_now () - began) * 1000);
      g_assert (first != NULL);
      g_object_unref (list);
      close_store (store);
    }
  bench_tell ("open to the first rows", "ms", samples, NULL);
}

/* Keeps the longest time, in milliseconds. */
static void
note_time (double *longest, double began)
{
  double passed = (bench_now () - began) * 1000;

  *longest = MAX (*longest, passed);
}

/* Everything that is ready on the main thread; each turn of the loop counts by itself. */
static void
turn_main_loop (double *longest)
{
  while (g_main_context_pending (NULL))
    {
      double began = bench_now ();

      g_main_context_iteration (NULL, FALSE);
      note_time (longest, began);
    }
}

/* A window of rows, held as a view holds them. */
static GPtrArray *
look_at (GListModel *list, guint top)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = top; i < MIN (top + WINDOW, g_list_model_get_n_items (list)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (list, i));
  return rows;
}

static gboolean
is_blank (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (!rounds_entry_is_loaded (rows->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Scrolls the whole list, a window at a time, each until its rows are there. */
static double
scroll (GListModel *list, BenchSamples *waits)
{
  double longest = 0;

  for (guint top = 0; top < g_list_model_get_n_items (list); top += WINDOW)
    {
      double began = bench_now ();
      g_autoptr (GPtrArray) rows = look_at (list, top);

      note_time (&longest, began);
      while (is_blank (rows))
        turn_main_loop (&longest);
      if (waits != NULL)
        bench_samples_add (waits, (bench_now () - began) * 1000);
    }
  return longest;
}

/* The scroll bar is dragged somewhere. */
static void
jump (GListModel *list, BenchSamples *waits)
{
  guint length = g_list_model_get_n_items (list);

  for (guint i = 1; i <= N_JUMPS; i++)
    {
      double began = bench_now ();
      g_autoptr (GPtrArray) rows = look_at (list, (guint)((guint64)i * 7919 * WINDOW % length));

      while (is_blank (rows))
        g_main_context_iteration (NULL, TRUE);
      bench_samples_add (waits, (bench_now () - began) * 1000);
    }
}

static void
measure_stall (RoundsStore *store)
{
  g_autoptr (RoundsEntryList) list = rounds_store_list (store, &everything);
  g_autoptr (BenchSamples) waits = bench_samples_new ();
  g_autoptr (BenchSamples) jumps = bench_samples_new ();
  double longest = 0;

  while (!rounds_entry_list_get_loaded (list))
    {
      turn_main_loop (&longest);
      g_usleep (200);
    }
  bench_tell_one ("longest stall while a list of everything loads", "ms", longest);
  bench_tell_one ("longest stall while it is scrolled", "ms", scroll (G_LIST_MODEL (list), waits));
  jump (G_LIST_MODEL (list), jumps);
  bench_tell_one ("a window of rows after scrolling on, p99", "ms",
                  bench_samples_get_percentile (waits, 0.99));
  bench_tell_one ("a window of rows anywhere, p99", "ms",
                  bench_samples_get_percentile (jumps, 0.99));
}

static void
measure_all (const char *folder, guint n_rows, int rounds)
{
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autoptr (GPtrArray) appointments = bench_make_appointments (n_rows);
  RoundsStore *store;

  measure_first_sync (path, appointments, rounds);
  store = open_store (path);
  measure_unchanged_sync (store, path, appointments, rounds);
  measure_search (store);
  measure_stall (store);
  measure_changes (store, appointments, rounds);
  close_store (store);
  measure_opening (path, rounds);
}

/* In a process of its own, whose memory is the cache's alone. */
static void
measure_memory (const char *path)
{
  RoundsStore *store = open_store (path);
  g_autoptr (RoundsEntryList) list = list_loaded (store, &everything);

  scroll (G_LIST_MODEL (list), NULL);
  bench_tell_one ("memory", "MiB", bench_measure_memory ());
  g_clear_object (&list);
  close_store (store);
}

int
main (int argc, char **argv)
{
  rounds_init ("rounds-bench");
  if (argc == 5 && g_str_equal (argv[1], "measure"))
    {
      measure_all (argv[2], (guint)atoi (argv[3]), MAX (atoi (argv[4]), 1));
    }
  else if (argc == 4 && g_str_equal (argv[1], "fill"))
    {
      g_autoptr (GPtrArray) appointments = bench_make_appointments ((guint)atoi (argv[3]));
      fill (argv[2], appointments);
    }
  else if (argc == 3 && g_str_equal (argv[1], "memory"))
    {
      measure_memory (argv[2]);
    }
  else if (argc == 3 && g_str_equal (argv[1], "search"))
    {
      RoundsStore *store = open_store (argv[2]);
      measure_search (store);
      close_store (store);
    }
  else
    {
      g_printerr ("Usage: %s measure FOLDER ROWS ROUNDS | fill FILE ROWS | memory FILE\n", argv[0]);
      return 2;
    }
  return 0;
}
