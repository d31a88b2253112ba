/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One event as Prosody's event_sync sends it, read and checked.
 * The fields are those of its README; what else is there is passed over.
 */

#include "config.h"

#include "rounds-call-event.h"

#include "rounds-json.h"

#define MAX_ROOM 300
#define MAX_JID 1024
/* Clocks differ; a day is no difference between clocks. */
#define MOST_AHEAD ROUNDS_DAY

/* Whole seconds, as Lua's os.time() gives them. */
static gint64
read_moment (RoundsJsonReader *reader, const char *member, gboolean required, gint64 now)
{
  gint64 seconds = 0;
  if (!rounds_json_read_int (reader, member, required, 1, (now + MOST_AHEAD) / ROUNDS_SECOND,
                             &seconds))
    return ROUNDS_TIME_NONE;
  return seconds * ROUNDS_SECOND;
}

static void
add_occupant (RoundsCallEvent *self, JsonObject *object, gint64 now, RoundsProblems *problems)
{
  RoundsJsonReader reader = { object, "occupant.", problems };
  RoundsCallOccupant occupant = { NULL };

  rounds_json_read_text (&reader, "occupant_jid", TRUE, MAX_JID, &occupant.jid);
  occupant.joined_at = read_moment (&reader, "joined_at", TRUE, now);
  occupant.left_at
      = read_moment (&reader, "left_at", self->type == ROUNDS_CALL_EVENT_OCCUPANT_LEFT, now);
  /* Other servers' tokens may name people by a number. */
  occupant.id = rounds_json_peek_text (object, "id");
  g_array_append_val (self->occupants, occupant);
}

/* Lua has one kind of table: a list without entries is sent as {}. */
static void
read_all_occupants (RoundsCallEvent *self, JsonObject *body, gint64 now, RoundsProblems *problems)
{
  RoundsJsonReader reader = { body, "", problems };
  JsonNode *node = json_object_get_member (body, "all_occupants");
  JsonArray *array = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)
      && json_object_get_size (json_node_get_object (node)) == 0)
    return;
  if (!rounds_json_read_array (&reader, "all_occupants", FALSE, &array))
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (JSON_NODE_HOLDS_OBJECT (element))
        add_occupant (self, json_node_get_object (element), now, problems);
      else
        rounds_problems_add (problems, "all_occupants", "Has to be a list of objects");
    }
}

static void
read_room (RoundsCallEvent *self, JsonObject *body, gint64 now, RoundsProblems *problems)
{
  RoundsJsonReader reader = { body, "", problems };
  gboolean destroyed = self->type == ROUNDS_CALL_EVENT_ROOM_DESTROYED;

  self->created_at = read_moment (&reader, "created_at", TRUE, now);
  if (!destroyed)
    return;
  self->destroyed_at = read_moment (&reader, "destroyed_at", TRUE, now);
  read_all_occupants (self, body, now, problems);
}

RoundsCallEvent *
rounds_call_event_read (JsonObject *body, RoundsCallEventType type, gint64 now,
                        RoundsProblems *problems)
{
  g_return_val_if_fail (body != NULL && problems != NULL, NULL);

  RoundsJsonReader reader = { body, "", problems };
  JsonObject *occupant = NULL;
  g_autoptr (RoundsCallEvent) self = g_new0 (RoundsCallEvent, 1);
  self->type = type;
  self->destroyed_at = ROUNDS_TIME_NONE;
  self->occupants = g_array_new (FALSE, FALSE, sizeof (RoundsCallOccupant));
  rounds_json_read_text (&reader, "room_name", TRUE, MAX_ROOM, &self->room);
  rounds_json_read_boolean (&reader, "is_breakout", FALSE, &self->breakout);
  if (type == ROUNDS_CALL_EVENT_ROOM_CREATED || type == ROUNDS_CALL_EVENT_ROOM_DESTROYED)
    read_room (self, body, now, problems);
  else if (rounds_json_read_object (&reader, "occupant", TRUE, &occupant))
    add_occupant (self, occupant, now, problems);
  return rounds_problems_get_length (problems) == 0 ? g_steal_pointer (&self) : NULL;
}

void
rounds_call_event_free (RoundsCallEvent *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->occupants, g_array_unref);
  g_free (self);
}
