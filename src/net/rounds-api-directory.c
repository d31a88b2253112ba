/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The directory: people and hospitals.
 * Both are extensions of ours, so a server without them is no mistake.
 */

#include "config.h"

#include "rounds-api-private.h"

static gpointer
parse_user (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_user_from_json (object, problems);
}

static gpointer
parse_hospital (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_hospital_from_json (object, problems);
}

static void
free_user (gpointer user)
{
  rounds_user_unref (user);
}

static void
free_hospital (gpointer hospital)
{
  rounds_hospital_unref (hospital);
}

static gpointer
read_users (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return rounds_api_read_listing (answer, body, "users", parse_user, free_user, error);
}

static gpointer
read_hospitals (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return rounds_api_read_listing (answer, body, "hospitals", parse_hospital, free_hospital, error);
}

/* A server that knows only the guide answers 404; another may keep its directory to some. */
static DexFuture *
forgive_absence (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_NOT_FOUND)
      || g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_FORBIDDEN))
    return dex_future_new_take_boxed (ROUNDS_TYPE_LISTING, rounds_listing_new_unknown ());

  return dex_ref (future);
}

static DexFuture *
list_directory (RoundsApi *self, const char *name, RoundsApiReadFunc read)
{
  return dex_future_catch (rounds_api_call (self, "GET", rounds_api_path (name, NULL), NULL,
                                            ROUNDS_TYPE_LISTING, read, ROUNDS_API_CALL_NORMAL),
                           forgive_absence, NULL, NULL);
}

DexFuture *
rounds_api_list_users (RoundsApi *self)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));

  return list_directory (self, "users", read_users);
}

DexFuture *
rounds_api_list_hospitals (RoundsApi *self)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));

  return list_directory (self, "hospitals", read_hospitals);
}
