/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Guests of a call: a link for one person, good for a quarter of an hour.
 * Whoever got in stays in; the link only opens the door.
 */

#include "config.h"

#include "rounds-guest-handlers.h"

#include "rounds-appointment-draft.h"
#include "rounds-audit-request.h"
#include "rounds-call-record.h"
#include "rounds-id.h"
#include "rounds-idempotency.h"
#include "rounds-jitsi-link.h"
#include "rounds-jitsi-token.h"
#include "rounds-json.h"
#include "rounds-text.h"
#include "rounds-write.h"

#define LINK_LIFE (15 * ROUNDS_MINUTE)

static const char insert_sql[] = "INSERT INTO call_guests (id, kind, record_id, name, part, "
                                 "created_by, created_at, expires_at)"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char find_sql[] = "SELECT name, part, created_at FROM call_guests WHERE id = $1";

typedef struct
{
  RoundsCallRecord record;
  char *id;
  char *name;
  char *part;
  gint64 created_at;
} Guest;

static void
clear_guest (Guest *self)
{
  rounds_call_record_clear (&self->record);
  g_free (self->id);
  g_free (self->name);
  g_free (self->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Guest, clear_guest)

static RoundsResponse *
check_call (const RoundsCallRecord *record)
{
  if (!record->moderator)
    return rounds_response_forbidden ("Only who leads the call may let guests in");
  if (!record->open)
    return rounds_response_fail (409, "nothing_to_join", "This is over, or has no call to join",
                                 NULL);
  return NULL;
}

static RoundsResponse *
read_body (RoundsRequest *request, Guest *guest)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { rounds_request_get_body (request), "", problems };
  static const char *const parts[] = { "interpreter", "relative", "other", NULL };
  const char *name = NULL;
  const char *part = "other";

  if (rounds_json_read_text (&reader, "name", TRUE, ROUNDS_MAX_NAME, &name)
      && (rounds_text_is_blank (name) || rounds_text_has_controls (name, FALSE)))
    rounds_problems_add (problems, "name", "Has to be a name");
  if (rounds_json_read_string (&reader, "part", FALSE, &part) && !g_strv_contains (parts, part))
    rounds_problems_add (problems, "part", "Has to be interpreter, relative or other");
  if (rounds_problems_get_length (problems) > 0)
    return rounds_response_problems (400, problems);
  guest->name = g_strdup (name);
  guest->part = g_strdup (part);
  return NULL;
}

/* Security: a token of its own with an id of its own, never a moderator's, and dead before anybody
 * finds it in a mailbox. */
static gboolean
mint (RoundsRequest *request, const Guest *guest, char **link, GError **error)
{
  RoundsJitsiConfig config = *rounds_request_get_config (request)->jitsi;
  const RoundsJitsiPerson person = { .id = guest->id, .name = guest->name };
  g_autofree char *token = NULL;

  config.token_ttl = LINK_LIFE / ROUNDS_SECOND;
  if (rounds_jitsi_config_takes_tokens (&config))
    {
      token = rounds_jitsi_token_mint (&config, &person, guest->record.room_name, guest->created_at,
                                       ROUNDS_TIME_NONE, error);
      if (token == NULL)
        return FALSE;
    }
  *link = rounds_jitsi_link_build (&config, guest->record.room_name, token);
  return TRUE;
}

static RoundsResponse *
answer (RoundsRequest *request, const Guest *guest)
{
  g_autofree char *link = NULL;
  g_autofree char *expires_at = rounds_time_to_rfc3339 (guest->created_at + LINK_LIFE);
  g_autoptr (GError) error = NULL;
  JsonObject *data = NULL;
  JsonObject *person = NULL;

  if (rounds_request_get_now (request) >= guest->created_at + LINK_LIFE)
    return rounds_response_fail (409, "link_expired", "This link is over; make another one", NULL);
  if (!mint (request, guest, &link, &error))
    return rounds_response_from_error (error);
  person = json_object_new ();
  json_object_set_string_member (person, "id", guest->id);
  json_object_set_string_member (person, "name", guest->name);
  json_object_set_string_member (person, "part", guest->part);
  data = json_object_new ();
  json_object_set_object_member (data, "guest", person);
  json_object_set_string_member (data, "meetingLink", link);
  json_object_set_string_member (data, "roomName", guest->record.room_name);
  json_object_set_string_member (data, "expiresAt", expires_at);
  return rounds_response_success (201, data);
}

/* Undone when the key has made its guest already. */
static RoundsWrite
write_guest (RoundsRequest *request, gpointer data, GError **error)
{
  const Guest *self = data;
  g_autoptr (RoundsDbStatement) statement = NULL;
  gboolean claimed = FALSE;

  if (!rounds_idempotency_claim (request, self->id, &claimed, error))
    return ROUNDS_WRITE_FAILED;
  if (!claimed)
    return ROUNDS_WRITE_UNDO;
  statement = rounds_db_prepare (rounds_request_get_db (request), insert_sql, error);
  if (statement == NULL)
    return ROUNDS_WRITE_FAILED;
  rounds_db_bind_text (statement, 1, self->id);
  rounds_db_bind_text (statement, 2, self->record.kind);
  rounds_db_bind_text (statement, 3, self->record.id);
  rounds_db_bind_text (statement, 4, self->name);
  rounds_db_bind_text (statement, 5, self->part);
  rounds_db_bind_text (statement, 6, rounds_request_get_caller (request)->id);
  rounds_db_bind_time (statement, 7, self->created_at);
  rounds_db_bind_time (statement, 8, self->created_at + LINK_LIFE);
  return rounds_db_run (statement, error) ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_FAILED;
}

/* The guest that this key made, with what is left of the link's time; NULL when it made none. */
static RoundsResponse *
answer_repeated (RoundsRequest *request, Guest *guest)
{
  RoundsResponse *refusal = NULL;
  g_autofree char *made = NULL;
  g_autoptr (RoundsDbStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  RoundsDbStep step;

  if (!rounds_idempotency_find (request, &made, &refusal) || made == NULL)
    return refusal;
  statement = rounds_db_prepare (rounds_request_get_db (request), find_sql, &error);
  if (statement == NULL)
    return rounds_response_from_error (error);
  rounds_db_bind_text (statement, 1, made);
  step = rounds_db_step (statement, &error);
  if (step == ROUNDS_DB_FAILED)
    return rounds_response_from_error (error);
  if (step != ROUNDS_DB_ROW)
    return rounds_response_not_found ("guest");
  g_set_str (&guest->id, made);
  g_set_str (&guest->name, rounds_db_get_text (statement, 0));
  g_set_str (&guest->part, rounds_db_get_text (statement, 1));
  guest->created_at = rounds_db_get_time (statement, 2);
  return answer (request, guest);
}

RoundsResponse *
rounds_guest_handlers_create (RoundsRequest *request)
{
  g_auto (Guest) guest = { { NULL } };
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = rounds_call_record_find (request, &guest.record);

  if (refusal == NULL)
    refusal = check_call (&guest.record);
  if (refusal == NULL)
    refusal = answer_repeated (request, &guest);
  if (refusal == NULL)
    refusal = read_body (request, &guest);
  if (refusal != NULL)
    return refusal;

  guest.id = rounds_id_new ();
  guest.created_at = rounds_request_get_now (request);
  rounds_audit_set_detail (request, "part", guest.part);
  rounds_audit_set_detail (request, "guest", guest.id);
  switch (rounds_request_write (request, write_guest, &guest, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return answer (request, &guest);
    case ROUNDS_WRITE_UNDO:
      return answer_repeated (request, &guest);
    case ROUNDS_WRITE_FAILED:
    default:
      return rounds_response_from_error (error);
    }
}
