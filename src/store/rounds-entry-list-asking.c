/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The questions of a list to the store: which rows there are, and what those say that are looked
 * at. What is done with the answers is in rounds-entry-list.c.
 */

#include "config.h"

#include "rounds-entry-list-private.h"

#include "rounds-future.h"

/* A search first asks for so many rows, as somebody types, and then for the others. */
#define FIRST_FOUND 200
/* Entries read at once: a screen, and what the view keeps around it. */
#define MOST_READ 256

static void
free_weak_ref (gpointer data)
{
  GWeakRef *weak = data;

  g_weak_ref_clear (weak);
  g_free (weak);
}

static DexFuture *
ask (RoundsEntryList *self)
{
  g_autoptr (GHashTable) known = rounds_entry_window_copy (self->window);
  RoundsQuestion *question
      = rounds_question_new (self->query, self->shown.fresh, known, self->typed ? FIRST_FOUND : 0);

  g_clear_object (&self->asked);
  self->asked = g_cancellable_new ();
  return rounds_store_ask (self->store, rounds_query_job, question, rounds_question_free,
                           self->asked);
}

static void
take_answer (RoundsEntryList *self, const RoundsAnswer *answer)
{
  gboolean was_cut = self->typed && answer->is_cut;

  self->typed = FALSE;
  if (was_cut)
    self->stale = TRUE;
  rounds_entry_list_show (self, answer);
}

/* Asks the store once. Returns whether it has to be asked again. It holds the list only between the
 * waits: a list that nobody shows any more is gone at once. */
static gboolean
ask_once (GWeakRef *weak)
{
  g_autoptr (RoundsEntryList) self = g_weak_ref_get (weak);
  g_autoptr (RoundsAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *asked;
  guint generation;

  if (self == NULL)
    return FALSE;
  self->stale = FALSE;
  generation = self->generation;
  asked = ask (self);
  g_clear_object (&self);

  answer = dex_await_boxed (asked, &error);
  self = g_weak_ref_get (weak);
  if (self == NULL)
    return FALSE;
  if (generation == self->generation)
    {
      if (answer != NULL)
        take_answer (self, answer);
      rounds_entry_list_set_error (self, g_steal_pointer (&error));
    }
  self->asking = self->stale;
  return self->stale;
}

static DexFuture *
ask_fiber (gpointer weak)
{
  while (ask_once (weak))
    ;
  return dex_future_new_true ();
}

/* Reads once what is blank in the window. Returns whether there is more. */
static gboolean
read_once (GWeakRef *weak)
{
  g_autoptr (RoundsEntryList) self = g_weak_ref_get (weak);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *asked;

  if (self == NULL)
    return FALSE;
  keys = rounds_entry_window_take_missing (self->window, MOST_READ);
  self->reading = keys->len > 0;
  if (keys->len == 0)
    return FALSE;
  asked = rounds_store_ask (self->store, rounds_query_rows_job, g_steal_pointer (&keys),
                            (GDestroyNotify)g_array_unref, NULL);
  g_clear_object (&self);

  rows = dex_await_boxed (asked, &error);
  self = g_weak_ref_get (weak);
  if (self == NULL)
    return FALSE;
  if (rows != NULL)
    rounds_entry_window_fill_all (self->window, rows);
  else
    rounds_entry_list_set_error (self, g_steal_pointer (&error));
  return TRUE;
}

static DexFuture *
read_fiber (gpointer weak)
{
  while (read_once (weak))
    ;
  return dex_future_new_true ();
}

static void
spawn (RoundsEntryList *self, DexFiberFunc fiber)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  dex_future_disown (rounds_spawn (fiber, weak, free_weak_ref));
}

/* However often it is called while a question is under way, one more is asked after it. */
void
rounds_entry_list_refresh (RoundsEntryList *self)
{
  self->stale = TRUE;
  if (self->asking)
    return;
  self->asking = TRUE;
  spawn (self, ask_fiber);
}

/* Reads what is blank, unless that is under way. */
void
rounds_entry_list_read (RoundsEntryList *self)
{
  if (self->reading)
    return;
  self->reading = TRUE;
  spawn (self, read_fiber);
}
