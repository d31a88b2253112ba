/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Makes ROUNDS_NET_ERRORs out of what a connection or a server did.
 * Only net includes this; callers have the accessors of rounds-api.h.
 */

#include "config.h"

#include "rounds-net-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "rounds-future.h"
#include "rounds-wire.h"

/* A sentence for a toast; a server that sends a novel gets no more room than this. */
#define MAX_MESSAGE_CHARS 500

typedef struct
{
  RoundsProblems *problems;
  char *code;
  guint retry_after;
  guint status;
  gboolean never_left;
} RoundsNetErrorPrivate;

static void
rounds_net_error_private_init (RoundsNetErrorPrivate *private)
{
  *private = (RoundsNetErrorPrivate){ NULL, NULL, 0, 0, FALSE };
}

static void
rounds_net_error_private_copy (const RoundsNetErrorPrivate *source, RoundsNetErrorPrivate *target)
{
  target->problems = source->problems != NULL ? rounds_problems_copy (source->problems) : NULL;
  target->code = g_strdup (source->code);
  target->retry_after = source->retry_after;
  target->status = source->status;
  target->never_left = source->never_left;
}

static void
rounds_net_error_private_clear (RoundsNetErrorPrivate *private)
{
  g_clear_pointer (&private->problems, rounds_problems_free);
  g_clear_pointer (&private->code, g_free);
}

G_DEFINE_EXTENDED_ERROR (RoundsNetError, rounds_net_error)

static RoundsNetError
code_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return ROUNDS_NET_ERROR_UNAUTHORIZED;
    case 403:
      return ROUNDS_NET_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return ROUNDS_NET_ERROR_NOT_FOUND;
    case 409:
    case 412:
      return ROUNDS_NET_ERROR_CONFLICT;
    case 408:
    case 429:
    case 503:
      return ROUNDS_NET_ERROR_BUSY;
    case 400:
    case 413:
    case 415:
    case 422:
      return ROUNDS_NET_ERROR_INVALID;
    default:
      return status >= 500 ? ROUNDS_NET_ERROR_SERVER : ROUNDS_NET_ERROR_BAD_ANSWER;
    }
}

/* Our words for a refusal that came without the server's. */
static char *
describe_refusal (RoundsNetError code, guint status, const char *host)
{
  switch (code)
    {
    case ROUNDS_NET_ERROR_UNAUTHORIZED:
      return g_strdup (_ ("The server no longer accepts this sign-in. Sign in again."));
    case ROUNDS_NET_ERROR_FORBIDDEN:
      return g_strdup (_ ("The server does not allow you to do this."));
    case ROUNDS_NET_ERROR_NOT_FOUND:
      return g_strdup (_ ("The server does not have this, or does not show it to you."));
    case ROUNDS_NET_ERROR_CONFLICT:
      return g_strdup (_ ("Somebody else has changed this in the meantime."));
    case ROUNDS_NET_ERROR_INVALID:
      return g_strdup (_ ("The server did not accept what was entered."));
    case ROUNDS_NET_ERROR_BUSY:
      return g_strdup_printf (_ ("%s is busy. Try again in a moment."), host);
    case ROUNDS_NET_ERROR_SERVER:
      return g_strdup_printf (_ ("%s has a problem of its own (error %u)."), host, status);
    case ROUNDS_NET_ERROR_ADDRESS:
    case ROUNDS_NET_ERROR_UNREACHABLE:
    case ROUNDS_NET_ERROR_TLS:
    case ROUNDS_NET_ERROR_BAD_ANSWER:
    default:
      break;
    }

  if (status >= 300 && status < 400)
    return g_strdup_printf (_ ("%s sends Rounds on to another address. Check the server address."),
                            host);
  return g_strdup_printf (_ ("%s does not answer like a Rounds server (error %u)."), host, status);
}

static char *
shorten (const char *message)
{
  if (g_utf8_strlen (message, -1) <= MAX_MESSAGE_CHARS)
    return g_strdup (message);
  return g_utf8_substring (message, 0, MAX_MESSAGE_CHARS);
}

GError *
rounds_net_error_from_refusal (guint status, GBytes *body, guint retry_after, const char *host)
{
  RoundsNetError code = code_for_status (status);
  g_autoptr (RoundsWireAnswer) answer = NULL;
  g_autofree char *message = NULL;
  RoundsNetErrorPrivate *private;
  GError *error;

  /* A refusal that is no JSend still refuses: the status alone says what it means. */
  if (body != NULL && g_bytes_get_size (body) > 0)
    answer
        = rounds_wire_answer_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);

  if (answer != NULL && answer->message != NULL && *answer->message != '\0')
    message = shorten (answer->message);
  else
    message = describe_refusal (code, status, host);

  error = g_error_new_literal (ROUNDS_NET_ERROR, code, message);
  private = rounds_net_error_get_private (error);
  private->retry_after = retry_after;
  private->status = status;
  if (answer != NULL)
    {
      private->code = g_strdup (answer->code);
      if (rounds_problems_get_length (answer->problems) > 0)
      private->problems = rounds_problems_copy (answer->problems);
    }

  return error;
}

GError *
rounds_net_error_new_unreadable (const char *field)
{
  if (field == NULL || *field == '\0')
    return g_error_new_literal (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER,
                                _ ("The server’s answer could not be read."));
  return g_error_new (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_BAD_ANSWER,
                      _ ("The server’s answer could not be read (%s)."), field);
}

static GError *
describe_tls_failure (const GError *cause, const char *host)
{
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_TLS,
                        _ ("%s cannot prove that it is itself: its certificate is not trusted. "
                           "Nothing was sent."),
                        host);
  return g_error_new (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_TLS,
                      _ ("No secure connection to %s could be made. Nothing was sent."), host);
}

/* Other failures to reach a host can also end a connection on which something was sent. */
static gboolean
happens_before_sending (const GError *cause)
{
  return cause->domain == G_RESOLVER_ERROR
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

GError *
rounds_net_error_from_transport (GError *cause, const char *host)
{
  g_autoptr (GError) owned = cause;
  GError *error = NULL;

  g_assert (cause != NULL);

  if (cause->domain == ROUNDS_NET_ERROR || rounds_error_is_cancelled (cause))
    return g_steal_pointer (&owned);
  if (cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return describe_tls_failure (cause, host);
  if (cause->domain == SOUP_SESSION_ERROR
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return rounds_net_error_new_unreadable (NULL);

  error = g_error_new (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE, _ ("Rounds can’t reach %s."),
                       host);
  rounds_net_error_get_private (error)->never_left = happens_before_sending (cause);
  return error;
}

const RoundsProblems *
rounds_net_error_get_problems (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != ROUNDS_NET_ERROR)
    return NULL;
  return rounds_net_error_get_private (error)->problems;
}

const char *
rounds_net_error_get_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != ROUNDS_NET_ERROR)
    return NULL;
  return rounds_net_error_get_private (error)->code;
}

guint
rounds_net_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  if (error->domain != ROUNDS_NET_ERROR)
    return 0;
  return rounds_net_error_get_private (error)->retry_after;
}

guint
rounds_net_error_get_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  if (error->domain != ROUNDS_NET_ERROR)
    return 0;
  return rounds_net_error_get_private (error)->status;
}

gboolean
rounds_net_error_get_never_left (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain != ROUNDS_NET_ERROR)
    return FALSE;
  return rounds_net_error_get_private (error)->never_left;
}
