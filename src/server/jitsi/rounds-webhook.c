/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One event as a webhook of JaaS tells it, read and checked.
 * The members are those of developer.8x8.com/jaas/docs/webhooks-payload; what else is there is
 * passed over.
 */

#include "config.h"

#include "rounds-webhook.h"

#include "rounds-json.h"

#include <string.h>

#define MILLISECOND (ROUNDS_SECOND / 1000)
#define MAX_WORD 100
#define MAX_NAME 400
#define MAX_JID 1024
#define MAX_SIDE_ROOM 300
/* Milliseconds since 1970. Before the first of them, in 2001, somebody counted seconds. */
#define FIRST_MOMENT 1000000000000
/* Clocks differ; a day is no difference between clocks. */
#define MOST_AHEAD ROUNDS_DAY

static const struct
{
  const char *word;
  RoundsWebhookType type;
} types[] = {
  { "ROOM_CREATED", ROUNDS_WEBHOOK_ROOM_CREATED },
  { "ROOM_DESTROYED", ROUNDS_WEBHOOK_ROOM_DESTROYED },
  { "PARTICIPANT_JOINED", ROUNDS_WEBHOOK_JOINED },
  { "PARTICIPANT_LEFT", ROUNDS_WEBHOOK_LEFT },
  { "PARTICIPANT_JOINED_LOBBY", ROUNDS_WEBHOOK_JOINED_LOBBY },
};

static RoundsWebhookType
find_type (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (types[i].word, word))
        return types[i].type;
    }
  return ROUNDS_WEBHOOK_OTHER;
}

gboolean
rounds_webhook_is_of (JsonObject *body, const char *app_id)
{
  g_return_val_if_fail (body != NULL && app_id != NULL, FALSE);

  const char *app = rounds_json_peek_text (body, "appId");
  const char *name = rounds_json_peek_text (body, "fqn");
  gsize length = strlen (app_id);

  if (app != NULL && g_ascii_strcasecmp (app, app_id) != 0)
    return FALSE;
  return name == NULL || (g_ascii_strncasecmp (name, app_id, length) == 0 && name[length] == '/');
}

/* "AppID/room". */
static void
read_room (RoundsWebhook *self, RoundsJsonReader *reader)
{
  const char *name = NULL;

  if (!rounds_json_read_text (reader, "fqn", TRUE, MAX_NAME, &name))
    return;
  const char *slash = strrchr (name, '/');
  if (slash != NULL && slash[1] != '\0')
    self->room = slash + 1;
  else
    rounds_problems_add (reader->problems, "fqn", "Has to be an AppID, a slash and a room's name");
}

/* JaaS names a person's connection, and keeps that name when he goes to a side room and comes back:
 * told in any order, his stays would be mixed up if the places were not told apart. */
static void
read_occupant (RoundsWebhook *self, RoundsJsonReader *reader, const char *side_room)
{
  const char *jid = NULL;

  if (!rounds_json_read_text (reader, "participantJid", TRUE, MAX_JID, &jid))
    return;
  if (*jid == '\0')
    rounds_problems_add (reader->problems, "data.participantJid", "Required");
  self->occupant = self->breakout ? g_strconcat (jid, "/", side_room, NULL) : g_strdup (jid);
  self->id = rounds_json_peek_text (reader->object, "id");
}

static void
read_data (RoundsWebhook *self, JsonObject *body, RoundsProblems *problems)
{
  RoundsJsonReader reader = { body, "", problems };
  RoundsJsonReader data = { NULL, "data.", problems };
  gboolean room
      = self->type == ROUNDS_WEBHOOK_ROOM_CREATED || self->type == ROUNDS_WEBHOOK_ROOM_DESTROYED;
  const char *side_room = "";

  if (!rounds_json_read_object (&reader, "data", !room, &data.object))
    return;
  rounds_json_read_boolean (&data, "isBreakout", FALSE, &self->breakout);
  rounds_json_read_text (&data, "breakoutRoomId", FALSE, MAX_SIDE_ROOM, &side_room);
  if (!room)
    read_occupant (self, &data, side_room);
}

RoundsWebhook *
rounds_webhook_read (JsonObject *body, gint64 now, RoundsProblems *problems)
{
  g_return_val_if_fail (body != NULL && problems != NULL, NULL);

  RoundsJsonReader reader = { body, "", problems };
  const char *word = "";
  gint64 milliseconds = 0;
  g_autoptr (RoundsWebhook) self = g_new0 (RoundsWebhook, 1);

  rounds_json_read_text (&reader, "eventType", TRUE, MAX_WORD, &word);
  self->type = find_type (word);
  if (self->type != ROUNDS_WEBHOOK_OTHER)
    {
      read_room (self, &reader);
      rounds_json_read_int (&reader, "timestamp", TRUE, FIRST_MOMENT,
                            (now + MOST_AHEAD) / MILLISECOND, &milliseconds);
      self->at = milliseconds * MILLISECOND;
      read_data (self, body, problems);
    }
  return rounds_problems_get_length (problems) == 0 ? g_steal_pointer (&self) : NULL;
}

void
rounds_webhook_free (RoundsWebhook *self)
{
  if (self == NULL)
    return;
  g_free (self->occupant);
  g_free (self);
}
