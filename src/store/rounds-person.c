/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A person of the directory as a list model's item, with properties for expressions.
 * The value itself belongs to model.
 */

#include "config.h"

#include "rounds-person.h"

#include <string.h>

struct _RoundsPerson
{
  GObject parent_instance;
  RoundsUser *user;
  char *sort_key; /* of the name, made once: folding it at each comparison is most of a sort */
};

G_DEFINE_FINAL_TYPE (RoundsPerson, rounds_person, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_USER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rounds_person_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsPerson *self = ROUNDS_PERSON (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->user->name);
      break;
    case PROP_USER:
      g_value_set_boxed (value, self->user);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_person_finalize (GObject *object)
{
  RoundsPerson *self = ROUNDS_PERSON (object);

  g_clear_pointer (&self->user, rounds_user_unref);
  g_free (self->sort_key);
  G_OBJECT_CLASS (rounds_person_parent_class)->finalize (object);
}

static void
rounds_person_class_init (RoundsPersonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_person_get_property;
  object_class->finalize = rounds_person_finalize;

  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER] = g_param_spec_boxed ("user", NULL, NULL, ROUNDS_TYPE_USER,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_person_init (RoundsPerson *self)
{
}

/**
 * rounds_person_new:
 * @user: (transfer none): the value; a reference is kept
 *
 * Returns: (transfer full)
 */
RoundsPerson *
rounds_person_new (RoundsUser *user)
{
  RoundsPerson *self;

  g_return_val_if_fail (user != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_PERSON, NULL);
  self->user = rounds_user_ref (user);
  self->sort_key = g_utf8_collate_key (user->name != NULL ? user->name : "", -1);
  return self;
}

/**
 * rounds_person_get_user:
 *
 * Returns: (transfer none)
 */
RoundsUser *
rounds_person_get_user (RoundsPerson *self)
{
  g_return_val_if_fail (ROUNDS_IS_PERSON (self), NULL);

  return self->user;
}

/**
 * rounds_person_compare:
 *
 * Returns: less than, equal to or more than 0
 */
int
rounds_person_compare (RoundsPerson *self, RoundsPerson *other)
{
  int order;

  g_return_val_if_fail (ROUNDS_IS_PERSON (self), 0);
  g_return_val_if_fail (ROUNDS_IS_PERSON (other), 0);

  order = strcmp (self->sort_key, other->sort_key);
  return order != 0 ? order : g_strcmp0 (self->user->id, other->user->id);
}
