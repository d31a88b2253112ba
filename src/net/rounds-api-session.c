/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Signing in and out, and who one is.
 * Tokens are handed to the caller; keeping them is the work of secret.
 */

#include "config.h"

#include "rounds-api-object.h"

#include "rounds-future.h"
#include "rounds-json.h"
#include "rounds-net-error.h"
#include "rounds-wipe.h"

G_DEFINE_BOXED_TYPE (RoundsSignIn, rounds_sign_in, rounds_sign_in_copy, rounds_sign_in_free)

static gpointer
parse_user (JsonObject *object, RoundsProblems *problems)
{
  return rounds_wire_user_from_json (object, problems);
}

static gpointer
read_user (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  return rounds_api_read_record (answer, "user", parse_user, error);
}

/* The members that login and refresh have in common. */
static gpointer
read_tokens (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  g_autoptr (RoundsSignIn) sign_in = g_new0 (RoundsSignIn, 1);
  RoundsJsonReader reader = { answer->data, "", problems };
  const char *access_token = NULL;
  const char *refresh_token = NULL;

  rounds_json_read_string (&reader, "accessToken", TRUE, &access_token);
  rounds_json_read_string (&reader, "refreshToken", FALSE, &refresh_token);
  rounds_json_read_int (&reader, "expiresIn", FALSE, 0, G_MAXINT32, &sign_in->expires_in);
  if (access_token == NULL || *access_token == '\0')
    {
      g_propagate_error (error, rounds_net_error_new_unreadable ("accessToken"));
      return NULL;
    }

  sign_in->access_token = g_strdup (access_token);
  sign_in->refresh_token = g_strdup (refresh_token);
  return g_steal_pointer (&sign_in);
}

static gpointer
read_sign_in (RoundsWireAnswer *answer, GBytes *body, GError **error)
{
  g_autoptr (RoundsUser) user = read_user (answer, body, error);
  RoundsSignIn *sign_in = user != NULL ? read_tokens (answer, body, error) : NULL;

  if (sign_in != NULL)
    sign_in->user = g_steal_pointer (&user);
  return sign_in;
}

/* Who signs in, and with what. */
typedef struct
{
  RoundsApi *api;
  char *email;
  char *password;
} Entrance;

static void
entrance_free (gpointer data)
{
  Entrance *entrance = data;

  g_clear_object (&entrance->api);
  g_free (entrance->email);
  rounds_wipe_free (entrance->password);
  g_free (entrance);
}

static DexFuture *
sign_in_fiber (gpointer data)
{
  Entrance *entrance = data;
  RoundsApi *self = entrance->api;
  g_autoptr (RoundsServerInfo) info = NULL;
  JsonObject *body;
  GError *error = NULL;

  info = dex_await_boxed (rounds_api_get_info (self), &error);
  if (info == NULL)
    return dex_future_new_for_error (error);

  body = json_object_new ();
  json_object_set_string_member (body, "email", entrance->email);
  json_object_set_string_member (body, "password", entrance->password);
  if (rounds_server_info_can (info, "auth.refresh"))
    json_object_set_boolean_member (body, "refresh", TRUE);
  return rounds_api_call (self, "POST", rounds_api_path ("auth", "login", NULL), body,
                          ROUNDS_TYPE_SIGN_IN, read_sign_in, ROUNDS_API_CALL_ANONYMOUS);
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  RoundsApi *self = data;
  g_autoptr (RoundsSecretText) token = g_strdup (rounds_api_get_token (self));
  GError *error = NULL;

  dex_await (rounds_api_call (self, "POST", rounds_api_path ("auth", "logout", NULL), NULL,
                              G_TYPE_BYTES, rounds_api_read_nothing, ROUNDS_API_CALL_NORMAL),
             &error);

  /* Security: whatever the server says, the person wanted out. A token set meanwhile is another
   * session's. */
  if (g_strcmp0 (token, rounds_api_get_token (self)) == 0)
    rounds_api_set_token (self, NULL);

  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

RoundsSignIn *
rounds_sign_in_copy (const RoundsSignIn *self)
{
  RoundsSignIn *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (RoundsSignIn, 1);
  copy->access_token = g_strdup (self->access_token);
  copy->refresh_token = g_strdup (self->refresh_token);
  copy->expires_in = self->expires_in;
  copy->user = self->user != NULL ? rounds_user_ref (self->user) : NULL;
  return copy;
}

void
rounds_sign_in_free (RoundsSignIn *self)
{
  g_clear_pointer (&self->access_token, rounds_wipe_free);
  g_clear_pointer (&self->refresh_token, rounds_wipe_free);
  g_clear_pointer (&self->user, rounds_user_unref);
  g_free (self);
}

DexFuture *
rounds_api_sign_in (RoundsApi *self, const char *email, const char *password)
{
  Entrance *entrance;

  dex_return_error_if_fail (ROUNDS_IS_API (self));
  dex_return_error_if_fail (email != NULL && password != NULL);

  entrance = g_new0 (Entrance, 1);
  entrance->api = g_object_ref (self);
  entrance->email = g_strdup (email);
  entrance->password = g_strdup (password);
  return rounds_spawn (sign_in_fiber, entrance, entrance_free);
}

DexFuture *
rounds_api_ask_refresh (RoundsApi *self, const char *refresh_token)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "refreshToken", refresh_token);
  return rounds_api_call (self, "POST", rounds_api_path ("auth", "refresh", NULL), body,
                          ROUNDS_TYPE_SIGN_IN, read_tokens, ROUNDS_API_CALL_ANONYMOUS);
}

DexFuture *
rounds_api_sign_out (RoundsApi *self)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));

  return rounds_spawn (sign_out_fiber, g_object_ref (self), g_object_unref);
}

DexFuture *
rounds_api_get_me (RoundsApi *self)
{
  dex_return_error_if_fail (ROUNDS_IS_API (self));

  return rounds_api_call (self, "GET", rounds_api_path ("users", "me", NULL), NULL,
                          ROUNDS_TYPE_USER, read_user, ROUNDS_API_CALL_NORMAL);
}
