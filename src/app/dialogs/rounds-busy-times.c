/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What of somebody's time is taken, as the cache knows it.
 * It asks no server: where that answers, RoundsFreeTimes knows more.
 */

#include "config.h"

#include "rounds-busy-times.h"

#include "rounds-clock.h"
#include "rounds-future.h"

/* As the server steps through a day. */
#define STEP (15 * ROUNDS_MINUTE)
/* What began so long ago may still go on: no form makes anything longer. */
#define LONGEST (24 * ROUNDS_HOUR)

typedef struct
{
  RoundsEntryList *list;
  RoundsTimeRange within;
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;

  g_object_unref (search->list);
  g_free (search);
}

static void
answered_cb (RoundsEntryList *list, GParamSpec *pspec, gpointer promise)
{
  if (dex_future_is_pending (promise))
    dex_promise_resolve_boolean (promise, TRUE);
}

static void
unref_promise (gpointer promise, GClosure *closure)
{
  dex_unref (promise);
}

/* Resolves once the list has its rows, or an error. */
static DexFuture *
wait_for_rows (RoundsEntryList *list)
{
  DexPromise *promise = dex_promise_new ();

  if (rounds_entry_list_get_loaded (list))
    dex_promise_resolve_boolean (promise, TRUE);
  for (const char *const *signal = (const char *const[]){ "notify::loaded", "notify::error", NULL };
       *signal != NULL; signal++)
    g_signal_connect_data (list, *signal, G_CALLBACK (answered_cb), dex_ref (promise),
                           unref_promise, G_CONNECT_DEFAULT);
  return DEX_FUTURE (promise);
}

static GArray *
collect (GListModel *entries, RoundsTimeRange within)
{
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (RoundsTimeRange));

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (entries, i);
      RoundsTimeRange range = rounds_entry_get_range (entry);

      if (!rounds_entry_is_cancelled (entry) && rounds_time_range_overlaps (range, within))
        g_array_append_val (busy, range);
    }
  return busy;
}

static DexFuture *
find_fiber (gpointer data)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (wait_for_rows (search->list), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (rounds_entry_list_get_error (search->list) != NULL)
    return dex_future_new_for_error (g_error_copy (rounds_entry_list_get_error (search->list)));
  return dex_future_new_take_boxed (G_TYPE_ARRAY,
                                    collect (G_LIST_MODEL (search->list), search->within));
}

DexFuture *
rounds_busy_times_find (RoundsStore *store, const char *id, RoundsTimeRange within)
{
  Search *search;
  RoundsStoreQuery query = {
    .appointments = TRUE,
    .meetings = TRUE,
    .range = rounds_time_range_new (within.start - LONGEST, within.end),
    .person = id,
  };

  dex_return_error_if_fail (ROUNDS_IS_STORE (store));
  dex_return_error_if_fail (id != NULL);

  search = g_new0 (Search, 1);
  search->list = rounds_store_list (store, &query);
  search->within = within;
  return rounds_spawn (find_fiber, search, free_search);
}

static const RoundsTimeRange *
find_overlap (GArray *busy, RoundsTimeRange range)
{
  for (guint i = 0; i < busy->len; i++)
    {
      const RoundsTimeRange *taken = &g_array_index (busy, RoundsTimeRange, i);

      if (rounds_time_range_overlaps (*taken, range))
        return taken;
    }
  return NULL;
}

static gint64
round_up (gint64 moment)
{
  return (moment + STEP - 1) / STEP * STEP;
}

gint64
rounds_busy_times_first_gap (GArray *busy, gint64 from, int minutes)
{
  gint64 start = round_up (from);
  const RoundsTimeRange *taken;

  g_return_val_if_fail (busy != NULL, start);

  while (
      (taken = find_overlap (busy, rounds_time_range_new (start, start + minutes * ROUNDS_MINUTE)))
      != NULL)
    start = round_up (taken->end);
  return start;
}

gboolean
rounds_busy_times_overlap (GArray *busy, RoundsTimeRange range)
{
  g_return_val_if_fail (busy != NULL, FALSE);

  return find_overlap (busy, range) != NULL;
}
