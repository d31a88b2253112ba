/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is between the person and the server alone, at the moment in which it is needed: the
 * personal link of one call, free times, how a call is. Nothing of it goes into the cache.
 */

#include "config.h"

#include "rounds-sync-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-future.h"
#include "rounds-sync-local.h"
#include "rounds-wipe.h"

typedef struct
{
  RoundsApi *api;
  RoundsEntryKind kind;
  char *id;
} LinkRequest;

static void
link_request_free (gpointer data)
{
  LinkRequest *request = data;

  g_clear_object (&request->api);
  g_clear_pointer (&request->id, g_free);
  g_free (request);
}

/* Security: the link comes from a server and goes to a web view or a browser: a page, not a script
 * or a file. Which pages may be shown is decided by call. */
static gboolean
is_web_address (const char *link)
{
  const char *scheme = g_uri_peek_scheme (link);

  return scheme != NULL && (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0)
         && g_uri_is_valid (link, G_URI_FLAGS_ENCODED, NULL);
}

static DexFuture *
reject_without_link (const char *message)
{
  return dex_future_new_reject (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_NO_LINK, "%s", message);
}

static DexFuture *
judge_link (RoundsEntry *entry, const char *link)
{
  if (link != NULL && *link != '\0')
    {
      if (is_web_address (link))
        return dex_future_new_take_boxed (ROUNDS_TYPE_SECRET_TEXT, g_strdup (link));
      return reject_without_link (_ ("The server’s link for this call is not one."));
    }

  if (rounds_entry_is_cancelled (entry))
    return reject_without_link (_ ("This call was cancelled."));
  if (rounds_entry_is_over (entry))
    return reject_without_link (_ ("This call is over."));
  if (!rounds_entry_has_call (entry))
    return reject_without_link (_ ("This appointment takes place in person: there is no call."));
  return reject_without_link (_ ("The server gave no link for this call."));
}

static DexFuture *
fetch_appointment_link_fiber (gpointer data)
{
  LinkRequest *request = data;
  g_autoptr (RoundsAppointment) appointment = NULL;
  g_autoptr (RoundsEntry) entry = NULL;
  GError *error = NULL;

  appointment = dex_await_boxed (rounds_api_get_appointment (request->api, request->id), &error);
  if (appointment == NULL)
    return dex_future_new_for_error (error);

  entry = rounds_entry_new_for_appointment (appointment);
  return judge_link (entry, appointment->meeting_link);
}

static DexFuture *
fetch_meeting_link_fiber (gpointer data)
{
  LinkRequest *request = data;
  g_autoptr (RoundsMeeting) meeting = NULL;
  g_autoptr (RoundsEntry) entry = NULL;
  GError *error = NULL;

  meeting = dex_await_boxed (rounds_api_get_meeting (request->api, request->id), &error);
  if (meeting == NULL)
    return dex_future_new_for_error (error);

  entry = rounds_entry_new_for_meeting (meeting);
  return judge_link (entry, meeting->jitsi_link);
}

DexFuture *
rounds_sync_fetch_link (RoundsSync *self, RoundsEntryKind kind, const char *id)
{
  LinkRequest *request;

  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  id = rounds_sync_resolve_id (self, id);
  if (rounds_sync_is_local_id (id))
    return reject_without_link (_ ("There is no call yet: this has not been sent to the server."));

  request = g_new0 (LinkRequest, 1);
  request->api = g_object_ref (self->api);
  request->kind = kind;
  request->id = g_strdup (id);
  return rounds_spawn (kind == ROUNDS_ENTRY_APPOINTMENT ? fetch_appointment_link_fiber
                                                        : fetch_meeting_link_fiber,
                       request, link_request_free);
}

DexFuture *
rounds_sync_find_slots (RoundsSync *self, const char *doctor_id, RoundsTimeRange span, int minutes)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (doctor_id != NULL);

  return rounds_api_list_slots (self->api, doctor_id, span, minutes);
}

DexFuture *
rounds_sync_report_quality (RoundsSync *self, RoundsEntryKind kind, const char *id, GArray *samples)
{
  dex_return_error_if_fail (ROUNDS_IS_SYNC (self));
  dex_return_error_if_fail (id != NULL);

  return rounds_api_report_quality (self->api, kind == ROUNDS_ENTRY_MEETING,
                                    rounds_sync_resolve_id (self, id), samples);
}
