/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Handing a call to the person's browser.
 * It does not follow what becomes of it there.
 */

#include "config.h"

#include "rounds-call-browser.h"

static void
launch_finished_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  DexPromise *promise = user_data;
  GError *error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, error);

  dex_unref (promise);
}

/* Security: the token goes into the fragment, which browsers keep to themselves, and not into the
 * query, which ends up in the logs of the web server. */
static char *
build_uri (const RoundsJitsiLink *link)
{
  g_autofree char *token = NULL;

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
 * Returns: (transfer full): resolves to %TRUE when a browser has it; fails with GTK's or GIO's
 * error when there is none, or the person chose none
 */
DexFuture *
rounds_call_browser_open (const RoundsJitsiLink *link, GtkWindow *parent)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;
  g_autofree char *uri = NULL;
  DexPromise *promise;

  g_return_val_if_fail (link != NULL, NULL);
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  uri = build_uri (link);
  launcher = gtk_uri_launcher_new (uri);
  promise = dex_promise_new ();
  gtk_uri_launcher_launch (launcher, parent, NULL, launch_finished_cb, dex_ref (promise));

  return DEX_FUTURE (promise);
}
