/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A list model that shows what a query finds and follows the store: the order of all rows, and the
 * entries of those that somebody looks at.
 * It runs no SQL and compares no rows; the store's answers say what differs.
 */

#include "config.h"

#include "rounds-entry-list-private.h"

#include "rounds-number.h"

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

void
rounds_entry_list_show (RoundsEntryList *self, const RoundsAnswer *answer)
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

void
rounds_entry_list_set_error (RoundsEntryList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
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
  if (!rounds_entry_is_loaded (entry))
    rounds_entry_list_read (self);
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
    rounds_entry_list_refresh (self);
}

RoundsEntryList *
rounds_entry_list_new (RoundsStore *store, const RoundsStoreQuery *query)
{
  RoundsEntryList *self = g_object_new (ROUNDS_TYPE_ENTRY_LIST, NULL);

  self->store = g_object_ref (store);
  self->query = rounds_query_copy (query);
  self->typed = rounds_query_has_words (query);
  g_signal_connect_object (store, "changed", G_CALLBACK (rounds_entry_list_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rounds_entry_list_refresh (self);
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
  rounds_entry_list_refresh (self);
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
