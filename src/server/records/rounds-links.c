/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Personal meeting links, minted for one person at the moment of an answer.
 * Nothing made here is ever stored or logged; who may see a record is asked before.
 */

#include "config.h"

#include "rounds-links.h"

#include "rounds-access.h"

/* Security: a call that this token can begin has to last to its end, but the link to a visit in two
 * months dies with its day; whoever goes there then asks for a fresh one. */
static gint64
get_least_end (gint64 now, gint64 token_ttl, RoundsTimeRange range)
{
  return range.start <= now + token_ttl ? range.end : ROUNDS_TIME_NONE;
}

gint64
rounds_links_get_end (const RoundsServerConfig *config, gint64 now, RoundsTimeRange range)
{
  RoundsJitsiMinter *minter = NULL;
  gint64 token_ttl;

  g_return_val_if_fail (config != NULL, ROUNDS_TIME_NONE);

  /* Without a minter there is no link either that could end. */
  if (rounds_jitsi_config_takes_tokens (config->jitsi))
    minter = rounds_server_config_get_minter (config, NULL);
  if (minter == NULL)
    return ROUNDS_TIME_NONE;

  token_ttl = config->jitsi->token_ttl * ROUNDS_SECOND;
  return MAX (rounds_jitsi_minter_get_link_end (minter, now),
              get_least_end (now, token_ttl, range));
}

gint64
rounds_links_get_change (const RoundsServerConfig *config, gint64 now, RoundsTimeRange range)
{
  g_return_val_if_fail (config != NULL, now);

  RoundsJitsiMinter *minter = rounds_server_config_get_minter (config, NULL);
  if (minter == NULL)
    return now;
  gint64 change = rounds_jitsi_minter_get_span_end (minter, now);
  /* From here on it lasts to the call's end; see get_least_end(). */
  gint64 in_reach = range.start - config->jitsi->token_ttl * ROUNDS_SECOND;
  return in_reach > now ? MIN (change, in_reach) : change;
}

static gboolean
build_link (const RoundsServerConfig *config, const RoundsUser *caller, gboolean moderator,
            const char *room, gint64 now, RoundsTimeRange range, char **link, GError **error)
{
  const gint64 token_ttl = config->jitsi->token_ttl * ROUNDS_SECOND;
  const RoundsJitsiPerson person = {
    .id = caller->id,
    .name = caller->name,
    .email = caller->email,
    .moderator = moderator,
  };
  RoundsJitsiMinter *minter = rounds_server_config_get_minter (config, error);

  if (minter == NULL)
    return FALSE;
  *link = rounds_jitsi_minter_link (minter, &person, room, now,
                                    get_least_end (now, token_ttl, range), error);
  return *link != NULL;
}

gboolean
rounds_links_for_appointment (const RoundsServerConfig *config, const RoundsUser *caller,
                              gint64 now, const RoundsAppointment *appointment, char **link,
                              GError **error)
{
  g_return_val_if_fail (config != NULL, FALSE);
  g_return_val_if_fail (caller != NULL, FALSE);
  g_return_val_if_fail (appointment != NULL, FALSE);
  g_return_val_if_fail (link != NULL && *link == NULL, FALSE);

  if (appointment->type != ROUNDS_APPOINTMENT_VIRTUAL || appointment->room_name == NULL
      || rounds_appointment_status_is_final (appointment->status))
    return TRUE;

  /* Security: the handlers have asked this already; a link must not depend on that alone. */
  if (!rounds_access_appointment_is_visible (caller, appointment))
    return TRUE;

  return build_link (config, caller, rounds_access_is_appointment_moderator (caller, appointment),
                     appointment->room_name, now, rounds_appointment_get_range (appointment), link,
                     error);
}

gboolean
rounds_links_for_meeting (const RoundsServerConfig *config, const RoundsUser *caller, gint64 now,
                          const RoundsMeeting *meeting, char **link, GError **error)
{
  g_return_val_if_fail (config != NULL, FALSE);
  g_return_val_if_fail (caller != NULL, FALSE);
  g_return_val_if_fail (meeting != NULL, FALSE);
  g_return_val_if_fail (link != NULL && *link == NULL, FALSE);

  if (meeting->room_name == NULL || rounds_meeting_status_is_final (meeting->status))
    return TRUE;

  /* Security: as above. */
  if (!rounds_access_meeting_is_visible (caller, meeting))
    return TRUE;

  return build_link (config, caller, rounds_access_is_meeting_moderator (caller, meeting),
                     meeting->room_name, now, rounds_meeting_get_range (meeting), link, error);
}
