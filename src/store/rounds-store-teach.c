/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * When the search index learns the words of new records.
 * What it learns is in rounds-search-index.c.
 */

#include "config.h"

#include "rounds-store-object.h"

#include "rounds-search-index.h"

#define MS_WITHOUT_PAGES 300

static void teach_search (RoundsStore *self);

/* A batch is done: the next one, or the news. A failure is no news: what is written stays, and the
 * rest is taken up by the next write or when the file is opened again. */
static DexFuture *
taught_cb (DexFuture *future, gpointer data)
{
  RoundsStore *self = data;
  const GValue *value = dex_future_get_value (future, NULL);

  self->is_teaching = FALSE;
  if (value != NULL && g_value_get_boolean (value))
    teach_search (self);
  else if (value != NULL)
    rounds_store_emit (self, ROUNDS_STORE_SEARCH_CHANGED);
  return NULL;
}

/* Batch by batch, so that other writes take their turn in between. */
static void
teach_search (RoundsStore *self)
{
  if (self->is_teaching)
    return;
  self->is_teaching = TRUE;
  dex_future_disown (
      dex_future_finally (rounds_store_run_job (self, rounds_search_index_job, NULL, NULL),
                          taught_cb, g_object_ref (self), g_object_unref));
}

static gboolean
teach_timeout (gpointer data)
{
  RoundsStore *self = data;

  self->teach_source = 0;
  teach_search (self);
  return G_SOURCE_REMOVE;
}

/* Much comes page after page, and is learnt faster in one go: when no page has come for a moment.
 */
void
rounds_store_plan_teaching (RoundsStore *self, guint n_untaught)
{
  g_clear_handle_id (&self->teach_source, g_source_remove);
  if (n_untaught < ROUNDS_SEARCH_INDEX_MANY)
    teach_search (self);
  else
    self->teach_source = g_timeout_add (MS_WITHOUT_PAGES, teach_timeout, self);
}
