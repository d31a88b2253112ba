/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Whose lists a GET …/user/:userId asks for, and whether the caller may ask.
 * What stands in the list is still filtered record by record.
 */

#include "config.h"

#include "rounds-list-owner.h"

#include "rounds-access.h"
#include "rounds-id.h"
#include "rounds-user-repository.h"

RoundsUser *
rounds_list_owner_find (RoundsRequest *request, RoundsResponse **refusal)
{
  RoundsUser *caller = rounds_request_get_caller (request);
  const char *id = rounds_request_get_param (request, "userId");
  g_autoptr (RoundsUser) owner = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (refusal != NULL && *refusal == NULL, NULL);

  if (rounds_id_is_valid (id)
      && !rounds_user_repository_find (rounds_request_get_db (request), id, &owner, &error))
    {
      *refusal = rounds_response_from_error (error);
      return NULL;
    }

  if (owner != NULL && rounds_access_may_list_of (caller, owner))
    return g_steal_pointer (&owner);

  /* Security: whoever cannot be found in the directory cannot be told apart from nobody. */
  if (owner == NULL || !rounds_access_user_is_visible (caller, owner))
    *refusal = rounds_response_not_found ("user");
  else
    *refusal = rounds_response_forbidden ("You may not see this person's list");

  return NULL;
}
