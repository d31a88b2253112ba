/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How many of something one person has at a time: of more than that the oldest gives way.
 * Who has none takes no room.
 */

#include "config.h"

#include "rounds-person-limit.h"

struct _RoundsPersonLimit
{
  guint most;
  GHashTable *people; /* char * → Person; none is empty */
};

typedef struct
{
  char *user_id; /* the key in the table, too */
  GQueue items;
} Person;

static void
free_person (gpointer data)
{
  Person *person = data;
  g_free (person->user_id);
  g_free (person);
}

RoundsPersonLimit *
rounds_person_limit_new (guint most)
{
  g_return_val_if_fail (most > 0, NULL);

  RoundsPersonLimit *self = g_new0 (RoundsPersonLimit, 1);
  self->most = most;
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_person);
  return self;
}

void
rounds_person_limit_free (RoundsPersonLimit *self)
{
  if (self == NULL)
    return;
  g_assert (g_hash_table_size (self->people) == 0);
  g_hash_table_unref (self->people);
  g_free (self);
}

static Person *
get_person (RoundsPersonLimit *self, const char *user_id)
{
  Person *person = g_hash_table_lookup (self->people, user_id);
  if (person == NULL)
    {
      person = g_new0 (Person, 1);
      person->user_id = g_strdup (user_id);
      g_hash_table_insert (self->people, person->user_id, person);
    }
  return person;
}

gpointer
rounds_person_limit_add (RoundsPersonLimit *self, const char *user_id, RoundsPersonSlot *slot,
                         gpointer item)
{
  g_return_val_if_fail (self != NULL && user_id != NULL, NULL);
  g_return_val_if_fail (slot != NULL && slot->person == NULL && item != NULL, NULL);

  Person *person = get_person (self, user_id);
  GList *oldest = NULL;
  if (person->items.length >= self->most)
    oldest = g_queue_pop_head_link (&person->items);
  slot->link.data = item;
  slot->person = person;
  g_queue_push_tail_link (&person->items, &slot->link);
  if (oldest == NULL)
    return NULL;
  /* The link is the slot's first member. */
  ((RoundsPersonSlot *)oldest)->person = NULL;
  return oldest->data;
}

void
rounds_person_limit_remove (RoundsPersonLimit *self, RoundsPersonSlot *slot)
{
  g_return_if_fail (self != NULL && slot != NULL);

  Person *person = g_steal_pointer (&slot->person);
  if (person == NULL)
    return;
  g_queue_unlink (&person->items, &slot->link);
  if (person->items.length == 0)
    g_hash_table_remove (self->people, person->user_id);
}
