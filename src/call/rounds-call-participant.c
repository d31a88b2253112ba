/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One other person in the conference, as the page announced them.
 * It is no RoundsUser: the name is what the conference says.
 */

#include "config.h"

#include "rounds-call-participant.h"

#include <glib/gi18n.h>

/* Characters; more than a label could show, less than would slow one down. */
#define MAX_NAME 120

struct _RoundsCallParticipant
{
  GObject parent_instance;

  char *id;
  char *name;
};

G_DEFINE_FINAL_TYPE (RoundsCallParticipant, rounds_call_participant, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
clean_name (const char *name)
{
  g_autofree char *valid = NULL;

  if (name == NULL)
    return g_strdup (C_ ("person in a call without a name", "Guest"));

  valid = g_utf8_make_valid (name, -1);
  for (char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (valid);
  if (*valid == '\0')
    return g_strdup (C_ ("person in a call without a name", "Guest"));
  if (g_utf8_strlen (valid, -1) <= MAX_NAME)
    return g_steal_pointer (&valid);

  return g_utf8_substring (valid, 0, MAX_NAME);
}

static void
rounds_call_participant_get_property (GObject *object, guint prop_id, GValue *value,
                                      GParamSpec *pspec)
{
  RoundsCallParticipant *self = ROUNDS_CALL_PARTICIPANT (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_call_participant_finalize (GObject *object)
{
  RoundsCallParticipant *self = ROUNDS_CALL_PARTICIPANT (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (rounds_call_participant_parent_class)->finalize (object);
}

static void
rounds_call_participant_class_init (RoundsCallParticipantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_call_participant_get_property;
  object_class->finalize = rounds_call_participant_finalize;

  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_call_participant_init (RoundsCallParticipant *self)
{
}

/* @name may be NULL, empty or not UTF-8: the person is then called a guest, or what is readable. */
RoundsCallParticipant *
rounds_call_participant_new (const char *id, const char *name)
{
  RoundsCallParticipant *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (ROUNDS_TYPE_CALL_PARTICIPANT, NULL);
  self->id = g_strdup (id);
  self->name = clean_name (name);

  return self;
}

const char *
rounds_call_participant_get_id (RoundsCallParticipant *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_PARTICIPANT (self), NULL);

  return self->id;
}

const char *
rounds_call_participant_get_name (RoundsCallParticipant *self)
{
  g_return_val_if_fail (ROUNDS_IS_CALL_PARTICIPANT (self), NULL);

  return self->name;
}

void
rounds_call_participant_set_name (RoundsCallParticipant *self, const char *name)
{
  g_autofree char *cleaned = NULL;

  g_return_if_fail (ROUNDS_IS_CALL_PARTICIPANT (self));

  cleaned = clean_name (name);
  if (g_set_str (&self->name, cleaned))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}
