/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Two sorted list models and a way to find their items by id.
 * Who may see whom was decided by the server.
 */

#include "config.h"

#include "rounds-directory.h"

#include "rounds-hunks.h"
#include "rounds-person.h"
#include "rounds-place.h"

struct _RoundsDirectory
{
  GListStore *people; /* of RoundsPerson */
  GListStore *places; /* of RoundsPlace */
  GHashTable *users; /* id → RoundsUser, both borrowed from people */
  GHashTable *hospitals; /* id → RoundsHospital, both borrowed from places */
};

RoundsDirectory *
rounds_directory_new (void)
{
  RoundsDirectory *self = g_new0 (RoundsDirectory, 1);

  self->people = g_list_store_new (ROUNDS_TYPE_PERSON);
  self->places = g_list_store_new (ROUNDS_TYPE_PLACE);
  self->users = g_hash_table_new (g_str_hash, g_str_equal);
  self->hospitals = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
rounds_directory_free (RoundsDirectory *self)
{
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->hospitals, g_hash_table_unref);
  g_clear_object (&self->people);
  g_clear_object (&self->places);
  g_free (self);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  return rounds_person_compare ((RoundsPerson *)a, (RoundsPerson *)b);
}

static gboolean
are_people_equal (gconstpointer a, gconstpointer b)
{
  return rounds_user_equal (rounds_person_get_user ((RoundsPerson *)a),
                            rounds_person_get_user ((RoundsPerson *)b));
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const RoundsHospital *first = rounds_place_get_hospital ((RoundsPlace *)a);
  const RoundsHospital *second = rounds_place_get_hospital ((RoundsPlace *)b);

  int order = g_utf8_collate (first->name != NULL ? first->name : "",
                              second->name != NULL ? second->name : "");

  return order != 0 ? order : g_strcmp0 (first->id, second->id);
}

static gboolean
are_places_equal (gconstpointer a, gconstpointer b)
{
  return rounds_hospital_equal (rounds_place_get_hospital ((RoundsPlace *)a),
                                rounds_place_get_hospital ((RoundsPlace *)b));
}

static GPtrArray *
copy_items (GListStore *store)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (store));
  GPtrArray *items = g_ptr_array_new_full (length, g_object_unref);

  for (guint i = 0; i < length; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (store), i));
  return items;
}

static void
update_store (GListStore *store, GPtrArray *fresh, GCompareFunc compare, GEqualFunc equal)
{
  g_autoptr (GPtrArray) old = copy_items (store);
  g_autoptr (GArray) hunks = NULL;

  g_ptr_array_sort_values (fresh, compare);
  hunks = rounds_hunks_find (old, fresh, compare, equal);
  for (guint i = hunks->len; i > 0; i--)
    {
      const RoundsHunk *hunk = &g_array_index (hunks, RoundsHunk, i - 1);

      g_list_store_splice (store, hunk->position, hunk->removed, fresh->pdata + hunk->fresh,
                           hunk->added);
    }
}

/* The models tell their listeners in the middle of this, who may look somebody up: the tables are
 * emptied before and hold, at any time, only what is alive. */
static void
fill_tables (RoundsDirectory *self, GPtrArray *people, GPtrArray *places)
{
  g_hash_table_remove_all (self->users);
  g_hash_table_remove_all (self->hospitals);
  for (guint i = 0; i < people->len; i++)
    {
      RoundsUser *user = rounds_person_get_user (people->pdata[i]);

      g_hash_table_insert (self->users, user->id, user);
    }
  for (guint i = 0; i < places->len; i++)
    {
      RoundsHospital *hospital = rounds_place_get_hospital (places->pdata[i]);

      g_hash_table_insert (self->hospitals, hospital->id, hospital);
    }
}

void
rounds_directory_update (RoundsDirectory *self, GPtrArray *users, GPtrArray *hospitals)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) kept_people = NULL;
  g_autoptr (GPtrArray) kept_places = NULL;

  for (guint i = 0; i < users->len; i++)
    g_ptr_array_add (people, rounds_person_new (users->pdata[i]));
  for (guint i = 0; i < hospitals->len; i++)
    g_ptr_array_add (places, rounds_place_new (hospitals->pdata[i]));
  fill_tables (self, people, places);
  update_store (self->people, people, compare_people, are_people_equal);
  update_store (self->places, places, compare_places, are_places_equal);
  kept_people = copy_items (self->people);
  kept_places = copy_items (self->places);
  fill_tables (self, kept_people, kept_places);
}

RoundsUser *
rounds_directory_lookup_user (RoundsDirectory *self, const char *id)
{
  return g_hash_table_lookup (self->users, id);
}

RoundsHospital *
rounds_directory_lookup_hospital (RoundsDirectory *self, const char *id)
{
  return g_hash_table_lookup (self->hospitals, id);
}

GListModel *
rounds_directory_get_people (RoundsDirectory *self)
{
  return G_LIST_MODEL (self->people);
}

GListModel *
rounds_directory_get_places (RoundsDirectory *self)
{
  return G_LIST_MODEL (self->places);
}
