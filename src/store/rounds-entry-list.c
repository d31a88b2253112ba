/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A list model that shows what a query finds and follows the store.
 * It runs no SQL; the store answers, and this file works out what differs.
 */

#include "config.h"

#include "rounds-store-private.h"

#include <string.h>

#include "rounds-future.h"
#include "rounds-hunks.h"
#include "rounds-query.h"

struct _RoundsEntryList
{
  GObject parent_instance;
  RoundsStore *store;
  RoundsStoreQuery *query;
  GPtrArray *entries; /* of RoundsEntry, in the order of lists */
  GError *error; /* why the last question got no answer; or NULL */
  guint generation; /* counts queries: an answer to an older one is thrown away */
  gboolean loaded;
  gboolean stale; /* the store or the query changed since the last question */
  gboolean asking; /* ask_fiber runs */
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

/* Puts @added of @fresh (from @hunk->fresh) in the place of the removed ones. */
static void
splice (GPtrArray *entries, GPtrArray *fresh, const RoundsHunk *hunk)
{
  guint tail = entries->len - hunk->position - hunk->removed;
  guint old_length = entries->len;

  for (guint i = 0; i < hunk->removed; i++)
    g_object_unref (entries->pdata[hunk->position + i]);
  if (hunk->added > hunk->removed)
    g_ptr_array_set_size (entries, (int)(old_length + hunk->added - hunk->removed));
  memmove (entries->pdata + hunk->position + hunk->added,
           entries->pdata + hunk->position + hunk->removed, tail * sizeof (gpointer));
  for (guint i = 0; i < hunk->added; i++)
    entries->pdata[hunk->position + i] = g_object_ref (fresh->pdata[hunk->fresh + i]);
  entries->len = old_length + hunk->added - hunk->removed;
}

/* From the last hunk to the first: the positions of those before stay right, and at each signal the
 * model is what its listeners believe it to be. */
static void
show (RoundsEntryList *self, GPtrArray *fresh)
{
  g_autoptr (GArray) hunks = rounds_hunks_find (self->entries, fresh, rounds_query_compare_entries,
                                                rounds_query_entries_are_equal);
  guint length = self->entries->len;

  for (guint i = hunks->len; i > 0; i--)
    {
      const RoundsHunk *hunk = &g_array_index (hunks, RoundsHunk, i - 1);

      splice (self->entries, fresh, hunk);
      g_list_model_items_changed (G_LIST_MODEL (self), hunk->position, hunk->removed, hunk->added);
    }
  if (length != self->entries->len)
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

/* Asks the store once. Returns whether it has to be asked again. It holds the list only between the
 * waits: a list that nobody shows any more is gone at once. */
static gboolean
ask_once (GWeakRef *weak)
{
  g_autoptr (RoundsEntryList) self = g_weak_ref_get (weak);
  g_autoptr (GPtrArray) fresh = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *asked;
  guint generation;

  if (self == NULL)
    return FALSE;
  self->stale = FALSE;
  generation = self->generation;
  asked = rounds_store_answer (self->store, self->query);
  g_clear_object (&self);

  fresh = dex_await_boxed (asked, &error);
  self = g_weak_ref_get (weak);
  if (self == NULL)
    return FALSE;
  if (generation == self->generation)
    {
      if (fresh != NULL)
        show (self, fresh);
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

/* However often it is called while a question is under way, one more is asked after it. */
static void
refresh (RoundsEntryList *self)
{
  GWeakRef *weak;

  self->stale = TRUE;
  if (self->asking)
    return;
  self->asking = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  dex_future_disown (rounds_spawn (ask_fiber, weak, free_weak_ref));
}

static GType
rounds_entry_list_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_ENTRY;
}

static guint
rounds_entry_list_get_n_items (GListModel *model)
{
  return ROUNDS_ENTRY_LIST (model)->entries->len;
}

static gpointer
rounds_entry_list_get_item (GListModel *model, guint position)
{
  RoundsEntryList *self = ROUNDS_ENTRY_LIST (model);

  return position < self->entries->len ? g_object_ref (self->entries->pdata[position]) : NULL;
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
      g_value_set_uint (value, self->entries->len);
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
  g_clear_pointer (&self->entries, g_ptr_array_unref);
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
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

RoundsEntryList *
rounds_entry_list_new (RoundsStore *store, const RoundsStoreQuery *query)
{
  RoundsEntryList *self = g_object_new (ROUNDS_TYPE_ENTRY_LIST, NULL);

  self->store = g_object_ref (store);
  self->query = rounds_query_copy (query);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  /* A search finds records by names of the directory too. */
  g_signal_connect_object (store, "directory-changed", G_CALLBACK (refresh), self,
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
