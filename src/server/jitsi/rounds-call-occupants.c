/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who somebody in a room is: his account, his side, and whether he waits there for the other one.
 */

#include "config.h"

#include "rounds-call-occupants.h"

#include "rounds-call-stays.h"
#include "rounds-call-waiting.h"
#include "rounds-id.h"
#include "rounds-user-repository.h"

#include <string.h>

static gboolean
find_user (RoundsDb *db, const char *id, RoundsUser **user, GError **error)
{
  if (id == NULL || !rounds_id_is_valid (id))
    return TRUE;
  return rounds_user_repository_find (db, id, user, error);
}

/* Recorders and transcribers sign in at a domain of their own, which Jitsi's packages and its
 * Docker set-up call by these names. */
static gboolean
is_machine (const char *jid)
{
  const char *at = strchr (jid, '@');
  const char *domain = at != NULL ? at + 1 : jid;

  return g_str_has_prefix (domain, "recorder.") || g_str_has_prefix (domain, "hidden.");
}

static gboolean
find_guest_part (RoundsDb *db, const char *id, char **part, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (db, "SELECT part FROM call_guests WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rounds_db_bind_text (statement, 1, id);
  RoundsDbStep step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    *part = g_strdup (rounds_db_get_text (statement, 0));
  return step != ROUNDS_DB_FAILED;
}

/* On whose side @occupant, who is @user or has no account, is. A patient without an account comes
 * as nobody in particular, or with a guest's link; an interpreter is not him, nor is a recorder. */
static gboolean
find_side (RoundsDb *db, const RoundsCall *call, const RoundsCallOccupant *occupant,
           const RoundsUser *user, RoundsCallSide *side, GError **error)
{
  g_autofree char *part = NULL;

  *side = rounds_call_get_side (call, user);
  if (user != NULL || *side == ROUNDS_CALL_OTHER)
    return TRUE;
  if (occupant->id != NULL && rounds_id_is_valid (occupant->id)
      && !find_guest_part (db, occupant->id, &part, error))
    return FALSE;
  if (is_machine (occupant->jid) || g_strcmp0 (part, "interpreter") == 0)
    *side = ROUNDS_CALL_OTHER;
  return TRUE;
}

/* Whether anybody of the other side than @side is in the room. */
static gboolean
find_other_side (RoundsDb *db, const RoundsCall *call, RoundsCallSide side, gboolean *there,
                 GError **error)
{
  g_autoptr (GArray) stays = rounds_call_stay_list (db, rounds_call_get_room (call), error);
  if (stays == NULL)
    return FALSE;
  for (guint i = 0; i < stays->len; i++)
    {
      const RoundsCallStay *stay = &g_array_index (stays, RoundsCallStay, i);
      if (stay->left_at == ROUNDS_TIME_NONE && stay->side != ROUNDS_CALL_OTHER
          && stay->side != side)
        *there = TRUE;
    }
  return TRUE;
}

gboolean
rounds_call_occupant_find (RoundsDb *db, const RoundsCall *call, const RoundsCallOccupant *occupant,
                           RoundsUser **user, RoundsCallSide *side, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && occupant != NULL, FALSE);
  g_return_val_if_fail (user != NULL && side != NULL, FALSE);

  return find_user (db, occupant->id, user, error)
         && find_side (db, call, occupant, *user, side, error);
}

gboolean
rounds_call_occupant_note_waiting (RoundsDb *db, const RoundsCall *call,
                                   const RoundsCallOccupant *occupant, gint64 now, GError **error)
{
  g_return_val_if_fail (db != NULL && call != NULL && occupant != NULL, FALSE);

  gboolean there = FALSE;
  g_autoptr (RoundsUser) user = NULL;

  if (!find_user (db, occupant->id, &user, error))
    return FALSE;
  if (user == NULL || !rounds_call_is_current (call, now))
    return TRUE;
  RoundsCallSide side = rounds_call_get_side (call, user);
  if (!find_other_side (db, call, side, &there, error))
    return FALSE;
  return there || side == ROUNDS_CALL_OTHER
         || rounds_call_note_waiting (db, call, user->id, side, occupant->joined_at, error);
}
