/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The answers of /api/users: the directory, one of it, and oneself.
 * Changing people is rounds-user-edit-handlers.c's, signing in is auth's.
 */

#include "config.h"

#include "rounds-user-handlers.h"

#include "rounds-access.h"
#include "rounds-id.h"
#include "rounds-page.h"
#include "rounds-user-repository.h"
#include "rounds-wire.h"

#include <string.h>

#define MAX_SEARCH 200

/* What a search asks for. Borrowed. */
typedef struct
{
  const char *search; /* or NULL */
  gboolean has_role;
  RoundsRole role;
  gboolean off; /* those whose accounts are switched off */
} Filter;

static RoundsResponse *
read_filter (RoundsRequest *request, Filter *filter)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *role = rounds_request_get_query (request, "role");
  const char *active = rounds_request_get_query (request, "active");

  filter->search = rounds_request_get_query (request, "search");
  if (filter->search != NULL && g_utf8_strlen (filter->search, -1) > MAX_SEARCH)
    rounds_problems_add (problems, "search", "Has to be at most %d characters", MAX_SEARCH);
  if (filter->search != NULL && *filter->search == '\0')
    filter->search = NULL;

  filter->has_role = role != NULL && *role != '\0';
  if (filter->has_role && !rounds_role_from_string (role, &filter->role))
    rounds_problems_add (problems, "role", "Has to be patient, doctor, hospital or admin");

  filter->off = g_strcmp0 (active, "false") == 0;
  if (active != NULL && !filter->off && !g_str_equal (active, "true"))
    rounds_problems_add (problems, "active", "Has to be true or false");

  return rounds_response_any_problems (400, problems);
}

/* GLib's search has to be given a word: one without any finds everything. */
static gboolean
has_word (const char *text)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);

  return words[0] != NULL;
}

/* Finds "Müller" by "muller" and by "Mül"; the plain comparison beside it is for scripts that put
 * no space between the names. */
static gboolean
text_matches (const char *search, const char *text)
{
  g_autofree char *folded_search = NULL;
  g_autofree char *folded_text = NULL;

  if (text == NULL)
    return FALSE;
  if (has_word (search) && g_str_match_string (search, text, TRUE))
    return TRUE;

  folded_search = g_utf8_casefold (search, -1);
  folded_text = g_utf8_casefold (text, -1);
  return strstr (folded_text, folded_search) != NULL;
}

RoundsUser *
rounds_user_handlers_hide_details (const RoundsUser *viewer, RoundsUser *user)
{
  RoundsUser *seen = NULL;

  g_return_val_if_fail (viewer != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  if (rounds_access_user_details_are_visible (viewer, user))
    return rounds_user_ref (user);

  seen = rounds_user_new ();
  seen->id = g_strdup (user->id);
  seen->name = g_strdup (user->name);
  seen->role = user->role;
  seen->hospital_id = g_strdup (user->hospital_id);
  seen->department = g_strdup (user->department);
  seen->version = user->version;
  return seen;
}

JsonObject *
rounds_user_handlers_write (const RoundsUser *viewer, RoundsUser *user, gboolean active)
{
  g_autoptr (RoundsUser) seen = rounds_user_handlers_hide_details (viewer, user);
  JsonObject *document = rounds_wire_user_to_json (seen);

  if (!active)
    json_object_set_boolean_member (document, "active", FALSE);
  return document;
}

static gboolean
user_matches (const Filter *filter, const RoundsUser *seen)
{
  if (filter->has_role && seen->role != filter->role)
    return FALSE;
  /* Security: only what the caller sees is searched, so that no search can guess an address. */
  return filter->search == NULL || text_matches (filter->search, seen->name)
         || text_matches (filter->search, seen->email)
         || text_matches (filter->search, seen->department);
}

/* A page that is being filled. */
typedef struct
{
  RoundsUser *caller; /* borrowed, these three */
  const Filter *filter;
  const RoundsPage *page;
  JsonArray *array;
  char *last_id; /* of the last one in it */
  gboolean more;
} Filling;

/* Stops behind the first that does not fit any more. */
static gboolean
fill_in (RoundsUser *user, gpointer data)
{
  Filling *self = data;
  g_autoptr (RoundsUser) seen = NULL;

  if (!rounds_access_user_is_visible (self->caller, user))
    return TRUE;
  seen = rounds_user_handlers_hide_details (self->caller, user);
  if (!user_matches (self->filter, seen))
    return TRUE;
  if (self->page->limit > 0 && json_array_get_length (self->array) == self->page->limit)
    {
      self->more = TRUE;
      return FALSE;
    }
  json_array_add_object_element (
      self->array, rounds_user_handlers_write (self->caller, user, !self->filter->off));
  g_set_str (&self->last_id, user->id);
  return TRUE;
}

static RoundsResponse *
answer_page (Filling *filling)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_array_member (data, "users", json_array_ref (filling->array));
  if (filling->more)
    {
      g_autofree char *next = rounds_page_write_cursor (0, filling->last_id);

      json_object_set_string_member (data, "nextCursor", next);
    }
  return rounds_response_success (200, g_steal_pointer (&data));
}

/* Security: who was switched off is nobody's but the admins' to find. */
static RoundsResponse *
check_filter (const RoundsUser *caller, const Filter *filter)
{
  return filter->off && caller->role != ROUNDS_ROLE_ADMIN
             ? rounds_response_forbidden ("Only admins find accounts that are switched off")
             : NULL;
}

static gboolean
fill_page (RoundsDb *db, Filling *filling, GError **error)
{
  const char *after = filling->page->after_id;

  return filling->filter->off ? rounds_user_repository_each_off (db, after, fill_in, filling, error)
                              : rounds_user_repository_each_near (db, filling->caller, after,
                                                                  fill_in, filling, error);
}

RoundsResponse *
rounds_user_handlers_list (RoundsRequest *request)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *last_id = NULL;
  g_autoptr (GError) error = NULL;
  Filter filter = { 0 };
  RoundsPage page = ROUNDS_PAGE_ALL;
  Filling filling = { rounds_request_get_caller (request), &filter, &page, array, NULL, FALSE };
  RoundsResponse *refusal = read_filter (request, &filter);
  gboolean read;

  if (refusal == NULL)
    refusal = check_filter (filling.caller, &filter);
  if (refusal == NULL)
    refusal = rounds_page_read (request, &page);
  if (refusal != NULL)
    return refusal;

  read = fill_page (rounds_request_get_db (request), &filling, &error);
  last_id = filling.last_id;
  return read ? answer_page (&filling) : rounds_response_from_error (error);
}

static RoundsResponse *
answer_user (RoundsRequest *request, RoundsUser *user, gboolean active)
{
  g_autoptr (JsonObject) data = json_object_new ();
  RoundsResponse *response = NULL;

  json_object_set_object_member (
      data, "user", rounds_user_handlers_write (rounds_request_get_caller (request), user, active));
  response = rounds_response_success (200, g_steal_pointer (&data));
  rounds_response_set_version (response, user->version);
  return response;
}

RoundsResponse *
rounds_user_handlers_show (RoundsRequest *request)
{
  const char *id = rounds_request_get_param (request, "id");
  const RoundsUser *caller = rounds_request_get_caller (request);
  g_autoptr (RoundsUser) user = NULL;
  gboolean active = TRUE;
  g_autoptr (GError) error = NULL;

  if (rounds_id_is_valid (id)
      && !rounds_user_repository_find_account (rounds_request_get_db (request), id, &user, &active,
                                               &error))
    return rounds_response_from_error (error);
  if (user == NULL || !rounds_access_user_is_visible (caller, user)
      || (!active && caller->role != ROUNDS_ROLE_ADMIN))
    return rounds_response_not_found ("user");
  return answer_user (request, user, active);
}

RoundsResponse *
rounds_user_handlers_show_me (RoundsRequest *request)
{
  return answer_user (request, rounds_request_get_caller (request), TRUE);
}
