/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The claims of an access token: what sign-in services of other makers write into theirs.
 * Nothing of it is believed; see the header.
 */

#include "config.h"

#include "rounds-bearer.h"

#include <gio/gio.h>
#include <string.h>

#include "rounds-id.h"
#include "rounds-json.h"

/* More than any person's claims. */
#define MAX_TOKEN 16384

/* The guide says only that there is a token; these are the names that are about. */
static const char *const ID_CLAIMS[] = { "_id", "id", "userId", "user_id", "sub", NULL };
static const char *const ROLE_CLAIMS[] = { "role", "userRole", "user_role", NULL };
static const char *const NAME_CLAIMS[] = { "name", "fullName", NULL };
static const char *const EMAIL_CLAIMS[] = { "email", NULL };
static const char *const HOSPITAL_CLAIMS[] = { "hospital", "hospitalId", NULL };

/* (transfer full) (nullable): the middle of the token's three parts */
static JsonObject *
read_payload (const char *token)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", 4);
  g_autoptr (GString) padded = NULL;
  g_autofree guchar *text = NULL;
  gsize length = 0;

  if (strlen (token) > MAX_TOKEN || g_strv_length (parts) != 3)
    return NULL;

  /* Tokens are written in the alphabet for addresses, and without padding. */
  padded = g_string_new (g_strdelimit (parts[1], "-", '+'));
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  text = g_base64_decode (padded->str, &length);
  return rounds_json_parse_object ((const char *)text, (gssize)length, NULL);
}

/* Some put the person into a member of its own. Borrowed. */
static JsonObject *
find_person (JsonObject *payload)
{
  JsonObject *user = rounds_json_peek_object (payload, "user");

  return user != NULL ? user : payload;
}

/* Borrowed, or NULL. */
static const char *
find_claim (JsonObject *person, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      const char *text = rounds_json_peek_text (person, *names);

      if (text != NULL && *text != '\0')
        return text;
    }
  return NULL;
}

static gboolean
read_claims (JsonObject *person, RoundsUser *user)
{
  const char *id = find_claim (person, ID_CLAIMS);
  const char *role = find_claim (person, ROLE_CLAIMS);
  const char *name = find_claim (person, NAME_CLAIMS);
  const char *email = find_claim (person, EMAIL_CLAIMS);
  const char *hospital = find_claim (person, HOSPITAL_CLAIMS);

  if (id == NULL || !rounds_id_is_valid (id) || role == NULL
      || !rounds_role_from_string (role, &user->role))
    return FALSE;
  g_set_str (&user->id, id);
  g_set_str (&user->email, email);
  g_set_str (&user->name, name != NULL ? name : email != NULL ? email : id);
  if (rounds_id_is_valid (hospital))
    g_set_str (&user->hospital_id, hospital);
  return TRUE;
}

RoundsUser *
rounds_bearer_read_user (const char *token, GError **error)
{
  g_autoptr (RoundsUser) user = NULL;
  g_autoptr (JsonObject) payload = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  user = rounds_user_new ();
  payload = read_payload (token);
  if (payload != NULL && read_claims (find_person (payload), user))
    return g_steal_pointer (&user);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "The token does not say whose it is");
  return NULL;
}
