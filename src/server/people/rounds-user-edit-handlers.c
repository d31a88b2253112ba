/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Calls that add people and change what is said of them: by admins, by staff, by oneself.
 * Rules are in model, SQL in the repository, passwords in auth.
 */

#include "config.h"

#include "rounds-user-edit-handlers.h"

#include "rounds-access.h"
#include "rounds-credentials.h"
#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-idempotency.h"
#include "rounds-passwords.h"
#include "rounds-precondition.h"
#include "rounds-sessions.h"
#include "rounds-user-handlers.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"
#include "rounds-write.h"

/* A person as he was and as he is to be. */
typedef struct
{
  RoundsUser *before; /* NULL: new */
  RoundsUser *after;
  gboolean was_active;
  gboolean active;
  char *password_hash; /* NULL: as it was */
} Change;

static void
clear_change (Change *self)
{
  g_clear_pointer (&self->before, rounds_user_unref);
  g_clear_pointer (&self->after, rounds_user_unref);
  g_clear_pointer (&self->password_hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, clear_change)

/* Reading */

static RoundsResponse *
hash_password (const char *password, char **hash)
{
  g_autoptr (GError) error = NULL;

  if (password == NULL)
    return NULL;
  *hash = rounds_password_hash (password, &error);
  return *hash != NULL ? NULL : rounds_response_from_error (error);
}

/* Where a hospital is named, it has to be there. */
static RoundsResponse *
check_hospital (RoundsRequest *request, const RoundsUser *user)
{
  g_autoptr (RoundsHospital) hospital = NULL;
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (GError) error = NULL;

  if (user->hospital_id == NULL)
    return NULL;
  if (!rounds_hospital_repository_find (rounds_request_get_db (request), user->hospital_id,
                                        &hospital, &error))
    return rounds_response_from_error (error);
  if (hospital == NULL)
    rounds_problems_add (problems, "hospital", "There is no hospital with this id");
  return rounds_response_any_problems (422, problems);
}

/* The body over change->after. @password is borrowed from it. */
static RoundsResponse *
read_body (RoundsRequest *request, Change *change, const char **password)
{
  JsonObject *body = rounds_request_get_body (request);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { body, "", problems };

  rounds_wire_user_apply (body, change->after, problems);
  rounds_json_read_boolean (&reader, "active", FALSE, &change->active);
  rounds_credentials_read_new (&reader, "password", FALSE, password);
  if (change->after->role == ROUNDS_ROLE_ADMIN)
    g_clear_pointer (&change->after->hospital_id, g_free);
  /* What has the wrong type is not also called missing. */
  if (rounds_problems_get_length (problems) == 0)
    rounds_user_check (change->after, problems);
  return rounds_response_any_problems (400, problems);
}

/* Answering */

static RoundsResponse *
answer (RoundsRequest *request, guint http_status, RoundsUser *user, gboolean active)
{
  JsonObject *data = json_object_new ();
  RoundsResponse *response = NULL;

  json_object_set_object_member (
      data, "user", rounds_user_handlers_write (rounds_request_get_caller (request), user, active));
  response = rounds_response_success (http_status, data);
  rounds_response_set_version (response, user->version);
  return response;
}

static RoundsResponse *
answer_error (const GError *error)
{
  if (rounds_user_repository_is_taken (error))
    return rounds_response_fail (409, "address_taken", "Another account has this e-mail address",
                                 NULL);
  return rounds_response_from_error (error);
}

/* Adding */

static RoundsResponse *
answer_repeated (RoundsRequest *request)
{
  RoundsResponse *refusal = NULL;
  g_autofree char *made = NULL;
  g_autoptr (RoundsUser) user = NULL;
  g_autoptr (GError) error = NULL;
  gboolean active = FALSE;

  if (!rounds_idempotency_find (request, &made, &refusal) || made == NULL)
    return refusal;
  if (!rounds_user_repository_find_account (rounds_request_get_db (request), made, &user, &active,
                                            &error))
    return rounds_response_from_error (error);
  return user != NULL ? answer (request, 201, user, active) : rounds_response_not_found ("user");
}

/* Undone when the key has made its person already. */
static RoundsWrite
write_new (RoundsRequest *request, gpointer data, GError **error)
{
  const Change *self = data;
  gboolean claimed = FALSE;

  if (!rounds_idempotency_claim (request, self->after->id, &claimed, error))
    return ROUNDS_WRITE_FAILED;
  if (!claimed)
    return ROUNDS_WRITE_UNDO;
  return rounds_user_repository_insert (rounds_request_get_db (request), self->after,
                                        self->password_hash, rounds_request_get_now (request),
                                        error)
             ? ROUNDS_WRITE_KEEP
             : ROUNDS_WRITE_FAILED;
}

static RoundsResponse *
read_new (RoundsRequest *request, Change *change)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  const char *password = NULL;
  RoundsResponse *refusal = NULL;

  change->after = rounds_user_new ();
  change->after->id = rounds_id_new ();
  change->after->version = 1;
  /* Staff add patients, and to their own hospital, unless they say otherwise. */
  change->after->role = ROUNDS_ROLE_PATIENT;
  change->after->hospital_id = g_strdup (caller->hospital_id);
  change->active = TRUE;

  refusal = read_body (request, change, &password);
  if (refusal == NULL && !rounds_access_may_create_user (caller, change->after))
    refusal = rounds_response_forbidden ("You may only add patients of your hospital");
  if (refusal == NULL)
    refusal = check_hospital (request, change->after);
  return refusal != NULL ? refusal : hash_password (password, &change->password_hash);
}

RoundsResponse *
rounds_user_edit_handlers_create (RoundsRequest *request)
{
  g_auto (Change) change = { NULL };
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = answer_repeated (request);

  if (refusal == NULL)
    refusal = read_new (request, &change);
  if (refusal != NULL)
    return refusal;

  switch (rounds_request_write (request, write_new, &change, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return answer (request, 201, change.after, TRUE);
    case ROUNDS_WRITE_UNDO:
      return answer_repeated (request);
    case ROUNDS_WRITE_FAILED:
    default:
      return answer_error (error);
    }
}

/* Changing */

/* Security: who is switched off, or gets a password from somebody else, is signed out everywhere;
 * who sets his own stays where he is. */
static gboolean
end_sessions (RoundsRequest *request, const Change *change, GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  const char *id = change->after->id;

  if (change->active && change->password_hash == NULL)
    return TRUE;
  if (g_str_equal (id, rounds_request_get_caller (request)->id))
    return rounds_session_end_others (db, id, rounds_request_get_session (request), NULL, error);
  return rounds_session_end_all_of (db, id, error);
}

/* Undone when somebody else's change came first. */
static RoundsWrite
write_change (RoundsRequest *request, gpointer data, GError **error)
{
  const Change *self = data;
  RoundsDb *db = rounds_request_get_db (request);
  gint64 now = rounds_request_get_now (request);
  gboolean stored = FALSE;

  if (!rounds_user_repository_update (db, self->after, self->active, now, &stored, error))
    return ROUNDS_WRITE_FAILED;
  if (!stored)
    return ROUNDS_WRITE_UNDO;
  if (self->password_hash != NULL
      && !rounds_user_repository_replace_password (db, self->after->id, self->password_hash, error))
    return ROUNDS_WRITE_FAILED;
  return end_sessions (request, self, error) ? ROUNDS_WRITE_KEEP : ROUNDS_WRITE_FAILED;
}

/* The person whom the path names, as If-Match wants him. Admins find those who are switched off. */
static RoundsResponse *
find_to_change (RoundsRequest *request, const char *id, Change *change)
{
  RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (GError) error = NULL;
  gboolean failed = FALSE;
  RoundsResponse *refusal = NULL;

  if (rounds_id_is_valid (id)
      && !rounds_user_repository_find_account (rounds_request_get_db (request), id, &change->before,
                                               &change->was_active, &error))
    return rounds_response_from_error (error);
  if (change->before == NULL || !rounds_access_user_is_visible (caller, change->before)
      || (!change->was_active && caller->role != ROUNDS_ROLE_ADMIN))
    return rounds_response_not_found ("user");

  refusal = rounds_precondition_check (request, change->before->version, &failed);
  if (!failed)
    return refusal;
  return rounds_precondition_refuse (
      "user", rounds_user_handlers_write (caller, change->before, change->was_active),
      change->before->version);
}

static RoundsResponse *
check_rights (RoundsRequest *request, const Change *change, gboolean new_password)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  gboolean own = g_str_equal (caller->id, change->before->id);

  if (!rounds_access_may_edit_user (caller, change->before, change->after)
      || (caller->role != ROUNDS_ROLE_ADMIN
          && (new_password || change->active != change->was_active)))
    return rounds_response_forbidden ("You may not change this of this person");
  if (own && (!change->active || change->after->role != change->before->role))
    return rounds_response_fail (
        409, "own_account", "Nobody can switch off or change the role of his own account", NULL);
  /* Security: who finds an open session does not get the account for good. */
  if (own && new_password)
    return rounds_response_fail (
        409, "own_account", "Change your own password by PATCH /api/users/me, with the current one",
        NULL);
  return NULL;
}

/* An answer, or NULL when somebody else's change came first. */
static RoundsResponse *
store_change (RoundsRequest *request, Change *change)
{
  g_autoptr (GError) error = NULL;

  switch (rounds_request_write (request, write_change, change, &error))
    {
    case ROUNDS_WRITE_KEEP:
      return answer (request, 200, change->after, change->active);
    case ROUNDS_WRITE_UNDO:
      return NULL;
    case ROUNDS_WRITE_FAILED:
    default:
      return answer_error (error);
    }
}

static RoundsResponse *
try_edit (RoundsRequest *request, gpointer unused)
{
  g_auto (Change) change = { NULL };
  const char *password = NULL;
  RoundsResponse *refusal
      = find_to_change (request, rounds_request_get_param (request, "id"), &change);

  if (refusal != NULL)
    return refusal;
  change.after = rounds_user_copy (change.before);
  change.after->version = change.before->version + 1;
  change.active = change.was_active;
  /* Security: who may change nothing here is told so, whatever the body is worth. */
  refusal = check_rights (request, &change, FALSE);
  if (refusal == NULL)
    refusal = read_body (request, &change, &password);
  if (refusal == NULL)
    refusal = check_rights (request, &change, password != NULL);
  if (refusal == NULL)
    refusal = check_hospital (request, change.after);
  if (refusal == NULL)
    refusal = hash_password (password, &change.password_hash);
  return refusal != NULL ? refusal : store_change (request, &change);
}

/* What one may say of oneself: how to be reached, and one's password for the old one. Name, address
 * and age are the hospital's to say: they are who somebody is. */
static RoundsResponse *
read_own (RoundsRequest *request, Change *change)
{
  JsonObject *body = rounds_request_get_body (request);
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  RoundsJsonReader reader = { body, "", problems };
  const char *phone = NULL;
  const char *current = NULL;
  const char *wanted = NULL;
  RoundsResponse *refusal = NULL;
  gboolean has_phone = rounds_json_read_string (&reader, "phoneNumber", FALSE, &phone);

  if (has_phone)
    g_set_str (&change->after->phone, *phone != '\0' ? phone : NULL);
  rounds_credentials_read_new (&reader, "newPassword", FALSE, &wanted);
  rounds_credentials_read_password (&reader, "currentPassword", wanted != NULL, &current);
  if (!has_phone && wanted == NULL && rounds_problems_get_length (problems) == 0)
    rounds_problems_add (problems, "",
                         "Only phoneNumber, and newPassword with currentPassword, can be changed "
                         "here; the rest is the hospital's to say");
  if (rounds_problems_get_length (problems) == 0)
    rounds_user_check (change->after, problems);
  refusal = rounds_response_any_problems (400, problems);
  if (refusal == NULL && wanted != NULL)
    refusal = rounds_credentials_confirm (request, current);
  return refusal != NULL ? refusal : hash_password (wanted, &change->password_hash);
}

static RoundsResponse *
try_edit_me (RoundsRequest *request, gpointer unused)
{
  g_auto (Change) change = { NULL };
  RoundsResponse *refusal
      = find_to_change (request, rounds_request_get_caller (request)->id, &change);

  if (refusal != NULL)
    return refusal;
  change.after = rounds_user_copy (change.before);
  change.after->version = change.before->version + 1;
  change.active = change.was_active;
  refusal = read_own (request, &change);
  return refusal != NULL ? refusal : store_change (request, &change);
}

RoundsResponse *
rounds_user_edit_handlers_edit (RoundsRequest *request)
{
  return rounds_request_try_often (request, "person", try_edit, NULL);
}

RoundsResponse *
rounds_user_edit_handlers_edit_me (RoundsRequest *request)
{
  return rounds_request_try_often (request, "person", try_edit_me, NULL);
}
