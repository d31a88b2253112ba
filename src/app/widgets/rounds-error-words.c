/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What went wrong, in plain words: what happened, what it means, what to do.
 * It shows nothing itself; pages and toasts do.
 */

#include "config.h"

#include "rounds-error-words.h"

#include <glib/gi18n.h>

#include "rounds-api.h"
#include "rounds-secrets.h"
#include "rounds-store.h"

/* One known error. A %s in the title is the server's host; only titles carry one. */
typedef struct
{
  int code;
  RoundsWayForward way;
  const char *title;
  const char *body; /* NULL: the server's own words */
} KnownError;

static const KnownError net_errors[] = {
  { ROUNDS_NET_ERROR_ADDRESS, ROUNDS_WAY_SIGN_IN, N_ ("That is not a server address"),
    N_ ("It looks like rounds.example.org. Only a server on this computer may be reached "
        "without encryption.") },
  { ROUNDS_NET_ERROR_UNREACHABLE, ROUNDS_WAY_TRY_AGAIN, N_ ("Rounds can’t reach %s"),
    N_ ("Check your connection and the address, then try again.") },
  { ROUNDS_NET_ERROR_TLS, ROUNDS_WAY_TRY_AGAIN, N_ ("%s can’t prove who it is"),
    N_ ("Its security certificate is not to be trusted, so nothing was sent. Ask the people who "
        "run the server.") },
  { ROUNDS_NET_ERROR_BAD_ANSWER, ROUNDS_WAY_TRY_AGAIN, N_ ("%s is not a Rounds server"),
    N_ ("Something answers there, but not in a way that Rounds understands. Check the address.") },
  { ROUNDS_NET_ERROR_UNAUTHORIZED, ROUNDS_WAY_SIGN_IN, N_ ("You are signed out"),
    N_ ("The server no longer takes this sign-in. Sign in again to go on.") },
  { ROUNDS_NET_ERROR_FORBIDDEN, ROUNDS_WAY_NONE, N_ ("That is not allowed"), NULL },
  { ROUNDS_NET_ERROR_NOT_FOUND, ROUNDS_WAY_NONE, N_ ("It is no longer there"),
    N_ ("Somebody removed it, or you may no longer see it.") },
  { ROUNDS_NET_ERROR_CONFLICT, ROUNDS_WAY_NONE, N_ ("Somebody was faster"), NULL },
  { ROUNDS_NET_ERROR_INVALID, ROUNDS_WAY_NONE, N_ ("The server can’t take that"), NULL },
  { ROUNDS_NET_ERROR_BUSY, ROUNDS_WAY_TRY_AGAIN, N_ ("%s is busy"),
    N_ ("Wait a moment, then try again.") },
  { ROUNDS_NET_ERROR_SERVER, ROUNDS_WAY_TRY_AGAIN, N_ ("%s has a problem"),
    N_ ("It is not your fault. Try again in a moment.") },
};

static const KnownError secret_errors[] = {
  { ROUNDS_SECRET_ERROR_UNAVAILABLE, ROUNDS_WAY_TRY_AGAIN, N_ ("No keyring"),
    N_ ("Rounds keeps your sign-in and the key of its encrypted copy in the system’s keyring, and "
        "none answers. Start one, such as GNOME Keyring or KeePassXC, then try again.") },
  { ROUNDS_SECRET_ERROR_LOCKED, ROUNDS_WAY_TRY_AGAIN, N_ ("The keyring is locked"),
    N_ ("Your sign-in is kept there. Unlock the keyring, then go on.") },
  { ROUNDS_SECRET_ERROR_REFUSED, ROUNDS_WAY_TRY_AGAIN, N_ ("The keyring refuses"),
    N_ ("Rounds could not keep or read your sign-in there.") },
};

static const KnownError store_errors[] = {
  { ROUNDS_STORE_ERROR_LOCKED, ROUNDS_WAY_SIGN_IN, N_ ("The copy on this computer doesn’t open"),
    N_ ("Its key is not the one in your keyring.") },
  { ROUNDS_STORE_ERROR_NEWER, ROUNDS_WAY_NONE, N_ ("This Rounds is too old"),
    N_ ("The copy on this computer was written by a newer Rounds. Update Rounds to go on.") },
  { ROUNDS_STORE_ERROR_DAMAGED, ROUNDS_WAY_TRY_AGAIN, N_ ("The copy on this computer is damaged"),
    N_ ("What was in it comes from the server again, as soon as that can be reached.") },
  { ROUNDS_STORE_ERROR_FULL, ROUNDS_WAY_TRY_AGAIN, N_ ("The disk is full"),
    N_ ("Make some room, then try again.") },
  { ROUNDS_STORE_ERROR_FAILED_IO, ROUNDS_WAY_TRY_AGAIN,
    N_ ("The copy on this computer can’t be read"), N_ ("Check the disk, then try again.") },
  { ROUNDS_STORE_ERROR_READ_ONLY, ROUNDS_WAY_TRY_AGAIN,
    N_ ("Nothing can be written on this computer’s disk"),
    N_ ("Ask the people who look after this computer, then try again.") },
};

static const KnownError other_error
    = { 0, ROUNDS_WAY_TRY_AGAIN, N_ ("Something went wrong"), NULL };

static const KnownError *
find_among (const KnownError *errors, gsize n_errors, int code)
{
  for (gsize i = 0; i < n_errors; i++)
    {
      if (errors[i].code == code)
        return &errors[i];
    }
  return &other_error;
}

static const KnownError *
find_known (const GError *error)
{
  if (error->domain == ROUNDS_NET_ERROR)
    return find_among (net_errors, G_N_ELEMENTS (net_errors), error->code);
  if (error->domain == ROUNDS_SECRET_ERROR)
    return find_among (secret_errors, G_N_ELEMENTS (secret_errors), error->code);
  if (error->domain == ROUNDS_STORE_ERROR)
    return find_among (store_errors, G_N_ELEMENTS (store_errors), error->code);
  return &other_error;
}

static char *
put_host (const char *title, const char *server)
{
  g_autofree char *host = rounds_server_host (server);
  g_auto (GStrv) parts = g_strsplit (title, "%s", 2);

  /* A name is written in one way, a word in another where a sentence begins with it. */
  if (*parts[0] == '\0' && g_str_equal (host, _ ("the server")))
    return g_strjoinv (_ ("The server"), parts);
  return g_strjoinv (host, parts);
}

/**
 * rounds_error_words_new:
 * Returns: (transfer full): what @error means to a person.
 */
RoundsErrorWords *
rounds_error_words_new (const GError *error, const char *server)
{
  RoundsErrorWords *self;
  const KnownError *known;

  g_return_val_if_fail (error != NULL, NULL);

  self = g_new0 (RoundsErrorWords, 1);
  known = find_known (error);
  self->way = known->way;
  self->details = g_strdup (error->message);
  self->title = put_host (_ (known->title), server);
  self->body = g_strdup (known->body != NULL ? _ (known->body) : error->message);
  if (known->body == NULL)
    g_clear_pointer (&self->details, g_free);
  return self;
}

/**
 * rounds_error_words_free:
 * @self: (transfer full) (nullable): the words
 */
void
rounds_error_words_free (RoundsErrorWords *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->body);
  g_free (self->details);
  g_free (self);
}

/**
 * rounds_error_words_line:
 * Returns: (transfer full): @error in one line, for a toast.
 */
char *
rounds_error_words_line (const GError *error, const char *server)
{
  g_autoptr (RoundsErrorWords) words = rounds_error_words_new (error, server);

  if (g_error_matches (error, ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE))
    {
      g_free (words->body);
      words->body = g_strdup (_ ("Nothing was changed. Try again when the connection is back."));
    }
  /* Translators: what happened, then what it means. */
  return g_strdup_printf (C_ ("error", "%s: %s"), words->title, words->body);
}

/**
 * rounds_server_host:
 * Returns: (transfer full): the host that @server names, or words for it when it names none.
 */
char *
rounds_server_host (const char *server)
{
  g_autoptr (GUri) uri = server != NULL ? g_uri_parse (server, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    return g_strdup (g_uri_get_host (uri));
  return g_strdup (_ ("the server"));
}
