/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose account an e-mail address and a password open, and new passwords for old ones.
 * Hashing is rounds-passwords.c's, sessions are rounds-sessions.c's.
 */

#include "config.h"

#include "rounds-credentials.h"

#include "rounds-audit-request.h"
#include "rounds-passwords.h"
#include "rounds-request-private.h"
#include "rounds-user-repository.h"

#include <string.h>

RoundsResponse *
rounds_credentials_refuse_many (guint seconds)
{
  g_autofree char *wait = g_strdup_printf ("%u", seconds);
  guint minutes = (seconds + 59) / 60;
  g_autofree char *message
      = minutes > 1 ? g_strdup_printf ("Too many tries to sign in; wait %u minutes", minutes)
                    : g_strdup ("Too many tries to sign in; wait a minute");
  RoundsResponse *response = rounds_response_fail (429, "too_many_tries", message, NULL);
  rounds_response_add_header (response, "Retry-After", wait);
  return response;
}

gboolean
rounds_credentials_check (RoundsRequest *request, const char *email, const char *password,
                          RoundsUser **user, char **new_hash, GError **error)
{
  RoundsDb *db = rounds_request_get_db (request);
  g_autoptr (RoundsUser) found = NULL;
  g_autofree char *hash = NULL;
  gboolean outdated = FALSE;

  if (!rounds_user_repository_find_by_email (db, email, &found, &hash, error))
    return FALSE;
  /* Who guesses at an account is noted with it; what was typed is not. */
  if (found != NULL)
    rounds_audit_set_subject (request, found->id, rounds_role_to_string (found->role));
  gboolean right = rounds_password_verify (hash, password, &outdated);
  if (!right || found == NULL)
    return TRUE;
  if (outdated)
    {
      *new_hash = rounds_password_hash (password, error);
      if (*new_hash == NULL)
        return FALSE;
    }
  *user = g_steal_pointer (&found);
  return TRUE;
}

void
rounds_credentials_read_password (RoundsJsonReader *reader, const char *member, gboolean required,
                                  const char **password)
{
  if (rounds_json_read_string (reader, member, required, password)
      && strlen (*password) > ROUNDS_PASSWORD_MAX_BYTES)
    rounds_problems_add (reader->problems, member, "May have %d bytes at most",
                         ROUNDS_PASSWORD_MAX_BYTES);
}

void
rounds_credentials_read_new (RoundsJsonReader *reader, const char *member, gboolean required,
                             const char **password)
{
  g_autoptr (GError) weak = NULL;
  guint before = 0;

  g_return_if_fail (reader != NULL && password != NULL);

  before = rounds_problems_get_length (reader->problems);
  rounds_credentials_read_password (reader, member, required, password);
  if (*password != NULL && rounds_problems_get_length (reader->problems) == before
      && !rounds_password_check_strength (*password, &weak))
    rounds_problems_add (reader->problems, member, "%s", weak->message);
}

RoundsResponse *
rounds_credentials_confirm (RoundsRequest *request, const char *password)
{
  RoundsUser *caller = rounds_request_get_caller (request);
  RoundsLimits *limits = rounds_request_get_context (request)->limits;
  /* Whoever has the session is known; guesses of others elsewhere are not his. */
  const RoundsLimitsWho who = { caller->email, rounds_request_get_address (request),
                                rounds_request_get_session (request) };
  g_autoptr (RoundsUser) user = NULL;
  g_autofree char *outdated = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (caller != NULL && password != NULL, NULL);

  /* Security: who found an open session must not guess the password here without end. */
  guint wait = rounds_limits_try (limits, &who, rounds_request_get_now (request));
  if (wait > 0)
    return rounds_credentials_refuse_many (wait);
  if (!rounds_credentials_check (request, caller->email, password, &user, &outdated, &error))
    return rounds_response_from_error (error);
  if (user == NULL)
    return rounds_response_fail (403, "wrong_password", "The current password is wrong", NULL);
  rounds_limits_succeeded (limits, &who);
  return NULL;
}
