/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What an event of JaaS's leaves behind.
 * It ends up where Prosody's events do, and the same rules look at it: events may come late, twice,
 * and in any order.
 */

#include "config.h"

#include "rounds-webhook-store.h"

#include "rounds-call-marks.h"
#include "rounds-call-occupants.h"
#include "rounds-call-stays.h"
#include "rounds-call-steps.h"
#include "rounds-call-waiting.h"

static RoundsCallOccupant
make_occupant (const RoundsWebhook *event)
{
  return (RoundsCallOccupant){ .jid = event->occupant, .id = event->id, .joined_at = event->at };
}

/* Told late, he may be gone by now. */
static gboolean
is_there (RoundsDb *db, const RoundsCall *call, const RoundsWebhook *event, gboolean *there,
          GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db,
                           "SELECT count (*) FROM call_stays WHERE room_name = $1"
                           " AND occupant = $2 AND joined_at = $3 AND left_at IS NULL",
                           error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, rounds_call_get_room (call));
  rounds_db_bind_text (statement, 2, event->occupant);
  rounds_db_bind_int (statement, 3, event->at);
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *there = rounds_db_get_int (statement, 0) > 0;
  return TRUE;
}

static gboolean
note_waiting (RoundsDb *db, const RoundsCall *call, const RoundsWebhook *event, gint64 now,
              GError **error)
{
  RoundsCallOccupant occupant = make_occupant (event);
  gboolean there = FALSE;

  if (event->type != ROUNDS_WEBHOOK_JOINED)
    return TRUE;
  return is_there (db, call, event, &there, error)
         && (!there || rounds_call_occupant_note_waiting (db, call, &occupant, now, error));
}

static gboolean
store_person (RoundsDb *db, const RoundsCall *call, const RoundsWebhook *event, gboolean *news,
              GError **error)
{
  RoundsCallOccupant occupant = make_occupant (event);
  g_autoptr (RoundsUser) user = NULL;
  RoundsCallSide side = ROUNDS_CALL_OTHER;

  if (!rounds_call_occupant_find (db, call, &occupant, &user, &side, error))
    return FALSE;
  RoundsCallMark mark = {
    .occupant = event->occupant,
    .at = event->at,
    .began = event->type == ROUNDS_WEBHOOK_JOINED,
    .user_id = user != NULL ? user->id : NULL,
    .side = side,
  };
  return rounds_call_mark_store (db, rounds_call_get_room (call), &mark, news, error);
}

static gboolean
store_room (RoundsDb *db, const RoundsCall *call, const RoundsWebhook *event, gboolean *news,
            GError **error)
{
  RoundsCallMark mark = {
    .occupant = "",
    .at = event->at,
    .began = event->type == ROUNDS_WEBHOOK_ROOM_CREATED,
    .side = ROUNDS_CALL_OTHER,
  };
  return rounds_call_mark_store (db, rounds_call_get_room (call), &mark, news, error);
}

/* Whether @user has come into the room since @at. */
static gboolean
has_come (RoundsDb *db, const RoundsCall *call, const RoundsUser *user, gint64 at, gboolean *come,
          GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db,
                           "SELECT count (*) FROM call_stays WHERE room_name = $1"
                           " AND user_id = $2 AND joined_at >= $3",
                           error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, rounds_call_get_room (call));
  rounds_db_bind_text (statement, 2, user->id);
  rounds_db_bind_int (statement, 3, at);
  if (rounds_db_step (statement, error) == ROUNDS_DB_FAILED)
    return FALSE;
  *come = rounds_db_get_int (statement, 0) > 0;
  return TRUE;
}

/* Who sits before the door waits to be let in, whoever is inside. */
static gboolean
store_knock (RoundsDb *db, const RoundsCall *call, const RoundsWebhook *event, gint64 now,
             gboolean *news, GError **error)
{
  RoundsCallOccupant occupant = make_occupant (event);
  g_autoptr (RoundsUser) user = NULL;
  RoundsCallSide side = ROUNDS_CALL_OTHER;
  gboolean come = FALSE;

  if (!rounds_call_occupant_find (db, call, &occupant, &user, &side, error))
    return FALSE;
  *news = user != NULL && side != ROUNDS_CALL_OTHER && rounds_call_is_current (call, now);
  if (!*news)
    return TRUE;
  if (!has_come (db, call, user, event->at, &come, error))
    return FALSE;
  *news = !come;
  return come || rounds_call_note_waiting (db, call, user->id, side, event->at, error);
}

static gboolean
store_event (RoundsDb *db, const RoundsCall *call, const RoundsWebhook *event, gint64 now,
             gboolean *news, GError **error)
{
  switch (event->type)
    {
    case ROUNDS_WEBHOOK_ROOM_CREATED:
    case ROUNDS_WEBHOOK_ROOM_DESTROYED:
      /* A side room comes and goes while the call goes on. */
      return event->breakout || store_room (db, call, event, news, error);
    case ROUNDS_WEBHOOK_JOINED:
    case ROUNDS_WEBHOOK_LEFT:
      return store_person (db, call, event, news, error);
    case ROUNDS_WEBHOOK_JOINED_LOBBY:
      return store_knock (db, call, event, now, news, error);
    case ROUNDS_WEBHOOK_OTHER:
    default:
      return TRUE;
    }
}

gboolean
rounds_webhook_store (RoundsDb *db, const RoundsWebhook *event, gint64 now,
                      RoundsWebhookOutcome *outcome, GError **error)
{
  g_return_val_if_fail (db != NULL && event != NULL && outcome != NULL, FALSE);

  gboolean news = FALSE;
  g_autoptr (RoundsCall) call = NULL;

  if (!rounds_call_find_by_room (db, event->room, &call, error))
    return FALSE;
  *outcome = ROUNDS_WEBHOOK_UNKNOWN_ROOM;
  if (call == NULL)
    return TRUE;
  if (!store_event (db, call, event, now, &news, error))
    return FALSE;
  *outcome = news ? ROUNDS_WEBHOOK_TAKEN : ROUNDS_WEBHOOK_NOTHING_NEW;
  return !news
         || (note_waiting (db, call, event, now, error)
             && rounds_call_steps_take (db, call, now, error));
}
