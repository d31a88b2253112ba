/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The others in a conference, in the order they came, found by the page's ids.
 * It tells nobody but its model's listeners.
 */

#include "config.h"

#include "rounds-call-roster.h"

/* Nobody consults with more people; a page that announces more is broken or hostile. */
#define MAX_PEOPLE 500

struct _RoundsCallRoster
{
  GListStore *people; /* of RoundsCallParticipant */
};

RoundsCallRoster *
rounds_call_roster_new (void)
{
  RoundsCallRoster *self = g_new0 (RoundsCallRoster, 1);

  self->people = g_list_store_new (ROUNDS_TYPE_CALL_PARTICIPANT);
  return self;
}

void
rounds_call_roster_free (RoundsCallRoster *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->people);
  g_free (self);
}

GListModel *
rounds_call_roster_get_model (RoundsCallRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return G_LIST_MODEL (self->people);
}

/* (transfer full) (nullable) */
static RoundsCallParticipant *
find (RoundsCallRoster *self, const char *id, guint *position)
{
  GListModel *model = G_LIST_MODEL (self->people);

  for (*position = 0; *position < g_list_model_get_n_items (model); (*position)++)
    {
      g_autoptr (RoundsCallParticipant) person = g_list_model_get_item (model, *position);

      if (g_str_equal (rounds_call_participant_get_id (person), id))
        return g_steal_pointer (&person);
    }
  return NULL;
}

RoundsCallParticipant *
rounds_call_roster_find (RoundsCallRoster *self, const char *id)
{
  g_autoptr (RoundsCallParticipant) person = NULL;
  guint position;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  /* The list holds it. */
  person = find (self, id, &position);
  return person;
}

RoundsCallParticipant *
rounds_call_roster_add (RoundsCallRoster *self, const char *id, const char *name)
{
  g_autoptr (RoundsCallParticipant) person = NULL;
  guint n_people;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  person = find (self, id, &n_people);
  if (person != NULL)
    {
      rounds_call_participant_set_name (person, name);
      return NULL;
    }
  if (n_people >= MAX_PEOPLE)
    return NULL;
  person = rounds_call_participant_new (id, name);
  g_list_store_append (self->people, person);
  return person;
}

RoundsCallParticipant *
rounds_call_roster_take (RoundsCallRoster *self, const char *id)
{
  RoundsCallParticipant *person;
  guint position;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  person = find (self, id, &position);
  if (person != NULL)
    g_list_store_remove (self->people, position);
  return person;
}

void
rounds_call_roster_clear (RoundsCallRoster *self)
{
  g_return_if_fail (self != NULL);

  g_list_store_remove_all (self->people);
}
