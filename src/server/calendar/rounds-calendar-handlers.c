/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One's own appointments and meetings as a calendar feed.
 * The feed's address is a credential: random, shown once, stored as a hash, revocable.
 */

#include "config.h"

#include "rounds-calendar-handlers.h"

#include "rounds-access.h"
#include "rounds-appointment-repository.h"
#include "rounds-audit-request.h"
#include "rounds-calendar-document.h"
#include "rounds-hospital-repository.h"
#include "rounds-meeting-repository.h"
#include "rounds-response-private.h"
#include "rounds-user-repository.h"
#include "rounds-write.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
/* 43 characters of base64 without padding, and the NUL. */
#define TOKEN_LENGTH                                                                               \
  sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
#define HASH_LENGTH 32
#define END ".ics"
/* What a feed holds: a calendar that fetches it every hour needs no history of years. */
#define DAYS_BACK 60

static const char store_sql[]
    = "INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash,"
      " created_at = excluded.created_at";
static const char revoke_sql[] = "DELETE FROM calendar_feeds WHERE user_id = $1";
static const char find_sql[] = "SELECT user_id FROM calendar_feeds WHERE token_hash = $1";

static void
hash_token (const char *token, guint8 *hash)
{
  crypto_generichash (hash, HASH_LENGTH, (const guint8 *)token, strlen (token), NULL, 0);
}

/* Making and revoking */

static RoundsWrite
write_feed (RoundsRequest *request, gpointer token, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (rounds_request_get_db (request), store_sql, error);
  guint8 hash[HASH_LENGTH];

  if (statement == NULL)
    return ROUNDS_WRITE_FAILED;
  hash_token (token, hash);
  rounds_db_bind_text (statement, 1, rounds_request_get_caller (request)->id);
  rounds_db_bind_bytes (statement, 2, hash, sizeof hash);
  rounds_db_bind_time (statement, 3, rounds_request_get_now (request));
  return rounds_db_run (statement, error) ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_FAILED;
}

RoundsResponse *
rounds_calendar_handlers_create (RoundsRequest *request)
{
  guint8 random[TOKEN_BYTES];
  char token[TOKEN_LENGTH];
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *data = NULL;

  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (token, sizeof token, random, sizeof random,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (rounds_request_write (request, write_feed, token, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  path = g_strconcat ("/calendar/", token, END, NULL);
  data = json_object_new ();
  json_object_set_string_member (data, "path", path);
  return rounds_response_success (201, data);
}

static RoundsWrite
write_revocation (RoundsRequest *request, gpointer unused, GError **error)
{
  g_autoptr (RoundsDbStatement) statement
      = rounds_db_prepare (rounds_request_get_db (request), revoke_sql, error);

  if (statement == NULL)
    return ROUNDS_WRITE_FAILED;
  rounds_db_bind_text (statement, 1, rounds_request_get_caller (request)->id);
  return rounds_db_run (statement, error) ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_FAILED;
}

RoundsResponse *
rounds_calendar_handlers_revoke (RoundsRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (rounds_request_write (request, write_revocation, NULL, &error) == ROUNDS_WRITE_FAILED)
    return rounds_response_from_error (error);
  return rounds_response_success (200, NULL);
}

/* Showing */

/* Whose feed it is: NULL when it is nobody's, or his account is off. */
static gboolean
find_owner (RoundsRequest *request, RoundsUser **owner, GError **error)
{
  const char *name = rounds_request_get_param (request, "token.ics");
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autofree char *token = NULL;
  g_autofree char *id = NULL;
  guint8 hash[HASH_LENGTH];
  RoundsDbStep step;

  if (!g_str_has_suffix (name, END))
    return TRUE;
  token = g_strndup (name, strlen (name) - strlen (END));
  statement = rounds_db_prepare (rounds_request_get_db (request), find_sql, error);
  if (statement == NULL)
    return FALSE;
  hash_token (token, hash);
  rounds_db_bind_bytes (statement, 1, hash, sizeof hash);
  step = rounds_db_step (statement, error);
  if (step == ROUNDS_DB_ROW)
    id = g_strdup (rounds_db_get_text (statement, 0));
  if (step == ROUNDS_DB_FAILED)
    return FALSE;
  return id == NULL
         || rounds_user_repository_find (rounds_request_get_db (request), id, owner, error);
}

static RoundsPage
get_shown_part (RoundsRequest *request)
{
  RoundsPage page = ROUNDS_PAGE_ALL;

  page.after_moment = rounds_request_get_now (request) - DAYS_BACK * ROUNDS_DAY;
  return page;
}

static gboolean
add_appointments (RoundsRequest *request, const RoundsUser *owner, RoundsCalendarDocument *document,
                  GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  RoundsPage page = get_shown_part (request);
  g_autoptr (GPtrArray) list = rounds_appointment_repository_list_page (db, owner, &page, error);
  g_autoptr (RoundsHospital) hospital = NULL;

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const RoundsAppointment *one = g_ptr_array_index (list, i);

      if (!rounds_access_appointment_is_visible (owner, one))
        continue;
      if (hospital == NULL || !g_str_equal (hospital->id, one->hospital_id))
        {
          g_clear_pointer (&hospital, rounds_hospital_unref);
          if (!rounds_hospital_repository_find (db, one->hospital_id, &hospital, error))
            return FALSE;
        }
      rounds_calendar_document_add_appointment (document, one, hospital);
    }
  return TRUE;
}

static gboolean
add_meetings (RoundsRequest *request, const RoundsUser *owner, RoundsCalendarDocument *document,
              GError **error)
{
  RoundsPage page = get_shown_part (request);
  g_autoptr (GPtrArray) list
      = rounds_meeting_repository_list_page (rounds_request_get_db (request), owner, &page, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const RoundsMeeting *one = g_ptr_array_index (list, i);

      /* An admin sees all meetings; those that he has no part in are not in his calendar. */
      if (rounds_meeting_has_participant (one, owner->id)
          || g_str_equal (one->created_by, owner->id))
        rounds_calendar_document_add_meeting (document, one);
    }
  return list != NULL;
}

RoundsResponse *
rounds_calendar_handlers_show (RoundsRequest *request)
{
  g_autoptr (RoundsCalendarDocument) document = NULL;
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GError) error = NULL;
  RoundsResponse *response = NULL;

  if (!find_owner (request, &owner, &error))
    return rounds_response_from_error (error);
  if (owner == NULL)
    return rounds_response_not_found ("calendar");

  rounds_audit_set_subject (request, owner->id, rounds_role_to_string (owner->role));
  document = rounds_calendar_document_new (rounds_request_get_config (request)->jitsi->domain);
  /* The lists of admins are everybody's: not a calendar. */
  if ((owner->role != ROUNDS_ROLE_ADMIN && !add_appointments (request, owner, document, &error))
      || !add_meetings (request, owner, document, &error))
    return rounds_response_from_error (error);
  response = rounds_response_new_empty (200);
  response->body = rounds_calendar_document_to_text (document);
  rounds_response_add_header (response, "Content-Type", "text/calendar; charset=utf-8");
  return response;
}
