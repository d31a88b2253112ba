/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Handing a call to the person's browser.
 * It does not follow what becomes of it there.
 */

#include "config.h"

#include "rounds-call-browser.h"

#include "rounds-call-handoff.h"
#include "rounds-wipe.h"

/* Seconds that a browser has to start and to come for the link. */
#define HANDOFF_SECONDS 60

typedef struct
{
  DexPromise *promise;
  RoundsCallHandoff *handoff; /* NULL where the link holds no secret */
} Launch;

static void
free_launch (Launch *launch)
{
  dex_unref (launch->promise);
  g_clear_object (&launch->handoff);
  g_free (launch);
}

static void
launch_finished_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Launch *launch = user_data;
  GError *error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error))
    {
      /* It is only being started; it comes when it is ready, perhaps after the page has gone. */
      if (launch->handoff != NULL)
        g_timeout_add_seconds_once (HANDOFF_SECONDS, g_object_unref,
                                    g_steal_pointer (&launch->handoff));
      dex_promise_resolve_boolean (launch->promise, TRUE);
    }
  else
    dex_promise_reject (launch->promise, error);

  free_launch (launch);
}

/* Security: the token goes into the fragment, which browsers keep to themselves, and not into the
 * query, which ends up in the logs of the web server. */
static char *
build_uri (const RoundsJitsiLink *link)
{
  g_autoptr (RoundsSecretText) token = NULL;

  if (link->token == NULL)
    return g_strconcat (link->origin, link->path, NULL);

  token = g_uri_escape_string (link->token, NULL, FALSE);

  return g_strconcat (link->origin, link->path, "#jwt=%22", token, "%22", NULL);
}

/**
 * rounds_call_browser_open:
 * @link: the personal link
 * @parent: (nullable): the window that a chooser would stand before
 *
 * Security: a program is started with what it is to open in its arguments, by the portal too, and
 * arguments are for all to read. The browser is given an address that sends it on to the link.
 *
 * Returns: (transfer full): resolves to %TRUE when a browser was started; fails with GTK's or
 * GIO's error when there is none, or the person chose none
 */
DexFuture *
rounds_call_browser_open (const RoundsJitsiLink *link, GtkWindow *parent)
{
  g_autoptr (RoundsCallHandoff) handoff = NULL;
  g_autoptr (GtkUriLauncher) launcher = NULL;
  g_autoptr (RoundsSecretText) uri = NULL;
  GError *error = NULL;
  DexPromise *promise;
  Launch *launch;

  g_return_val_if_fail (link != NULL, NULL);
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  uri = build_uri (link);
  if (link->token != NULL)
    {
      handoff = rounds_call_handoff_new (uri, &error);
      if (handoff == NULL)
        return dex_future_new_for_error (error);
    }

  launcher = gtk_uri_launcher_new (handoff != NULL ? rounds_call_handoff_get_uri (handoff) : uri);
  promise = dex_promise_new ();
  launch = g_new0 (Launch, 1);
  launch->promise = dex_ref (promise);
  launch->handoff = g_steal_pointer (&handoff);
  gtk_uri_launcher_launch (launcher, parent, NULL, launch_finished_cb, launch);

  return DEX_FUTURE (promise);
}
