/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A list model that shows what a query finds and follows the store: the order of all rows, and the
 * entries of those that somebody looks at.
 * It runs no SQL and compares no rows; the store's answers say what differs.
 */

#include "config.h"

#include "rounds-store-private.h"

#include "rounds-entry-window.h"
#include "rounds-future.h"
#include "rounds-number.h"
#include "rounds-query.h"
#include "rounds-shown-order.h"

/* A search first asks for so many rows, as somebody types, and then for the others. */
#define FIRST_FOUND 200
/* Entries read at once: a screen, and what the view keeps around it. */
#define MOST_READ 256

struct _RoundsEntryList
{
  GObject parent_instance;
  RoundsStore *store;
  RoundsStoreQuery *query;
  RoundsShownOrder shown;
  RoundsEntryWindow *window;
  GError *error; /* why the last question got no answer; or NULL */
  GCancellable *asked; /* the question under way; or NULL */
  guint generation; /* counts queries: an answer to an older one is thrown away */
  gboolean loaded;
  gboolean stale; /* the store or the query changed since the last question */
  gboolean asking; /* ask_fiber runs */
  gboolean reading; /* read_fiber runs */
  gboolean typed; /* the first answer to this search is awaited */
};

static void rounds_entry_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsEntryList, rounds_entry_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rounds_entry_list_model_init))

enum
{
  PROP_0,
  PROP_ERROR,
  PROP_LOADED,
  PROP_N_ITEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
count_rows (const RoundsEntryList *self)
{
  return rounds_shown_order_get_length (&self->shown);
}

static void
tell_cb (guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static void
show (RoundsEntryList *self, const RoundsAnswer *answer)
{
  guint length = count_rows (self);

  rounds_entry_window_fill_all (self->window, answer->entries);
  rounds_shown_order_change (&self->shown, answer->order, answer->hunks, tell_cb, self);
  rounds_entry_window_prune (self->window, self->shown.fresh);
  if (length != count_rows (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
}

static void
set_error (RoundsEntryList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

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
  show (self, answer);
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
      set_error (self, g_steal_pointer (&error));
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
    set_error (self, g_steal_pointer (&error));
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
static void
refresh (RoundsEntryList *self)
{
  self->stale = TRUE;
  if (self->asking)
    return;
  self->asking = TRUE;
  spawn (self, ask_fiber);
}

static GType
rounds_entry_list_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_ENTRY;
}

static guint
rounds_entry_list_get_n_items (GListModel *model)
{
  return count_rows (ROUNDS_ENTRY_LIST (model));
}

static gpointer
rounds_entry_list_get_item (GListModel *model, guint position)
{
  RoundsEntryList *self = ROUNDS_ENTRY_LIST (model);

  RoundsEntry *entry;

  if (position >= count_rows (self))
    return NULL;
  entry = rounds_entry_window_get (self->window, rounds_shown_order_get (&self->shown, position));
  /* In a moment: whoever asks for one asks for others too, and some are only looked at in passing.
   */
  if (!self->reading && !rounds_entry_is_loaded (entry))
    {
      self->reading = TRUE;
      spawn (self, read_fiber);
    }
  return entry;
}

static void
rounds_entry_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rounds_entry_list_get_item_type;
  iface->get_n_items = rounds_entry_list_get_n_items;
  iface->get_item = rounds_entry_list_get_item;
}

static void
rounds_entry_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsEntryList *self = ROUNDS_ENTRY_LIST (object);

  switch (id)
    {
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, count_rows (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_entry_list_finalize (GObject *object)
{
  RoundsEntryList *self = ROUNDS_ENTRY_LIST (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->query, rounds_query_free);
  rounds_shown_order_clear (&self->shown);
  g_clear_pointer (&self->window, rounds_entry_window_free);
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rounds_entry_list_parent_class)->finalize (object);
}

static void
rounds_entry_list_class_init (RoundsEntryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_entry_list_get_property;
  object_class->finalize = rounds_entry_list_finalize;

  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_entry_list_init (RoundsEntryList *self)
{
  rounds_shown_order_init (&self->shown);
  self->window = rounds_entry_window_new ();
}

/* The same records, but a search finds them by other words. */
static void
search_changed_cb (RoundsEntryList *self)
{
  if (rounds_query_has_words (self->query))
    refresh (self);
}

RoundsEntryList *
rounds_entry_list_new (RoundsStore *store, const RoundsStoreQuery *query)
{
  RoundsEntryList *self = g_object_new (ROUNDS_TYPE_ENTRY_LIST, NULL);

  self->store = g_object_ref (store);
  self->query = rounds_query_copy (query);
  self->typed = rounds_query_has_words (query);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return self;
}

/**
 * rounds_entry_list_set_query:
 * @query: what to show from now on; copied
 *
 * The rows change when the answer is in; an answer to an older query never shows. Main thread.
 */
void
rounds_entry_list_set_query (RoundsEntryList *self, const RoundsStoreQuery *query)
{
  g_return_if_fail (ROUNDS_IS_ENTRY_LIST (self));
  g_return_if_fail (query != NULL);

  if (rounds_query_equal (self->query, query))
    return;
  g_clear_pointer (&self->query, rounds_query_free);
  self->query = rounds_query_copy (query);
  self->generation++;
  self->typed = rounds_query_has_words (query);
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  refresh (self);
}

/** rounds_entry_list_get_loaded: */
gboolean
rounds_entry_list_get_loaded (RoundsEntryList *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY_LIST (self), FALSE);

  return self->loaded;
}

/**
 * rounds_entry_list_get_error:
 *
 * Returns: (transfer none) (nullable): why the rows are not current, usually a %ROUNDS_STORE_ERROR
 */
const GError *
rounds_entry_list_get_error (RoundsEntryList *self)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY_LIST (self), NULL);

  return self->error;
}

/**
 * rounds_entry_list_get_start:
 *
 * Returns: µs UTC; %ROUNDS_TIME_NONE behind the end
 */
gint64
rounds_entry_list_get_start (RoundsEntryList *self, guint position)
{
  g_return_val_if_fail (ROUNDS_IS_ENTRY_LIST (self), ROUNDS_TIME_NONE);

  if (position >= count_rows (self))
    return ROUNDS_TIME_NONE;
  return rounds_number_get_start (
      rounds_row_key_get_number (rounds_shown_order_get (&self->shown, position)));
}
