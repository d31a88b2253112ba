/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The user document: a person in the directory or the one who signed in.
 * It carries no password and no token.
 */

#include "config.h"

#include "rounds-wire.h"

#include "rounds-wire-private.h"

JsonObject *
rounds_wire_user_to_json (const RoundsUser *user)
{
  JsonObject *object = NULL;

  g_return_val_if_fail (user != NULL, NULL);

  object = json_object_new ();
  rounds_wire_write_id (object, user->id);
  rounds_wire_write_text (object, "name", user->name);
  rounds_wire_write_text (object, "email", user->email);
  rounds_wire_write_text (object, "role", rounds_role_to_string (user->role));
  /* The one member that is null when there is none: api.md says so. */
  if (user->hospital_id != NULL)
    json_object_set_string_member (object, "hospital", user->hospital_id);
  else
    json_object_set_null_member (object, "hospital");
  rounds_wire_write_text (object, "department", user->department);
  rounds_wire_write_text (object, "phoneNumber", user->phone);
  if (user->age >= 0)
    json_object_set_int_member (object, "age", user->age);
  rounds_wire_write_text (object, "gender", user->gender);
  if (user->version > 0)
    json_object_set_int_member (object, "version", user->version);
  return object;
}

static void
read_role (RoundsJsonReader *reader, gboolean required, RoundsUser *self)
{
  const char *word = NULL;

  if (rounds_json_read_string (reader, "role", required, &word)
      && !rounds_role_from_string (word, &self->role))
    rounds_problems_add (reader->problems, "role", "Has to be patient, doctor, hospital or admin");
}

RoundsUser *
rounds_wire_user_from_json (JsonObject *object, RoundsProblems *problems)
{
  g_autoptr (RoundsUser) self = NULL;
  RoundsJsonReader reader = { object, "", problems };
  guint before = 0;
  gint64 age = -1;

  g_return_val_if_fail (object != NULL && problems != NULL, NULL);

  before = rounds_problems_get_length (problems);
  self = rounds_user_new ();
  rounds_wire_read_id (&reader, &self->id);
  rounds_wire_read_text (&reader, "name", TRUE, &self->name);
  rounds_wire_read_text (&reader, "email", FALSE, &self->email);
  read_role (&reader, TRUE, self);
  rounds_wire_read_reference (&reader, "hospital", FALSE, &self->hospital_id);
  rounds_wire_read_text (&reader, "department", FALSE, &self->department);
  rounds_wire_read_text (&reader, "phoneNumber", FALSE, &self->phone);
  if (rounds_json_read_int (&reader, "age", FALSE, 0, G_MAXINT, &age))
    self->age = (int)age;
  rounds_wire_read_text (&reader, "gender", FALSE, &self->gender);
  rounds_json_read_int (&reader, "version", FALSE, 0, G_MAXINT64, &self->version);
  if (rounds_problems_get_length (problems) > before)
    return NULL;
  return g_steal_pointer (&self);
}

/* An empty text takes the member away. */
static void
apply_text (RoundsJsonReader *reader, const char *member, char **out)
{
  if (rounds_wire_read_text (reader, member, FALSE, out) && **out == '\0')
    g_clear_pointer (out, g_free);
}

void
rounds_wire_user_apply (JsonObject *object, RoundsUser *user, RoundsProblems *problems)
{
  RoundsJsonReader reader = { object, "", problems };
  gint64 age = -1;

  g_return_if_fail (object != NULL && user != NULL && problems != NULL);

  apply_text (&reader, "name", &user->name);
  apply_text (&reader, "email", &user->email);
  read_role (&reader, FALSE, user);
  rounds_wire_read_reference (&reader, "hospital", FALSE, &user->hospital_id);
  apply_text (&reader, "department", &user->department);
  apply_text (&reader, "phoneNumber", &user->phone);
  if (rounds_json_read_int (&reader, "age", FALSE, 0, G_MAXINT, &age))
    user->age = (int)age;
  apply_text (&reader, "gender", &user->gender);
}
