/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The calls about meetings.
 * Who may make them is asked of rounds-access.h by the app and judged by the server.
 */

#include "config.h"

#include "rounds-api-private.h"

#include "rounds-future.h"
#include "rounds-json.h"

/* A change, and the record that it is about. */
typedef struct
{
  RoundsApi *api;
  char *method;
  char *path;
  char *id;
  JsonObject *body; /* or NULL */
  char *key; /* of the guard */
  gint64 version;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->api);
  g_clear_pointer (&change->method, g_free);
  g_clear_pointer (&change->path, g_free);
  g_clear_pointer (&change->id, g_free);
  g_clear_pointer (&change->key, g_free);
  g_clear_pointer (&change->body, json_object_unref);
  g_free (change);
}

static gpointer
parse_meeting (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_meeting_from_json (object, problems);
}

static void
free_meeting (gpointer meeting)
{
  rounds_meeting_unref (meeting);
}

/* The link of an answer to POST may stand in `jitsiDetails` alone. */
static char *
dup_detail_link (RoundsWireAnswer *answer)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { answer->data, "", problems };
  JsonObject *details = NULL;
  const char *link = NULL;

  if (!rounds_json_read_object (&reader, "jitsiDetails", FALSE, &details))
    return NULL;

  reader.object = details;
  rounds_json_read_string (&reader, "meetingLink", FALSE, &link);
  return g_strdup (link);
}

static gpointer
read_meeting (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  RoundsMeeting *meeting = rounds_api_read_record (answer, "meeting", parse_meeting, error);

  if (meeting != NULL && meeting->jitsi_link == NULL)
    meeting->jitsi_link = dup_detail_link (answer);
  return meeting;
}

static gpointer
read_meetings (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return rounds_api_read_listing (answer, body, "meetings", parse_meeting, free_meeting, error);
}

/* The guide does not say what a change answers with, so the meeting may be missing there: a listing
 * of one or none. */
static gpointer
read_change (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  g_autoptr (RoundsListing) listing = rounds_listing_new (free_meeting);
  RoundsMeeting *meeting;

  if (rounds_api_find_record (answer, "meeting") != NULL)
    {
      meeting = read_meeting (answer, body, error);
      if (meeting == NULL)
        return NULL;
      g_ptr_array_add (listing->records, meeting);
    }
  return g_steal_pointer (&listing);
}

static DexFuture *
change_fiber (gpointer data)
{
  Change *change = data;
  const RoundsApiGuard guard = { change->key, change->version };
  g_autoptr (RoundsListing) answered = NULL;
  GError *error = NULL;

  answered = dex_await_boxed (rounds_api_call_guarded (change->api, change->method,
                                                       g_steal_pointer (&change->path),
                                                       g_steal_pointer (&change->body),
                                                       ROUNDS_TYPE_LISTING, read_change, &guard),
                              &error);
  if (answered == NULL)
    return dex_future_new_for_error (error);

  if (answered->records->len > 0)
    return dex_future_new_take_boxed (
        ROUNDS_TYPE_MEETING, rounds_meeting_ref (g_ptr_array_index (answered->records, 0)));
  return rounds_api_get_meeting (change->api, change->id);
}

static DexFuture *
change_meeting (RoundsApi *self, const char *method, char *path, const char *id, JsonObject *body,
                const RoundsApiGuard *guard)
{
  Change *change = g_new0 (Change, 1);

  change->api = g_object_ref (self);
  change->method = g_strdup (method);
  change->path = path;
  change->id = g_strdup (id);
  change->body = body;
  if (guard != NULL)
    {
      change->key = g_strdup (guard->key);
      change->version = guard->version;
    }
  return rounds_spawn (change_fiber, change, change_free);
}

DexFuture *
rounds_api_list_meetings (RoundsApi *self, const char *user_id)
{
  static const RoundsTimeRange always = { 0 };

  return rounds_api_list_meetings_between (self, user_id, always);
}

DexFuture *
rounds_api_list_meetings_between (RoundsApi *self, const char *user_id, RoundsTimeRange range)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (user_id));

  return rounds_api_call (
      self, "GET",
      rounds_api_add_range (rounds_api_path ("meetings", "user", user_id, NULL), range), NULL,
      ROUNDS_TYPE_LISTING, read_meetings, ROUNDS_API_CALL_NORMAL);
}

DexFuture *
rounds_api_get_meeting (RoundsApi *self, const char *id)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));

  return rounds_api_call (self, "GET", rounds_api_path ("meetings", id, NULL), NULL,
                          ROUNDS_TYPE_MEETING, read_meeting, ROUNDS_API_CALL_NORMAL);
}

DexFuture *
rounds_api_create_meeting (RoundsApi *self, const RoundsMeetingDraft *draft,
                           const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (draft != NULL);

  return rounds_api_call_guarded (self, "POST", rounds_api_path ("meetings", NULL),
                                  rounds_wire_meeting_draft_to_json (draft), ROUNDS_TYPE_MEETING,
                                  read_meeting, guard);
}

DexFuture *
rounds_api_change_meeting_status (RoundsApi *self, const char *id, RoundsMeetingStatus status,
                                  const char *notes, const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));

  return change_meeting (
      self, "PATCH", rounds_api_path ("meetings", id, "status", NULL), id,
      rounds_wire_status_change_to_json (rounds_meeting_status_to_string (status), notes), guard);
}

DexFuture *
rounds_api_cancel_meeting (RoundsApi *self, const char *id, const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));

  return change_meeting (self, "DELETE", rounds_api_path ("meetings", id, NULL), id, NULL, guard);
}

DexFuture *
rounds_api_edit_meeting (RoundsApi *self, const char *id, JsonObject *changes,
                         const RoundsApiGuard *guard)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (rounds_api_is_id (id));
  dex_return_error_if_fail (changes != NULL);

  return change_meeting (self, "PATCH", rounds_api_path ("meetings", id, NULL), id, changes, guard);
}
