/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A hospital of the directory as a list model's item, with properties for expressions.
 * The value itself belongs to model.
 */

#include "config.h"

#include "rounds-place.h"

struct _RoundsPlace
{
  GObject parent_instance;
  RoundsHospital *hospital;
};

G_DEFINE_FINAL_TYPE (RoundsPlace, rounds_place, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_HOSPITAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rounds_place_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsPlace *self = ROUNDS_PLACE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->hospital->name);
      break;
    case PROP_HOSPITAL:
      g_value_set_boxed (value, self->hospital);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_place_finalize (GObject *object)
{
  RoundsPlace *self = ROUNDS_PLACE (object);

  g_clear_pointer (&self->hospital, rounds_hospital_unref);
  G_OBJECT_CLASS (rounds_place_parent_class)->finalize (object);
}

static void
rounds_place_class_init (RoundsPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_place_get_property;
  object_class->finalize = rounds_place_finalize;

  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HOSPITAL] = g_param_spec_boxed ("hospital", NULL, NULL, ROUNDS_TYPE_HOSPITAL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_place_init (RoundsPlace *self)
{
}

/**
 * rounds_place_new:
 * @hospital: (transfer none): the value; a reference is kept
 *
 * Returns: (transfer full)
 */
RoundsPlace *
rounds_place_new (RoundsHospital *hospital)
{
  RoundsPlace *self;

  g_return_val_if_fail (hospital != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_PLACE, NULL);
  self->hospital = rounds_hospital_ref (hospital);
  return self;
}

/**
 * rounds_place_get_hospital:
 *
 * Returns: (transfer none)
 */
RoundsHospital *
rounds_place_get_hospital (RoundsPlace *self)
{
  g_return_val_if_fail (ROUNDS_IS_PLACE (self), NULL);

  return self->hospital;
}
